import { DateTime } from 'luxon';
import type { IDataObject, IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { z } from 'zod';
import type { Booking } from '../../../shared/api/bookings';
import { factsOfType, readEventTypeFacts } from '../../../shared/api/eventTypeFacts';
import type { Session } from '../../../shared/api/session';
import type { JsonObject } from '../../../shared/values/json';
import { flatEvent } from '../../../shared/events/flat';
import { bookingToEvent } from '../../../shared/events/fromApi';
import { eventsOfBooking } from '../../../shared/events/life';
import { followedBy } from '../../../shared/events/parts';
import { bookingTypes } from '../../../shared/panel/eventFields';
import { toJsonObject } from '../../../shared/values/json';
import { number } from '../../../shared/values/readers';
import { eventOptions, readEventWords } from '../shared/eventWords';

const outputSchema = z.enum(['simplified', 'flat', 'normalized', 'raw', 'events']).catch('simplified');
export type BookingOutput = z.infer<typeof outputSchema>;

const FLAT = {
	name: 'Flat',
	value: 'flat',
	description: 'One level, as Data Tables, Google Sheets and Airtable map it by themselves',
};

const SHAPES_OF_ONE: INodePropertyOptions[] = [
	FLAT,
	{
		name: 'Normalized',
		value: 'normalized',
		description: 'The same shape as the bookings of the Cal.com Trigger, so one workflow can take both',
	},
	{ name: 'Raw', value: 'raw', description: 'What Cal.com answers, unchanged' },
	{ name: 'Simplified', value: 'simplified', description: 'The fields that are needed most' },
];

const EVENTS: INodePropertyOptions = {
	name: 'Events',
	value: 'events',
	description:
		'For each booking what its webhooks would have told: booked, moved, ended, absent, cancelled, per seat, with the event keys of the Cal.com Trigger',
};

/** The choice of the shape in which bookings come out. */
export const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	default: 'simplified',
	options: SHAPES_OF_ONE,
	description: 'How much of a booking to give, and in which shape',
};

const withWords = { displayOptions: { show: { output: ['events', 'flat', 'normalized'] } } };

/** The same where bookings are read: they can tell their lives, too, in the words of the triggers. */
export const readOutputFields: INodeProperties[] = [
	{ ...outputField, options: [EVENTS, ...SHAPES_OF_ONE] },
	{ ...bookingTypes, ...withWords },
	{ ...eventOptions, ...withWords },
];

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

type Words = ReturnType<typeof readEventWords>;
const NO_WORDS: Words = { tag: null, defaultCountry: null, bookingTypeRules: [], defaultBookingType: null };

const contextOf = ({ baseUrl, instance }: Place, words: Words) => ({
	...words,
	baseUrl,
	instance,
	receivedAt: DateTime.utc().toISO(),
	includeSecrets: false,
	includeRaw: false,
});

const SHAPES: Record<
	Exclude<BookingOutput, 'events'>,
	(booking: Booking, place: Place, words: Words) => IDataObject
> = {
	simplified,
	flat: (booking, place, words) => flatEvent(bookingToEvent(booking, contextOf(place, words))),
	normalized: (booking, place, words) => ({ ...bookingToEvent(booking, contextOf(place, words)) }),
	raw: (booking) => booking,
};

const readOutput = (ctx: IExecuteFunctions, itemIndex: number): BookingOutput =>
	outputSchema.parse(ctx.getNodeParameter('output', itemIndex, 'simplified'));

/** Bookings in the shape chosen, each with what else there is to say about it. */
export function shape(
	ctx: IExecuteFunctions,
	itemIndex: number,
	place: Place,
	bookings: readonly Booking[],
	more: JsonObject = {},
	words: Words = NO_WORDS,
): IDataObject[] {
	const output = readOutput(ctx, itemIndex);
	// Offered only where bookings are read; elsewhere it is no shape.
	const shapeOf = SHAPES[output === 'events' ? 'normalized' : output];
	return bookings.map((booking) => ({ ...shapeOf(booking, place, words), ...more }));
}

/**
 * The same where bookings are read: as events, too.
 *
 * @throws NodeApiError when the event types, which fill what a booking does not tell, cannot be read
 */
export async function shapeRead(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	bookings: readonly Booking[],
): Promise<IDataObject[]> {
	const output = readOutput(ctx, itemIndex);
	if (output === 'simplified' || output === 'raw') return shape(ctx, itemIndex, session, bookings);
	const words = readEventWords(ctx, itemIndex);
	if (output !== 'events') return shape(ctx, itemIndex, session, bookings, {}, words);
	const types = await readEventTypeFacts(session, itemIndex);
	const now = DateTime.utc().toISO();
	const followed = followedBy(bookings);
	return bookings.flatMap((booking) => {
		const { title, description, seats, asksFirst } = factsOfType(types, number(booking.eventTypeId));
		const context = {
			...contextOf(session, words),
			now,
			eventTitle: title,
			eventDescription: description,
			seats,
			asksFirst,
			followed,
		};
		return eventsOfBooking(toJsonObject(booking), context).map((event) => ({ ...event }));
	});
}
