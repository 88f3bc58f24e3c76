import { withoutEndSlash } from '../values/links';
import type { SeatFacts } from './seats';

export interface BookingLinks {
	bookingUrl: string | null;
	rescheduleUrl: string | null;
	cancelUrl: string | null;
}

/**
 * Cal.com's pages for a booking, made from the address of the booker; all null while that or the uid is unknown.
 * A seat has its own uid, without which Cal.com would show or cancel the whole booking.
 *
 * @param bookerUrl The http(s) address that Cal.com sends as `bookerUrl`.
 */
export function bookingLinks(bookerUrl: string | null, uid: string | null, seat: SeatFacts): BookingLinks {
	if (bookerUrl === null || uid === null) return { bookingUrl: null, rescheduleUrl: null, cancelUrl: null };
	const base = withoutEndSlash(bookerUrl);
	const booking = `${base}/booking/${encodeURIComponent(uid)}`;
	const { seatUid } = seat;
	// Whoever gave up a seat must not be handed the links that move or cancel everyone's booking.
	if (seatUid === null && seat.seatRemoved) return { bookingUrl: booking, rescheduleUrl: null, cancelUrl: null };
	const reference = seatUid === null ? null : encodeURIComponent(seatUid);
	return {
		bookingUrl: reference === null ? booking : `${booking}?seatReferenceUid=${reference}`,
		rescheduleUrl: `${base}/reschedule/${reference ?? encodeURIComponent(uid)}`,
		cancelUrl: `${booking}?cancel=true${reference === null ? '' : `&seatReferenceUid=${reference}`}`,
	};
}
