import { forbidden, notFound } from '../errors.mts';
import { callerOf, created, ok, param } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { readPage } from '../paging.mts';
import type { Webhook } from '../types.mts';
import { webhookRow, webhookView } from '../views/webhook.mts';
import { createWebhook, ofUser, removeWebhook, updateWebhook, webhooksOf } from '../webhooks.mts';
import type { Scope } from '../webhooks.mts';

const PAGE = { take: 250, target: { take: 250, skip: 0 } };

const account = (request: ApiRequest): Scope => ofUser(callerOf(request));

/** One of the caller's own webhooks. @throws ApiError 404, or 403 for another's */
function ownWebhook(request: ApiRequest): Webhook {
	const id = param(request, 'webhookId');
	const webhook = request.world.state.webhooks.find((candidate) => candidate.id === id);
	if (!webhook) throw notFound(`Webhook (${id}) not found`);
	const userId = callerOf(request);
	if (webhook.userId !== userId)
		throw forbidden(`IsUserWebhookGuard - user with id=(${userId}) is not the owner of webhook with id=(${id})`);
	return webhook;
}

export const webhookRoutes: Route[] = [
	{
		method: 'POST',
		path: '/webhooks',
		access: 'key',
		versions: 'any',
		handle: (request) => created(webhookView(createWebhook(request.world, account(request), request.body))),
	},
	{
		method: 'GET',
		path: '/webhooks',
		access: 'key',
		versions: 'any',
		handle(request) {
			const { take, skip } = readPage(request.query, PAGE);
			return ok(
				webhooksOf(request.world, account(request))
					.slice(skip, skip + take)
					.map(webhookView),
			);
		},
	},
	{
		method: 'GET',
		path: '/webhooks/:webhookId',
		access: 'key',
		versions: 'any',
		handle: (request) => ok(webhookRow(ownWebhook(request))),
	},
	{
		method: 'PATCH',
		path: '/webhooks/:webhookId',
		access: 'key',
		versions: 'any',
		handle: (request) => ok(webhookView(updateWebhook(request.world, ownWebhook(request), request.body))),
	},
	{
		method: 'DELETE',
		path: '/webhooks/:webhookId',
		access: 'key',
		versions: 'any',
		handle(request) {
			const webhook = ownWebhook(request);
			removeWebhook(request.world, webhook);
			return ok(webhookView(webhook));
		},
	},
];
