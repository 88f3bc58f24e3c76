import type { EventLocation } from '../../../shared/events/event';
import { eventOfBooking } from '../../../shared/events/fromApi';
import { isStaleVideoUrl, readLocation } from '../../../shared/booking/place';
import { numberRegion } from '../../../shared/values/phone';
import type { Fields } from '../../../shared/values/readers';
import { fields, own, trimmed } from '../../../shared/values/readers';
import { readDelivery } from '../../../shared/booking/schema';
import { attendeesOf, hostOf, responsesOf } from './people';
import { once } from './view';

/** Of a delivery that says nothing: what is known of a place is put into it. */
const { payload: NOTHING } = readDelivery({});

/** Where a booking takes place, as Cal.com writes it: an address, a number, a link. */
export function placeOf(booking: Fields): string | null {
	return trimmed(own(booking, 'location')) ?? trimmed(own(booking, 'meetingUrl'));
}

/** Which event the booking's state tells of; worked out only where a link may be an old one. */
const eventOf = (booking: Fields): string =>
	own(booking, 'rescheduledFromUid') === undefined ? 'BOOKING_CREATED' : eventOfBooking(booking);

/**
 * The place with its kind and link, as the triggers tell it, so that a column means the same whoever fills it. Read
 * from what it takes only: a whole event for each of ten thousand bookings is seconds.
 */
export const locationOf = once((booking: Fields): EventLocation | null => {
	const location = placeOf(booking);
	const payload = {
		...NOTHING,
		uid: trimmed(own(booking, 'uid')),
		rescheduleUid: trimmed(own(booking, 'rescheduledFromUid')),
		location,
		responses: responsesOf(booking),
		metadata: fields(own(booking, 'metadata')),
	};
	const [booker] = attendeesOf(booking);
	const region = numberRegion(null, booker?.timeZone ?? null, trimmed(own(hostOf(booking), 'timeZone')));
	return readLocation(payload, isStaleVideoUrl(eventOf(booking), payload), region);
});
