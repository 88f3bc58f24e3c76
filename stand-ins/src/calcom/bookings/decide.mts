import { coded } from '../errors.mts';
import { meetingSnapshot } from '../payloads/meeting.mts';
import { confirmedPayload, paidPayload, rejectedPayload } from '../payloads/stored-row.mts';
import { factsOf } from '../payloads/parts.mts';
import { seriesOf } from '../store.mts';
import type { Booking } from '../types.mts';
import { announce, nowIso } from '../world.mts';
import type { World } from '../world.mts';
import { kindOf, newVideoCall, videoCallUrlOf } from './location.mts';

/** Cal.com only minds a booking that was accepted; a declined one can be declined, or accepted, again. */
function assertOpen(booking: Booking): void {
	if (booking.status === 'ACCEPTED') throw coded(400, 'TRPCError', 'Booking already confirmed');
}

/** The occurrences that are decided together with this one. */
function together(world: World, booking: Booking): Booking[] {
	if (booking.recurringEventId === null) return [booking];
	return seriesOf(world.state, booking.recurringEventId).filter(({ status }) => status !== 'CANCELLED');
}

function accept(world: World, booking: Booking): void {
	const place = { kind: kindOf(booking.location), raw: booking.location };
	const video = newVideoCall(place.kind);
	const videoCallUrl = videoCallUrlOf(world.state.bookerUrl, booking.uid, video, place);
	for (const each of together(world, booking)) {
		each.status = 'ACCEPTED';
		each.video = video;
		each.videoCallUrl = videoCallUrl;
		each.updatedAt = nowIso(world);
		each.snapshot = meetingSnapshot(factsOf(world.state, each, world.now()));
	}
}

/** The host says yes: CREATED, there is no CONFIRMED. A series is confirmed as a whole, with one delivery. */
export async function confirm(world: World, booking: Booking): Promise<void> {
	assertOpen(booking);
	accept(world, booking);
	await announce(world, 'BOOKING_CREATED', booking, confirmedPayload);
}

/** The host says no. Saying it twice sends it twice. */
export async function decline(world: World, booking: Booking, reason: string | null): Promise<void> {
	assertOpen(booking);
	for (const each of together(world, booking)) {
		each.status = 'REJECTED';
		each.rejectionReason = reason;
		each.updatedAt = nowIso(world);
	}
	await announce(world, 'BOOKING_REJECTED', booking, (facts) => rejectedPayload(facts, reason));
}

/** The money arrived: PAID, then CREATED. */
export async function pay(world: World, booking: Booking): Promise<void> {
	assertOpen(booking);
	booking.paid = true;
	accept(world, booking);
	await announce(world, 'BOOKING_PAID', booking, paidPayload);
	await announce(world, 'BOOKING_CREATED', booking, confirmedPayload);
}
