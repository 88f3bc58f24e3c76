import { findOperation } from '../../../nodes/CalCom/actions/resources.ts';
import { exchange } from '../shared/api/recorded-exchanges.mts';
import { routeOf } from './support/api-paths.mts';
import type { Answer, SentRequest } from './support/fake-execute.mts';
import { fakeExecute, run } from './support/fake-execute.mts';

/*
 * The same operation asks another route for a team's or an organization's things than for the
 * account's own: each of them once.
 */

const eventType = (exchange('035').body as { data: object }).data;
const webhook = (exchange('070').body as { data: object }).data;
const link = { linkId: 'abc123', bookingUrl: 'https://cal.com/d/abc123/lesson', eventTypeId: 5, isExpired: false };

function answer({ method, path }: SentRequest): Answer {
	if (path.includes('webhooks')) return { data: method === 'GET' && path.endsWith('webhooks') ? [webhook] : webhook };
	if (path.includes('responses')) return { data: [] };
	if (path.includes('private-links')) return { data: method === 'GET' ? [link] : link };
	return { data: method === 'GET' && path.endsWith('event-types') ? [eventType] : eventType };
}

const organizationTeam = { belongsTo: 'organizationTeam', organizationId: '7', teamId: '3', teamEventTypeId: '5' };
const team = { belongsTo: 'team', teamId: '3', teamEventTypeId: '5' };
const ofEventType = { scope: 'eventType', eventTypeId: '5' };
const ofTeamEventType = { scope: 'teamEventType', teamId: '3', teamEventTypeId: '5' };
const ofOrganization = { scope: 'organization', organizationId: '7' };

const ORGANIZATION_TEAM = '/organizations/{orgId}/teams/{teamId}/event-types';
const TEAM = '/teams/{teamId}/event-types';
const OF_EVENT_TYPE = '/event-types/{eventTypeId}/webhooks';
const change = {
	webhookId: 'w1',
	fields: { active: false },
	updateFields: { active: false },
	settings: { active: false },
};

type Case = [resource: string, operation: string, parameters: Record<string, unknown>, route: string];

const webhooks = ([scope, base]: [Record<string, unknown>, string]): Case[] => [
	['webhook', 'getMany', scope, `GET ${base}`],
	['webhook', 'get', { ...scope, webhookId: 'w1' }, `GET ${base}/{webhookId}`],
	['webhook', 'update', { ...scope, ...change }, `PATCH ${base}/{webhookId}`],
	['webhook', 'delete', { ...scope, webhookId: 'w1' }, `DELETE ${base}/{webhookId}`],
];
const eventTypes = ([scope, base]: [Record<string, unknown>, string]): Case[] => [
	['eventType', 'get', scope, `GET ${base}/{eventTypeId}`],
	['eventType', 'delete', scope, `DELETE ${base}/{eventTypeId}`],
];
const linkId = 'abc123';

const CASES: Case[] = [
	...[
		[{ scope: 'account' }, '/webhooks'] as [Record<string, unknown>, string],
		[ofEventType, OF_EVENT_TYPE] as [Record<string, unknown>, string],
		[ofTeamEventType, `/teams/{teamId}${OF_EVENT_TYPE}`] as [Record<string, unknown>, string],
		[ofOrganization, '/organizations/{orgId}/webhooks'] as [Record<string, unknown>, string],
	].flatMap(webhooks),
	...[
		[team, TEAM] as [Record<string, unknown>, string],
		[organizationTeam, ORGANIZATION_TEAM] as [Record<string, unknown>, string],
	].flatMap(eventTypes),
	[
		'routingForm',
		'getResponses',
		{ organizationId: '7', teamId: '3', routingFormId: 'f1' },
		'GET /organizations/{orgId}/teams/{teamId}/routing-forms/{routingFormId}/responses',
	],
	[
		'eventType',
		'update',
		{ ...organizationTeam, basics: { title: 'Another title' } },
		`PATCH ${ORGANIZATION_TEAM}/{eventTypeId}`,
	],
	['eventType', 'getPrivateLinks', organizationTeam, `GET ${ORGANIZATION_TEAM}/{eventTypeId}/private-links`],
	[
		'eventType',
		'createPrivateLink',
		{ ...organizationTeam, expires: 'afterUses', maxUsageCount: 1, maxUses: 1 },
		`POST ${ORGANIZATION_TEAM}/{eventTypeId}/private-links`,
	],
	[
		'eventType',
		'updatePrivateLink',
		{ ...organizationTeam, linkId, expires: 'afterUses', maxUsageCount: 2, maxUses: 2 },
		`PATCH ${ORGANIZATION_TEAM}/{eventTypeId}/private-links/{linkId}`,
	],
	[
		'eventType',
		'deletePrivateLink',
		{ ...organizationTeam, linkId },
		`DELETE ${ORGANIZATION_TEAM}/{eventTypeId}/private-links/{linkId}`,
	],
];

test.each(CASES)('%s %s with %j asks %s', async (resource, name, parameters, route) => {
	const operation = findOperation(resource, name);
	if (operation === undefined) throw new Error(`No operation ${resource}: ${name}`);
	const fake = fakeExecute({ parameters: { returnAll: true, ...parameters }, answers: answer });
	await run(operation, fake);
	expect(fake.requests.map(({ method, path }) => routeOf(method, path))).toContain(route);
});

test('recordings, as the specification has them', async () => {
	const recording = {
		id: '1234567890',
		roomName: 'daily-video-room-123',
		startTs: 1678901234,
		status: 'completed',
		maxParticipants: 10,
		duration: 3600,
		shareToken: 'share-token-123',
		downloadLink: 'https://recordings.example/meeting',
		error: null,
	};
	const operation = findOperation('booking', 'getRecordings');
	if (operation === undefined) throw new Error('No operation');
	const fake = fakeExecute({
		parameters: { bookingUid: 'abc', returnAll: true },
		answers: [{ data: [recording] }],
	});
	await expect(run(operation, fake)).resolves.toMatchObject([{ id: '1234567890', status: 'completed' }]);
});
