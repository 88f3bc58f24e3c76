import { badRequest, forbidden, notFound } from '../errors.mts';
import { callerOf, created, ok, param } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { readPage } from '../paging.mts';
import { findEventType } from '../store.mts';
import type { Webhook } from '../types.mts';
import { webhookView } from '../views/webhook.mts';
import { createWebhook, ofEventType, removeWebhook, updateWebhook, webhooksOf } from '../webhooks.mts';
import type { Scope } from '../webhooks.mts';

const PAGE = { take: 250, target: { take: 250, skip: 0 } };
const GUARD = 'IsUserEventTypeWebhookGuard';

/** The caller's own event type. @throws ApiError 404, or 403 for another's or a team's */
function scopeOf(request: ApiRequest): Scope {
	const id = param(request, 'eventTypeId');
	const eventType = findEventType(request.world.state, Number(id));
	if (!eventType) throw notFound(`${GUARD} - Event type (${id}) not found`);
	const userId = callerOf(request);
	if (eventType.ownerId !== userId)
		throw forbidden(`${GUARD} - User (${userId}) is not the owner of event type (${id})`);
	return ofEventType(eventType.id);
}

/** @throws ApiError 404, or 400 when the webhook belongs elsewhere */
function webhookOf(request: ApiRequest): Webhook {
	const { eventTypeId } = scopeOf(request);
	const id = param(request, 'webhookId');
	const webhook = request.world.state.webhooks.find((candidate) => candidate.id === id);
	if (!webhook) throw notFound(`${GUARD} - Webhook (${id}) not found`);
	if (webhook.eventTypeId !== eventTypeId)
		throw badRequest(`${GUARD} - Webhook (${id}) does not belong to event type (${String(eventTypeId)})`);
	return webhook;
}

const base = '/event-types/:eventTypeId/webhooks';

export const eventTypeWebhookRoutes: Route[] = [
	{
		method: 'POST',
		path: base,
		access: 'key',
		versions: 'any',
		handle: (request) => created(webhookView(createWebhook(request.world, scopeOf(request), request.body))),
	},
	{
		method: 'GET',
		path: base,
		access: 'key',
		versions: 'any',
		handle(request) {
			const scope = scopeOf(request);
			const { take, skip } = readPage(request.query, PAGE);
			return ok(
				webhooksOf(request.world, scope)
					.slice(skip, skip + take)
					.map(webhookView),
			);
		},
	},
	{
		method: 'DELETE',
		path: base,
		access: 'key',
		versions: 'any',
		handle(request) {
			const webhooks = webhooksOf(request.world, scopeOf(request));
			for (const webhook of webhooks) removeWebhook(request.world, webhook);
			return ok(`${webhooks.length} webhooks deleted`);
		},
	},
	{
		method: 'GET',
		path: `${base}/:webhookId`,
		access: 'key',
		versions: 'any',
		handle: (request) => ok(webhookView(webhookOf(request))),
	},
	{
		method: 'PATCH',
		path: `${base}/:webhookId`,
		access: 'key',
		versions: 'any',
		handle: (request) => ok(webhookView(updateWebhook(request.world, webhookOf(request), request.body))),
	},
	{
		method: 'DELETE',
		path: `${base}/:webhookId`,
		access: 'key',
		versions: 'any',
		handle(request) {
			const webhook = webhookOf(request);
			removeWebhook(request.world, webhook);
			return ok(webhookView(webhook));
		},
	},
];
