import type { ApiRequest } from '../../../shared/api/request';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { aBooking, bookingPath, bookingRequest, someBookings } from '../../../shared/api/bookings';
import type { Fields } from '../../../shared/values/readers';
import { own, trimmed } from '../../../shared/values/readers';
import { instant } from '../../../shared/values/time';
import type { Chains } from './chains';
import { createChains } from './chains';
import type { Period } from './period';
import { earlier, later } from './period';
import { isCancelled } from './status';

/** Errors here are those of the whole node, or are told with the record: no item is to blame. */
export const ITEM = 0;

/** A page of the list may be read for every so many bookings that records have and the list did not show. */
const MISSING_PER_PAGE = 4;
/** Where the whole list is known, a booking that is not in it is looked for by its uid only among so few. */
const MOST_LOOKED_FOR = 100;
/** Longer than any booking: what spans an end of the period is seen from both sides. */
const LONGEST_DAYS = 1;

const listRequest = (session: Session, query: ApiRequest['query']): ApiRequest => ({
	method: 'GET',
	path: '/bookings',
	version: versionFor('bookingsList', session.edition),
	query,
});

/** Whether an id that a record holds leads to a booking that is known. */
const isKnown = (chains: Chains, uid: string): boolean => 'booking' in chains.current(uid);

/**
 * The bookings with this uid: one, or the occurrences of a series; none when it is gone.
 *
 * @throws NodeApiError on any answer but a success and a real 404
 */
async function readAll(session: Session, uid: string): Promise<Fields[]> {
	const result = await session.send(ITEM, bookingRequest(session, 'GET', bookingPath(uid)), someBookings);
	if (result.ok) return result.data;
	if (result.failure.status === 404 && !result.failure.notTheApi) return [];
	throw session.error(ITEM, result.failure);
}

/** Reads on from one end of the period until every missing booking has turned up, as far as that is cheaper. */
async function readOn(
	session: Session,
	chains: Chains,
	query: ApiRequest['query'],
	missing: readonly string[],
): Promise<{ missing: string[]; toTheEnd: boolean }> {
	let left = [...missing];
	let pages = Math.floor(missing.length / MISSING_PER_PAGE);
	if (pages === 0) return { missing: left, toTheEnd: false };
	for await (const page of session.pages(ITEM, listRequest(session, query), aBooking, null)) {
		for (const booking of page) chains.add(booking);
		left = left.filter((uid) => !isKnown(chains, uid));
		pages -= 1;
		if (left.length === 0 || pages === 0) return { missing: left, toTheEnd: false };
	}
	return { missing: left, toTheEnd: true };
}

/** Reads what an id stands for now, however often the booking was moved; null when it is gone. */
export async function readCurrent(session: Session, chains: Chains, uid: string): Promise<Fields | null> {
	const gone = new Set<string>();
	for (let found = chains.current(uid); ; found = chains.current(uid)) {
		if ('booking' in found) return found.booking;
		if (gone.has(found.read)) return null;
		gone.add(found.read);
		for (const booking of await readAll(session, found.read)) chains.add(booking);
	}
}

/** The series whose occurrences tell whether this one was cancelled or moved; null where that is known already. */
function doubtfulSeries(booking: Fields): string | null {
	return isCancelled(booking) ? trimmed(own(booking, 'recurringBookingUid')) : null;
}

/** Occurrences of a series do not always say that they were moved: only those that followed them do. */
export async function readSeries(session: Session, chains: Chains, bookings: readonly Fields[]): Promise<void> {
	const series = new Set(bookings.flatMap((booking) => doubtfulSeries(booking) ?? []));
	for (const uid of series) for (const booking of await readAll(session, uid)) chains.add(booking);
}

/** Looks for the bookings of records that the list of the period did not show. */
async function findMissing(session: Session, chains: Chains, period: Period, ids: readonly string[]): Promise<void> {
	const unknown = ids.filter((uid) => !isKnown(chains, uid));
	const before = { beforeEnd: later(period.from, LONGEST_DAYS), sortStart: 'desc' };
	const past = await readOn(session, chains, before, unknown);
	const rest =
		period.to === null
			? { missing: past.missing, toTheEnd: true }
			: await readOn(
					session,
					chains,
					{ afterStart: earlier(period.to, LONGEST_DAYS), sortStart: 'asc' },
					past.missing,
				);
	if (past.toTheEnd && rest.toTheEnd && rest.missing.length > MOST_LOOKED_FOR) {
		session.note(
			`${rest.missing.length} records hold a booking uid that is not in the whole list of bookings of this account. Does the credential belong to the account that they were booked with?`,
		);
		return;
	}
	for (const uid of rest.missing) await readCurrent(session, chains, uid);
}

function isWithin({ from, to }: Period, booking: Fields): boolean {
	const start = instant(own(booking, 'start'));
	return start !== null && start >= from && (to === null || start < to);
}

/**
 * The bookings of a period, and those of records wherever they are in time: what a record knows is never missing only
 * because it lies outside the period. One list for the period; then, for bookings that records have and the list does
 * not show, the list before and after it, nearest first, as long as that takes fewer requests than asking for each,
 * and at last each by its uid. Bookings that were moved are given once, as what they became.
 *
 * @param now ISO 8601 in UTC
 * @throws NodeApiError
 */
export async function listBookings(
	session: Session,
	period: Period,
	ids: readonly string[],
	now: string,
): Promise<Array<{ booking: Fields; formerUids: string[] }>> {
	const chains = createChains();
	const query = {
		afterStart: period.from,
		...(period.to === null ? {} : { beforeEnd: later(period.to, LONGEST_DAYS) }),
	};
	for await (const page of session.pages(ITEM, listRequest(session, query), aBooking, null)) {
		for (const booking of page) chains.add(booking);
	}
	await findMissing(session, chains, period, ids);

	const isWholeFuture = period.to === null && period.from <= now;
	const doubtful = ids.flatMap((uid) => {
		const found = chains.current(uid);
		if (!('booking' in found)) return [];
		// A list from the past on without an end shows whatever an occurrence in it was moved to.
		return isWholeFuture && isWithin(period, found.booking) ? [] : [found.booking];
	});
	await readSeries(session, chains, doubtful);

	const linked = new Set(ids);
	return chains.all().flatMap((booking) => {
		if (chains.isFormer(booking)) return [];
		const formerUids = chains.formerUids(booking);
		const isLinked = [trimmed(own(booking, 'uid')) ?? '', ...formerUids].some((uid) => linked.has(uid));
		return isLinked || isWithin(period, booking) ? [{ booking, formerUids }] : [];
	});
}
