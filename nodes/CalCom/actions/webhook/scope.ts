import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { scopeField } from '../../../shared/panel/scope';
import { requireId } from '../../../shared/panel/identifiers';
import { eventTypeLocator, teamLocator } from '../../../shared/panel/locators';
import { organizationField, readOrganizationId } from '../../../shared/panel/organization';

/** Whose bookings the webhooks are about. */
export const scopeFields: INodeProperties[] = [
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

const ACCOUNT = '/webhooks';

type Collection = (ctx: IExecuteFunctions, itemIndex: number, session: Session) => string | Promise<string>;

const COLLECTIONS: Record<string, Collection> = {
	account: () => ACCOUNT,
	eventType: (ctx, itemIndex) => `/event-types/${requireId(ctx, itemIndex, 'eventTypeId', 'Event Type')}/webhooks`,
	teamEventType(ctx, itemIndex, session) {
		session.requireHosted(itemIndex, 'Webhooks of a team event type');
		const team = requireId(ctx, itemIndex, 'teamId', 'Team');
		return `/teams/${team}/event-types/${requireId(ctx, itemIndex, 'teamEventTypeId', 'Team Event Type')}/webhooks`;
	},
	async organization(ctx, itemIndex, session) {
		session.requireHosted(itemIndex, 'Webhooks of an organization');
		return `/organizations/${await readOrganizationId(ctx, itemIndex, session)}/webhooks`;
	},
};

/**
 * Where the webhooks of the chosen scope live, below the base URL.
 *
 * @throws NodeOperationError when something that the scope needs is not chosen, or needs hosted Cal.com
 */
export async function readCollection(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<string> {
	const scope = String(ctx.getNodeParameter('scope', itemIndex, 'account'));
	const collection = COLLECTIONS[scope];
	return collection === undefined ? ACCOUNT : await collection(ctx, itemIndex, session);
}
