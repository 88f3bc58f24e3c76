import { jest } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { deriveSecret, pathOf } from '../../../nodes/CalComTrigger/derivedSecret.ts';
import { readOwnWebhook } from '../../../nodes/CalComTrigger/staticData.ts';
import { WEBHOOK_URL } from '../shared/api/fake-n8n.mts';
import type { FakeOptions, SentRequest } from '../shared/api/fake-n8n.mts';
import { calCom, checkExists, create, EVENTS, foreign, recorded, remove, success, trigger } from './registering.mts';
import type { Webhook } from './registering.mts';

/** What the webhook that is remembered signs with. */
function secretOf(staticData: IDataObject, key = 'cal_test'): string {
	const own = readOwnWebhook(staticData);
	if (own === null || 'secret' in own) throw new Error('A secret is stored, or nothing is');
	return deriveSecret(key, pathOf(own.url), own.counter);
}

describe('activation', () => {
	test('creates the webhook with a secret that is made from the API key, and remembers the webhook alone', async () => {
		const cal = calCom({ '/webhooks': [foreign] });
		const { ctx, sent, staticData } = trigger({ respond: cal.respond });
		await expect(checkExists.call(ctx)).resolves.toBe(false);
		await expect(create.call(ctx)).resolves.toBe(true);

		const own = readOwnWebhook(staticData);
		const secret = secretOf(staticData);
		expect(secret).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(staticData)).not.toContain(secret);
		expect(JSON.stringify(staticData)).not.toContain('cal_test');
		expect(cal.of()).toEqual([
			foreign,
			{
				id: own?.id,
				active: true,
				subscriberUrl: WEBHOOK_URL,
				triggers: EVENTS,
				secret,
				payloadTemplate: null,
			},
		]);
		expect(sent[0]?.query).toEqual({ take: 250, skip: 0 });
		await expect(checkExists.call(ctx)).resolves.toBe(true);
	});

	test.each(['UK', 'NLD', 'Deutschland', '31'])(
		'is refused with a default country that does not exist: %s',
		async (word) => {
			const cal = calCom();
			const { ctx } = trigger({ respond: cal.respond, parameters: { options: { defaultCountry: word } } });
			await expect(create.call(ctx)).rejects.toMatchObject({
				message: `Default Country "${word}" is no country`,
				description: expect.stringContaining('GB for the United Kingdom'),
			});
			expect(cal.of()).toEqual([]);
		},
	);

	test.each(['GB', 'nl', ' DE ', ''])('takes the country %j', async (word) => {
		const cal = calCom();
		await create.call(trigger({ respond: cal.respond, parameters: { options: { defaultCountry: word } } }).ctx);
		expect(cal.of()).toHaveLength(1);
	});

	test('another trigger, another key and another month have another secret', async () => {
		const secrets: unknown[] = [];
		const publish = async (options: FakeOptions = {}) => {
			const cal = calCom();
			await create.call(trigger({ respond: cal.respond, ...options }).ctx);
			secrets.push(cal.of()[0]?.secret);
		};
		await publish();
		await publish({ webhookUrl: WEBHOOK_URL.replace('0a1b', '2c3d') });
		await publish({ credential: { apiKey: 'cal_other' } });
		jest.useFakeTimers({ now: Date.now() + 32 * 86_400_000 });
		await publish();
		jest.useRealTimers();
		expect(new Set(secrets).size).toBe(4);
	});

	test('published again later it keeps its secret: deliveries under way stay valid', async () => {
		const cal = calCom();
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		const [before] = cal.of().map(({ secret }) => secret);
		jest.useFakeTimers({ now: Date.now() + 100 * 86_400_000 });
		await expect(checkExists.call(ctx)).resolves.toBe(true);
		Object.assign(cal.of()[0] ?? {}, { active: false });
		await create.call(ctx);
		jest.useRealTimers();
		expect(cal.of()).toMatchObject([{ active: true, secret: before }]);
		expect(secretOf(staticData)).toBe(before);
	});

	test('with another API key it gets another secret', async () => {
		const cal = calCom();
		const first = trigger({ respond: cal.respond });
		await create.call(first.ctx);
		const before = secretOf(first.staticData);
		const { staticData } = first;
		const second = trigger({ respond: cal.respond, staticData, credential: { apiKey: 'cal_other' } });
		await expect(checkExists.call(second.ctx)).resolves.toBe(false);
		await create.call(second.ctx);
		await expect(checkExists.call(second.ctx)).resolves.toBe(true);
		expect(cal.of()).toMatchObject([{ id: 'made-1', secret: secretOf(staticData, 'cal_other') }]);
		expect(secretOf(staticData, 'cal_other')).not.toBe(before);
	});

	test.each(['', '  '])('without an API key (%j) nothing is made', async (apiKey) => {
		const cal = calCom();
		const { ctx, sent } = trigger({ respond: cal.respond, credential: { apiKey } });
		await expect(create.call(ctx)).rejects.toThrow('The credential has no API key');
		expect(sent).toEqual([]);
	});

	test('finds its webhook beyond the first page', async () => {
		const many = Array.from({ length: 260 }, (_, index) => ({ ...foreign, id: `f${index}` }));
		const mine = { ...foreign, id: 'mine', subscriberUrl: WEBHOOK_URL };
		const cal = calCom({ '/webhooks': [...many, mine] });
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		expect(readOwnWebhook(staticData)?.id).toBe('mine');
		expect(cal.of()).toHaveLength(261);
	});

	test.each<[string, Partial<Webhook>]>([
		['events changed', { triggers: ['BOOKING_PAID'] }],
		['switched off', { active: false }],
		['secret taken away', { secret: null }],
		['secret changed', { secret: 'someone-changed-it' }],
	])('%s: repaired in place, with the secret it had', async (_name, change) => {
		const cal = calCom();
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		const own = readOwnWebhook(staticData);
		Object.assign(cal.of()[0] ?? {}, change);

		await expect(checkExists.call(ctx)).resolves.toBe(false);
		await create.call(ctx);
		const secret = secretOf(staticData);
		expect(cal.of()).toMatchObject([{ id: own?.id, active: true, triggers: EVENTS, secret }]);
	});

	test('secret lost: renewed', async () => {
		const cal = calCom({
			'/webhooks': [{ ...foreign, id: 'mine', subscriberUrl: WEBHOOK_URL, secret: 'unknown' }],
		});
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		expect(readOwnWebhook(staticData)).toMatchObject({ id: 'mine' });
		expect(cal.of()).toMatchObject([{ id: 'mine', secret: secretOf(staticData) }]);
	});

	test('a payload template: made anew without', async () => {
		const cal = calCom({
			'/webhooks': [{ ...foreign, id: 'mine', subscriberUrl: WEBHOOK_URL, payloadTemplate: 'a={{b}}' }],
		});
		const { ctx } = trigger({ respond: cal.respond });
		await create.call(ctx);
		expect(cal.of()).toMatchObject([{ id: 'made-1', payloadTemplate: null }]);
	});

	test('scope changed: the former webhook is removed after the new one is there', async () => {
		const cal = calCom();
		const first = trigger({ respond: cal.respond });
		await create.call(first.ctx);
		const second = trigger({
			respond: cal.respond,
			staticData: first.staticData,
			parameters: { scope: 'eventType', eventTypeId: { __rl: true, mode: 'list', value: '5' } },
		});
		await create.call(second.ctx);
		expect(cal.of()).toEqual([]);
		expect(cal.of('/event-types/5/webhooks')).toHaveLength(1);
		const methods = second.sent.map(({ method }) => method);
		expect(methods.indexOf('POST')).toBeLessThan(methods.indexOf('DELETE'));
	});

	test('a webhook of the account that a failed activation forgot is removed by its URL', async () => {
		const lost = { ...foreign, id: 'lost', subscriberUrl: WEBHOOK_URL };
		const cal = calCom({ '/webhooks': [lost, foreign] });
		const { ctx } = trigger({
			respond: cal.respond,
			parameters: { scope: 'eventType', eventTypeId: { __rl: true, mode: 'id', value: '5' } },
		});
		await create.call(ctx);
		expect(cal.of()).toEqual([foreign]);
	});

	test('an orphan that cannot be removed is only logged', async () => {
		const cal = calCom();
		const own = { id: 'o', collection: '/event-types/9/webhooks', url: WEBHOOK_URL, secret: 's', delay: null };
		const respond = (request: SentRequest) =>
			request.path.startsWith('/event-types/9') ? recorded('082') : cal.respond(request);
		const { ctx, warnings } = trigger({ respond, staticData: { webhook: own } });
		await expect(create.call(ctx)).resolves.toBe(true);
		expect(warnings).toEqual([expect.stringContaining('could not remove its former webhook o')]);
	});

	test.each([
		['teamEventType', '/teams/7/event-types/5/webhooks'],
		['eventType', '/event-types/6/webhooks'],
		['organization', '/organizations/42/webhooks'],
	])('scope %s', async (scope, collection) => {
		const cal = calCom();
		const { ctx } = trigger({
			respond: cal.respond,
			parameters: { scope, teamId: '7', teamEventTypeId: '5', eventTypeId: '6', organizationId: '42' },
		});
		await create.call(ctx);
		expect(cal.of(collection)).toMatchObject([{ subscriberUrl: WEBHOOK_URL }]);
	});

	test('the organization is that of the key when none is given', async () => {
		const cal = calCom();
		const respond = (request: SentRequest) =>
			request.path === '/me' ? success({ organizationId: 8 }) : cal.respond(request);
		await create.call(trigger({ respond, parameters: { scope: 'organization' } }).ctx);
		expect(cal.of('/organizations/8/webhooks')).toHaveLength(1);

		const none = trigger({ respond: () => recorded('001'), parameters: { scope: 'organization' } });
		await expect(create.call(none.ctx)).rejects.toThrow('belongs to no organization');
	});

	test('events that wait for a time send it, and follow its change', async () => {
		const cal = calCom();
		const events = ['AFTER_HOSTS_CAL_VIDEO_NO_SHOW'];
		const first = trigger({ respond: cal.respond, parameters: { events, delayTime: 2, delayUnit: 'HOUR' } });
		await create.call(first.ctx);
		expect(cal.of()).toMatchObject([{ time: 2, timeUnit: 'HOUR' }]);
		await expect(checkExists.call(first.ctx)).resolves.toBe(true);
		const second = trigger({
			respond: cal.respond,
			staticData: first.staticData,
			parameters: { events, delayTime: 3, delayUnit: 'HOUR' },
		});
		await expect(checkExists.call(second.ctx)).resolves.toBe(false);
		await create.call(second.ctx);
		expect(cal.of()).toMatchObject([{ id: 'made-1', time: 3, timeUnit: 'HOUR' }]);
	});

	test('a URL that hosted Cal.com cannot reach is a warning', async () => {
		const webhookUrl = 'http://localhost:5678/webhook/1/calcom';
		const hosted = trigger({ respond: calCom().respond, webhookUrl });
		await create.call(hosted.ctx);
		expect(hosted.warnings).toEqual([expect.stringContaining('cannot reach http://localhost:5678')]);
		const credential = { baseUrl: 'http://localhost:5555/v2' };
		const selfHosted = trigger({ respond: calCom().respond, webhookUrl, credential });
		await create.call(selfHosted.ctx);
		expect(selfHosted.warnings).toEqual([]);
	});

	test('events that the community edition will never send are a warning, and the others come', async () => {
		const events = ['BOOKING_CREATED', 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW', 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW'];
		const parameters = { events, delayTime: 5, delayUnit: 'MINUTE' };
		// What the community edition answered to such a request: without the wait.
		const respond = ({ method, body }: SentRequest) => {
			if (method === 'GET') return success([]);
			const { triggers, subscriberUrl, secret } = body ?? {};
			const { data } = recorded('401').body as { data: IDataObject };
			return success({ ...data, triggers, subscriberUrl, secret }, 201);
		};
		const selfHosted = { baseUrl: 'https://cal.school.example/api/v2' };
		const community = trigger({ respond, parameters, credential: selfHosted });
		await expect(create.call(community.ctx)).resolves.toBe(true);
		const both = '"Host Did Not Join Cal Video" and "Guest Did Not Join Cal Video"';
		expect(community.warnings).toEqual([expect.stringContaining(`never sends ${both}`)]);

		const hosted = trigger({ respond, parameters });
		await create.call(hosted.ctx);
		expect(hosted.warnings).toEqual([]);
		const others = trigger({ respond, credential: selfHosted });
		await create.call(others.ctx);
		expect(others.warnings).toEqual([]);
	});

	test('a key that goes in clear through networks of others is a warning', async () => {
		const open = trigger({ respond: calCom().respond, credential: { baseUrl: 'http://cal.example.com/v2' } });
		await create.call(open.ctx);
		expect(open.warnings).toEqual([expect.stringContaining('cal.example.com unencrypted')]);
	});

	test('the test listener has data and URL of its own', async () => {
		const cal = calCom();
		const production = trigger({ respond: cal.respond });
		await create.call(production.ctx);
		const listening = trigger({ respond: cal.respond, webhookUrl: WEBHOOK_URL.replace('webhook', 'webhook-test') });
		await create.call(listening.ctx);
		expect(cal.of()).toHaveLength(2);
		await remove.call(listening.ctx);
		expect(cal.of()).toMatchObject([{ subscriberUrl: WEBHOOK_URL }]);
		await expect(checkExists.call(production.ctx)).resolves.toBe(true);
	});
});

describe('deactivation', () => {
	test('removes the webhook and forgets it', async () => {
		const cal = calCom({ '/webhooks': [foreign] });
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		await expect(remove.call(ctx)).resolves.toBe(true);
		expect(cal.of()).toEqual([foreign]);
		expect(staticData).toEqual({});
	});

	test('succeeds when it is already gone', async () => {
		const cal = calCom();
		const { ctx } = trigger({ respond: cal.respond });
		await create.call(ctx);
		cal.of().pop();
		await expect(remove.call(ctx)).resolves.toBe(true);
		await expect(remove.call(ctx)).resolves.toBe(true);
	});

	test('without an id it goes by the URL', async () => {
		const cal = calCom({ '/webhooks': [{ ...foreign, id: 'mine', subscriberUrl: WEBHOOK_URL }, foreign] });
		await remove.call(trigger({ respond: cal.respond }).ctx);
		expect(cal.of()).toEqual([foreign]);
	});

	test('finds it where it was made, whatever the scope says now', async () => {
		const cal = calCom();
		const first = trigger({ respond: cal.respond, parameters: { scope: 'eventType', eventTypeId: '5' } });
		await create.call(first.ctx);
		await remove.call(trigger({ respond: cal.respond, staticData: first.staticData }).ctx);
		expect(cal.of('/event-types/5/webhooks')).toEqual([]);
	});

	test.each(['004', '007', '077'])('a real failure (%s) is an error', async (start) => {
		const own = { id: 'w', collection: '/webhooks', url: WEBHOOK_URL, secret: 's', delay: null };
		const { ctx, staticData } = trigger({ respond: () => recorded(start), staticData: { webhook: own } });
		await expect(remove.call(ctx)).rejects.toMatchObject({ name: 'NodeApiError' });
		expect(readOwnWebhook(staticData)).toEqual(own);
	});
});

describe('registration by hand', () => {
	const byHand = (options: FakeOptions) =>
		trigger({ ...options, parameters: { registration: 'byHand', ...options.parameters } });

	test('asks Cal.com nothing and changes nothing', async () => {
		const { ctx, sent } = byHand({ credential: { webhookSecret: 'mine' } });
		await expect(checkExists.call(ctx)).resolves.toBe(false);
		await expect(create.call(ctx)).resolves.toBe(true);
		await expect(remove.call(ctx)).resolves.toBe(true);
		expect(sent).toEqual([]);
	});

	test.each(['', ' ', '\t\n', '\u00a0'])('a blank secret (%j) is none', async (webhookSecret) => {
		const { ctx } = byHand({ credential: { webhookSecret, previousWebhookSecret: webhookSecret } });
		await expect(create.call(ctx)).rejects.toThrow('The credential has no webhook secret');
	});

	test('needs a secret, or the word that none is wanted', async () => {
		await expect(create.call(byHand({}).ctx)).rejects.toThrow('The credential has no webhook secret');
		await expect(create.call(byHand({ parameters: { acceptUnsigned: true } }).ctx)).resolves.toBe(true);
	});

	test('removes what the node had registered itself before', async () => {
		const cal = calCom();
		const automatic = trigger({ respond: cal.respond });
		await create.call(automatic.ctx);
		const { ctx, staticData } = byHand({
			respond: cal.respond,
			staticData: automatic.staticData,
			credential: { webhookSecret: 'mine' },
		});
		await create.call(ctx);
		expect(cal.of()).toEqual([]);
		expect(readOwnWebhook(staticData)).toBeNull();
	});
});
