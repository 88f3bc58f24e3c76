// The operations under n8n's own reading of the panel: its defaults, hidden fields and expressions.
import { describe, expect, test } from '@jest/globals';
import { ExecuteContext } from 'n8n-core';
import type { IDataObject, IExecuteFunctions, IHttpRequestOptions, INode, INodeType, INodeTypes } from 'n8n-workflow';
import { createRunExecutionData, Workflow } from 'n8n-workflow';
import { CalCom } from '../../../../nodes/CalCom/CalCom.node.ts';
import { locatorOf } from './support.mts';

const calCom = new CalCom();
const nodeTypes = {
	getByName: () => calCom,
	getByNameAndVersion: (): INodeType => calCom,
	getKnownTypes: () => ({}),
} as unknown as INodeTypes;

/** What n8n would pass to `execute`, with credential and network replaced. */
function inN8n(parameters: Record<string, unknown>, answer: (path: string) => unknown) {
	const node: INode = {
		id: '1',
		name: 'Cal.com',
		type: 'n8n-nodes-calcom-sync.calCom',
		typeVersion: 1,
		position: [0, 0],
		parameters: parameters as INode['parameters'],
	};
	const workflow = new Workflow({
		id: 'w1',
		nodes: [node],
		connections: {},
		active: false,
		nodeTypes,
		settings: { timezone: 'Europe/Amsterdam' },
	});
	const items = [{ json: {} }];
	const context = new ExecuteContext(
		workflow,
		workflow.getNode('Cal.com') ?? node,
		{
			executionId: '77',
			webhookWaitingBaseUrl: 'https://hooks.school.example/webhook-waiting',
			formWaitingBaseUrl: 'https://hooks.school.example/form-waiting',
			instanceBaseUrl: 'https://n8n.school.example/',
		} as ConstructorParameters<typeof ExecuteContext>[2],
		'manual',
		createRunExecutionData(),
		0,
		items,
		{ main: [items] },
		{ node, data: { main: [items] }, source: null },
		[],
	);
	const asked: string[] = [];
	const bodies: unknown[] = [];
	Object.assign(context, { getCredentials: async () => ({ baseUrl: 'https://api.cal.com/v2', edition: 'detect' }) });
	Object.assign(context.helpers, {
		async httpRequestWithAuthentication(_type: string, { method, url, body }: IHttpRequestOptions) {
			const path = url.replace('https://api.cal.com/v2', '');
			asked.push(`${method ?? 'GET'} ${path}`);
			bodies.push(body);
			return { statusCode: 200, headers: {}, body: { status: 'success', data: answer(path) } };
		},
	});
	return { ctx: context as unknown as IExecuteFunctions, asked, bodies };
}

const TEAM = { teamId: locatorOf('7') };
const ORGANIZATION = { organizationId: '42' };
const RANGE = { start: '2026-11-23', end: '2026-11-24' };
const BY_SLUG = { findBy: 'user', username: 'anna', eventTypeSlug: 'intro' };
const RESERVATION = {
	reservationUid: 'r1',
	eventTypeId: 3,
	slotStart: '2026-12-10T09:00:00.000Z',
	slotEnd: '2026-12-10T09:30:00.000Z',
};

type Case = [resource: string, operation: string, parameters: IDataObject, answer: unknown, asked: string[]];

const CASES: Case[] = [
	['slot', 'getAvailable', { eventTypeId: locatorOf('3') }, {}, ['GET /slots']],
	['slot', 'getAvailable', { ...BY_SLUG, ...RANGE }, {}, ['GET /slots']],
	['slot', 'findNext', { eventTypeId: locatorOf('3'), daysAhead: 7 }, {}, ['GET /slots']],
	[
		'slot',
		'findNext',
		{
			...BY_SLUG,
			daysAhead: 7,
			moreEventTypes: { eventTypes: [{ eventTypeId: locatorOf('4') }] },
			options: { searchFrom: '={{ $now.plus(1, "day") }}' },
		},
		{},
		['GET /slots', 'GET /slots'],
	],
	[
		'slot',
		'reserve',
		{ eventTypeId: locatorOf('3'), slotStart: '={{ $now }}' },
		RESERVATION,
		['POST /slots/reservations'],
	],
	['slot', 'getReservation', { reservationUid: 'r1' }, RESERVATION, ['GET /slots/reservations/r1']],
	[
		'slot',
		'updateReservation',
		{ reservationUid: 'r1', updateFields: { eventTypeId: locatorOf('4') } },
		RESERVATION,
		['GET /slots/reservations/r1', 'PATCH /slots/reservations/r1'],
	],
	['slot', 'releaseReservation', { reservationUid: 'r1' }, undefined, ['DELETE /slots/reservations/r1']],
	['schedule', 'getMany', {}, [], ['GET /schedules']],
	['schedule', 'create', { name: 'x' }, {}, ['POST /schedules']],
	['schedule', 'get', { scheduleId: locatorOf('4') }, {}, ['GET /schedules/4']],
	['schedule', 'getDefault', {}, {}, ['GET /schedules/default']],
	['schedule', 'update', { scheduleId: locatorOf('4'), updateFields: { name: 'x' } }, {}, ['PATCH /schedules/4']],
	['schedule', 'delete', { scheduleId: locatorOf('4') }, undefined, ['DELETE /schedules/4']],
	['webhook', 'getMany', {}, [], ['GET /webhooks']],
	['webhook', 'getMany', { scope: 'eventType', eventTypeId: locatorOf('5') }, [], ['GET /event-types/5/webhooks']],
	[
		'webhook',
		'getMany',
		{ scope: 'teamEventType', ...TEAM, teamEventTypeId: locatorOf('8') },
		[],
		['GET /teams/7/event-types/8/webhooks'],
	],
	['webhook', 'getMany', { scope: 'organization', ...ORGANIZATION }, [], ['GET /organizations/42/webhooks']],
	['webhook', 'create', { subscriberUrl: 'https://a.example' }, {}, ['POST /webhooks']],
	['webhook', 'get', { webhookId: locatorOf('w') }, {}, ['GET /webhooks/w']],
	['webhook', 'update', { webhookId: locatorOf('w'), updateFields: { active: false } }, {}, ['PATCH /webhooks/w']],
	['webhook', 'delete', { webhookId: locatorOf('w') }, undefined, ['DELETE /webhooks/w']],
	['calendar', 'getConnections', {}, { connections: [] }, ['GET /calendars/connections']],
	['calendar', 'getMany', {}, { connectedCalendars: [], destinationCalendar: null }, ['GET /calendars']],
	[
		'calendar',
		'getBusyTimes',
		{ calendars: { entries: [{ credentialId: '1', externalId: 'a' }] } },
		[],
		['GET /calendars/busy-times'],
	],
	['calendar', 'getFreeBusy', {}, [], ['GET /calendars/google/freebusy']],
	['calendar', 'getFreeBusy', { of: 'connection', connectionId: '1' }, [], ['GET /calendars/connections/1/freebusy']],
	['calendar', 'setDestination', { externalId: 'a' }, {}, ['PUT /destination-calendars']],
	['outOfOffice', 'getMany', { ...ORGANIZATION, userId: '7' }, [], ['GET /organizations/42/users/7/ooo']],
	['outOfOffice', 'getMany', { ...ORGANIZATION, of: 'organization' }, [], ['GET /organizations/42/ooo']],
	['outOfOffice', 'create', { ...ORGANIZATION, userId: '7', ...RANGE }, {}, ['POST /organizations/42/users/7/ooo']],
	[
		'outOfOffice',
		'update',
		{ ...ORGANIZATION, userId: '7', entryId: '2', updateFields: { notes: 'x' } },
		{},
		['PATCH /organizations/42/users/7/ooo/2'],
	],
	[
		'outOfOffice',
		'delete',
		{ ...ORGANIZATION, userId: '7', entryId: '2' },
		undefined,
		['DELETE /organizations/42/users/7/ooo/2'],
	],
	['team', 'getMany', {}, [], ['GET /teams']],
	['team', 'get', TEAM, {}, ['GET /teams/7']],
	['team', 'getEventTypes', TEAM, [], ['GET /teams/7/event-types']],
	['team', 'getMembers', TEAM, [], ['GET /teams/7/memberships']],
	['team', 'getBookings', TEAM, [], ['GET /teams/7/bookings']],
	['organization', 'getBookings', ORGANIZATION, [], ['GET /organizations/42/bookings']],
	['organization', 'getEventTypes', ORGANIZATION, [], ['GET /organizations/42/teams/event-types']],
	['organization', 'getMembers', ORGANIZATION, [], ['GET /organizations/42/memberships']],
	['routingForm', 'getMany', ORGANIZATION, [], ['GET /organizations/42/routing-forms']],
	[
		'routingForm',
		'getResponses',
		{ ...ORGANIZATION, routingFormId: 'f' },
		[],
		['GET /organizations/42/routing-forms/f/responses'],
	],
	['routingForm', 'calculateSlots', { routingFormId: 'f' }, {}, ['POST /routing-forms/f/calculate-slots']],
	['user', 'getMe', {}, {}, ['GET /me']],
	['user', 'updateMe', { updateFields: { name: 'x' } }, {}, ['PATCH /me']],
];

test.each(CASES)('%s: %s', async (resource, operation, parameters, answer, asked) => {
	const n8n = inN8n({ resource, operation, ...parameters }, () => answer);
	await expect(calCom.execute.call(n8n.ctx)).resolves.toEqual([expect.any(Array)]);
	expect(n8n.asked).toEqual(asked);
});

describe('health', () => {
	test('finds the addresses of this n8n', async () => {
		const answers: Record<string, unknown> = { '/me': { id: 1 }, '/webhooks': [] };
		const n8n = inN8n({ resource: 'health', operation: 'check' }, (path) => answers[path]);
		await expect(calCom.execute.call(n8n.ctx)).resolves.toMatchObject([
			[{ json: { ok: true, n8nAddresses: ['https://n8n.school.example', 'https://hooks.school.example'] } }],
		]);
	});
});

test('the times that a new "Get Available" asks for are a week from now', async () => {
	const n8n = inN8n({ resource: 'slot', operation: 'getAvailable', eventTypeId: locatorOf('3') }, () => ({}));
	const helpers = n8n.ctx.helpers as unknown as Record<
		string,
		(type: string, request: IHttpRequestOptions) => unknown
	>;
	const ask = helpers.httpRequestWithAuthentication;
	const spans: number[] = [];
	helpers.httpRequestWithAuthentication = (type, request) => {
		spans.push(Date.parse(String(request.qs?.end)) - Date.parse(String(request.qs?.start)));
		return ask?.(type, request);
	};
	await calCom.execute.call(n8n.ctx);
	expect(Math.round((spans[0] ?? 0) / 3_600_000)).toBeGreaterThanOrEqual(7 * 24 - 1);
});
