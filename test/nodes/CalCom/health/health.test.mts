import { describe, expect, test } from '@jest/globals';
import { check } from '../../../../nodes/CalCom/actions/health/check.operation.ts';
import { addressesOf, pointsAt } from '../../../../nodes/CalCom/actions/health/webhooks.ts';
import { recorded, SELF_HOSTED } from '../slot/support.mts';
import type { FakeExecuteOptions } from '../support/fake-execute.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';

const RESUME_URL = 'https://hooks.school.example/webhook-waiting/77?signature=abc';

function fakeInN8n(options: FakeExecuteOptions) {
	const fake = fakeExecute(options);
	Object.assign(fake.ctx, {
		evaluateExpression: (text: string) => (text === '{{ $execution.resumeUrl }}' ? RESUME_URL : undefined),
	});
	return fake;
}

const hook = (id: string, subscriberUrl: string, active = true) => ({
	id,
	subscriberUrl,
	active,
	triggers: ['BOOKING_CREATED'],
	secret: 'whsec',
});

describe('the addresses of n8n', () => {
	test.each([
		['https://n8n.example/', null, ['https://n8n.example']],
		['https://n8n.example', 'https://n8n.example/webhook-waiting/7', ['https://n8n.example']],
		['https://n8n.example/', RESUME_URL, ['https://n8n.example', 'https://hooks.school.example']],
		['http://localhost:5678/base/', 'http://localhost:5678/base/webhook-waiting/7', ['http://localhost:5678/base']],
		['not an address', 'undefined/7', []],
	])('%s and %s', (instance, resume, addresses) => {
		expect(addressesOf(instance, resume)).toEqual(addresses);
	});

	test.each([
		['https://n8n.example/webhook/abc/calcom', true],
		['https://N8N.example:443/webhook/abc', true],
		['https://n8n.example.evil.org/webhook/abc', false],
		['https://n8n.example:8443/webhook/abc', false],
		['http://n8n.example/webhook/abc', false],
		['https://other.example/base/webhook/abc', true],
		['https://other.example/based/webhook/abc', false],
		['not an address', false],
	])('%s: %s', (subscriberUrl, expected) => {
		const webhook = { id: '1', subscriberUrl, active: true, triggers: [] };
		expect(pointsAt(webhook, ['https://n8n.example', 'https://other.example/base'])).toBe(expected);
	});
});

describe('check', () => {
	test('who, where, how much is left, and which webhooks come here', async () => {
		const fake = fakeInN8n({
			answers: [
				recorded('001'),
				{
					data: [
						hook('1', 'https://n8n.school.example/webhook/a/calcom'),
						hook('2', 'https://hooks.school.example/webhook/b/calcom', false),
						hook('3', 'https://elsewhere.example/webhook/c'),
					],
				},
			],
		});
		const item = await run(check, fake);
		expect(item).toEqual({
			ok: true,
			reason: null,
			howToFix: null,
			edition: 'hosted',
			baseUrl: 'https://api.cal.com/v2',
			n8nAddresses: ['https://n8n.school.example', 'https://hooks.school.example'],
			user: {
				id: 1,
				name: 'Your School',
				email: 'owner@school.example',
				username: 'yourschool',
				timeZone: 'Europe/Amsterdam',
				organizationId: null,
			},
			rateLimit: { limit: 5000, remaining: 4999, resetsAt: '2026-11-20T09:01:00.000Z' },
			webhooks: [
				{
					id: '1',
					subscriberUrl: 'https://n8n.school.example/webhook/a/calcom',
					active: true,
					triggers: ['BOOKING_CREATED'],
					eventTypeId: null,
				},
				expect.objectContaining({ id: '2', active: false }),
			],
			problems: [
				'The webhook to https://hooks.school.example/webhook/b/calcom is switched off in Cal.com: nothing arrives there',
			],
		});
		expect(JSON.stringify(item)).not.toContain('whsec');
		expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /me', 'GET /webhooks']);
	});

	test('also the webhooks of event types, when asked', async () => {
		const answers = [
			recorded('001'),
			{ data: [{ id: 3 }, { id: 5 }] },
			{ data: [] },
			{ data: [] },
			{ data: [hook('9', 'https://n8n.school.example/webhook/a')] },
		];
		const fake = fakeInN8n({ parameters: { withEventTypes: true }, answers, credential: SELF_HOSTED });
		await expect(run(check, fake)).resolves.toMatchObject({
			edition: 'selfHosted',
			rateLimit: { remaining: 4999 },
			webhooks: [{ id: '9', eventTypeId: 5 }],
		});
		expect(fake.requests.map(({ path }) => path)).toEqual([
			'/me',
			'/event-types',
			'/webhooks',
			'/event-types/3/webhooks',
			'/event-types/5/webhooks',
		]);
	});

	test.each([
		['a key that is not known', '004', 'Cal.com does not accept the API key'],
		['a key that has expired', '005', 'The Cal.com API key has expired'],
		['something else answers', '007', 'This Cal.com does not know the address that was asked for'],
	])('%s is an answer, not an error', async (_, file, reason) => {
		const fake = fakeInN8n({ answers: () => recorded(file) });
		await expect(run(check, fake)).resolves.toMatchObject({
			ok: false,
			reason,
			howToFix: expect.any(String),
			edition: 'hosted',
			user: null,
			webhooks: [],
		});
	});

	test('so is no answer at all', async () => {
		const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		const fake = fakeInN8n({ answers: () => refused });
		await expect(run(check, fake)).resolves.toMatchObject({
			ok: false,
			reason: 'Nothing answers at api.cal.com',
			rateLimit: null,
		});
	});

	test('webhooks that may not be read are a problem, and the rest still counts', async () => {
		const fake = fakeInN8n({ answers: [recorded('001'), recorded('077')] });
		await expect(run(check, fake)).resolves.toMatchObject({
			ok: true,
			webhooks: [],
			problems: [expect.stringContaining('The webhooks could not be read')],
		});
	});
});
