import type { Everyone } from '../../../shared/booking/everyone';
import { readEveryone } from '../../../shared/booking/everyone';
import type { Delivery } from '../../../shared/booking/schema';
import { readDelivery } from '../../../shared/booking/schema';
import { eventOfBooking, readBookingAs } from '../../../shared/events/fromApi';
import type { Fields } from '../../../shared/values/readers';
import { once } from './view';

/** A booking of the API, read as the triggers read it: once for each booking, whatever is asked of it. */
export const readingOf = once(
	(booking: Fields): Delivery => readBookingAs(booking, eventOfBooking(booking)) ?? readDelivery({}),
);

/** Who hosts it and who comes. */
export const everyoneOf = once((booking: Fields): Everyone => readEveryone(readingOf(booking), true, null));
