import { badRequest } from '../errors.mts';
import { newUid, newUuid, uuidOf } from '../ids.mts';
import { meetingSnapshot } from '../payloads/meeting.mts';
import { factsOf, storedAnswers } from '../payloads/parts.mts';
import { requestedPayload } from '../payloads/requested.mts';
import { rescheduledPayload, seatsRescheduledPayload } from '../payloads/rescheduled.mts';
import { eventTypeOf, nextId, rescheduledTo, userById } from '../store.mts';
import { addMinutes } from '../time.mts';
import type { Attendee, Booking } from '../types.mts';
import { announce, nowIso } from '../world.mts';
import type { World } from '../world.mts';
import { claimHost } from './create.mts';
import { titleOf } from './draft.mts';
import { kindOf, newVideoCall, videoCallUrlOf } from './location.mts';

export interface Move {
	start: string;
	rescheduledBy: string | null;
	reason: string | null;
	/** The one seat to move; without it the host moves them all. */
	seatUid: string | null;
	/** Who asks, by API key; null for an attendee without one. */
	userId: number | null;
}

/** @throws ApiError 400 when there is nothing left to move */
export function assertMovable(world: World, booking: Booking): void {
	if (booking.status !== 'CANCELLED') return;
	const next = rescheduledTo(world.state, booking.uid);
	if (!booking.rescheduled)
		throw badRequest(
			`Can't reschedule booking with uid=${booking.uid} because it has been cancelled. Please provide uid of a booking that is not cancelled.`,
		);
	throw badRequest(
		`Can't reschedule booking with uid=${booking.uid} because it has been cancelled and rescheduled already to booking with uid=${next?.uid}. You probably want to reschedule ${next?.uid} instead by passing it within the request URL.`,
	);
}

/** The host's own moves need no yes; an attendee's do when the event type asks for one. */
function needsConfirmation(world: World, booking: Booking, move: Move): boolean {
	if (!eventTypeOf(world.state, booking).confirmationPolicy) return false;
	const host = userById(world.state, booking.userId);
	return move.userId !== host.id && move.rescheduledBy !== host.email;
}

/** Moves a booking: a new one takes its place, the old one is cancelled. @returns the new booking */
export async function reschedule(world: World, old: Booking, move: Move): Promise<Booking> {
	assertMovable(world, old);
	const eventType = eventTypeOf(world.state, old);
	// However long it was: the API takes the event type's own length.
	const end = addMinutes(move.start, eventType.lengthInMinutes);
	if (eventType.seats) return await moveSeats(world, old, move, end);
	const hostId = claimHost(world, eventType, move.start, end, old.uid);
	const booking = replacement(world, old, move, end, hostId);
	old.status = 'CANCELLED';
	old.rescheduled = true;
	old.rescheduledBy = move.rescheduledBy;
	old.updatedAt = nowIso(world);
	await world.rooms.store(world.state, booking);
	if (booking.status === 'PENDING') await announce(world, 'BOOKING_REQUESTED', booking, requestedPayload);
	else {
		booking.snapshot = meetingSnapshot(factsOf(world.state, booking, world.now()));
		await announce(world, 'BOOKING_RESCHEDULED', booking, (facts) =>
			rescheduledPayload(facts, old, move.rescheduledBy),
		);
	}
	booking.updatedAt = nowIso(world);
	return booking;
}

function replacement(world: World, old: Booking, move: Move, end: string, hostId: number): Booking {
	const { state } = world;
	const uid = newUid();
	const pending = needsConfirmation(world, old, move);
	const place = { kind: kindOf(old.location), raw: old.location };
	const video = pending ? null : hostId === old.userId && old.video ? { ...old.video } : newVideoCall(place.kind);
	const at = nowIso(world);
	const reason = move.reason === null ? {} : { rescheduledReason: move.reason };
	return {
		...structuredClone(old),
		id: nextId(state, 'booking'),
		uid,
		idempotencyKey: uuidOf(`${move.start}${uid}`),
		userId: hostId,
		title: titleOf(world, eventTypeOf(state, old), hostId, old.attendees[0]?.name ?? ''),
		start: move.start,
		end,
		status: pending ? 'PENDING' : 'ACCEPTED',
		video,
		videoCallUrl: pending ? old.videoCallUrl : videoCallUrlOf(state.bookerUrl, uid, video, place),
		responses: { ...storedAnswers(old), ...reason },
		attendees: old.attendees.map((attendee) => ({
			...attendee,
			id: nextId(state, 'attendee'),
			noShow: false,
			seat: attendee.seat ? { ...attendee.seat } : null,
		})),
		iCalSequence: old.iCalSequence + 1,
		createdAt: at,
		updatedAt: at,
		cancellationReason: null,
		cancelledBy: null,
		fromReschedule: old.uid,
		rescheduled: false,
		rescheduledBy: null,
		noShowHost: false,
		oneTimePassword: pending ? newUuid() : null,
		snapshot: null,
		fired: [],
	};
}

/** Only who hosts it moves all seats at once. */
const isHost = (world: World, booking: Booking, userId: number | null): boolean =>
	userId !== null && (userId === booking.userId || eventTypeOf(world.state, booking).hostIds.includes(userId));

async function moveSeats(world: World, booking: Booking, move: Move, end: string): Promise<Booking> {
	if (move.seatUid !== null) return await moveOneSeat(world, booking, move, end);
	if (!isHost(world, booking, move.userId))
		throw badRequest(
			`Booking with uid=${booking.uid} is a seated booking which means you have to provide seatUid in the request body to specify which seat specifically you want to reschedule. First, fetch the booking using the GET /v2/bookings/{uid} endpoint and then within the attendees array you will find the seatUid of the booking you want to reschedule. Second, provide the seatUid in the request body to specify which seat specifically you want to reschedule using the POST /v2/bookings/{uid}/reschedule endpoint.`,
		);
	claimHost(world, eventTypeOf(world.state, booking), move.start, end, booking.uid);
	const old = { uid: booking.uid, start: booking.start, end: booking.end };
	booking.start = move.start;
	booking.end = end;
	booking.iCalSequence += 1;
	booking.rescheduledBy = move.rescheduledBy;
	booking.updatedAt = nowIso(world);
	await announce(world, 'BOOKING_RESCHEDULED', booking, (facts) =>
		seatsRescheduledPayload(facts, old, booking.attendees),
	);
	return booking;
}

/** One attendee moves on to a meeting of their own; the others stay. */
async function moveOneSeat(world: World, old: Booking, move: Move, end: string): Promise<Booking> {
	const mover = old.attendees.find((attendee) => attendee.seat?.uid === move.seatUid);
	if (!mover) throw badRequest(`Invalid seatUid: this seat does not exist or has already been cancelled.`);
	const eventType = eventTypeOf(world.state, old);
	const hostId = claimHost(world, eventType, move.start, end, old.uid);
	const moved: Attendee = { ...mover, id: nextId(world.state, 'attendee') };
	const booking: Booking = {
		...replacement(world, old, move, end, hostId),
		title: titleOf(world, eventType, hostId, mover.name),
		responses: null,
		fromReschedule: null,
		attendees: [moved],
		metadata: { ...mover.seat?.metadata },
		iCalUid: `${newUid()}@Cal.diy`,
	};
	old.attendees = old.attendees.filter((attendee) => attendee !== mover);
	world.state.bookings.push(booking);
	const from = { uid: old.uid, start: old.start, end: old.end };
	await announce(world, 'BOOKING_RESCHEDULED', booking, (facts) => seatsRescheduledPayload(facts, from, [moved]));
	booking.updatedAt = nowIso(world);
	return booking;
}
