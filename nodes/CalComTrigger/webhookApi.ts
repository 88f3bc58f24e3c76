import type { IDataObject, IHookFunctions } from 'n8n-workflow';
import { z } from 'zod';
import type { ApiResult } from '../shared/api/client';
import { calComSend } from '../shared/api/client';
import type { Explanation } from '../shared/api/errors';
import { codeOfFailure, toNodeError } from '../shared/api/errors';
import type { ApiFailure } from '../shared/api/failure';
import { webhookRequest } from '../shared/webhooks/request';
import type { RemoteWebhook } from '../shared/webhooks/remoteWebhook';
import { remoteWebhook } from '../shared/webhooks/remoteWebhook';

/** The requests of the lifecycle. `collection` is where webhooks of a scope live, such as `/webhooks`. */
export interface WebhookApi {
	list(collection: string): Promise<RemoteWebhook[]>;
	create(collection: string, body: IDataObject): Promise<RemoteWebhook>;
	update(collection: string, id: string, body: IDataObject): Promise<RemoteWebhook>;
	/** Gives false when it was already gone, which is as good. */
	remove(collection: string, id: string): Promise<boolean>;
}

/** The most that one page may hold; Cal.com answers 400 to more. */
const PAGE = 250;
/** A bound that no account reaches: 10,000 webhooks. */
const MAX_PAGES = 40;

const page = z.array(remoteWebhook);

/** A 404 for the route itself ("Cannot DELETE …") means a wrong base URL: the webhook may well live on. */
const isGone = (failure: ApiFailure): boolean => codeOfFailure(failure) === 'NOT_FOUND';

/**
 * @param words puts a failure into terms of what was chosen in the node; every method throws it as
 * a NodeApiError
 */
export function webhookApi(ctx: IHookFunctions, words: (failure: ApiFailure, host: string) => Explanation): WebhookApi {
	function unwrap<T>(result: ApiResult<T>): T {
		if (result.ok) return result.data;
		throw toNodeError(ctx.getNode(), result.failure, words(result.failure, result.host));
	}

	return {
		async list(collection) {
			const all: RemoteWebhook[] = [];
			for (let skip = 0; skip < PAGE * MAX_PAGES; skip += PAGE) {
				const query = { take: PAGE, skip };
				const found = unwrap(await calComSend(ctx, webhookRequest('GET', collection, { query }), page));
				all.push(...found);
				if (found.length < PAGE) break;
			}
			return all;
		},
		async create(collection, body) {
			return unwrap(await calComSend(ctx, webhookRequest('POST', collection, { body }), remoteWebhook));
		},
		async update(collection, id, body) {
			return unwrap(await calComSend(ctx, webhookRequest('PATCH', collection, { id, body }), remoteWebhook));
		},
		async remove(collection, id) {
			const result = await calComSend(ctx, webhookRequest('DELETE', collection, { id }), z.unknown());
			if (!result.ok && isGone(result.failure)) return false;
			unwrap(result);
			return true;
		},
	};
}
