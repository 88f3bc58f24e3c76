import { notFound } from '../errors.mts';
import { created, ok, param } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { readPage } from '../paging.mts';
import type { Webhook } from '../types.mts';
import { webhookView } from '../views/webhook.mts';
import { createWebhook, removeWebhook, updateWebhook, webhooksOf } from '../webhooks.mts';
import type { Scope } from '../webhooks.mts';

const PAGE = { take: 250, target: { take: 250, skip: 0 } };

/** Create, list, get, update and delete under a path whose owner `scopeOf` names, or refuses to. */
export function scopedWebhookRoutes(base: string, scopeOf: (request: ApiRequest) => Scope): Route[] {
	const webhookOf = (request: ApiRequest): Webhook => {
		const id = param(request, 'webhookId');
		const webhook = webhooksOf(request.world, scopeOf(request)).find((candidate) => candidate.id === id);
		if (!webhook) throw notFound(`Webhook (${id}) not found`);
		return webhook;
	};
	const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
		method,
		path,
		access: 'key',
		versions: 'any',
		handle,
	});
	const one = `${base}/:webhookId`;
	return [
		route('POST', base, (request) =>
			created(webhookView(createWebhook(request.world, scopeOf(request), request.body))),
		),
		route('GET', base, (request) => {
			const { take, skip } = readPage(request.query, PAGE);
			return ok(
				webhooksOf(request.world, scopeOf(request))
					.slice(skip, skip + take)
					.map(webhookView),
			);
		}),
		route('GET', one, (request) => ok(webhookView(webhookOf(request)))),
		route('PATCH', one, (request) =>
			ok(webhookView(updateWebhook(request.world, webhookOf(request), request.body))),
		),
		route('DELETE', one, (request) => {
			const webhook = webhookOf(request);
			removeWebhook(request.world, webhook);
			return ok(webhookView(webhook));
		}),
	];
}
