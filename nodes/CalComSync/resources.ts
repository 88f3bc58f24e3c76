import { bookingPresets, bookings } from './sides/booking';
import { eventTypePresets, eventTypes } from './sides/eventType';
import type { Preset } from './presets';
import type { SyncResource } from './resource';

export type ResourceName = 'booking' | 'eventType';

/** One thing that records can be kept in step with. */
export interface Entry {
	/** As the panel offers it. */
	name: string;
	description: string;
	/** One and several of Cal.com's objects, in a sentence. */
	noun: { one: string; many: string };
	resource: SyncResource;
	/** The first one is what a new node starts with. */
	presets: readonly Preset[];
	/** The record's column for the Cal.com id, unless the user names another. */
	idColumn: string;
}

const eventType: Entry = {
	name: 'Event Type',
	description: 'Your services, kept in step with what can be booked in Cal.com',
	noun: { one: 'event type', many: 'event types' },
	resource: eventTypes,
	presets: eventTypePresets,
	idColumn: 'calcom_event_type_id',
};

const booking: Entry = {
	name: 'Booking',
	description: 'Your appointments, kept in step with the bookings of Cal.com',
	noun: { one: 'booking', many: 'bookings' },
	resource: bookings,
	presets: bookingPresets,
	idColumn: 'booking_uid',
};

/** In the order of the panel. */
export const ENTRIES: ReadonlyArray<readonly [ResourceName, Entry]> = [
	['booking', booking],
	['eventType', eventType],
];
