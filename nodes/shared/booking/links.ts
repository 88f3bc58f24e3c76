import { trimmed } from '../values/readers';
import type { SeatFacts } from './seats';

/** Teams' long links have some 330 characters. */
const MAX_LINK = 500;
/**
 * A host of letters, digits, dots and dashes, and behind it what an address may hold. `https://evil.example".zoom.us/`
 * has another host to a phone than to a program; a name before an @ in front of the host is taken for the host by people.
 */
const PLAIN_LINK = /^https?:\/\/[a-z0-9][a-z0-9.-]{0,252}(?::\d{1,5})?(?:[/?#][\w.~:/?#@!$&'()*+,;=%-]*)?$/i;

/**
 * The one place that decides what a node calls a link: an http(s) address of plain characters, not long, without the
 * spaces around it; null for anything else, which stays the text that it is.
 *
 * @example plainLink(' https://us02web.zoom.us/j/1 ') // 'https://us02web.zoom.us/j/1'
 */
export function plainLink(value: unknown): string | null {
	const address = trimmed(value);
	return address !== null && address.length <= MAX_LINK && PLAIN_LINK.test(address) ? address : null;
}

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

/** A Cal Video page: the address of the booker's pages, and the uid of the booking. */
export const VIDEO_PAGE = /^(https?:\/\/.+)\/video\/([^/?#]+)$/;

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
