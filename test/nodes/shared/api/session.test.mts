import { z } from 'zod';
import type { ApiRequest } from '../../../../nodes/shared/api/request.ts';
import { versionFor } from '../../../../nodes/shared/api/versions.ts';
import { fakeExecute } from '../../CalCom/support/fake-execute.mts';
import type { Answer, AnswerOrFault } from '../../CalCom/support/fake-execute.mts';
import { exchange } from './recorded-exchanges.mts';

const anything = z.unknown();
const uid = z.object({ uid: z.string() });
const read: ApiRequest = { method: 'GET', path: '/bookings/x', version: versionFor('bookings', 'hosted') };
const write: ApiRequest = { ...read, method: 'POST', path: '/bookings' };

const recorded = (start: string): Answer => {
	const { status, headers, body } = exchange(start);
	return { status, headers, body };
};
const fault = (code: string) => Object.assign(new Error(`connect ${code}`), { code });
const broken: Answer = { status: 502, body: '<html>Bad gateway</html>' };
const good: Answer = { data: { uid: 'x' } };
const limited = (seconds: number): Answer => ({
	status: 429,
	headers: { 'x-ratelimit-reset-default': String(seconds) },
	body: { status: 'error', error: { code: 'ThrottlerException', message: 'Too many requests' } },
});

async function open(answers: AnswerOrFault[] | ((r: unknown, index: number) => AnswerOrFault), credential = {}) {
	const fake = fakeExecute({ answers, credential });
	return { fake, session: await fake.session() };
}

describe('reads', () => {
	test.each([
		['a lost connection', fault('ECONNRESET')],
		['a gateway that fails', broken],
		['an internal error', { status: 500, body: {} }],
	])('are repeated after %s, later each time', async (_name, trouble) => {
		const { fake, session } = await open([trouble, trouble, good]);
		await expect(session.request(0, read, uid)).resolves.toEqual({ uid: 'x' });
		expect(fake.requests).toHaveLength(3);
		expect(fake.pauses).toEqual([500, 1000]);
		expect(session.notes()).toEqual([
			'Cal.com did not answer properly 2 times; what was to be read was asked for again.',
		]);
	});

	test('are given up after three tries', async () => {
		const { fake, session } = await open(() => broken);
		await expect(session.request(3, read, uid)).rejects.toMatchObject({
			name: 'NodeApiError',
			httpCode: '502',
			context: { itemIndex: 3 },
		});
		expect(fake.requests).toHaveLength(3);
	});

	test.each([
		['a wrong name', fault('ENOTFOUND')],
		['an untrusted certificate', fault('CERT_HAS_EXPIRED')],
		['not found', recorded('151')],
		['refused', recorded('004')],
	])('are not repeated when it cannot help: %s', async (_name, trouble) => {
		const { fake, session } = await open(() => trouble);
		await expect(session.request(0, read, uid)).rejects.toThrow();
		expect(fake.requests).toHaveLength(1);
	});
});

describe('writes', () => {
	test.each([
		['a gateway that fails', broken, true],
		['a lost connection', fault('ECONNRESET'), true],
		['no answer in time', fault('ETIMEDOUT'), true],
		['a connection that was never made', fault('ECONNREFUSED'), undefined],
		['a refusal', recorded('115'), undefined],
	])('are never repeated after %s, and say whether they may have happened', async (_name, trouble, unknown) => {
		const { fake, session } = await open(() => trouble);
		const result = await session.send(0, write, uid);
		expect(fake.requests).toHaveLength(1);
		expect(result.ok ? null : result.failure.unknownOutcome).toBe(unknown);
	});

	test('wait out the rate limit, which turned them away before anything happened', async () => {
		const { fake, session } = await open([limited(60), good]);
		await expect(session.request(0, write, uid)).resolves.toEqual({ uid: 'x' });
		expect(fake.pauses.reduce((a, b) => a + b)).toBe(60_000);
		expect(session.notes()).toEqual(['Waited 60 seconds in all for the rate limit of Cal.com.']);
	});
});

describe('the rate limit', () => {
	const answer = (remaining: number, reset: number): Answer => ({
		...good,
		headers: {
			'x-ratelimit-limit-default': '120',
			'x-ratelimit-remaining-default': String(remaining),
			'x-ratelimit-reset-default': String(reset),
		},
	});

	test('is not run into: with nothing left the next request waits for the next window', async () => {
		const { fake, session } = await open([answer(1, 40), answer(0, 39), answer(119, 60)]);
		await session.request(0, read, uid);
		await session.request(0, read, uid);
		expect(fake.pauses).toEqual([]);
		expect(session.rateLimit).toMatchObject({ limit: 120, remaining: 0 });
		await session.request(0, read, uid);
		expect(fake.pauses.reduce((a, b) => a + b)).toBe(39_000);
	});

	describe('what one execution was told', () => {
		const usedUp = answer(0, 40);
		const ofOneOperation: Answer = {
			...good,
			headers: { 'x-ratelimit-remaining-booking_guests_add': '0', 'x-ratelimit-reset-booking_guests_add': '60' },
		};
		const waits = async (first: Answer, { ids: [one, other], baseUrl }: { ids: string[]; baseUrl?: string }) => {
			const before = fakeExecute({ answers: [first], credentialId: one! });
			await (await before.session()).request(0, read, uid);
			const credential = baseUrl === undefined ? {} : { baseUrl };
			const after = fakeExecute({ answers: [answer(119, 60)], credentialId: other!, credential });
			await (await after.session()).request(0, read, uid);
			return after.pauses.reduce((a, b) => a + b, 0);
		};

		test.each([
			['holds for the next one with the same credential', usedUp, { ids: ['a', 'a'] }, 40_000],
			['does not for another credential', usedUp, { ids: ['b', 'c'] }, 0],
			[
				'does not for another Cal.com',
				usedUp,
				{ ids: ['d', 'd'], baseUrl: 'https://cal.school.example/api/v2' },
				0,
			],
			['does not when it is about one operation alone', ofOneOperation, { ids: ['e', 'e'] }, 0],
			['does not when nobody would wait so long', answer(0, 3600), { ids: ['f', 'f'] }, 0],
		])('%s', async (_name, first, who, pause) => {
			await expect(waits(first, who)).resolves.toBe(pause);
		});
	});

	test('is waited for at most two minutes by one request', async () => {
		const { fake, session } = await open(() => limited(60));
		await expect(session.request(0, read, uid)).rejects.toThrow('The rate limit of Cal.com is used up');
		expect(fake.pauses.reduce((a, b) => a + b)).toBe(120_000);
		expect(fake.requests).toHaveLength(3);
	});

	test('a reset that is further off is not waited for at all', async () => {
		const { fake, session } = await open(() => limited(3600));
		await expect(session.request(0, read, uid)).rejects.toMatchObject({
			description: expect.stringContaining('3600 seconds'),
		});
		expect(fake.pauses).toEqual([]);
	});
});

describe('old formats', () => {
	test.each([
		['044', '/event-types', 'eventTypes'],
		['361', '/event-types/7', 'eventTypes'],
		['152', '/bookings/x', 'bookings'],
		['268', '/bookings', 'bookings'],
		['302', '/bookings', 'bookings'],
		['355', '/bookings/x/cancel', 'bookings'],
		['356', '/schedules', 'schedules'],
	] as const)('%s is an error, never data', async (start, path, group) => {
		const { session } = await open([recorded(start)]);
		const request: ApiRequest = { method: 'GET', path, version: versionFor(group, 'selfHosted') };
		await expect(session.request(0, request, anything)).rejects.toThrow('Cal.com answered in an old format');
	});

	test.each([
		['043', '/event-types', 'eventTypes'],
		['041', '/event-types/19', 'eventTypes'],
		['239', '/bookings', 'bookings'],
		['206', '/bookings/x/cancel', 'bookings'],
		['011', '/schedules', 'schedules'],
	] as const)("%s is today's", async (start, path, group) => {
		const { session } = await open([recorded(start)]);
		const request: ApiRequest = { method: 'GET', path, version: versionFor(group, 'selfHosted') };
		await expect(session.request(0, request, anything)).resolves.toBeDefined();
	});
});

describe('what a session knows', () => {
	test('self-hosted: what only hosted Cal.com has is refused before anything is asked', async () => {
		const { fake, session } = await open([], { edition: 'selfHosted' });
		expect(() => session.requireHosted(2, 'Teams')).toThrow('Teams: this exists only on hosted Cal.com');
		expect(fake.requests).toEqual([]);
	});

	test('hosted: it is not', async () => {
		const { session } = await open([]);
		expect(() => session.requireHosted(0, 'Teams')).not.toThrow();
	});

	test('remembers for as long as asked, and no failures', async () => {
		const { fake, session } = await open([]);
		let asked = 0;
		const ask = async () => ++asked;
		await expect(session.remember('a', 10, ask)).resolves.toBe(1);
		await expect(session.remember('a', 10, ask)).resolves.toBe(1);
		await fake.clock.sleep(10_000);
		await expect(session.remember('a', 10, ask)).resolves.toBe(2);
		await expect(session.remember('a', null, ask)).resolves.toBe(2);
		await expect(session.remember('b', null, async () => await Promise.reject(new Error('no')))).rejects.toThrow();
		await expect(session.remember('b', null, ask)).resolves.toBe(3);
	});

	test('notes each line once', async () => {
		const { session } = await open([]);
		session.note('Look');
		session.note('Look');
		expect(session.notes()).toEqual(['Look']);
	});
});

describe('the credential', () => {
	test('OAuth2 when the node says so; a 401 is thrown there, so that n8n refreshes the token', async () => {
		const fake = fakeExecute({ parameters: { authentication: 'oAuth2' }, answers: [good] });
		await (await fake.session()).request(0, read, uid);
		expect(fake.requests[0]).toMatchObject({ credential: 'calComOAuth2Api', throwsOn: [401] });
	});

	test.each([
		['OAuth credentials not connected', 'The OAuth2 credential is not connected'],
		['The credential "Cal.com" needs to be reconnected.', 'The OAuth2 credential is not connected'],
		['OAuth access token expired and no refresh token is available.', 'The OAuth2 credential is not connected'],
	])('%s', async (message, words) => {
		const cause = new Error(message);
		const wrapped = Object.assign(new Error('Something went wrong'), { cause });
		const fake = fakeExecute({ parameters: { authentication: 'oAuth2' }, answers: [wrapped] });
		const session = await fake.session();
		const result = await session.send(0, write, uid);
		expect(result.ok ? null : result.failure.unknownOutcome).toBeUndefined();
		await expect(Promise.reject(result.ok ? null : session.error(0, result.failure))).rejects.toThrow(words);
	});

	test('a sign-in that is refused all the same', async () => {
		const refused = Object.assign(new Error('401'), { httpCode: '401', context: { data: exchange('004').body } });
		const fake = fakeExecute({ parameters: { authentication: 'oAuth2' }, answers: [refused] });
		await expect((await fake.session()).request(0, read, uid)).rejects.toThrow(
			'does not accept the sign-in of the OAuth2 credential',
		);
	});

	test('the API key otherwise', async () => {
		const { fake, session } = await open([good]);
		await session.request(0, read, uid);
		expect(fake.requests[0]).toMatchObject({ credential: 'calComApi', throwsOn: [], version: '2024-08-13' });
	});
});
