import type { INodeProperties } from 'n8n-workflow';
import { locator } from './locator';

type Overrides = Partial<Pick<INodeProperties, 'displayName' | 'name' | 'description' | 'required' | 'displayOptions'>>;

/** One of the account's event types. */
export const eventTypeLocator = (overrides: Overrides = {}): INodeProperties => ({
	...locator({
		displayName: 'Event Type',
		name: 'eventTypeId',
		searchListMethod: 'searchEventTypes',
		example: '123',
		description: 'What is booked',
	}),
	...overrides,
	default: { mode: 'list', value: '' },
});

/** One of the account's schedules. */
export const scheduleLocator = (overrides: Overrides = {}): INodeProperties => ({
	...locator({
		displayName: 'Schedule',
		name: 'scheduleId',
		searchListMethod: 'searchSchedules',
		example: '123',
		description: 'The hours in which one can be booked',
	}),
	...overrides,
	default: { mode: 'list', value: '' },
});

/** A team of hosted Cal.com. */
export const teamLocator = (overrides: Overrides = {}): INodeProperties => ({
	...locator({
		displayName: 'Team',
		name: 'teamId',
		searchListMethod: 'searchTeams',
		example: '123',
		description: 'The team (hosted Cal.com only)',
	}),
	...overrides,
	default: { mode: 'list', value: '' },
});

/** A booking, by the UID that changes with each reschedule. */
export const bookingLocator = (overrides: Overrides = {}): INodeProperties => ({
	displayName: 'Booking',
	name: 'bookingUid',
	type: 'resourceLocator',
	required: true,
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchBookings', searchable: true },
		},
		{ displayName: 'By UID', name: 'uid', type: 'string', placeholder: 'e.g. 8j9u7aVb2nq4' },
		{
			displayName: 'By URL',
			name: 'url',
			type: 'string',
			placeholder: 'e.g. https://app.cal.com/booking/8j9u7aVb2nq4',
			extractValue: { type: 'regex', regex: '^\\s*https?://[^?#]+/(?:booking|reschedule|video)/([^/?#\\s]+)' },
		},
	],
	description: 'The list offers the next bookings. A reschedule gives a booking a new UID.',
	...overrides,
	default: { mode: 'list', value: '' },
});
