import type { Payload } from './schema';

/** What Cal.com calls the calendar entry of a booking: the uid that it was made with, "@Cal.com" behind it. */
const OWN_CALENDAR_UID = /^([\w-]{3,100})@cal\.com$/i;

/**
 * The booking's uid under each of the names Cal.com has for it. A request sometimes comes without one: then the
 * calendar entry tells it. Not with seats, which have an entry each.
 */
export function bookingUid(payload: Payload): string | null {
	const told = payload.uid ?? payload.bookingUid;
	if (told !== null || (payload.seatsPerTimeSlot ?? 0) > 0) return told;
	return OWN_CALENDAR_UID.exec(payload.iCalUID ?? '')?.[1] ?? null;
}
