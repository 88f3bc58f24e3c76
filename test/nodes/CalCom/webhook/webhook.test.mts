import { describe, expect, test } from '@jest/globals';
import { create } from '../../../../nodes/CalCom/actions/webhook/create.operation.ts';
import { remove } from '../../../../nodes/CalCom/actions/webhook/delete.operation.ts';
import { get } from '../../../../nodes/CalCom/actions/webhook/get.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/webhook/getMany.operation.ts';
import { searchWebhooks } from '../../../../nodes/CalCom/actions/webhook/search.ts';
import { update } from '../../../../nodes/CalCom/actions/webhook/update.operation.ts';
import { fakeN8n } from '../../shared/api/fake-n8n.mts';
import { dataOf, locatorOf, recorded, requestBodyOf, SELF_HOSTED } from '../slot/support.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

const ID = '69c578b8-8550-48ff-9f1d-e85faebd47e7';
const { subscriberUrl, triggers, secret } = requestBodyOf('052');
const CREATE = { scope: 'account', subscriberUrl, triggers, additionalFields: { secret, time: 5, timeUnit: 'MINUTE' } };

describe('create', () => {
	test('as recorded, the secret hidden', async () => {
		const fake = fakeExecute({ parameters: CREATE, answers: [recorded('052')], credential: SELF_HOSTED });
		const item = await run(create, fake);
		expect(item).toMatchObject({ subscriberUrl, triggers, active: true, hasSecret: true, userId: 1 });
		expect(item).not.toHaveProperty('secret');
		expect(fake.requests).toMatchObject([{ method: 'POST', path: '/webhooks', version: null }]);
		expect({ ...fake.requests[0]?.body, version: '2021-10-20' }).toEqual({
			...requestBodyOf('052'),
			time: 5,
			timeUnit: 'MINUTE',
		});
	});

	test('shows the secret to who asks for it', async () => {
		const fake = fakeExecute({ parameters: { ...CREATE, includeSecret: true }, answers: [recorded('052')] });
		// Not by `run`: the schema for the editor is that of the usual output.
		const shown = create.execute.call(fake.ctx, 0, await fake.session());
		await expect(shown).resolves.toMatchObject({ secret });
	});

	test.each([
		['eventType', { eventTypeId: locatorOf('5') }, '/event-types/5/webhooks', '079'],
		[
			'teamEventType',
			{ teamId: locatorOf('7'), teamEventTypeId: locatorOf('8') },
			'/teams/7/event-types/8/webhooks',
			'079',
		],
		['organization', { organizationId: '42' }, '/organizations/42/webhooks', '052'],
	])('in the scope %s', async (scope, more, path, file) => {
		const fake = fakeExecute({ parameters: { ...CREATE, ...more, scope }, answers: [recorded(file)] });
		await run(create, fake);
		expect(fake.requests).toMatchObject([{ method: 'POST', path, version: null }]);
	});

	test('the wait is sent with events that need one, and an empty secret means none', async () => {
		const events = ['AFTER_HOSTS_CAL_VIDEO_NO_SHOW'];
		const parameters = { ...CREATE, triggers: events, additionalFields: { secret: '', active: false } };
		const fake = fakeExecute({ parameters, answers: [recorded('052')] });
		await run(create, fake);
		expect(fake.requests[0]?.body).toEqual({
			active: false,
			subscriberUrl,
			triggers: events,
			secret: null,
			time: 5,
			timeUnit: 'MINUTE',
		});
	});
});

describe('events that the community edition will never send', () => {
	const parameters = { ...CREATE, webhookId: locatorOf(ID) };
	const changes = { updateFields: { triggers } };

	test.each([
		['create', create, parameters],
		['update', update, { ...parameters, ...changes }],
	])('are told by %s: it drops the wait', async (_name, operation, given) => {
		const fake = fakeExecute({ parameters: given, answers: [recorded('401')], credential: SELF_HOSTED });
		await expect(run(operation, fake)).resolves.toMatchObject({ time: null, timeUnit: null });
		expect((await fake.session()).notes().join()).toContain('never sends "Host Did Not Join Cal Video"');
	});

	test.each([
		['on hosted Cal.com', create, parameters, recorded('401'), {}],
		['where the wait is shown', create, parameters, { data: { ...dataOf('401'), time: 5 } }, SELF_HOSTED],
		['when others are asked for', create, parameters, { data: { triggers: ['BOOKING_CREATED'] } }, SELF_HOSTED],
		[
			'when something else is changed',
			update,
			{ ...parameters, updateFields: { active: true } },
			recorded('401'),
			SELF_HOSTED,
		],
	])('are not made up %s', async (_when, operation, given, answer, credential) => {
		const fake = fakeExecute({ parameters: given, answers: [answer], credential });
		await operation.execute.call(fake.ctx, 0, await fake.session());
		expect((await fake.session()).notes()).toEqual([]);
	});
});

describe('get', () => {
	test('the fields of every scope and operation, the secret hidden', async () => {
		const parameters = { scope: 'account', webhookId: locatorOf(ID) };
		const fake = fakeExecute({ parameters, answers: [recorded('070')] });
		const { id, createdAt } = dataOf('070');
		await expect(run(get, fake)).resolves.toEqual({
			id,
			subscriberUrl,
			active: true,
			triggers,
			payloadTemplate: null,
			time: null,
			timeUnit: null,
			createdAt,
			userId: 1,
			eventTypeId: null,
			teamId: null,
			hasSecret: true,
		});
		expect(fake.requests).toMatchObject([{ method: 'GET', path: `/webhooks/${ID}`, version: null }]);
	});

	test('many, page by page', async () => {
		const hook = (id: number) => ({ id: String(id), subscriberUrl: 'https://a.example', secret: null });
		const pages = [Array.from({ length: 250 }, (_, id) => hook(id)), [hook(250)]];
		const fake = fakeExecute({ parameters: { returnAll: true }, answers: (_, index) => ({ data: pages[index] }) });
		await expect(runList(getMany, fake)).resolves.toHaveLength(251);
		expect(fake.requests).toMatchObject([
			{ path: '/webhooks', query: { take: 250, skip: 0 } },
			{ path: '/webhooks', query: { take: 250, skip: 250 } },
		]);
	});

	test('many, up to a limit', async () => {
		const fake = fakeExecute({ parameters: { limit: 2 }, answers: [recorded('067')] });
		const items = await runList(getMany, fake);
		expect(items).toMatchObject([{ hasSecret: true }, { payloadTemplate: expect.stringContaining('trigger=') }]);
		expect(JSON.stringify(items)).not.toContain('whsec');
		expect(fake.requests[0]?.query).toEqual({ take: 2, skip: 0 });
	});
});

describe('update', () => {
	test('sends what was added only; an emptied secret takes it away', async () => {
		const parameters = {
			scope: 'account',
			webhookId: locatorOf(ID),
			updateFields: { triggers: ['BOOKING_CANCELLED'], secret: '' },
		};
		const fake = fakeExecute({ parameters, answers: [recorded('073')] });
		await expect(run(update, fake)).resolves.toMatchObject({ active: false, hasSecret: false });
		expect(fake.requests).toMatchObject([{ method: 'PATCH', path: `/webhooks/${ID}`, version: null }]);
		expect(fake.requests[0]?.body).toEqual(requestBodyOf('073'));
	});
});

test('delete', async () => {
	const parameters = { scope: 'eventType', eventTypeId: locatorOf('5'), webhookId: locatorOf(ID) };
	const fake = fakeExecute({ parameters, answers: [recorded('341')] });
	await expect(run(remove, fake)).resolves.toEqual({ deleted: true });
	expect(fake.requests).toMatchObject([{ method: 'DELETE', path: `/event-types/5/webhooks/${ID}`, version: null }]);
});

describe('errors', () => {
	test.each([
		['053', create, 'already exists'],
		['055', create, 'only available for organization webhooks'],
		['080', create, 'already exists'],
		['082', create, 'does not let the owner'],
		['083', create, 'Event type (99999) not found'],
		['056', create, 'did not accept the values'],
		['071', get, 'Webhook (nope) not found'],
		['068', getMany, 'did not accept the values'],
		['074', update, 'Webhook (nope) not found'],
		['076', remove, 'not found'],
		['077', remove, 'does not let the owner'],
	])('recorded %s', async (file, operation, message) => {
		const parameters = { ...CREATE, webhookId: locatorOf(ID), updateFields: { active: true } };
		const fake = fakeExecute({ parameters, answers: [recorded(file)] });
		await expect(run(operation, fake)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			context: { itemIndex: 0 },
		});
		expect(fake.requests).toHaveLength(1);
	});

	test.each([
		[create, { ...CREATE, subscriberUrl: 'n8n' }, 'Subscriber URL "n8n" is not a web address'],
		[create, { ...CREATE, subscriberUrl: '' }, 'Subscriber URL is empty'],
		[create, { ...CREATE, scope: 'eventType' }, 'Event Type is not chosen'],
		[get, { scope: 'account' }, 'Webhook is empty'],
		[update, { webhookId: locatorOf(ID), updateFields: {} }, 'There is nothing to change'],
	])('%#: nothing is asked', async (operation, parameters, message) => {
		const fake = fakeExecute({ parameters });
		await expect(run(operation, fake)).rejects.toMatchObject({ message });
		expect(fake.requests).toEqual([]);
	});

	test.each(['teamEventType', 'organization'])('%s needs hosted Cal.com', async (scope) => {
		const fake = fakeExecute({ parameters: { ...CREATE, scope }, credential: SELF_HOSTED });
		await expect(run(create, fake)).rejects.toMatchObject({ message: expect.stringContaining('only on hosted') });
		expect(fake.requests).toEqual([]);
	});
});

describe('the list to choose from', () => {
	const respond = () => ({ status: 200, body: { status: 'success', data: dataOf('067') } });

	test('by URL', async () => {
		const { ctx, sent } = fakeN8n({ respond });
		const { results } = await searchWebhooks.call(ctx as never, 'tpl');
		expect(results).toEqual([
			{ name: 'http://127.0.0.1:5601/tpl-text', value: '4ac1630b-baa0-4082-b7f7-d853db85dbbd' },
		]);
		expect(sent[0]?.path).toBe('/webhooks');
	});

	test('of the event type chosen, none before one is', async () => {
		const chosen = fakeN8n({ respond, parameters: { scope: 'eventType', eventTypeId: locatorOf('5') } });
		await searchWebhooks.call(chosen.ctx as never);
		expect(chosen.sent[0]?.path).toBe('/event-types/5/webhooks');
		const { ctx, sent } = fakeN8n({ respond, parameters: { scope: 'eventType', eventTypeId: locatorOf('') } });
		await expect(searchWebhooks.call(ctx as never)).resolves.toEqual({ results: [] });
		expect(sent).toEqual([]);
	});
});
