import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';
import { z } from 'zod';
import { calComRequest } from '../../../shared/api/client';
import { pick } from '../../../shared/api/listSearch';
import { remoteWebhook } from '../../../shared/webhooks/remoteWebhook';
import { webhookRequest } from '../../../shared/webhooks/request';
import { toWebhookScope, webhooksPath } from '../../../shared/webhooks/scope';

const webhooks = z.array(remoteWebhook.pick({ id: true, subscriberUrl: true }));

/** Fills the "From list" mode of a webhook field, for the scope chosen above it. */
export async function searchWebhooks(this: ILoadOptionsFunctions, filter?: string): Promise<INodeListSearchResult> {
	let chosen = true;
	const path = await webhooksPath(toWebhookScope(this.getCurrentNodeParameter('scope') ?? 'account'), (part) => {
		const id = String(this.getCurrentNodeParameter(part, { extractValue: true }) ?? '').trim();
		chosen &&= id !== '';
		return id;
	});
	if (!chosen) return { results: [] };
	const found = await calComRequest(this, webhookRequest('GET', path), webhooks);
	return pick(
		found.map(({ id, subscriberUrl }) => ({ name: subscriberUrl, value: id })),
		filter,
	);
}
