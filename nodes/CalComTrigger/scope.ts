import type { IHookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest } from '../shared/api/client';
import { operationError } from '../shared/api/nodeErrors';
import { API_VERSION } from '../shared/api/versions';

/** Whose bookings a webhook is about. The last two exist on hosted Cal.com only. */
export type Scope = 'account' | 'eventType' | 'teamEventType' | 'organization';

const scopeSchema = z.enum(['account', 'eventType', 'teamEventType', 'organization']);
const me = z.object({ organizationId: z.number().nullish() });

function readId(ctx: IHookFunctions, parameter: string, label: string): string {
	const value = String(ctx.getNodeParameter(parameter, '', { extractValue: true }) ?? '').trim();
	if (/^\d+$/.test(value)) return value;
	throw operationError(
		ctx.getNode(),
		value === '' ? 'FIELD_EMPTY' : 'NOT_A_NUMBER',
		value === '' ? `${label} is not chosen` : `${label} "${value}" is not a number`,
		{
			description: `Choose it in this node under ${label}, from the list or by its id.`,
		},
	);
}

async function organizationId(ctx: IHookFunctions): Promise<string> {
	const typed = String(ctx.getNodeParameter('organizationId', '') ?? '').trim();
	if (typed !== '') return readId(ctx, 'organizationId', 'Organization ID');
	const own = await calComRequest(ctx, { method: 'GET', path: '/me', version: API_VERSION.me }, me);
	if (typeof own.organizationId === 'number') return String(own.organizationId);
	throw operationError(ctx.getNode(), 'NO_ORGANIZATION', 'The owner of this API key belongs to no organization', {
		description: 'Use the API key of a member of the organization, or set Scope to Account.',
	});
}

const COLLECTIONS: Record<Scope, (ctx: IHookFunctions) => string | Promise<string>> = {
	account: () => '/webhooks',
	eventType: (ctx) => `/event-types/${readId(ctx, 'eventTypeId', 'Event Type')}/webhooks`,
	teamEventType: (ctx) =>
		`/teams/${readId(ctx, 'teamId', 'Team')}/event-types/${readId(ctx, 'teamEventTypeId', 'Team Event Type')}/webhooks`,
	organization: async (ctx) => `/organizations/${await organizationId(ctx)}/webhooks`,
};

export function readScope(ctx: IHookFunctions): Scope {
	return scopeSchema.parse(ctx.getNodeParameter('scope', 'account'));
}

/**
 * Where the webhooks of the chosen scope live, below the base URL.
 *
 * @throws NodeOperationError when something that the scope needs is not chosen
 */
export async function collectionOf(ctx: IHookFunctions, scope: Scope): Promise<string> {
	return await COLLECTIONS[scope](ctx);
}
