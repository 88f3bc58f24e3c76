import type { Session } from './session';
import type { Booking } from './bookings';
import { aBooking, bookingFacts, isLive, readBookings, sameMoment, seatRequest } from './bookings';

/*
 * What a write would have made, read when Cal.com's answer did not tell whether it happened.
 */

export interface Move {
	uid: string;
	/** The one seat to move; '' for the whole booking. */
	seatUid: string;
	/** In UTC. */
	start: string;
}

/** The booking at its new time, when the move happened; null when it did not. @throws NodeApiError */
export async function movedBooking(session: Session, itemIndex: number, move: Move): Promise<Booking | null> {
	const at = (booking: Booking | undefined): Booking | null => {
		if (booking === undefined) return null;
		const facts = bookingFacts(booking);
		return isLive(facts) && sameMoment(facts.start, move.start) ? booking : null;
	};
	if (move.seatUid !== '') return at(await session.request(itemIndex, seatRequest(session, move.seatUid), aBooking));
	const [old] = await readBookings(session, itemIndex, move.uid);
	const next = old === undefined ? null : bookingFacts(old).rescheduledToUid;
	// A host who moves all seats keeps the uid.
	return at(next ? (await readBookings(session, itemIndex, next))[0] : old);
}

/** Whether a booking, or the seat of it, is gone; one that was moved to another time is not. */
export function isGone(booking: Booking, seatUid = ''): boolean {
	const facts = bookingFacts(booking);
	if (seatUid !== '' && isLive(facts)) {
		return facts.attendees.every((attendee) => attendee.seatUid !== seatUid);
	}
	return facts.status === 'cancelled' && !facts.rescheduledToUid;
}

/** Whether all of these people are in a booking, however their addresses are written. */
export function hasAll(booking: Booking, emails: readonly string[]): boolean {
	const there = new Set(bookingFacts(booking).attendees.map(({ email }) => email.toLowerCase()));
	return emails.every((email) => there.has(email.toLowerCase()));
}

/** What Cal.com takes in one request. */
export const GUESTS_PER_REQUEST = 10;

/** A list in parts of at most so many. */
export function inGroups<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, group) =>
		all.slice(group * size, (group + 1) * size),
	);
}
