import { ok } from '../../http.mts';
import type { ApiRequest, Route } from '../../http.mts';
import { ofEventType, ofOrganization, removeWebhook, webhooksOf } from '../../webhooks.mts';
import type { Scope } from '../../webhooks.mts';
import { scopedWebhookRoutes } from '../scoped-webhooks.mts';
import { organizationIn, teamEventTypeIn } from './guards.mts';

const TEAM_EVENT_TYPE = '/teams/:teamId/event-types/:eventTypeId/webhooks';
const scopeOfTeamEventType = (request: ApiRequest): Scope => ofEventType(teamEventTypeIn(request).id);

const removeAll: Route = {
	method: 'DELETE',
	path: TEAM_EVENT_TYPE,
	access: 'key',
	versions: 'any',
	handle(request) {
		const webhooks = webhooksOf(request.world, scopeOfTeamEventType(request));
		for (const webhook of webhooks) removeWebhook(request.world, webhook);
		return ok(`${webhooks.length} webhooks deleted`);
	},
};

export const hostedWebhookRoutes: Route[] = [
	...scopedWebhookRoutes('/organizations/:orgId/webhooks', (request) => ofOrganization(organizationIn(request).id)),
	...scopedWebhookRoutes(TEAM_EVENT_TYPE, scopeOfTeamEventType),
	removeAll,
];
