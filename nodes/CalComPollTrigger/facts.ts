import type { JsonObject } from '../shared/values/json';
import { eventOfBooking, isSuperseded } from '../shared/events/fromApi';
import { listOf, partsOf, withoutSeat } from '../shared/events/parts';
import type { ApiBooking } from '../shared/booking/apiSchema';
import { readApiBooking } from '../shared/booking/apiSchema';
import type { Known, Memory } from './memory';
import { SUPERSEDED, subjectOf } from './memory';

/** What a booking, or one seat in it, tells by its present state. */
export interface Fact {
	subject: string;
	/** To be remembered from now on. */
	known: Known;
	/** The event to tell; null when there is nothing new. */
	event: string | null;
	/** The booking to tell it of: of a seat with its attendee alone. */
	booking: JsonObject;
	/** Where it moved from, when it kept its uid, or its seat did. */
	moved: { uid: string; start: number } | null;
}

/** A booking that takes place as far as anyone knows. */
const DEFINITE: ReadonlySet<string> = new Set(['BOOKING_CREATED', 'BOOKING_RESCHEDULED']);

const millis = (instant: string | null): number => (instant === null ? 0 : Date.parse(instant));

/**
 * What is new about a booking. Its present state is told, and before it the move that brought it about, when
 * nobody was told of that: without it, two uids would stay two bookings for whoever keeps them, and the one
 * before would never be over. Whatever else it went through meanwhile is not made up.
 *
 * @param followed uids of bookings that were moved on; Cal.com does not say so of series and seats
 */
export function factsOf(booking: JsonObject, memory: Memory, followed: ReadonlySet<string>): Fact[] {
	const facts = partsOf(booking).flatMap((part) => {
		const read = readApiBooking(part);
		if (read === null || read.uid === null) return [];
		const fact = factOf(part, read, read.uid, memory, followed);
		const move = memory.known.has(fact.subject) ? null : moveBefore(fact.known.event, read);
		return move === null ? [fact] : [{ ...fact, event: move }, fact];
	});
	return together(facts);
}

/** States that tell no longer how a booking took another one's place, and the event that did. */
const MOVED_BY: ReadonlyMap<string, string> = new Map([
	[SUPERSEDED, 'BOOKING_RESCHEDULED'],
	['BOOKING_CANCELLED', 'BOOKING_RESCHEDULED'],
	['BOOKING_REJECTED', 'BOOKING_REQUESTED'],
]);

function moveBefore(state: string, { uid, seatUid, rescheduledFromUid: from }: ApiBooking): string | null {
	if (!from || from === uid || seatUid !== null) return null;
	return MOVED_BY.get(state) ?? null;
}

/** Webhooks tell of moved seats in one, without the seats' uids: the first fact tells of them all. */
function together(facts: Fact[]): Fact[] {
	const moved = facts.filter(({ event, known }) => event === 'BOOKING_RESCHEDULED' && known.uid !== null);
	const attendees = moved.flatMap(({ booking }) => listOf(booking.attendees).map(withoutSeat));
	return facts.map((fact) => {
		if (!moved.includes(fact)) return fact;
		if (fact !== moved[0]) return { ...fact, event: null };
		return { ...fact, booking: { ...fact.booking, seatUid: null, attendees } };
	});
}

function factOf(
	part: JsonObject,
	read: ApiBooking,
	uid: string,
	{ known }: Memory,
	followed: ReadonlySet<string>,
): Fact {
	const subject = subjectOf(read.seatUid ?? uid);
	const before = known.get(subject);
	const start = millis(read.start);
	const state = {
		start,
		at: Math.max(millis(read.updatedAt), before?.at ?? 0),
		uid: read.seatUid === null ? null : uid,
	};
	const base = eventOfBooking(part);
	// Once known to be moved on it stays so: the booking that tells of it may be further on in the list by then.
	const isMoved = base === 'BOOKING_CANCELLED' && (followed.has(uid) || before?.event === SUPERSEDED);
	if (isSuperseded(part) || isMoved) {
		return { subject, known: { ...state, event: SUPERSEDED }, event: null, booking: part, moved: null };
	}
	const event = eventNow(base, start, before);
	const moved =
		event === 'BOOKING_RESCHEDULED' && before !== undefined
			? { uid: before.uid ?? uid, start: before.start }
			: null;
	return {
		subject,
		known: { ...state, event: event ?? before?.event ?? base },
		event,
		booking: moved === null ? part : { ...part, rescheduledFromUid: moved.uid },
		moved,
	};
}

/**
 * The event that a state tells of, with what was known before; null when it is no news.
 *
 * @param base what the state tells by itself
 */
export function eventNow(base: string, start: number, before: Known | undefined): string | null {
	if (before === undefined) return base;
	if (!DEFINITE.has(base)) return before.event === base ? null : base;
	// A webhook tells of a confirmed request as created, also when the request was to move a booking.
	if (before.event === 'BOOKING_REQUESTED') return 'BOOKING_CREATED';
	if (!DEFINITE.has(before.event)) return base;
	return before.start === start ? null : 'BOOKING_RESCHEDULED';
}
