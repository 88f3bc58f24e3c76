import { badRequest } from '../errors.mts';
import { isObject } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { noShowPayload } from '../payloads/others.mts';
import type { Attendee, Booking } from '../types.mts';
import { announce, nowIso } from '../world.mts';
import type { World } from '../world.mts';

function named(booking: Booking, entries: JsonObject[]): Attendee[] {
	return entries.flatMap((entry) => {
		const attendee = booking.attendees.find(({ email }) => email === entry['email']);
		if (!attendee) return [];
		attendee.noShow = entry['absent'] === true;
		return [attendee];
	});
}

/** Who did not come. Only attendees are worth a delivery: an absent host sends nothing. @throws ApiError 400 before the start */
export async function markAbsent(world: World, booking: Booking, body: JsonObject): Promise<void> {
	const now = world.now();
	if (now.getTime() < Date.parse(booking.start))
		throw badRequest(
			`Bookings can only be marked as absent after their scheduled start time. Current time in UTC+0: ${now.toISOString()}, Booking start time in UTC+0: ${booking.start}`,
		);
	const changed = Array.isArray(body['attendees']) ? named(booking, body['attendees'].filter(isObject)) : [];
	if (changed.length > 0)
		await announce(world, 'BOOKING_NO_SHOW_UPDATED', booking, (facts) => noShowPayload(facts, changed));
	if (typeof body['host'] === 'boolean') {
		booking.noShowHost = body['host'];
		booking.updatedAt = nowIso(world);
	}
}
