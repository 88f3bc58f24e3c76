import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { scopeField } from '../../../shared/webhooks/scopeField';
import { requireId } from '../../../shared/panel/identifiers';
import { eventTypeLocator, teamLocator } from '../../../shared/panel/locators';
import type { ScopePart, WebhookScope } from '../../../shared/webhooks/scope';
import { toWebhookScope, webhooksPath } from '../../../shared/webhooks/scope';
import { organizationField, readOrganizationId } from '../../../shared/panel/organization';

/** Whose bookings the webhooks are about. */
export const webhookScopeFields: INodeProperties[] = [
	scopeField,
	eventTypeLocator({
		description: 'The event type that the webhook belongs to',
		displayOptions: { show: { scope: ['eventType'] } },
	}),
	teamLocator({ displayOptions: { show: { scope: ['teamEventType'] } } }),
	{
		...eventTypeLocator({ displayName: 'Team Event Type', name: 'teamEventTypeId' }),
		typeOptions: { loadOptionsDependsOn: ['teamId.value'] },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: 'searchTeamEventTypes', searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. 123' },
		],
		description: 'The event type that the webhook belongs to',
		displayOptions: { show: { scope: ['teamEventType'] } },
	},
	{ ...organizationField, displayOptions: { show: { scope: ['organization'] } } },
];

type Read = (ctx: IExecuteFunctions, itemIndex: number, session: Session) => number | Promise<number>;

const PARTS: Record<ScopePart, Read> = {
	eventTypeId: (ctx, itemIndex) => requireId(ctx, itemIndex, 'eventTypeId', 'Event Type'),
	teamId: (ctx, itemIndex) => requireId(ctx, itemIndex, 'teamId', 'Team'),
	teamEventTypeId: (ctx, itemIndex) => requireId(ctx, itemIndex, 'teamEventTypeId', 'Team Event Type'),
	organizationId: readOrganizationId,
};

const HOSTED_ONLY: Partial<Record<WebhookScope, string>> = {
	teamEventType: 'Webhooks of a team event type',
	organization: 'Webhooks of an organization',
};

/**
 * Where the webhooks of the chosen scope live, below the base URL.
 *
 * @throws NodeOperationError when something that the scope needs is not chosen, or needs hosted Cal.com
 */
export async function readWebhooksPath(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<string> {
	const scope = toWebhookScope(ctx.getNodeParameter('scope', itemIndex, 'account'));
	const hostedOnly = HOSTED_ONLY[scope];
	if (hostedOnly !== undefined) session.requireHosted(itemIndex, hostedOnly);
	return await webhooksPath(scope, async (part) => String(await PARTS[part](ctx, itemIndex, session)));
}
