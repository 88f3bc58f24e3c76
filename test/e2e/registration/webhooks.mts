// The webhooks that Cal.com has, as its API lists them.
import { ofetch } from 'ofetch';
import type { E2e } from '../support/e2e.mts';

export interface Webhook {
	id: string;
	subscriberUrl: string;
	triggers: string[];
	active: boolean;
	secret: string | null;
	payloadTemplate: string | null;
}

export async function callApi<T>(
	{ calcom }: E2e,
	path: string,
	method = 'GET',
	body?: Record<string, unknown>,
): Promise<T> {
	const headers = { authorization: `Bearer ${calcom.apiKey}`, 'cal-api-version': '2024-06-14' };
	return (await ofetch<{ data: T }>(`${calcom.url}${path}`, { method, body, headers, retry: 0 })).data;
}

/** Those that deliver to a URL; of the account, or of an event type. */
export const webhooksTo = async (e2e: E2e, url: string, path = '/webhooks'): Promise<Webhook[]> =>
	(await callApi<Webhook[]>(e2e, path)).filter(({ subscriberUrl }) => subscriberUrl === url);
