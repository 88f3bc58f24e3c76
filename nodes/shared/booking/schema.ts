import { plainLink } from '../values/links';
import { boolean, email, fields, identifier, isFields, list, number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import { fieldTable } from '../values/fieldTable';
import { instant } from '../values/time';
import { zoneName } from '../values/zones';

/*
 * Cal.com's raw shapes, and the only place that knows them. Source: deliveries recorded from the
 * community edition 6.2 and the hosted API's webhook documentation (versions 2021-10-20, 2026-07-27).
 */

/** `{triggerEvent, createdAt, payload}`; a flat delivery has the booking's own fields beside triggerEvent. */
const readEnvelope = fieldTable({ triggerEvent: trimmed, createdAt: instant, payload: fields });

/** What all bookings, meetings, payments, no-shows and instant meetings draw from. */
const readPayload = fieldTable({
	uid: trimmed,
	bookingUid: trimmed,
	bookingId: number,
	id: number,
	booking: fields,
	title: text,
	description: text,
	status: trimmed,
	startTime: instant,
	start: instant,
	endTime: instant,
	end: instant,
	length: number,
	location: trimmed,
	type: trimmed,
	eventTypeId: number,
	eventTitle: text,
	eventTypeTitle: text,
	eventDescription: text,
	eventType: fields,
	schedulingType: trimmed,
	organizer: fields,
	user: fields,
	userId: number,
	userPrimaryEmail: trimmed,
	hostEmail: trimmed,
	attendees: list,
	team: fields,
	hosts: list,
	responses: fields,
	userFieldsResponses: fields,
	additionalNotes: text,
	metadata: fields,
	videoCallData: fields,
	bookerUrl: plainLink,
	rescheduleUid: trimmed,
	fromReschedule: trimmed,
	rescheduleStartTime: instant,
	rescheduleEndTime: instant,
	rescheduledBy: trimmed,
	reschedulingReason: text,
	rescheduleReason: text,
	cancelledBy: trimmed,
	cancellationReason: text,
	rejectionReason: text,
	requestReschedule: boolean,
	seatsPerTimeSlot: number,
	attendeeSeatId: trimmed,
	seatReferenceUid: trimmed,
	recurringEvent: fields,
	recurringEventId: trimmed,
	recurringBookingUid: trimmed,
	price: number,
	currency: trimmed,
	paid: boolean,
	paymentId: identifier,
	smsReminderNumber: trimmed,
	iCalUID: trimmed,
});

const readFields = fieldTable({
	id: number,
	name: (value: unknown) => (isFields(value) ? value : trimmed(value)),
	firstName: trimmed,
	lastName: trimmed,
	email: email,
	username: trimmed,
	phoneNumber: trimmed,
	timeZone: zoneName,
	language: fields,
	locale: trimmed,
	noShow: boolean,
	bookingId: number,
	bookingSeat: fields,
});

export type Payload = ReturnType<typeof readPayload>;
export type RawPerson = ReturnType<typeof readFields>;

export interface Delivery {
	event: string;
	/** When Cal.com says it sent this; on flat deliveries when the booking was made. */
	createdAt: string | null;
	/** The whole of it, as it came. */
	body: unknown;
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
	const { triggerEvent, createdAt, payload: enveloped } = readEnvelope(envelope);
	const data = enveloped ?? envelope;
	const payload = readPayload(data);
	// WRONG_ASSIGNMENT_REPORT has its booking one level down: it is read as if it stood where the others have it.
	const nested = payload.uid === null && payload.bookingUid === null ? payload.booking : null;
	return {
		event: triggerEvent ?? 'UNKNOWN',
		createdAt,
		body,
		data,
		content: object === null ? body : data,
		payload: nested === null ? payload : readPayload({ ...nested, ...data }),
		isBookingRow: enveloped === null || nested !== null,
	};
}

/** Reads an organizer, host or attendee; null when it is no object. */
export function readPerson(value: unknown): RawPerson | null {
	const person = fields(value);
	return person === null ? null : readFields(person);
}
