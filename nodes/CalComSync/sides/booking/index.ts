import type { SyncResource } from '../../resource';
import { canSet } from './canSet';
import { FIELDS, identity, bookingValue } from './fields';
import { openBookings } from './side';

export { bookingPresets } from './presets';

/**
 * Bookings of Cal.com, kept in step with appointments of the user's. One record for each booking uid: a booking with
 * seats is one record, and what is done to it is done for everyone in it; of a recurring series each occurrence is a
 * record of its own, and only that occurrence is changed.
 */
export const bookings: SyncResource = {
	fields: FIELDS,
	identity,
	valueOf: bookingValue,
	canSet,
	open: openBookings,
};
