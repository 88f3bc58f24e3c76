import { fields, identifier, list, number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import { fieldTable } from '../values/fieldTable';
import { instant } from '../values/time';

/*
 * The booking of API v2 (2024-08-13 and the 2026 versions), as far as an event draws from it. Tolerant
 * like the deliveries' schemas: what cannot be read is null, nothing throws.
 */

const objects = (value: unknown): Fields[] =>
	list(value).flatMap((entry) => {
		const object = fields(entry);
		return object === null ? [] : [object];
	});

const readFields = fieldTable({
	id: number,
	uid: trimmed,
	title: text,
	description: text,
	status: trimmed,
	start: instant,
	end: instant,
	duration: number,
	location: trimmed,
	meetingUrl: trimmed,
	hosts: objects,
	attendees: objects,
	eventTypeId: number,
	eventType: fields,
	absentHost: (value: unknown) => value === true,
	createdAt: instant,
	updatedAt: instant,
	metadata: fields,
	icsUid: trimmed,
	bookingFieldsResponses: fields,
	rescheduledFromUid: trimmed,
	rescheduledToUid: trimmed,
	rescheduledByEmail: trimmed,
	reschedulingReason: text,
	cancelledByEmail: trimmed,
	cancellationReason: text,
	rejectionReason: text,
	recurringBookingUid: trimmed,
	seatUid: identifier,
});

/** A booking of API v2, read. */
export type ApiBooking = ReturnType<typeof readFields>;

/** The same of what is known to be an object. */
export const readApiFields = (booking: Fields): ApiBooking => readFields(booking);

/** Reads a booking of API v2; null when it is no object. */
export function readApiBooking(value: unknown): ApiBooking | null {
	const object = fields(value);
	return object === null ? null : readFields(object);
}
