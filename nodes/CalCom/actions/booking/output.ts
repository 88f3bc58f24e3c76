import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { z } from 'zod';
import type { Session } from '../../../shared/api/session';
import type { JsonObject } from '../../../shared/events/event';
import { bookingToEvent } from '../../../shared/events/fromApi';
import type { Booking } from '../../../shared/api/bookings';

export type Output = 'simplified' | 'normalized' | 'raw';

const outputSchema = z.enum(['simplified', 'normalized', 'raw']).catch('simplified');

/** The choice of the shape in which bookings come out. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	default: 'simplified',
	options: [
		{
			name: 'Normalized',
			value: 'normalized',
			description: 'The same shape as the bookings of the Cal.com Trigger, so one workflow can take both',
		},
		{ name: 'Raw', value: 'raw', description: 'What Cal.com answers, unchanged' },
		{ name: 'Simplified', value: 'simplified', description: 'The fields that are needed most' },
	],
	description: 'How much of a booking to give, and in which shape',
};

const person = z.record(z.unknown()).catch({});
const parts = z.object({
	eventType: z.object({ slug: z.unknown() }).nullish().catch(null),
	hosts: z.array(person).catch([]),
	attendees: z.array(person).catch([]),
});

/** Given only when there is something to give. */
const WHEN_SET = [
	'absentHost',
	'seatUid',
	'recurringBookingUid',
	'rescheduledFromUid',
	'rescheduledToUid',
	'reschedulingReason',
	'cancellationReason',
] as const;

/** The fields of a booking that people need most. */
function simplified(booking: Booking): IDataObject {
	const { eventType, hosts, attendees } = parts.parse(booking);
	const [host] = hosts;
	return {
		uid: booking.uid,
		status: booking.status,
		title: booking.title ?? null,
		start: booking.start,
		end: booking.end ?? null,
		location: booking.location ?? booking.meetingUrl ?? null,
		eventTypeId: booking.eventTypeId ?? null,
		eventTypeSlug: eventType?.slug ?? null,
		host: { name: host?.name ?? null, email: host?.email ?? null },
		attendees: attendees.map(({ name, email, timeZone, phoneNumber, absent, seatUid }) => ({
			name,
			email,
			timeZone,
			...(phoneNumber ? { phoneNumber } : {}),
			...(absent === true ? { absent } : {}),
			...(seatUid ? { seatUid } : {}),
		})),
		...Object.fromEntries(WHEN_SET.filter((key) => booking[key]).map((key) => [key, booking[key]])),
	};
}

/** Where bookings come from. */
export type Place = Pick<Session, 'baseUrl' | 'instance'>;

function normalized(booking: Booking, { baseUrl, instance }: Place): IDataObject {
	return {
		...bookingToEvent(booking, {
			baseUrl,
			tag: null,
			instance,
			receivedAt: DateTime.utc().toISO(),
			includeSecrets: false,
			includeRaw: false,
			defaultCountry: null,
			bookingTypeRules: [],
			defaultBookingType: null,
		}),
	};
}

const SHAPES: Record<Output, (booking: Booking, session: Place) => IDataObject> = {
	simplified,
	normalized,
	raw: (booking) => booking,
};

/** Bookings in the shape chosen, each with what else there is to say about it. */
export function shape(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Place,
	bookings: readonly Booking[],
	more: JsonObject = {},
): IDataObject[] {
	const output = outputSchema.parse(ctx.getNodeParameter('output', itemIndex, 'simplified'));
	return bookings.map((booking) => ({ ...SHAPES[output](booking, session), ...more }));
}
