import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import { comparedForm } from './bookingFields';
import { availability } from './inputs/availability';
import { basics } from './inputs/basics';
import { booker } from './inputs/booker';
import { calendarAndVideo } from './inputs/calendar';
import { confirmation } from './inputs/confirmation';
import type { Group, Input } from './inputs/input';
import { input, property } from './inputs/input';
import { limits } from './inputs/limits';
import { locations } from './inputs/locations';
import { seats } from './inputs/seats';
import { team } from './inputs/team';

/** The booking form has fields of its own in the panel; see `bookingFieldsPanel`. */
const bookingFields: Input = input(
	'booker',
	property('json', 'bookingFields', 'Booking Form', 'The questions to the booker'),
	{ compared: comparedForm },
);

/** Everything that Cal.com lets us set of an event type, on create and on update alike. */
export const INPUTS: readonly Input[] = [
	...basics,
	locations,
	bookingFields,
	...booker,
	...limits,
	...availability,
	...confirmation,
	...seats,
	...calendarAndVideo,
	...team,
];

const BY_NAME: ReadonlyMap<string, Input> = new Map(INPUTS.map((one) => [one.name, one]));

export function inputNamed(name: string): Input | undefined {
	return BY_NAME.get(name);
}

/** How two values of a field are compared: answers carry more than requests, and in another order. */
export function comparedValue(name: string, value: unknown): unknown {
	const known = inputNamed(name);
	return known === undefined ? value : known.compared(value);
}

/**
 * What Cal.com shows of an event type but does not let the API set, and what to do instead. Cal.com
 * would drop these in silence.
 */
export const READ_ONLY: Readonly<Record<string, string>> = {
	bookingUrl: 'It follows from the slug.',
	currency: 'Set it in Cal.com, with the price.',
	forwardParamsSuccessRedirect: 'Set it in Cal.com.',
	id: 'The event type to change is chosen above.',
	isInstantEvent: 'Set it in Cal.com.',
	metadata: 'Cal.com keeps its own notes there.',
	ownerId: 'An event type belongs to whom the API key belongs to, or to a team.',
	parentEventTypeId: 'Cal.com keeps it for managed event types.',
	price: 'Set it in Cal.com, where the payment app of the event type is.',
	seatsPerTimeSlot: 'Use "seats" instead.',
	seatsShowAvailabilityCount: 'Use "seats" instead.',
	team: 'The team is chosen above, under Belongs To.',
	teamId: 'The team is chosen above, under Belongs To.',
	users: 'Use "hosts" for event types of a team.',
};

/** Titles and descriptions of the collections of the panel, in their order. */
const GROUPS: ReadonlyArray<{ group: Group; displayName: string; placeholder: string }> = [
	{ group: 'basics', displayName: 'Basics', placeholder: 'Add detail' },
	{ group: 'booker', displayName: 'Booking Page', placeholder: 'Add setting' },
	{ group: 'availability', displayName: 'Availability and Buffers', placeholder: 'Add setting' },
	{ group: 'limits', displayName: 'Limits', placeholder: 'Add limit' },
	{ group: 'seats', displayName: 'Seats and Recurrence', placeholder: 'Add setting' },
	{ group: 'confirmation', displayName: 'Confirmation and Changes', placeholder: 'Add setting' },
	{ group: 'calendar', displayName: 'Calendar Event', placeholder: 'Add setting' },
	{ group: 'video', displayName: 'Video', placeholder: 'Add setting' },
	{ group: 'team', displayName: 'Team Settings', placeholder: 'Add setting' },
];

/** Fields that stand by themselves in the panel, not in a collection. */
const APART = new Set(['locations', 'bookingFields']);

const byTitle = (a: INodeProperties, b: INodeProperties): number => a.displayName.localeCompare(b.displayName);

/**
 * The collections of the panel.
 *
 * @param apart fields that the operation shows by themselves
 */
export function groupFields(apart: readonly string[]): INodeProperties[] {
	const hidden = new Set([...APART, ...apart]);
	return GROUPS.map(({ group, displayName, placeholder }) => ({
		displayName,
		name: group,
		type: 'collection' as const,
		placeholder,
		default: {},
		options: INPUTS.filter((one) => one.group === group && !hidden.has(one.name))
			.map(({ field }) => field)
			.sort(byTitle),
		...(group === 'team' ? { displayOptions: { show: { belongsTo: ['team', 'organizationTeam'] } } } : {}),
	}));
}

/** Every field that a user may protect: also the ones that only a whole record would bring along. */
export const PROTECTABLE: INodePropertyOptions[] = [
	...INPUTS.map(({ name, field }) => ({ name: `${field.displayName} (${name})`, value: name })),
	...Object.keys(READ_ONLY).map((name) => ({ name: `${name} (Read-Only)`, value: name })),
];

export const GROUP_NAMES: readonly Group[] = GROUPS.map(({ group }) => group);
