// How the trigger registers, repairs and removes its webhook, in a real n8n against the stand-in of Cal.com.
import { z } from 'zod';
import { type E2e, deliverSigned, openE2e, waitFor } from './support/e2e.mts';
import { calComCredential, handedOver, triggerWorkflow } from './support/trigger-workflow.mts';
import { CORE, failToPublish } from './registration/failures.mts';
import { type Webhook, callApi, webhooksTo } from './registration/webhooks.mts';

const ID = 'registering';
let e2e: E2e;
let listening: string;
/** Under way while the other tests run: n8n takes its time over a workflow that cannot be published. */
let failing: Promise<string[][]>;
beforeAll(async () => {
	e2e = await openE2e();
	failing = failToPublish(e2e, CORE);
	listening = triggerWorkflow(e2e, ID, {}).url;
});
afterAll(async () => {
	await Promise.allSettled([failing]);
	await e2e.close();
});
afterEach(async () => {
	if (await e2e.editor.findWorkflow(ID)) {
		await e2e.editor.deactivate(ID);
		await e2e.editor.deleteWorkflow(ID);
	}
});

const api = <T,>(path: string, method?: string, body?: Record<string, unknown>): Promise<T> =>
	callApi<T>(e2e, path, method, body);
const ours = (path?: string) => webhooksTo(e2e, listening, path);

const activate = async (parameters: Record<string, unknown> = {}) => {
	await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ID, parameters).workflow);
	await e2e.editor.activate(ID);
};

describe('publishing', () => {
	test('makes one webhook with a secret of its own and the chosen events; unpublishing removes it', async () => {
		await activate({ events: ['BOOKING_CREATED', 'MEETING_ENDED'] });
		const [webhook, ...more] = await ours();
		expect(more).toEqual([]);
		expect(webhook).toMatchObject({
			active: true,
			payloadTemplate: null,
			secret: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(webhook?.triggers.toSorted()).toEqual(['BOOKING_CREATED', 'MEETING_ENDED']);
		await e2e.editor.deactivate(ID);
		expect(await ours()).toEqual([]);
	});

	test('again with other events changes the webhook instead of adding one', async () => {
		await activate({ events: ['BOOKING_CREATED'] });
		await e2e.editor.deactivate(ID);
		await activate({ events: ['BOOKING_CANCELLED'] });
		expect(await ours()).toMatchObject([{ triggers: ['BOOKING_CANCELLED'] }]);
	});

	test('for one event type makes the webhook there', async () => {
		const [eventType] = await api<{ id: number }[]>('/event-types');
		await activate({ scope: 'eventType', eventTypeId: { __rl: true, mode: 'id', value: String(eventType?.id) } });
		expect(await ours()).toEqual([]);
		expect(await ours(`/event-types/${String(eventType?.id)}/webhooks`)).toHaveLength(1);
		await e2e.editor.deactivate(ID);
		expect(await ours(`/event-types/${String(eventType?.id)}/webhooks`)).toEqual([]);
	});

	test('adopts an orphan with its URL and gives it a new secret; deliveries are taken', async () => {
		await api('/webhooks', 'POST', {
			active: false,
			subscriberUrl: listening,
			triggers: ['BOOKING_CREATED'],
			secret: 'forgotten',
			payloadTemplate: '{"x":"{{title}}"}',
		});
		await activate({ events: ['BOOKING_CREATED', 'BOOKING_CANCELLED'] });
		const [webhook, ...more] = await ours();
		expect(more).toEqual([]);
		expect(webhook).toMatchObject({
			active: true,
			triggers: expect.arrayContaining(['BOOKING_CREATED', 'BOOKING_CANCELLED']),
		});
		expect(webhook?.secret).not.toBe('forgotten');
		expect(webhook?.payloadTemplate ?? null).toBeNull();
		const booked = await e2e.desk.book();
		const events = await waitFor('the event', async () => {
			const found = await handedOver(e2e, ID);
			return found.length > 0 && found;
		});
		expect(events).toMatchObject([{ event: 'BOOKING_CREATED', verified: true, booking: { uid: booked.uid } }]);
	});

	test("leaves other people's webhooks alone", async () => {
		const other = await api<Webhook>('/webhooks', 'POST', {
			active: true,
			subscriberUrl: 'https://other.example/hook',
			triggers: ['BOOKING_CREATED'],
			secret: 'theirs',
		});
		await activate();
		await e2e.editor.deactivate(ID);
		expect((await api<Webhook[]>('/webhooks')).find(({ id }) => id === other.id)).toMatchObject({
			secret: 'theirs',
			active: true,
		});
		await api(`/webhooks/${other.id}`, 'DELETE');
	});

	test('ends well when someone has removed the webhook in Cal.com meanwhile', async () => {
		await activate();
		await api(`/webhooks/${(await ours())[0]!.id}`, 'DELETE');
		await e2e.editor.deactivate(ID);
		expect((await e2e.editor.findWorkflow(ID))?.active).toBe(false);
	});
});

test('"Listen for test event" makes a webhook of its own beside the published one, takes one delivery and removes it', async () => {
	await activate({ events: ['BOOKING_CREATED'] });
	const [published] = await ours();
	const testUrl = listening.replace('/webhook/', '/webhook-test/');
	const onTest = async () =>
		(await api<Webhook[]>('/webhooks')).filter(({ subscriberUrl }) => subscriberUrl === testUrl);
	await e2e.editor.start(ID, 'Cal.com Trigger');
	const [webhook] = await waitFor('the test webhook', async () => {
		const found = await onTest();
		return found.length > 0 && found;
	});
	expect(webhook?.secret).not.toBe(published?.secret);
	const body = '{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"tested"}}';
	const answer = await deliverSigned({ url: testUrl, secret: webhook?.secret ?? '' }, body);
	expect([answer.status, answer.json]).toEqual([200, { status: 'processed', eventKey: 'BOOKING_CREATED:tested' }]);
	await waitFor('the test webhook to go', async () => (await onTest()).length === 0);
	expect(await ours()).toEqual([published]);
});

describe('the secret of the webhook', () => {
	const body = (uid: string) => `{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"${uid}"}}`;
	const publish = async (apiKey: string) => {
		const credential = await calComCredential(e2e, 'changing-key', { apiKey });
		await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ID, { events: ['BOOKING_CREATED'] }, credential).workflow);
		await e2e.editor.activate(ID);
		return (await ours())[0]?.secret ?? '';
	};

	test('stands nowhere in what n8n tells of the workflow', async () => {
		const secret = await publish(e2e.calcom.apiKey);
		const told = JSON.stringify(await e2e.editor.request(`/workflows/${ID}`));
		expect(told).toContain('"fingerprint":"');
		expect(told).not.toContain(secret);
	});

	test('is read from Cal.com once the API key was changed: no right delivery is refused, until published again', async () => {
		const secret = await publish(e2e.calcom.apiKey);
		const newKey = z.string().parse(await e2e.at('makeKey'));
		await calComCredential(e2e, 'changing-key', { apiKey: newKey });
		const answers = await Promise.all(
			['k1', 'k2', 'k3'].map(async (uid) => await deliverSigned({ url: listening, secret }, body(uid))),
		);
		expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
		expect((await deliverSigned({ url: listening, secret: 'forged' }, body('k4'))).status).toBe(401);
		expect(await e2e.log()).toMatch(/"Cal\.com Trigger": the API key .* was changed .* Publish it again/);
		await e2e.editor.deactivate(ID);
		const another = await publish(newKey);
		expect(another).not.toBe(secret);
		expect((await deliverSigned({ url: listening, secret: another }, body('k5'))).status).toBe(200);
		expect((await deliverSigned({ url: listening, secret }, body('k6'))).status).toBe(401);
	});
});

test('a webhook that someone changed in Cal.com is repaired by publishing again', async () => {
	await activate({ events: ['BOOKING_CREATED'] });
	const [webhook] = await ours();
	await api(`/webhooks/${webhook!.id}`, 'PATCH', { active: false, triggers: ['MEETING_ENDED'] });
	await e2e.editor.deactivate(ID);
	await e2e.editor.activate(ID);
	const [repaired, ...more] = await ours();
	expect(more).toEqual([]);
	expect(repaired).toMatchObject({ active: true, triggers: ['BOOKING_CREATED'] });
	const answer = await deliverSigned(
		{ url: listening, secret: repaired?.secret ?? '' },
		'{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"x"}}',
	);
	expect(answer.status).toBe(200);
});

describe('what keeps a workflow from being published is said', () => {
	let said: string[][];
	beforeAll(async () => {
		said = await failing;
	}, 120_000);

	test.each(CORE.map(({ name, words }, at) => ({ name, words, at })))('$name', ({ words, at }) => {
		expect(said[at]).toEqual([expect.stringMatching(words)]);
		expect(said[at]?.join()).not.toMatch(new RegExp(`${e2e.calcom.apiKey}|cal_wrong|\\n\\s+at `));
	});

	test('no webhook is left behind', async () => {
		const urls = (await api<Webhook[]>('/webhooks')).map(({ subscriberUrl }) => subscriberUrl);
		expect(urls.filter((url) => url.includes('failing-'))).toEqual([]);
	});
});
