import type { EventLocation } from '../../../shared/booking/model';
import { isStaleVideoUrl, readLocation } from '../../../shared/booking/place';
import { numberRegion } from '../../../shared/values/phone';
import type { Fields } from '../../../shared/values/readers';
import { own, trimmed } from '../../../shared/values/readers';
import { everyoneOf, readingOf } from './reading';
import { once } from './view';

/** Where a booking takes place, as Cal.com writes it: an address, a number, a link. */
export function placeOf(booking: Fields): string | null {
	return trimmed(own(booking, 'location')) ?? trimmed(own(booking, 'meetingUrl'));
}

/** The place with its kind and link, as the triggers tell it, so that a column means the same whoever fills it. */
export const locationOf = once((booking: Fields): EventLocation | null => {
	const { event, payload } = readingOf(booking);
	const { organizer, attendees } = everyoneOf(booking);
	const region = numberRegion(null, attendees[0]?.timeZone ?? null, organizer.timeZone);
	return readLocation(payload, isStaleVideoUrl(event, payload), region);
});
