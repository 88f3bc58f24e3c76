import { z } from 'zod';
import { fields, identifier, list, number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import { as } from './schema';
import { instant } from '../values/time';

/*
 * The booking of API v2 (2024-08-13 and the 2026 versions), as far as an event draws from it. Tolerant
 * like the deliveries' schemas: what cannot be read is null, nothing throws.
 */

const asText = as(text);
const asTrimmed = as(trimmed);
const asNumber = as(number);
const asInstant = as(instant);
const asFields = as(fields);
const asObjects = as((value): Fields[] =>
	list(value).flatMap((entry) => {
		const object = fields(entry);
		return object === null ? [] : [object];
	}),
);

const apiBookingSchema = z.object({
	id: asNumber,
	uid: asTrimmed,
	title: asText,
	description: asText,
	status: asTrimmed,
	start: asInstant,
	end: asInstant,
	duration: asNumber,
	location: asTrimmed,
	meetingUrl: asTrimmed,
	hosts: asObjects,
	attendees: asObjects,
	eventTypeId: asNumber,
	eventType: asFields,
	absentHost: as((value) => value === true),
	createdAt: asInstant,
	updatedAt: asInstant,
	metadata: asFields,
	icsUid: asTrimmed,
	bookingFieldsResponses: asFields,
	rescheduledFromUid: asTrimmed,
	rescheduledToUid: asTrimmed,
	rescheduledByEmail: asTrimmed,
	reschedulingReason: asText,
	cancelledByEmail: asTrimmed,
	cancellationReason: asText,
	rejectionReason: asText,
	recurringBookingUid: asTrimmed,
	seatUid: as(identifier),
});

/** A booking of API v2, read. */
export type ApiBooking = z.output<typeof apiBookingSchema>;

/** Reads a booking of API v2; null when it is no object. */
export function readApiBooking(value: unknown): ApiBooking | null {
	const object = fields(value);
	return object === null ? null : apiBookingSchema.parse(object);
}
