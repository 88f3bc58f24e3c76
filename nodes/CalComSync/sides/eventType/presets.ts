import type { Preset } from '../../presets';
import { row } from '../../presets';

/** The first one is what a new node starts with. */
export const eventTypePresets: readonly Preset[] = [
	{
		value: 'services',
		name: 'Services Table',
		description:
			'The table of services of the templates. Name, slug, description, length and whether it is active go both ways; price and everything else stay yours.',
		table: 'servicesFields',
		rows: [
			row('name', 'title', 'twoWay'),
			row('slug', 'slug', 'twoWay'),
			row('description', 'description', 'twoWay'),
			row('duration_minutes', 'lengthInMinutes', 'twoWay'),
			row('active', 'hidden', 'twoWay', 'not'),
		],
	},
	{
		value: 'mirror',
		name: 'Read-Only Mirror',
		description: 'Cal.com owns every field: the records follow it, and nothing is ever written to Cal.com',
		table: 'eventTypeMirrorFields',
		rows: [
			row('name', 'title'),
			row('slug', 'slug'),
			row('description', 'description'),
			row('duration_minutes', 'lengthInMinutes'),
			row('active', 'hidden', 'calcom', 'not'),
			row('calcom_price', 'price'),
			row('calcom_currency', 'currency'),
			row('minimum_notice_minutes', 'minimumBookingNotice'),
			row('buffer_before_minutes', 'beforeEventBuffer'),
			row('buffer_after_minutes', 'afterEventBuffer'),
			row('locations', 'locations'),
			row('booking_url', 'bookingUrl'),
		],
	},
	{
		value: 'custom',
		name: 'Custom',
		description: 'Your own pairs of fields',
		table: 'fields',
		rows: [],
	},
];
