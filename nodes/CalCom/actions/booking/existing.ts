import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import type { Booking, BookingFacts } from '../../../shared/api/bookings';
import { aBooking, bookingFacts, isLive, readBookings, sameMoment } from '../../../shared/api/bookings';

/** What makes two requests for a booking the same one. */
export interface BookingWish {
	/** In UTC. */
	start: string;
	/** The attendee's; null when only a number is known: then nothing tells whose booking it is. */
	email: string | null;
	eventType: { id: number } | { slug: string; username: string | null };
}

/** Where a list that is sorted by start needs to be read no further. */
const MOST_AT_ONE_START = 1_000;
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

function isOfEventType(facts: BookingFacts, { eventType }: BookingWish): boolean {
	if ('id' in eventType) return facts.eventTypeId === eventType.id;
	const { slug, username } = eventType;
	if (facts.eventTypeSlug !== slug) return false;
	return username === null || facts.hosts.includes(username);
}

function seatOf(facts: BookingFacts, email: string) {
	return facts.attendees.find((attendee) => attendee.email.toLowerCase() === email);
}

/** The attendee's live booking of this event type at this time, among some bookings. */
function match(bookings: readonly Booking[], wish: BookingWish): Booking | null {
	const email = wish.email?.toLowerCase();
	if (email === undefined) return null;
	for (const booking of bookings) {
		const facts = bookingFacts(booking);
		if (!isLive(facts) || !sameMoment(facts.start, wish.start) || !isOfEventType(facts, wish)) continue;
		const attendee = seatOf(facts, email);
		if (attendee === undefined) continue;
		return attendee.seatUid === null ? booking : { ...booking, seatUid: attendee.seatUid };
	}
	return null;
}

/**
 * The booking that a wish would make, when it is there already: the same attendee, event type and
 * start, not cancelled or rejected. Of a series, all its bookings.
 *
 * Cal.com's own filter by email minds the case of letters, so the time narrows the list and the email
 * is compared here. Only bookings that the owner of the credential can see are found.
 *
 * @throws NodeApiError
 */
export async function findExisting(session: Session, itemIndex: number, wish: BookingWish): Promise<Booking[] | null> {
	const start = Date.parse(wish.start);
	const request = {
		method: 'GET',
		path: '/bookings',
		version: versionFor('bookingsList', session.edition),
		query: {
			...('id' in wish.eventType ? { eventTypeId: wish.eventType.id } : {}),
			afterStart: new Date(start - MINUTE).toISOString(),
			beforeEnd: new Date(start + 2 * DAY).toISOString(),
			sortStart: 'asc',
		},
	} as const;
	for await (const page of session.pages(itemIndex, request, aBooking, MOST_AT_ONE_START)) {
		const found = match(page, wish);
		if (found !== null) return await wholeSeries(session, itemIndex, found);
		const last = page.at(-1);
		if (last !== undefined && Date.parse(bookingFacts(last).start) > start) return null;
	}
	return null;
}

async function wholeSeries(session: Session, itemIndex: number, booking: Booking): Promise<Booking[]> {
	const { recurringBookingUid } = bookingFacts(booking);
	return recurringBookingUid ? await readBookings(session, itemIndex, recurringBookingUid) : [booking];
}
