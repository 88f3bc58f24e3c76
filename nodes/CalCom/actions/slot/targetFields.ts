import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Fields } from '../../../shared/values/readers';
import { identifier } from '../../../shared/values/readers';
import type { SlotTarget } from './target';
import { toId, unpack } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { eventTypeLocator } from '../../../shared/panel/locators';

const BY = {
	id: ['id'],
	slug: ['user', 'team'],
	user: ['user'],
	team: ['team'],
	people: ['people'],
	withOrganization: ['user', 'team', 'people'],
};

/**
 * The fields that say whose free times are meant. They work at the top of the panel and within a
 * collection alike.
 */
export const targetFields: INodeProperties[] = [
	{
		displayName: 'Find Event Type By',
		name: 'findBy',
		type: 'options',
		default: 'id',
		options: [
			{ name: 'List or ID', value: 'id', description: 'One of your event types, or any by its ID' },
			{
				name: 'Several Usernames',
				value: 'people',
				description: 'Times at which two or more people of an organization are all free',
			},
			{ name: 'Team and Slug', value: 'team', description: 'The event type of a team (hosted Cal.com only)' },
			{ name: 'Username and Slug', value: 'user', description: 'As in the address of a booking page' },
		],
	},
	{
		...eventTypeLocator({ description: 'The event type whose free times are meant' }),
		displayOptions: { show: { findBy: BY.id } },
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		default: '',
		placeholder: 'e.g. yourschool',
		description: 'Whose event type it is',
		displayOptions: { show: { findBy: BY.user } },
	},
	{
		displayName: 'Team Slug',
		name: 'teamSlug',
		type: 'string',
		default: '',
		placeholder: 'e.g. teachers',
		description: 'The name of the team in the address of its booking page',
		displayOptions: { show: { findBy: BY.team } },
	},
	{
		displayName: 'Event Type Slug',
		name: 'eventTypeSlug',
		type: 'string',
		default: '',
		placeholder: 'e.g. trial-lesson',
		description: 'The last part of the address of the booking page',
		displayOptions: { show: { findBy: BY.slug } },
	},
	{
		displayName: 'Usernames',
		name: 'usernames',
		type: 'string',
		default: '',
		placeholder: 'e.g. anna,ben',
		description: 'Two or more usernames, separated by commas',
		displayOptions: { show: { findBy: BY.people } },
	},
	{
		displayName: 'Organization Slug',
		name: 'organizationSlug',
		type: 'string',
		default: '',
		placeholder: 'e.g. my-school',
		description: 'The organization that they belong to. Leave empty when there is none; several people need one.',
		displayOptions: { show: { findBy: BY.withOrganization } },
	},
];

/**
 * What the fields above mean.
 *
 * @param values their values by name
 * @throws NodeOperationError when one that is needed is empty
 */
export function toTarget(ctx: IExecuteFunctions, itemIndex: number, values: Fields): SlotTarget {
	const needed = (name: string, label: string): string => {
		const value = identifier(unpack(values[name]));
		if (value !== null) return value;
		throw invalid(
			ctx,
			itemIndex,
			'FIELD_EMPTY',
			`${label} is empty`,
			`Fill in ${label}, or choose the event type from the list.`,
		);
	};
	const organizationSlug = identifier(values.organizationSlug);
	switch (values.findBy) {
		case 'user':
			return {
				kind: 'user',
				username: needed('username', 'Username'),
				eventTypeSlug: needed('eventTypeSlug', 'Event Type Slug'),
				organizationSlug,
			};
		case 'team':
			return {
				kind: 'team',
				teamSlug: needed('teamSlug', 'Team Slug'),
				eventTypeSlug: needed('eventTypeSlug', 'Event Type Slug'),
				organizationSlug,
			};
		case 'people': {
			const usernames = needed('usernames', 'Usernames')
				.split(',')
				.map((name) => name.trim())
				.filter(Boolean);
			if (usernames.length > 1) {
				return { kind: 'people', usernames, organizationSlug: needed('organizationSlug', 'Organization Slug') };
			}
			throw invalid(
				ctx,
				itemIndex,
				'FIELD_EMPTY',
				'Usernames names only one person',
				'Give two or more usernames separated by commas, or find the event type by username and slug.',
			);
		}
		default:
			return { kind: 'id', eventTypeId: toId(ctx, itemIndex, values.eventTypeId, 'Event Type') };
	}
}

const NAMES = targetFields.map(({ name }) => name);

/** The target that the fields at the top of the panel name. */
export function readTarget(ctx: IExecuteFunctions, itemIndex: number): SlotTarget {
	const values = NAMES.map((name) => [name, ctx.getNodeParameter(name, itemIndex, '')] as const);
	return toTarget(ctx, itemIndex, Object.fromEntries(values));
}
