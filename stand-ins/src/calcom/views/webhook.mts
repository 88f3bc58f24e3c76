import type { JsonObject } from '../json.mts';
import type { Webhook } from '../types.mts';

/** What create, list, update and delete answer. */
export function webhookView(webhook: Webhook): JsonObject {
	return {
		id: webhook.id,
		payloadTemplate: webhook.payloadTemplate,
		triggers: [...webhook.triggers],
		subscriberUrl: webhook.subscriberUrl,
		active: webhook.active,
		secret: webhook.secret,
		...ownerOf(webhook),
	};
}

function ownerOf({ eventTypeId, organizationId, userId }: Webhook): JsonObject {
	if (organizationId !== null) return { teamId: organizationId };
	return eventTypeId === null ? { userId } : { eventTypeId };
}

/** What asking for one of the account's webhooks answers: the whole row. */
export function webhookRow(webhook: Webhook): JsonObject {
	return {
		id: webhook.id,
		userId: webhook.userId,
		teamId: null,
		eventTypeId: webhook.eventTypeId,
		subscriberUrl: webhook.subscriberUrl,
		payloadTemplate: webhook.payloadTemplate,
		createdAt: webhook.createdAt,
		active: webhook.active,
		appId: null,
		secret: webhook.secret,
		platform: false,
		time: webhook.time,
		timeUnit: webhook.timeUnit,
		version: webhook.version,
		triggers: [...webhook.triggers],
		oAuthClientId: null,
	};
}
