import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { unpack } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { eventTypeLocator, teamLocator } from '../../../shared/panel/locators';
import { timeZoneField } from '../shared/timeFields';
import { toInstant, toZone } from '../../../shared/panel/instant';
import { asText, readCollection, readList, readText } from './parameters';

/** Filters by time: what the API calls them, and what people do. */
const TIMES: ReadonlyArray<{ name: string; displayName: string; description: string }> = [
	{ name: 'afterCreatedAt', displayName: 'Created After', description: 'Only bookings that were made after this' },
	{ name: 'beforeCreatedAt', displayName: 'Created Before', description: 'Only bookings that were made before this' },
	{ name: 'beforeEnd', displayName: 'Ends Before', description: 'Only bookings that end before this' },
	{ name: 'afterStart', displayName: 'Starts After', description: 'Only bookings that start after this' },
	{
		name: 'afterUpdatedAt',
		displayName: 'Updated After',
		description: 'Only bookings that changed after this, by a cancellation for example',
	},
	{ name: 'beforeUpdatedAt', displayName: 'Updated Before', description: 'Only bookings that changed before this' },
];

const timeFields: INodeProperties[] = TIMES.map((time) => ({ ...time, type: 'dateTime', default: '' }));

const idList = (displayName: string, name: string, description: string): INodeProperties => ({
	displayName,
	name,
	type: 'string',
	default: '',
	placeholder: 'e.g. 3, 5',
	description,
});

const otherFields: INodeProperties[] = [
	{
		displayName: 'Attendee Email',
		name: 'attendeeEmail',
		type: 'string',
		default: '',
		placeholder: 'e.g. ada@student.example',
		description: 'Only bookings of this attendee, written as when it was booked',
	},
	{
		displayName: 'Attendee Name',
		name: 'attendeeName',
		type: 'string',
		default: '',
		placeholder: 'e.g. Ada Lovelace',
		description: 'Only bookings of attendees with this name',
	},
	{
		displayName: 'Booking UID',
		name: 'bookingUid',
		type: 'string',
		default: '',
		placeholder: 'e.g. 2yxmF8gNq8Lo3RuwBJcdF2',
		description: 'Only the booking with this UID',
	},
	eventTypeLocator({ required: false, description: 'Only bookings of this event type' }),
	idList('Event Type IDs', 'eventTypeIds', 'Only bookings of these event types, separated by commas'),
	{
		displayName: 'Status',
		name: 'status',
		type: 'multiOptions',
		default: [],
		options: [
			{ name: 'Cancelled', value: 'cancelled' },
			{ name: 'Past', value: 'past' },
			{ name: 'Recurring', value: 'recurring' },
			{ name: 'Unconfirmed', value: 'unconfirmed' },
			{ name: 'Upcoming', value: 'upcoming' },
		],
		description: 'Only bookings in one of these states; all when none is chosen',
	},
	teamLocator({ required: false, description: 'Only bookings of this team' }),
	idList('Team IDs', 'teamsIds', 'Only bookings of these teams, separated by commas'),
	timeZoneField,
];

/** Every filter of the API's list of bookings. */
export const filterFields: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	options: [...timeFields, ...otherFields].sort((a, b) => a.displayName.localeCompare(b.displayName)),
};

export const sortFields: INodeProperties[] = [
	{
		displayName: 'Sort By',
		name: 'sortBy',
		type: 'options',
		default: 'none',
		options: [
			{ name: 'As Cal.com Has Them', value: 'none' },
			{ name: 'Created', value: 'sortCreated' },
			{ name: 'End', value: 'sortEnd' },
			{ name: 'Start', value: 'sortStart' },
			{ name: 'Updated', value: 'sortUpdatedAt' },
		],
		description: 'What to sort the bookings by',
	},
	{
		displayName: 'Direction',
		name: 'sortDirection',
		type: 'options',
		default: 'asc',
		options: [
			{ name: 'Earliest First', value: 'asc' },
			{ name: 'Latest First', value: 'desc' },
		],
		displayOptions: { hide: { sortBy: ['none'] } },
	},
];

/** A filter of numbers that are ids: "3, 5" -> "3,5". */
function ids(ctx: IExecuteFunctions, itemIndex: number, value: unknown, label: string): string {
	const list = readList(value);
	const wrong = list.find((id) => !/^\d+$/.test(id));
	if (wrong === undefined) return list.join(',');
	throw invalid(
		ctx,
		itemIndex,
		'NOT_A_NUMBER',
		`${label}: "${wrong}" is not a number`,
		'Use the numbers that Cal.com gives as id.',
	);
}

/**
 * The query of the list of bookings. Times without an offset are meant in the zone chosen; one that
 * the clocks skip moves on, since it only bounds the list.
 *
 * @throws NodeOperationError when a filter cannot be read
 */
export function readQuery(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	const filters = readCollection(ctx, 'filters', itemIndex);
	const zone = toZone(ctx, itemIndex, filters.timeZone);
	const times = TIMES.flatMap(({ name, displayName }) =>
		filters[name] === undefined || filters[name] === ''
			? []
			: [
					[
						name,
						toInstant(ctx, itemIndex, {
							value: filters[name],
							zone,
							label: displayName,
							skipped: 'moveOn',
						}),
					],
				],
	);
	const texts = {
		status: readList(filters.status).join(','),
		attendeeEmail: asText(filters.attendeeEmail),
		attendeeName: asText(filters.attendeeName),
		bookingUid: asText(filters.bookingUid),
		eventTypeId: ids(ctx, itemIndex, unpack(filters.eventTypeId), 'Event Type'),
		eventTypeIds: ids(ctx, itemIndex, filters.eventTypeIds, 'Event Type IDs'),
		teamId: ids(ctx, itemIndex, unpack(filters.teamId), 'Team'),
		teamsIds: ids(ctx, itemIndex, filters.teamsIds, 'Team IDs'),
	};
	const sortBy = readText(ctx, 'sortBy', itemIndex);
	return {
		...Object.fromEntries(Object.entries(texts).filter(([, value]) => value !== '')),
		...Object.fromEntries(times),
		...(sortBy.startsWith('sort') ? { [sortBy]: readText(ctx, 'sortDirection', itemIndex) || 'asc' } : {}),
	};
}
