// With what a registered trigger checks deliveries: made from the API key, or, once that was changed, told by Cal.com.
import { jest } from '@jest/globals';
import { deriveSecret } from '../../../nodes/CalComTrigger/derivedSecret.ts';
import type { Responder } from '../shared/api/fake-n8n.mts';
import { calCom, create, trigger } from './registering.mts';
import { deliver as deliverTo, KEY, PATH, published, signature, URL_HERE } from './support.mts';
import type { Request } from './support.mts';

const BODY = '{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"u"}}';
const NOW = Date.parse('2026-11-20T09:00:00Z');
const MINUTE = 60_000;
const NEW_KEY = { apiKey: 'cal_the_new_one' };
const OLD = deriveSecret(KEY, PATH, '2026-11');

beforeEach(() => jest.useFakeTimers({ now: NOW, doNotFake: ['nextTick', 'setImmediate'] }));
afterEach(() => jest.useRealTimers());

let count = 0;
/** A webhook that no other test of this file knows. */
const fresh = (key = KEY, counter = '2026-11') => published(key, counter, `w${String(++count)}`);

const deliver = (secret: string, more: Partial<Request> = {}) =>
	deliverTo({ body: BODY, signature: signature(BODY, secret), ...more });
const taken = async (secret: string, more: Partial<Request> = {}) => (await deliver(secret, more)).started;

/** Cal.com, telling the secret of each webhook that is asked for. */
function telling(secret: unknown = OLD, more: Record<string, unknown> = {}) {
	const asked: string[] = [];
	const respond: Responder = ({ method, path, headers }) => {
		asked.push(`${method} ${path} ${String(headers['Accept'])}`);
		const data = {
			id: path.split('/').at(-1),
			subscriberUrl: URL_HERE,
			active: true,
			triggers: [],
			secret,
			...more,
		};
		return { status: 200, body: { status: 'success', data } };
	};
	return { asked, respond };
}

describe('made from the API key', () => {
	test.each([
		['the month of publishing', '2026-11', '2026-11-20', '2026-11', true],
		['published in the month after, which n8n forgot', '2026-11', '2026-12-01', '2026-12', true],
		['a month in between', '2026-11', '2027-02-10', '2027-01', true],
		['years after', '2026-11', '2031-06-10', '2026-11', true],
		['before it was published', '2026-11', '2027-02-10', '2026-10', false],
		['a month to come', '2026-11', '2026-11-30T23:59:59Z', '2026-12', false],
	])('%s', async (_what, from, now, signedIn, expected) => {
		jest.setSystemTime(Date.parse(now));
		const staticData = fresh(KEY, from);
		await expect(taken(deriveSecret(KEY, PATH, signedIn), { staticData })).resolves.toBe(expected);
		// From memory the same.
		await expect(taken(deriveSecret(KEY, PATH, signedIn), { staticData })).resolves.toBe(expected);
	});

	test.each([
		['of another trigger with the same key', deriveSecret(KEY, `${PATH}2`, '2026-11')],
		['of another key', deriveSecret('cal_other', PATH, '2026-11')],
		['the key itself', KEY],
		['the fingerprint', String(published(KEY).webhook.fingerprint)],
		['the month', '2026-11'],
		['the path', PATH],
		['nothing', ''],
		['spaces', '   '],
	])('refused: %s', async (_what, secret) => {
		const staticData = fresh();
		await expect(taken(OLD, { staticData })).resolves.toBe(true);
		await expect(taken(secret, { staticData })).resolves.toBe(false);
	});

	test('white space around the key does not matter, as when it is sent', async () => {
		await expect(taken(OLD, { staticData: fresh(), credential: { apiKey: ` ${KEY}\n` } })).resolves.toBe(true);
	});

	test('the credential is read once a minute, not for each delivery', async () => {
		const staticData = fresh();
		const reads: number[] = [];
		const onCredential = () => reads.push(Date.now() - NOW);
		for (let second = 0; second <= 120; second += 10) {
			jest.setSystemTime(NOW + second * 1000);
			await expect(taken(OLD, { staticData, onCredential })).resolves.toBe(true);
		}
		expect(reads).toEqual([0, MINUTE, 2 * MINUTE]);
	});

	test('a right delivery after the turn of a month, under a secret of the new one, is taken at once', async () => {
		const staticData = fresh();
		jest.setSystemTime(Date.parse('2026-11-30T23:59:59Z'));
		await expect(taken(OLD, { staticData })).resolves.toBe(true);
		jest.setSystemTime(Date.parse('2026-12-01T00:00:01Z'));
		await expect(taken(deriveSecret(KEY, PATH, '2026-12'), { staticData })).resolves.toBe(true);
	});
});

describe('the API key was changed', () => {
	test('Cal.com is asked once, and every right delivery is taken; the log says to publish again', async () => {
		const staticData = fresh();
		const { asked, respond } = telling();
		const request = { staticData, respond, credential: NEW_KEY };
		const all = await Promise.all(Array.from({ length: 20 }, async () => await deliver(OLD, request)));
		expect(all.map(({ started }) => started)).toEqual(Array(20).fill(true));
		expect(asked).toEqual([`GET /webhooks/${staticData.webhook.id} application/json`]);
		const said = all.flatMap(({ warnings }) => warnings);
		expect(said).toEqual([expect.stringMatching(/API key .* was changed .*Publish it again/)]);
		expect(said.join()).not.toContain(OLD);
		// It is not written anywhere.
		expect(JSON.stringify(staticData)).not.toContain(OLD);
	});

	test('a forged delivery is refused, and makes nobody ask more than once a minute', async () => {
		const staticData = fresh();
		const { asked, respond } = telling();
		const request = { staticData, respond, credential: NEW_KEY };
		for (let second = 0; second < 180; second += 5) {
			jest.setSystemTime(NOW + second * 1000);
			await expect(taken('forged', request)).resolves.toBe(false);
		}
		expect(asked).toHaveLength(3);
		await expect(taken(OLD, request)).resolves.toBe(true);
	});

	test.each([
		['unsigned', null],
		['said to have no secret', 'no-secret-provided'],
		['twice', `${signature(BODY, OLD)},${signature(BODY, OLD)}`],
		['no HMAC', 'deadbeef'],
	])('what is refused anyway asks nobody: %s', async (_what, header) => {
		const { asked, respond } = telling();
		const request = { staticData: fresh(), respond, credential: NEW_KEY, signature: header };
		await expect(taken(OLD, request)).resolves.toBe(false);
		expect(asked).toEqual([]);
	});

	test('the new secret counts when somebody changed it at Cal.com, a minute later at most', async () => {
		const staticData = fresh();
		const first = telling();
		await expect(taken(OLD, { staticData, credential: NEW_KEY, ...first })).resolves.toBe(true);
		const second = telling('another-one');
		await expect(taken('another-one', { staticData, credential: NEW_KEY, ...second })).resolves.toBe(false);
		jest.setSystemTime(NOW + MINUTE);
		await expect(taken('another-one', { staticData, credential: NEW_KEY, ...second })).resolves.toBe(true);
		await expect(taken(OLD, { staticData, credential: NEW_KEY, ...second })).resolves.toBe(false);
	});

	test('while the secret is still in memory, Cal.com need not be asked', async () => {
		const staticData = fresh();
		const { asked, respond } = telling();
		await expect(taken(OLD, { staticData })).resolves.toBe(true);
		const warnings: string[] = [];
		for (let second = 10; second <= 600; second += 10) {
			jest.setSystemTime(NOW + second * 1000);
			const one = await deliver(OLD, { staticData, respond, credential: NEW_KEY });
			expect(one.started).toBe(true);
			warnings.push(...one.warnings);
		}
		expect(asked).toEqual([]);
		expect(warnings).toHaveLength(10);
		expect(warnings[0]).toContain('Publish it again');
	});

	test('and changed back: as before', async () => {
		const staticData = fresh();
		const { respond } = telling();
		await expect(taken(OLD, { staticData, respond, credential: NEW_KEY })).resolves.toBe(true);
		jest.setSystemTime(NOW + 2 * MINUTE);
		const back = await deliver(OLD, { staticData });
		expect([back.started, back.warnings]).toEqual([true, []]);
	});

	const answer = (status: number, body: unknown): Responder => {
		return () => ({ status, headers: { location: 'https://evil.example/v2/webhooks/w' }, body });
	};
	test.each<[string, Responder]>([
		['an error', answer(500, {})],
		['not found', answer(404, { status: 'error', error: { code: 'NotFoundException', message: 'not found' } })],
		['a key that is not accepted', answer(401, { status: 'error', error: { message: 'Invalid API Key' } })],
		['a redirect', answer(307, '')],
		['a web page', answer(200, '<html>')],
		['no secret', telling(null).respond],
		['a secret that is left out', telling(OLD, { secret: undefined }).respond],
		['an empty secret', telling('').respond],
		['a secret of spaces', telling('   ').respond],
		['the webhook of somebody else', telling(OLD, { subscriberUrl: 'https://elsewhere.example/hook' }).respond],
		[
			'no answer',
			() => {
				throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
			},
		],
	])('nothing is taken when Cal.com tells no secret: %s', async (_what, respond) => {
		const staticData = fresh();
		for (const secret of [OLD, '', '   ', 'undefined', 'null']) {
			const { ended, started, warnings } = await deliver(secret, { staticData, respond, credential: NEW_KEY });
			expect(started).toBe(false);
			expect(ended).toMatchObject({ status: 401, json: { reason: expect.stringContaining('publish') } });
			expect(warnings.join()).not.toContain(OLD);
		}
	});

	test.each([
		['no key', { apiKey: undefined }],
		['a key of spaces', { apiKey: '  ' }],
		['a key that is no text', { apiKey: 7 }],
	])('nothing is taken with %s', async (_what, credential) => {
		const { respond } = telling(null);
		await expect(taken(OLD, { staticData: fresh(), credential, respond })).resolves.toBe(false);
		await expect(
			taken(deriveSecret('', PATH, '2026-11'), { staticData: fresh(), credential, respond }),
		).resolves.toBe(false);
	});
});

describe('a secret in static data, from versions before', () => {
	const stored = (secret: unknown) => ({
		webhook: { id: 'w', collection: '/webhooks', url: URL_HERE, secret, delay: null },
	});

	test('goes on working, and the one that the next publishing will make works too', async () => {
		await expect(taken('from-before', { staticData: stored('from-before') })).resolves.toBe(true);
		await expect(taken(OLD, { staticData: stored('from-before') })).resolves.toBe(true);
		await expect(taken('forged', { staticData: stored('from-before') })).resolves.toBe(false);
	});

	test('goes on working whatever the key is', async () => {
		for (const credential of [NEW_KEY, { apiKey: '' }])
			await expect(taken('from-before', { staticData: stored('from-before'), credential })).resolves.toBe(true);
	});

	test.each(['', '  ', null, true, 7, undefined])('%j is none', async (secret) => {
		await expect(taken(String(secret), { staticData: stored(secret) })).resolves.toBe(false);
	});

	test('is gone after publishing, and the webhook has another', async () => {
		const cal = calCom();
		const { ctx, staticData } = trigger({ respond: cal.respond });
		await create.call(ctx);
		const { counter, fingerprint, ...place } = Object(staticData.webhook) as Record<string, unknown>;
		expect([counter, fingerprint]).toEqual(['2026-11', expect.stringMatching(/^[0-9a-f]{12}$/)]);
		const before = { webhook: { ...place, secret: 'from-before' } };
		Object.assign(cal.of()[0] ?? {}, { secret: 'from-before' });
		const again = trigger({ respond: cal.respond, staticData: before });
		await create.call(again.ctx);
		expect(JSON.stringify(before)).not.toContain('from-before');
		expect(before.webhook).toEqual(staticData.webhook);
		expect(cal.of()).toMatchObject([{ id: place['id'], secret: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
	});
});

describe.each([
	['a counter that is none', { counter: '2026-13' }],
	['no counter', { counter: undefined }],
	['a counter that is no text', { counter: 202611 }],
	['no fingerprint', { fingerprint: '' }],
	['no URL', { url: undefined }],
])('static data that somebody broke: %s', (_what, broken) => {
	test('nothing is taken', async () => {
		const { webhook } = fresh();
		const { respond } = telling();
		await expect(taken(OLD, { staticData: { webhook: { ...webhook, ...broken } }, respond })).resolves.toBe(false);
	});
});
