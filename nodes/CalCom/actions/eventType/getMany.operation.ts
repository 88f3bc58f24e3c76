import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../../../shared/api/client';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { entries } from '../../../shared/eventTypes/inputs/input';
import type { Operation } from '../operation';
import { readText, requireId, requireText } from '../../../shared/panel/identifiers';
import { listFields, readWhole } from '../shared/listing';
import { teamLocator } from '../../../shared/panel/locators';
import { organizationField, readOrganizationId } from '../../../shared/panel/organization';
import { simplify } from '../shared/simplify';
import { eventTypeOutput } from './output';

type Source = 'account' | 'user' | 'users' | 'team' | 'organizationTeam';
type ToRequest = (ctx: IExecuteFunctions, itemIndex: number, session: Session) => Promise<ApiRequest>;

const show = (...from: Source[]): Pick<INodeProperties, 'displayOptions'> => ({ displayOptions: { show: { from } } });

function ofUsers(query: IDataObject, session: Session): ApiRequest {
	return { method: 'GET', path: '/event-types', version: versionFor('eventTypes', session.edition), query };
}

/** Query parameters that are left out where the panel has nothing. */
function filled(query: Record<string, string | null>): IDataObject {
	return Object.fromEntries(Object.entries(query).filter(([, value]) => value !== null));
}

function ofTeam(ctx: IExecuteFunctions, itemIndex: number, session: Session, prefix: string): ApiRequest {
	const teamId = requireId(ctx, itemIndex, 'teamId', 'Team');
	const path = `${prefix}/teams/${teamId}/event-types`;
	const query = filled({ eventSlug: readText(ctx, itemIndex, 'eventSlug') });
	return { method: 'GET', path, version: versionFor('teamEventTypes', session.edition), query };
}

const REQUESTS: Record<Source, ToRequest> = {
	account: async (_ctx, _itemIndex, session) => ofUsers({}, session),
	user: async (ctx, itemIndex, session) => {
		const username = requireText(ctx, itemIndex, 'username', 'Username');
		const eventSlug = readText(ctx, itemIndex, 'eventSlug');
		const orgSlug = readText(ctx, itemIndex, 'orgSlug');
		return ofUsers(filled({ username, eventSlug, orgSlug }), session);
	},
	users: async (ctx, itemIndex, session) => {
		const usernames = entries(requireText(ctx, itemIndex, 'usernames', 'Usernames')).join(',');
		return ofUsers(filled({ usernames, orgSlug: readText(ctx, itemIndex, 'orgSlug') }), session);
	},
	team: async (ctx, itemIndex, session) => {
		session.requireHosted(itemIndex, 'Event types of a team');
		return ofTeam(ctx, itemIndex, session, '');
	},
	organizationTeam: async (ctx, itemIndex, session) => {
		session.requireHosted(itemIndex, 'Event types of a team');
		const organizationId = await readOrganizationId(ctx, itemIndex, session);
		return ofTeam(ctx, itemIndex, session, `/organizations/${organizationId}`);
	},
};

const isSource = (value: unknown): value is Source => typeof value === 'string' && Object.hasOwn(REQUESTS, value);

const fields: INodeProperties[] = [
	{
		displayName: 'From',
		name: 'from',
		type: 'options',
		default: 'account',
		options: [
			{ name: 'My Account', value: 'account', description: 'The event types of the owner of the API key' },
			{ name: 'Several Users', value: 'users', description: 'What several users can be booked for together' },
			{ name: 'Team', value: 'team', description: 'Hosted Cal.com only' },
			{ name: 'Team of an Organization', value: 'organizationTeam', description: 'Hosted Cal.com only' },
			{ name: 'User', value: 'user', description: 'The public event types of a user' },
		],
		description: 'Whose event types to get',
	},
	{
		displayName: 'Username',
		name: 'username',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. yourschool',
		description: 'As in the address of their booking page',
		...show('user'),
	},
	{
		displayName: 'Usernames',
		name: 'usernames',
		type: 'string',
		required: true,
		default: '',
		placeholder: 'e.g. anna, ben',
		description: 'Separated by commas',
		...show('users'),
	},
	{ ...organizationField, ...show('organizationTeam') },
	teamLocator({ ...show('team', 'organizationTeam'), description: 'The team whose event types to get' }),
	{
		displayName: 'Event Type Slug',
		name: 'eventSlug',
		type: 'string',
		default: '',
		placeholder: 'e.g. trial-lesson',
		description: 'Only the event type with this slug. Leave empty for all.',
		...show('user', 'team', 'organizationTeam'),
	},
	{
		displayName: 'Organization Slug',
		name: 'orgSlug',
		type: 'string',
		default: '',
		placeholder: 'e.g. acme',
		description: 'When the users belong to an organization',
		...show('user', 'users'),
	},
];

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many event types',
		description: 'Get the event types of the account, of a user or of a team',
	},
	fields: [
		...fields,
		...listFields,
		{
			displayName: 'Sort',
			name: 'sortCreatedAt',
			type: 'options',
			default: '',
			options: [
				{ name: "Cal.com's Order", value: '' },
				{ name: 'Newest First', value: 'desc' },
				{ name: 'Oldest First', value: 'asc' },
			],
			description: 'By when they were created',
		},
		simplify,
	],
	async execute(itemIndex, session) {
		const from = this.getNodeParameter('from', itemIndex, 'account');
		const request = await REQUESTS[isSource(from) ? from : 'account'](this, itemIndex, session);
		const query = { ...request.query, ...filled({ sortCreatedAt: readText(this, itemIndex, 'sortCreatedAt') }) };
		const found = await readWhole(this, itemIndex, session, { ...request, query });
		return found.map((eventType) => eventTypeOutput(this, itemIndex, eventType));
	},
};
