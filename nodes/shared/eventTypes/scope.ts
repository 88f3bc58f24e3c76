import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { ApiRequest } from '../api/client';
import type { Session } from '../api/session';
import type { ApiVersion } from '../api/versions';
import { versionFor } from '../api/versions';
import { requireId } from '../panel/identifiers';
import { locator } from '../panel/locator';
import { eventTypeLocator, teamLocator } from '../panel/locators';
import { organizationField, readOrganizationId } from '../panel/organization';

/** Whose event types: the account's own, or a team's (hosted Cal.com only). */
export type BelongsTo = 'account' | 'team' | 'organizationTeam';

/** Where event types live below the base URL. */
export interface EventTypeScope {
	belongsTo: BelongsTo;
	path: string;
	version: ApiVersion;
}

const OPTIONS: Record<BelongsTo, { name: string; description: string }> = {
	account: { name: 'My Account', description: 'The owner of the API key' },
	organizationTeam: {
		name: 'Team of an Organization',
		description: 'A team within an organization (hosted Cal.com only)',
	},
	team: { name: 'Team', description: 'A team of its own (hosted Cal.com only)' },
};

/**
 * The fields that say whose event types are meant.
 *
 * @param choices the kinds of owners that the operation knows
 */
export function scopeFields(choices: readonly BelongsTo[]): INodeProperties[] {
	return [
		{
			displayName: 'Belongs To',
			name: 'belongsTo',
			type: 'options',
			default: 'account',
			options: choices.map((value) => ({ value, ...OPTIONS[value] })),
			description: 'Whose event types these are',
		},
		{ ...organizationField, displayOptions: { show: { belongsTo: ['organizationTeam'] } } },
		teamLocator({
			description: 'The team that the event type belongs to',
			displayOptions: { show: { belongsTo: ['team', 'organizationTeam'] } },
		}),
	];
}

/** The same, and the event type itself. */
export function eventTypeFields(choices: readonly BelongsTo[], description: string): INodeProperties[] {
	return [
		...scopeFields(choices),
		eventTypeLocator({ description, displayOptions: { show: { belongsTo: ['account'] } } }),
		{
			...locator({
				displayName: 'Team Event Type',
				name: 'teamEventTypeId',
				searchListMethod: 'searchTeamEventTypes',
				example: '123',
				description,
				dependsOn: ['teamId.value'],
			}),
			displayOptions: { show: { belongsTo: ['team', 'organizationTeam'] } },
		},
	];
}

type ReadScope = (
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
) => Promise<Omit<EventTypeScope, 'belongsTo'>>;

const SCOPES: Record<BelongsTo, ReadScope> = {
	account: async (_ctx, _itemIndex, session) => ({
		path: '/event-types',
		version: versionFor('eventTypes', session.edition),
	}),
	team: async (ctx, itemIndex, session) => ({
		path: `/teams/${requireId(ctx, itemIndex, 'teamId', 'Team')}/event-types`,
		version: versionFor('teamEventTypes', session.edition),
	}),
	organizationTeam: async (ctx, itemIndex, session) => {
		const organizationId = await readOrganizationId(ctx, itemIndex, session);
		const teamId = requireId(ctx, itemIndex, 'teamId', 'Team');
		return {
			path: `/organizations/${organizationId}/teams/${teamId}/event-types`,
			version: versionFor('teamEventTypes', session.edition),
		};
	},
};

const isBelongsTo = (value: unknown): value is BelongsTo => typeof value === 'string' && Object.hasOwn(SCOPES, value);

/**
 * Whose event types the panel means.
 *
 * @throws NodeOperationError when a team is asked for on a self-hosted Cal.com, before any request
 */
export async function readScope(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<EventTypeScope> {
	const chosen = ctx.getNodeParameter('belongsTo', itemIndex, 'account');
	const belongsTo = isBelongsTo(chosen) ? chosen : 'account';
	if (belongsTo !== 'account') session.requireHosted(itemIndex, 'Event types of a team');
	return { belongsTo, ...(await SCOPES[belongsTo](ctx, itemIndex, session)) };
}

/** The event type that the panel names, as the address to ask. */
export async function readEventTypeScope(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
): Promise<EventTypeScope> {
	const scope = await readScope(ctx, itemIndex, session);
	const id =
		scope.belongsTo === 'account'
			? requireId(ctx, itemIndex, 'eventTypeId', 'Event Type')
			: requireId(ctx, itemIndex, 'teamEventTypeId', 'Team Event Type');
	return { ...scope, path: `${scope.path}/${id}` };
}

export function requestOf({ path, version }: EventTypeScope, method: ApiRequest['method']): ApiRequest {
	return { method, path, version };
}
