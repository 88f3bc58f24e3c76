import { z } from 'zod';
import { fields, identifier, list, number, text, trimmed } from './readers';
import type { Fields } from './readers';
import { instant } from './time';

/*
 * The booking of API v2 (2024-08-13 and the 2026 versions), as far as an event draws from it. Tolerant
 * like the deliveries' schemas: what cannot be read is null, nothing throws.
 */

const asText = z.unknown().transform(text);
const asTrimmed = z.unknown().transform(trimmed);
const asNumber = z.unknown().transform(number);
const asInstant = z.unknown().transform(instant);
const asFields = z.unknown().transform(fields);
const asObjects = z.unknown().transform((value): Fields[] =>
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
	absentHost: z.unknown().transform((value) => value === true),
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
	seatUid: z.unknown().transform(identifier),
});

/** A booking of API v2, read. */
export type ApiBooking = z.output<typeof apiBookingSchema>;

/** Reads a booking of API v2; null when it is no object. */
export function readApiBooking(value: unknown): ApiBooking | null {
	const object = fields(value);
	return object === null ? null : apiBookingSchema.parse(object);
}
