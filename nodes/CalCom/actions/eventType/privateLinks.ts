import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { versionFor } from '../../../shared/api/versions';
import { requireText } from '../../../shared/panel/identifiers';
import { toInstant } from '../../../shared/panel/instant';
import type { BelongsTo, EventTypeScope } from '../../../shared/eventTypes/scope';
import { eventTypeFields, readEventTypeScope } from '../../../shared/eventTypes/scope';

/** The API has no private links for teams outside an organization. */
const OWNERS: readonly BelongsTo[] = ['account', 'organizationTeam'];

export const privateLinkScope: INodeProperties[] = eventTypeFields(OWNERS, 'The event type that the link leads to');

export const linkField: INodeProperties = {
	displayName: 'Private Link',
	name: 'linkId',
	type: 'string',
	required: true,
	default: '',
	placeholder: 'e.g. abc123def456',
	description: 'The ID of the link, or its whole address',
};

/**
 * How a private link ends.
 *
 * @param verb what the operation does to the link
 */
export const expiryFields: INodeProperties[] = [
	{
		displayName: 'Expires',
		name: 'expires',
		type: 'options',
		default: 'afterUses',
		options: [
			{ name: 'After a Number of Bookings', value: 'afterUses' },
			{ name: 'At a Time', value: 'atTime' },
		],
		description: 'What makes the link stop working',
	},
	{
		displayName: 'Number of Bookings',
		name: 'maxUsageCount',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 1,
		description: 'How many bookings can be made with the link',
		displayOptions: { show: { expires: ['afterUses'] } },
	},
	{
		displayName: 'Expires At',
		name: 'expiresAt',
		type: 'dateTime',
		required: true,
		default: '',
		placeholder: 'e.g. 2026-12-31T18:00',
		description: 'In the time zone of the workflow, unless it carries an offset',
		displayOptions: { show: { expires: ['atTime'] } },
	},
];

/** Where the private links of the chosen event type live. */
export async function readLinksScope(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
): Promise<EventTypeScope> {
	const scope = await readEventTypeScope(ctx, itemIndex, session);
	return {
		...scope,
		path: `${scope.path}/private-links`,
		version: versionFor('privateLinks', session.edition),
	};
}

const ADDRESS = /\/d\/([^/?#]+)/;

export async function readLinkScope(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
): Promise<EventTypeScope> {
	const scope = await readLinksScope(ctx, itemIndex, session);
	const given = requireText(ctx, itemIndex, 'linkId', 'Private Link');
	const id = ADDRESS.exec(given)?.[1] ?? given;
	return { ...scope, path: `${scope.path}/${encodeURIComponent(id)}` };
}

/** @throws NodeOperationError when the time is none */
export function readExpiry(ctx: IExecuteFunctions, itemIndex: number): IDataObject {
	if (ctx.getNodeParameter('expires', itemIndex, 'afterUses') !== 'atTime') {
		return { maxUsageCount: Number(ctx.getNodeParameter('maxUsageCount', itemIndex, 1)) };
	}
	const value: unknown = ctx.getNodeParameter('expiresAt', itemIndex, '');
	return {
		expiresAt: toInstant(ctx, itemIndex, { value, label: 'Expires At', zone: ctx.getTimezone(), edge: 'end' }),
	};
}
