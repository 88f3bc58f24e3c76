import type { INodePropertyOptions } from 'n8n-workflow';

interface WatchedField {
	/** As API v2 names it. */
	value: string;
	name: string;
	description?: string;
	/** Watched unless chosen otherwise: what the users' own records of their services hold. */
	isDefault?: true;
}

/** Fields of an event type that people care about, by their names in the panel. */
const FIELDS: readonly WatchedField[] = [
	{ value: 'bookingFields', name: 'Booking Questions' },
	{ value: 'bookingUrl', name: 'Booking URL' },
	{ value: 'bookingWindow', name: 'Booking Window', description: 'How far ahead can be booked' },
	{ value: 'afterEventBuffer', name: 'Buffer After' },
	{ value: 'beforeEventBuffer', name: 'Buffer Before' },
	{ value: 'confirmationPolicy', name: 'Confirmation', description: 'Whether the host has to confirm bookings' },
	{ value: 'currency', name: 'Currency', isDefault: true },
	{ value: 'description', name: 'Description', isDefault: true },
	{ value: 'hidden', name: 'Hidden', isDefault: true },
	{ value: 'lengthInMinutes', name: 'Length', isDefault: true },
	{ value: 'lengthInMinutesOptions', name: 'Length Options' },
	{ value: 'locations', name: 'Locations', isDefault: true },
	{ value: 'minimumBookingNotice', name: 'Minimum Notice' },
	{ value: 'price', name: 'Price', isDefault: true },
	{ value: 'recurrence', name: 'Recurrence' },
	{ value: 'scheduleId', name: 'Schedule' },
	{ value: 'seats', name: 'Seats' },
	{ value: 'slotInterval', name: 'Slot Interval' },
	{ value: 'slug', name: 'Slug', isDefault: true },
	{ value: 'title', name: 'Title', isDefault: true },
];

export const FIELD_OPTIONS: INodePropertyOptions[] = FIELDS.map(({ value, name, description }) => ({
	name,
	value,
	...(description === undefined ? {} : { description }),
}));

export const DEFAULT_FIELDS: string[] = FIELDS.flatMap(({ value, isDefault }) => (isDefault === true ? [value] : []));
