import type { CalComEvent } from './event';
import type { JsonObject } from '../values/json';
import type { FromApiContext } from './fromApi';
import { bookingToEvent, isSuperseded, perSeat } from './fromApi';
import { listOf, withoutSeat } from './parts';
import { readApiBooking } from '../booking/apiSchema';
import type { ApiBooking } from '../booking/apiSchema';
import { sameEmail } from '../booking/people';
import { toJsonObject } from '../values/json';
import { trimmed } from '../values/readers';

export interface LifeContext extends Omit<FromApiContext, 'event' | 'minutesBefore'> {
	/** ISO 8601 in UTC: a meeting whose end is before it has ended. */
	now: string;
	/** Whether bookings of its event type are asked for first; null where that is not known. */
	asksFirst: boolean | null;
	/** The uids that other bookings are known to have replaced: Cal.com does not say so of the dates of a series. */
	followed: ReadonlySet<string>;
}

/**
 * For a booking as API v2 gives it, what its webhooks would have told, in order, each with the webhook's own key: booked
 * or asked for, moved here, declined, cancelled, ended, absent; per seat where there are seats. The last one carries the
 * state as it is. What it went through meanwhile and has left no trace is not made up. A booking that was moved on tells
 * how it began: the one after it tells of the move. A seat that moved by itself leaves no trace of that: it is booked.
 *
 * @param booking an object of `GET /bookings`
 */
export function eventsOfBooking(booking: JsonObject, context: LifeContext): CalComEvent[] {
	const { now, asksFirst, followed, ...how } = context;
	const read = readApiBooking(booking);
	if (read?.uid == null) return [];
	const isMovedOn = isSuperseded(read) || (isCancelled(read) && followed.has(read.uid));
	const begun = beginningOf(read, asksFirst === true, isMovedOn || isCancelled(read));
	const ends = isMovedOn ? [] : endsOf(read, now);
	const whole = { ...booking, attendees: listOf(booking.attendees).map(withoutSeat) };
	// A group that was cancelled names no seats any more: who had booked which, nobody can tell.
	const parts = perSeat(booking).filter(({ seatUid }) => (how.seats ?? null) === null || seatUid !== undefined);
	return [...parts.map((part) => told(toJsonObject(part), begun, how)), ...ends.map((end) => told(whole, end, how))];
}

const isCancelled = ({ status }: ApiBooking): boolean => status?.toLowerCase() === 'cancelled';

/** @param isOver whether a request was ever confirmed cannot be told any more */
function beginningOf(read: ApiBooking, asksFirst: boolean, isOver: boolean): string {
	const status = read.status?.toLowerCase();
	if (status === 'pending' || status === 'rejected' || (asksFirst && isOver)) return 'BOOKING_REQUESTED';
	if (trimmed(read.rescheduledFromUid) === null) return 'BOOKING_CREATED';
	// A guest's wish to move is a request, and its confirmation a booking that is made; a host's move is a move.
	const isHosts = read.hosts.some(({ email }) => sameEmail(trimmed(email), read.rescheduledByEmail));
	return asksFirst && !isHosts ? 'BOOKING_CREATED' : 'BOOKING_RESCHEDULED';
}

function endsOf(read: ApiBooking, now: string): string[] {
	const status = read.status?.toLowerCase();
	if (status === 'rejected') return ['BOOKING_REJECTED'];
	if (status === 'cancelled') return ['BOOKING_CANCELLED'];
	if (status === 'pending') return [];
	const isOver = read.end !== null && read.end <= now;
	return [
		...(isOver ? ['MEETING_ENDED'] : []),
		...(read.attendees.some(({ absent }) => absent === true) ? ['BOOKING_NO_SHOW_UPDATED'] : []),
		...(read.absentHost ? ['AFTER_HOSTS_CAL_VIDEO_NO_SHOW'] : []),
	];
}

/** What an earlier event says of the booking: not yet that it is over, nor why. */
const STATUS_THEN: ReadonlyMap<string, string> = new Map([
	['BOOKING_CREATED', 'accepted'],
	['BOOKING_RESCHEDULED', 'accepted'],
	['BOOKING_REQUESTED', 'pending'],
]);
const NOT_YET = { cancellationReason: null, cancelledByEmail: null, rejectionReason: null, updatedAt: null };

function told(part: JsonObject, event: string, how: FromApiContext): CalComEvent {
	const then = STATUS_THEN.get(event);
	const isNow = then === undefined || then === String(part.status).toLowerCase();
	const booking = isNow ? part : { ...part, ...NOT_YET, status: then };
	const told = bookingToEvent(booking, { ...how, event });
	const isAbsence = told.category === 'noShow';
	return isAbsence || told.noShow === null ? told : { ...told, noShow: null };
}
