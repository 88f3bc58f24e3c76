import type { Booking } from '../../../shared/api/bookings';
import { bookingFacts } from '../../../shared/api/bookings';

/** Nobody moves a booking so often; a chain that is longer has gone wrong. */
const LONGEST_CHAIN = 100;

type ReadBooking = (uid: string) => Promise<Booking | null>;
type Direction = 'rescheduledFromUid' | 'rescheduledToUid';

/** The bookings that follow in one direction, the nearest first. Stops where it would go in circles. */
async function follow(from: Booking, direction: Direction, read: ReadBooking): Promise<Booking[]> {
	const seen = new Set([bookingFacts(from).uid]);
	const found: Booking[] = [];
	let uid = bookingFacts(from)[direction];
	while (uid && !seen.has(uid) && seen.size < LONGEST_CHAIN) {
		seen.add(uid);
		const next = await read(uid);
		if (next === null) break;
		found.push(next);
		uid = bookingFacts(next)[direction];
	}
	return found;
}

/** The booking that counts now: the last one that this became by rescheduling. */
export async function latestOf(booking: Booking, read: ReadBooking): Promise<Booking> {
	return (await follow(booking, 'rescheduledToUid', read)).at(-1) ?? booking;
}

/** All bookings that this one was and became by rescheduling, the first one first. */
export async function wholeChain(booking: Booking, read: ReadBooking): Promise<Booking[]> {
	const before = await follow(booking, 'rescheduledFromUid', read);
	const known = new Set(before.map((one) => bookingFacts(one).uid));
	const after = await follow(booking, 'rescheduledToUid', read);
	return [...before.reverse(), booking, ...after.filter((one) => !known.has(bookingFacts(one).uid))];
}
