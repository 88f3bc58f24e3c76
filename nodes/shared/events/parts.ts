import type { Json, JsonObject } from '../values/json';
import { eventOfBooking, perSeat } from './fromApi';
import { readApiBooking } from '../booking/apiSchema';
import { toJsonObject } from '../values/json';
import { isFields } from '../values/readers';

const OVER: ReadonlySet<string> = new Set(['BOOKING_CANCELLED', 'BOOKING_REJECTED']);

export const listOf = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);

export function withoutSeat(attendee: Json): Json {
	return isFields(attendee) ? { ...attendee, seatUid: null } : attendee;
}

/** The parts of a booking that webhooks tell of: seats one by one, but a cancelled or rejected booking as a whole. */
export function partsOf(booking: JsonObject): JsonObject[] {
	if (!OVER.has(eventOfBooking(booking))) return perSeat(booking).map((part) => toJsonObject(part));
	return [{ ...booking, attendees: listOf(booking.attendees).map(withoutSeat) }];
}

/** The uids of bookings that others of these replaced. */
export function followedBy(bookings: Iterable<unknown>): Set<string> {
	const followed = new Set<string>();
	for (const booking of bookings) {
		const uid = readApiBooking(booking)?.rescheduledFromUid;
		if (uid) followed.add(uid);
	}
	return followed;
}
