import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest } from '../../../shared/api/client';
import { pick } from '../../../shared/api/listSearch';
import { API_VERSION } from '../../../shared/api/versions';

const webhooks = z.array(
	z.object({ id: z.union([z.string(), z.number()]).transform(String), subscriberUrl: z.string().catch('') }),
);

function chosen(ctx: ILoadOptionsFunctions, name: string): string {
	return encodeURIComponent(String(ctx.getCurrentNodeParameter(name, { extractValue: true }) ?? '').trim());
}

const COLLECTIONS: Record<string, (ctx: ILoadOptionsFunctions) => string> = {
	eventType: (ctx) => `/event-types/${chosen(ctx, 'eventTypeId')}/webhooks`,
	teamEventType: (ctx) => `/teams/${chosen(ctx, 'teamId')}/event-types/${chosen(ctx, 'teamEventTypeId')}/webhooks`,
	organization: (ctx) => `/organizations/${chosen(ctx, 'organizationId')}/webhooks`,
};

/** Fills the "From list" mode of a webhook field, for the scope chosen above it. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	const scope = String(this.getCurrentNodeParameter('scope') ?? 'account');
	const path = COLLECTIONS[scope]?.(this) ?? '/webhooks';
	// Something above is not chosen yet.
	if (path.includes('//')) return { results: [] };
	const found = await calComRequest(this, { method: 'GET', path, version: API_VERSION.webhooks }, webhooks);
	return pick(
		found.map(({ id, subscriberUrl }) => ({ name: subscriberUrl, value: id })),
		filter,
	);
}
