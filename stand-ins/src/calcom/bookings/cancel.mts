import { badRequest, bareError, coded } from '../errors.mts';
import { cancelledPayload, otherTimePayload } from '../payloads/cancelled.mts';
import type { Cancellation } from '../payloads/cancelled.mts';
import { eventTypeOf, userById } from '../store.mts';
import type { Booking } from '../types.mts';
import { announce, nowIso } from '../world.mts';
import type { World } from '../world.mts';

export interface Cancel {
	reason: string | null;
	cancelledBy: string | null;
	seatUid: string | null;
	/** Who asks, by API key; null for an attendee without one. */
	userId: number | null;
}

/** @throws ApiError 400 when it is cancelled already */
function assertCancellable(booking: Booking): void {
	if (booking.status === 'CANCELLED')
		throw badRequest(
			`Can't cancel booking with uid=${booking.uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
		);
}

/** A host must say why; an attendee, or anyone else, need not. */
function assertReason(world: World, booking: Booking, { userId, reason }: Cancel): void {
	const isHost =
		userId === booking.userId || (userId !== null && eventTypeOf(world.state, booking).hostIds.includes(userId));
	if (isHost && !reason?.trim()) throw bareError(400, 'Cancellation reason is required when you are the host');
}

const plain = ({ reason, cancelledBy }: Cancel): Cancellation => ({
	reason,
	cancelledBy,
	series: false,
	leaving: null,
});

/** Cancels one booking, or one seat of it. The delivery goes out before the database changes, as at Cal.com. */
export async function cancel(world: World, booking: Booking, request: Cancel): Promise<void> {
	if (request.seatUid !== null) return await giveUpSeat(world, booking, request);
	assertCancellable(booking);
	assertReason(world, booking, request);
	await announce(world, 'BOOKING_CANCELLED', booking, (facts) =>
		cancelledPayload(facts, { ...plain(request), series: booking.recurringEventId !== null }),
	);
	close(world, booking, request);
	if (eventTypeOf(world.state, booking).seats) booking.attendees = [];
}

function close(world: World, booking: Booking, { reason, cancelledBy }: Pick<Cancel, 'reason' | 'cancelledBy'>): void {
	booking.status = 'CANCELLED';
	booking.cancellationReason = reason;
	booking.cancelledBy = cancelledBy;
	booking.iCalSequence += 1;
	booking.updatedAt = nowIso(world);
}

async function giveUpSeat(world: World, booking: Booking, request: Cancel): Promise<void> {
	const leaving = booking.attendees.find((attendee) => attendee.seat?.uid === request.seatUid);
	if (!leaving) throw badRequest('Invalid seatUid: this seat does not exist or has already been cancelled.');
	assertReason(world, booking, request);
	const leave = () => {
		booking.attendees = booking.attendees.filter((attendee) => attendee !== leaving);
	};
	if (world.seatRaces > 0) {
		world.seatRaces -= 1;
		leave();
		throw coded(404, 'NOT_FOUND', 'Invalid Query: The requested record was not found.');
	}
	await announce(world, 'BOOKING_CANCELLED', booking, (facts) =>
		cancelledPayload(facts, { ...plain(request), leaving }),
	);
	leave();
	if (booking.attendees.length === 0) close(world, booking, request);
}

/** Cancels every occurrence, those already cancelled or moved too: one delivery, for the first one. */
export async function cancelSeries(world: World, series: Booking[], request: Cancel): Promise<void> {
	const open = series.filter((booking) => booking.status !== 'CANCELLED');
	const [first] = open.length > 0 ? open : series;
	if (!first) return;
	if (open.length === 0) assertCancellable(first);
	assertReason(world, first, request);
	await announce(world, 'BOOKING_CANCELLED', first, (facts) =>
		cancelledPayload(facts, { ...plain(request), series: true }),
	);
	for (const booking of series) close(world, booking, request);
}

/** The host asks the attendee to choose another time: a cancellation that says so. */
export async function requestReschedule(world: World, booking: Booking, reason: string): Promise<void> {
	assertCancellable(booking);
	booking.rescheduled = true;
	await announce(world, 'BOOKING_CANCELLED', booking, (facts) => otherTimePayload(facts, reason));
	close(world, booking, { reason, cancelledBy: userById(world.state, booking.userId).email });
}
