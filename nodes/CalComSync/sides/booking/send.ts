import type { IDataObject } from 'n8n-workflow';
import type { ApiResult } from '../../../shared/api/client';
import type { ApiFailure } from '../../../shared/api/failure';
import { quietly } from '../../../shared/api/outcome';
import type { Session } from '../../../shared/api/session';
import type { Booking } from '../../../shared/api/bookings';
import { bookingPath, bookingRequest, readBookings, someBookings } from '../../../shared/api/bookings';
import { uidOf } from './chains';
import { ITEM } from './list';

/** Of the bookings in an answer, the one that was asked about; a move gives it another uid. */
const named = (bookings: readonly Booking[], uid: string): Booking | undefined =>
	bookings.find((booking) => uidOf(booking) === uid) ?? bookings[0];

export interface Change {
	method: 'POST' | 'PATCH';
	/** Below the booking's path. */
	below: string;
	body: IDataObject;
	/** See `ApiRequest`. */
	until?: number;
	/** The booking as the change would have made it; null when it did not happen. */
	lookUp: () => Promise<Booking | null>;
}

/** Refusals that mean, among other things, that it is done already: someone else, or another run, was faster. */
const MAYBE_DONE_ALREADY: ReadonlySet<number | null> = new Set([400, 409]);

const mayBeDone = ({ status, unknownOutcome }: ApiFailure): boolean =>
	unknownOutcome === true || MAYBE_DONE_ALREADY.has(status);

/**
 * Sends a change once. Where the answer does not tell whether it happened (a timeout, a 5xx), or Cal.com refuses what
 * may be done already, the booking is read: if it is as wanted, that is the result. Nothing is sent again.
 */
export async function sendChange(session: Session, uid: string, change: Change): Promise<ApiResult<Booking>> {
	const { method, below, body, until, lookUp } = change;
	const request = bookingRequest(session, method, bookingPath(uid, below), body);
	const result = await session.send(ITEM, until === undefined ? request : { ...request, until }, someBookings);
	const answered = result.ok ? named(result.data, uid) : undefined;
	if (answered !== undefined) return { ok: true, data: answered };
	const isWorthALook = result.ok || mayBeDone(result.failure);
	const found = isWorthALook ? await quietly(lookUp) : null;
	if (found === null) return result.ok ? { ok: true, data: { uid } } : result;
	if (!result.ok) {
		session.note('What Cal.com did not confirm about a booking was read instead of asking again: it was done.');
	}
	return { ok: true, data: found };
}

/** The booking as it is now, if it is as wanted. @throws NodeApiError */
export async function readIf(
	session: Session,
	uid: string,
	isAsWanted: (booking: Booking) => boolean,
): Promise<Booking | null> {
	const booking = named(await readBookings(session, ITEM, uid), uid);
	return booking !== undefined && isAsWanted(booking) ? booking : null;
}
