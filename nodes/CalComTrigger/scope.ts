import type { IHookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest } from '../shared/api/client';
import { operationError } from '../shared/api/nodeErrors';
import { API_VERSION } from '../shared/api/versions';
import type { WebhookScope } from '../shared/webhooks/scope';
import { toWebhookScope, webhooksPath } from '../shared/webhooks/scope';

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

const LABELS = { eventTypeId: 'Event Type', teamId: 'Team', teamEventTypeId: 'Team Event Type' } as const;

export function readWebhookScope(ctx: IHookFunctions): WebhookScope {
	return toWebhookScope(ctx.getNodeParameter('scope', 'account'));
}

/**
 * Where the webhooks of the chosen scope live, below the base URL.
 *
 * @throws NodeOperationError when something that the scope needs is not chosen
 */
export async function collectionOf(ctx: IHookFunctions, scope: WebhookScope): Promise<string> {
	return await webhooksPath(scope, (part) =>
		part === 'organizationId' ? organizationId(ctx) : readId(ctx, part, LABELS[part]),
	);
}
