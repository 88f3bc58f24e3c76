import type { INodeProperties } from 'n8n-workflow';
import { MAX_HORIZON_DAYS } from './windows';
import { timeZoneField } from '../shared/timeFields';
import { durationField, rescheduleField, reuseField } from './askSlots';
import { targetFields } from './targetFields';

/** The panel of "Find next available". */
export const findFields: INodeProperties[] = [
	...targetFields,
	{
		displayName: 'More Event Types',
		name: 'moreEventTypes',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		placeholder: 'Add Event Type',
		default: {},
		description: 'Other event types or people to look at as well. The earliest free times of all are taken.',
		options: [{ displayName: 'Event Type', name: 'eventTypes', values: targetFields }],
	},
	{
		displayName: 'Number of Slots',
		name: 'count',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 3,
		description: 'How many free times to find',
	},
	{
		displayName: 'Weekdays',
		name: 'weekdays',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Friday', value: 5 },
			{ name: 'Monday', value: 1 },
			{ name: 'Saturday', value: 6 },
			{ name: 'Sunday', value: 7 },
			{ name: 'Thursday', value: 4 },
			{ name: 'Tuesday', value: 2 },
			{ name: 'Wednesday', value: 3 },
		],
		description: 'On which days of the week; leave empty for any day',
	},
	{
		displayName: 'Hours From',
		name: 'hoursFrom',
		type: 'string',
		default: '',
		placeholder: 'e.g. 9:00',
		description: 'The earliest time of day at which a slot may start, in the time zone below; leave empty for any',
	},
	{
		displayName: 'Hours Until',
		name: 'hoursUntil',
		type: 'string',
		default: '',
		placeholder: 'e.g. 17:30',
		description:
			'The time of day by which a slot must be over. Earlier than Hours From, it means the next day: 22:00 until 2:00.',
	},
	timeZoneField,
	{
		displayName: 'Days Ahead',
		name: 'daysAhead',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_HORIZON_DAYS },
		default: 30,
		description: 'How many days to look ahead. The search stops as soon as enough is found.',
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			rescheduleField,
			durationField,
			reuseField,
			{
				displayName: 'Search From',
				name: 'searchFrom',
				type: 'dateTime',
				default: '',
				description: 'Where the search begins. Leave empty to begin now.',
			},
			{
				displayName: 'Slots per Day',
				name: 'slotsPerDay',
				type: 'number',
				typeOptions: { minValue: 0 },
				default: 0,
				description: 'At most so many slots on one day, to offer a choice of days. 0 means no limit.',
			},
		],
	},
];
