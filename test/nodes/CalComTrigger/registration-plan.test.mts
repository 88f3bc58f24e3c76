import fc from 'fast-check';
import { planRegistration } from '../../../nodes/CalComTrigger/registrationPlan.ts';
import type { Remembered, WantedWebhook } from '../../../nodes/CalComTrigger/registrationPlan.ts';
import type { RemoteWebhook } from '../../../nodes/shared/webhooks/remoteWebhook.ts';

const URL_HERE = 'https://n8n.example/webhook/1/calcom';
const SECRET = 'a'.repeat(64);
const wanted: WantedWebhook = {
	collection: '/webhooks',
	url: URL_HERE,
	events: ['A', 'B'],
	delay: null,
	secret: SECRET,
};
const remote: RemoteWebhook = {
	id: 'w1',
	subscriberUrl: URL_HERE,
	active: true,
	triggers: ['B', 'A'],
	payloadTemplate: null,
	secret: SECRET,
};
const own: Remembered = { id: 'w1', collection: '/webhooks', url: URL_HERE, delay: null };
const foreign: RemoteWebhook = { ...remote, id: 'x', subscriberUrl: 'https://other.example/hook' };

describe('what to do about the webhook', () => {
	test.each<[string, RemoteWebhook[], Remembered | null, object]>([
		['as wanted', [remote], own, { action: 'keep', id: 'w1', orphans: [] }],
		['none', [], null, { action: 'create', orphans: [] }],
		['only others', [foreign], null, { action: 'create', orphans: [] }],
		['deleted in Cal.com', [foreign], own, { action: 'create', orphans: [] }],
		['other events', [{ ...remote, triggers: ['A'] }], own, { action: 'update', id: 'w1' }],
		['one event more', [{ ...remote, triggers: ['A', 'B', 'C'] }], own, { action: 'update', id: 'w1' }],
		['switched off', [{ ...remote, active: false }], own, { action: 'update', id: 'w1' }],
		['secret changed in Cal.com', [{ ...remote, secret: 'x' }], own, { action: 'update', id: 'w1' }],
		['secret removed in Cal.com', [{ ...remote, secret: null }], own, { action: 'update', id: 'w1' }],
		['a list without secrets', [{ ...remote, secret: undefined }], own, { action: 'keep', id: 'w1' }],
		['secret lost here', [remote], null, { action: 'update', id: 'w1', orphans: [] }],
		['other delay', [remote], { ...own, delay: '5 MINUTE' }, { action: 'update', id: 'w1' }],
		['payload template', [{ ...remote, payloadTemplate: '{}' }], own, { action: 'recreate', id: 'w1' }],
		['empty payload template', [{ ...remote, payloadTemplate: '' }], own, { action: 'keep', id: 'w1' }],
		[
			'n8n has a new public URL',
			[{ ...remote, subscriberUrl: 'https://old.example/webhook/1/calcom' }],
			own,
			{ action: 'update', id: 'w1', orphans: [] },
		],
		[
			'new URL, and a webhook there already',
			[{ ...remote, id: 'w0', subscriberUrl: 'https://old.example/x' }, remote],
			{ ...own, id: 'w0' },
			{ action: 'update', id: 'w1', orphans: [{ id: 'w0', collection: '/webhooks' }] },
		],
		[
			'scope changed',
			[],
			{ ...own, collection: '/event-types/5/webhooks' },
			{ action: 'create', orphans: [{ id: 'w1', collection: '/event-types/5/webhooks' }] },
		],
		[
			'two at the URL',
			[{ ...remote, id: 'w2' }, remote],
			own,
			{ action: 'keep', id: 'w1', orphans: [{ id: 'w2', collection: '/webhooks' }] },
		],
	])('%s', (_name, existing, remembered, expected) => {
		expect(planRegistration(existing, wanted, remembered)).toMatchObject(expected);
	});

	test.each([
		['as it is', remote],
		['without a secret', { ...remote, secret: null }],
		['in a list without secrets', { ...remote, secret: undefined }],
	])('a webhook %s is not kept when its secret is to be another', (_what, webhook) => {
		expect(planRegistration([webhook], { ...wanted, secret: null }, own)).toMatchObject({ action: 'update' });
	});

	const anyRemote = fc.record({
		id: fc.constantFrom('w1', 'w2', 'w3', 'w4'),
		subscriberUrl: fc.constantFrom(URL_HERE, 'https://a.example', 'https://b.example'),
		active: fc.boolean(),
		triggers: fc.subarray(['A', 'B', 'C']),
		payloadTemplate: fc.constantFrom(null, '', '{}'),
		secret: fc.constantFrom(null, undefined, '', SECRET, 'x'),
	});
	const anyOwn = fc.option(
		fc.record({
			id: fc.constantFrom('w1', 'w2', 'w9'),
			collection: fc.constantFrom('/webhooks', '/event-types/5/webhooks'),
			url: fc.constantFrom(URL_HERE, 'https://a.example'),
			delay: fc.constantFrom(null, '5 MINUTE'),
		}),
	);
	const situation = fc.tuple(fc.uniqueArray(anyRemote, { selector: ({ id }) => id }), anyOwn);

	test('never touches a webhook that is neither remembered nor at its URL', () => {
		fc.assert(
			fc.property(situation, ([existing, remembered]) => {
				const plan = planRegistration(existing, wanted, remembered);
				const touched = [...plan.orphans.map(({ id }) => id), ...('id' in plan ? [plan.id] : [])];
				for (const id of touched) {
					const webhook = existing.find((one) => one.id === id);
					expect(id === remembered?.id || webhook?.subscriberUrl === URL_HERE).toBe(true);
				}
				expect(new Set(touched).size).toBe(touched.length);
			}),
		);
	});

	test('keeps only what is right, and once repaired keeps it', () => {
		fc.assert(
			fc.property(situation, ([existing, remembered]) => {
				const plan = planRegistration(existing, wanted, remembered);
				const id = 'id' in plan ? plan.id : 'new';
				if (plan.action === 'keep') {
					const webhook = existing.find((one) => one.id === id);
					expect(webhook).toMatchObject({ active: true, subscriberUrl: URL_HERE });
					expect([undefined, SECRET]).toContain(webhook?.secret);
					return;
				}
				const gone = new Set([id, ...plan.orphans.map((orphan) => orphan.id)]);
				const repaired = { ...remote, id };
				const after = [...existing.filter((one) => !gone.has(one.id)), repaired];
				expect(planRegistration(after, wanted, { ...own, id })).toEqual({ action: 'keep', id, orphans: [] });
			}),
		);
	});
});
