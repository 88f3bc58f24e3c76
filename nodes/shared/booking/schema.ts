import { z } from 'zod';
import { plainLink } from './links';
import { boolean, email, fields, identifier, isFields, list, number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import { instant } from '../values/time';
import { zoneName } from '../values/zones';

/*
 * Cal.com's raw shapes, and the only place that knows them. Source: deliveries recorded from the
 * community edition 6.2 and the hosted API's webhook documentation (versions 2021-10-20, 2026-07-27).
 */

type ReaderDef<T> = z.ZodTypeDef & { read: (value: unknown) => T };

/**
 * A field that is always valid: what cannot be read is null. zod's own `.catch` and `.transform` say the
 * same, but cost six to ten times as much, more than checking the signature of the whole delivery.
 */
class Reader<T> extends z.ZodType<T, ReaderDef<T>, unknown> {
	_parse(input: z.ParseInput): z.ParseReturnType<T> {
		return { status: 'valid', value: this._def.read(input.data) };
	}
}

/** A field that is read by one of the readers. */
export function as<T>(read: (value: unknown) => T): Reader<T> {
	return new Reader({ read });
}

const asText = as(text);
const asTrimmed = as(trimmed);
const asNumber = as(number);
const asBoolean = as(boolean);
const asInstant = as(instant);
const asFields = as(fields);
const asList = as(list);

/** `{triggerEvent, createdAt, payload}`; a flat delivery has the booking's own fields beside triggerEvent. */
const envelopeSchema = z.object({ triggerEvent: asTrimmed, createdAt: asInstant, payload: asFields });

/** What all bookings, meetings, payments, no-shows and instant meetings draw from. */
const payloadSchema = z.object({
	uid: asTrimmed,
	bookingUid: asTrimmed,
	bookingId: asNumber,
	id: asNumber,
	booking: asFields,
	title: asText,
	description: asText,
	status: asTrimmed,
	startTime: asInstant,
	start: asInstant,
	endTime: asInstant,
	end: asInstant,
	length: asNumber,
	location: asTrimmed,
	type: asTrimmed,
	eventTypeId: asNumber,
	eventTitle: asText,
	eventTypeTitle: asText,
	eventDescription: asText,
	eventType: asFields,
	schedulingType: asTrimmed,
	organizer: asFields,
	user: asFields,
	userId: asNumber,
	userPrimaryEmail: asTrimmed,
	hostEmail: asTrimmed,
	attendees: asList,
	team: asFields,
	hosts: asList,
	responses: asFields,
	userFieldsResponses: asFields,
	additionalNotes: asText,
	metadata: asFields,
	videoCallData: asFields,
	bookerUrl: as(plainLink),
	rescheduleUid: asTrimmed,
	fromReschedule: asTrimmed,
	rescheduleStartTime: asInstant,
	rescheduleEndTime: asInstant,
	rescheduledBy: asTrimmed,
	reschedulingReason: asText,
	rescheduleReason: asText,
	cancelledBy: asTrimmed,
	cancellationReason: asText,
	rejectionReason: asText,
	requestReschedule: asBoolean,
	seatsPerTimeSlot: asNumber,
	attendeeSeatId: asTrimmed,
	seatReferenceUid: asTrimmed,
	recurringEvent: asFields,
	recurringEventId: asTrimmed,
	recurringBookingUid: asTrimmed,
	price: asNumber,
	currency: asTrimmed,
	paid: asBoolean,
	paymentId: as(identifier),
	smsReminderNumber: asTrimmed,
	iCalUID: asTrimmed,
});

const personSchema = z.object({
	id: asNumber,
	name: as((value) => (isFields(value) ? value : trimmed(value))),
	firstName: asTrimmed,
	lastName: asTrimmed,
	email: as(email),
	username: asTrimmed,
	phoneNumber: asTrimmed,
	timeZone: as(zoneName),
	language: asFields,
	locale: asTrimmed,
	noShow: asBoolean,
	bookingId: asNumber,
	bookingSeat: asFields,
});

export type Payload = z.infer<typeof payloadSchema>;
export type RawPerson = z.infer<typeof personSchema>;

export interface Delivery {
	event: string;
	/** When Cal.com says it sent this; on flat deliveries when the booking was made. */
	createdAt: string | null;
	/** The object that holds the facts, unread: the payload, or the body itself when it came flat. */
	data: Fields;
	/** The same, read. */
	payload: Payload;
	/** The same again, or the body where that is no object: all that tells one delivery from another. */
	content: unknown;
	/** Whether the data is a row of Cal.com's bookings (flat or nested), where `id` is the booking's own. */
	isBookingRow: boolean;
}

/** Opens the envelope of a delivery, of both kinds, and reads its fields. Never throws. */
export function readDelivery(body: unknown): Delivery {
	const object = fields(body);
	const envelope = object ?? {};
	const { triggerEvent, createdAt, payload: enveloped } = envelopeSchema.parse(envelope);
	const data = enveloped ?? envelope;
	const payload = payloadSchema.parse(data);
	// WRONG_ASSIGNMENT_REPORT has its booking one level down: it is read as if it stood where the others have it.
	const nested = payload.uid === null && payload.bookingUid === null ? payload.booking : null;
	return {
		event: triggerEvent ?? 'UNKNOWN',
		createdAt,
		data,
		content: object === null ? body : data,
		payload: nested === null ? payload : payloadSchema.parse({ ...nested, ...data }),
		isBookingRow: enveloped === null || nested !== null,
	};
}

/** Reads an organizer, host or attendee; null when it is no object. */
export function readPerson(value: unknown): RawPerson | null {
	const person = fields(value);
	return person === null ? null : personSchema.parse(person);
}
