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

const VIDEO_PAGE = /^(https?:\/\/.+)\/video\/[^/?#]+$/;

/** The address of the booker's pages that a place tells of: Cal Video's page is one of them. */
export function bookerUrlOf(location: string | null): string | null {
	return VIDEO_PAGE.exec(location ?? '')?.[1] ?? null;
}

/** An address to which a path can be added. */
export function withoutEndSlash(url: string): string {
	let end = url.length;
	while (url.charAt(end - 1) === '/') end--;
	return url.slice(0, end);
}
