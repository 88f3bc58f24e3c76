import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { bookingTypes, filtersField, optionsField, output } from '../shared/panel/eventFields';
import { catalogEntry } from '../shared/events/catalog';
import { authenticationField } from '../shared/panel/authentication';
import { teamLocator } from '../shared/panel/locators';
import { BOOKING_EVENTS, DEFAULT_LEADS, DEFAULT_MAX, DEFAULT_OVERLAP, EVENT_TYPE_EVENTS } from './parameters';
import { DEFAULT_FIELDS, FIELD_OPTIONS } from './watchedFields';

const watching = (...watch: string[]): Pick<INodeProperties, 'displayOptions'> => ({
	displayOptions: { show: { watch } },
});

/** In the words of the catalog. */
function optionsOf(events: readonly string[]): INodePropertyOptions[] {
	return events.map((event) => {
		const entry = catalogEntry(event);
		return { name: entry?.name ?? event, value: event, description: entry?.description };
	});
}

const watchField: INodeProperties[] = [
	authenticationField,
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'options',
		noDataExpression: true,
		default: 'bookings',
		options: [
			{
				name: 'Bookings',
				value: 'bookings',
				description:
					'The same as the Cal.com Trigger tells, found by asking: also bookings whose webhook never came',
			},
			{
				name: 'Event Types',
				value: 'eventTypes',
				description: 'Event types that are created, changed or deleted; Cal.com has no webhook for those',
			},
			{
				name: 'Upcoming Bookings',
				value: 'upcoming',
				description: 'Bookings that start soon: for reminders',
			},
		],
		description: 'What to ask Cal.com for at each poll',
	},
];

const bookingFields: INodeProperties[] = [
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: [...BOOKING_EVENTS],
		options: optionsOf(BOOKING_EVENTS),
		description:
			'What starts the workflow. A booking is told by the state it is in when it is found: one that was made and cancelled between two polls is only told as cancelled.',
		...watching('bookings'),
	},
	{
		displayName: 'Start From',
		name: 'startFrom',
		type: 'options',
		default: 'now',
		options: [
			{ name: 'A Date', value: 'date', description: 'First everything that changed since then' },
			{ name: 'Now', value: 'now', description: 'Only what changes from the first poll on' },
		],
		description: 'What the first poll begins with. Afterwards each poll goes on where the last one ended.',
		...watching('bookings'),
	},
	{
		displayName: 'Start Date',
		name: 'startDate',
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-11-20T00:00:00Z',
		description: 'Bookings that were made or changed since then start the workflow, the oldest change first',
		displayOptions: { show: { watch: ['bookings'], startFrom: ['date'] } },
	},
];

const eventTypeFields: INodeProperties[] = [
	{
		displayName: 'Event Types Of',
		name: 'eventTypesOf',
		type: 'options',
		noDataExpression: true,
		default: 'account',
		options: [
			{ name: 'My Account', value: 'account', description: "Event types of the credential's owner" },
			{ name: 'Team', value: 'team', description: 'Event types of a team (hosted Cal.com only)' },
		],
		description: 'Whose event types to watch',
		...watching('eventTypes'),
	},
	teamLocator({
		description: 'The team whose event types to watch',
		displayOptions: { show: { watch: ['eventTypes'], eventTypesOf: ['team'] } },
	}),
	{
		displayName: 'Events',
		name: 'eventTypeEvents',
		type: 'multiOptions',
		required: true,
		default: [...EVENT_TYPE_EVENTS],
		options: optionsOf(EVENT_TYPE_EVENTS),
		description: 'What starts the workflow. The first poll only takes note of what is there.',
		...watching('eventTypes'),
	},
	{
		displayName: 'Watched Fields',
		name: 'watchedFields',
		type: 'multiOptions',
		default: [...DEFAULT_FIELDS],
		options: FIELD_OPTIONS,
		description: 'A change of one of these is an update; "changes" in the output holds the old and the new value',
		...watching('eventTypes'),
	},
];

const upcomingFields: INodeProperties[] = [
	{
		displayName: 'Minutes Before',
		name: 'minutesBefore',
		type: 'number',
		typeOptions: {
			multipleValues: true,
			multipleValueButtonText: 'Add Lead Time',
			minValue: 0,
			numberPrecision: 0,
		},
		default: DEFAULT_LEADS,
		placeholder: 'e.g. 60',
		description:
			'How long before the start to start the workflow, once for each: 1440 is a day. When several are due at the same time, only the nearest counts.',
		...watching('upcoming'),
	},
	{
		displayName: 'Include Unconfirmed',
		name: 'includeUnconfirmed',
		type: 'boolean',
		default: false,
		description: 'Whether bookings that the host has not confirmed yet start the workflow too',
		...watching('upcoming'),
	},
];

const limits: INodeProperties[] = [
	{
		displayName: 'Most Bookings per Poll',
		name: 'maxPerPoll',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 10_000, numberPrecision: 0 },
		default: DEFAULT_MAX,
		description:
			'When more has changed, after a day without connection perhaps, the rest comes with the next polls',
	},
	{
		displayName: 'Overlap in Minutes',
		name: 'overlapMinutes',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 1_440, numberPrecision: 0 },
		default: DEFAULT_OVERLAP,
		description:
			'How far each poll looks back behind the last one, for changes that became visible late. What was told already is not told again.',
	},
];

/** The panel of the trigger, from top to bottom. */
export const properties: INodeProperties[] = [
	...watchField,
	...bookingFields,
	...eventTypeFields,
	...upcomingFields,
	output,
	{ ...bookingTypes, ...watching('bookings', 'upcoming') },
	filtersField(
		'Which bookings or event types start the workflow; the others are passed over. A filter passes what does not carry the field it looks at: an event type has no attendee.',
	),
	optionsField(limits),
];
