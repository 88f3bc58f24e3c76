// How the trigger registers, repairs and removes its webhook, in a real n8n against the stand-in of Cal.com.
import { ofetch } from 'ofetch';
import { differs } from '../compat/differences.mts';
import { type E2e, deliverSigned, openE2e, untilListening, waitFor } from './support/e2e.mts';
import { calComCredential, handedOver, triggerWorkflow } from './support/trigger-workflow.mts';

interface Webhook {
	id: string;
	subscriberUrl: string;
	triggers: string[];
	active: boolean;
	secret: string | null;
	payloadTemplate: string | null;
}

const ID = 'registering';
let e2e: E2e;
let listening: string;
beforeAll(async () => {
	e2e = await openE2e();
	listening = triggerWorkflow(e2e, ID, {}).url;
});
afterAll(() => e2e.close());
afterEach(async () => {
	if (await e2e.editor.findWorkflow(ID)) {
		await e2e.editor.deactivate(ID);
		await e2e.editor.deleteWorkflow(ID);
	}
});

const api = async <T,>(path: string, method = 'GET', body?: Record<string, unknown>): Promise<T> =>
	(
		await ofetch<{ data: T }>(`${e2e.calcom.url}${path}`, {
			method,
			body,
			headers: { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-06-14' },
			retry: 0,
		})
	).data;

const ours = async (path = '/webhooks') =>
	(await api<Webhook[]>(path)).filter(({ subscriberUrl }) => subscriberUrl === listening);

const activate = async (parameters: Record<string, unknown> = {}, credential = e2e.credentials['calComApi']) => {
	await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ID, parameters, credential).workflow);
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

describe('a webhook that someone changed in Cal.com', () => {
	test('stays as it is when n8n starts again, and is repaired by publishing again', async () => {
		await activate({ events: ['BOOKING_CREATED'] });
		const [webhook] = await ours();
		await api(`/webhooks/${webhook!.id}`, 'PATCH', { active: false, triggers: ['MEETING_ENDED'] });
		// n8n 2.41 looks at pollers only when it starts; that it asks no trigger about its webhook is n8n's own doing.
		await e2e.restartN8n();
		await untilListening(listening);
		expect(await ours()).toMatchObject([{ active: differs('repairAtStart') }]);
		await e2e.editor.activate(ID);
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
	}, 120_000);
});

describe('what keeps a workflow from being published is said', () => {
	const CASES: [string, Record<string, unknown>, (calcom: E2e['calcom']) => Record<string, unknown>, RegExp][] = [
		['a wrong key', {}, () => ({ apiKey: 'cal_wrong' }), /does not accept the API key.*Check that/],
		['a wrong path', {}, ({ url }) => ({ baseUrl: url.replace('/v2', '/nothing/v2') }), /address.*base URL/],
		['nobody there', {}, () => ({ baseUrl: 'http://127.0.0.1:9/v2' }), /Nothing answers.*base URL/],
		[
			'an event type that is not there',
			{ scope: 'eventType', eventTypeId: { __rl: true, mode: 'id', value: '99999' } },
			() => ({}),
			/does not know the event type.*Choose another/,
		],
		[
			'an event of the hosted edition',
			{ events: ['BOOKING_CREATED', 'BOOKING_REASSIGNED'] },
			() => ({}),
			/does not offer: Booking Reassigned.*Take it out/,
		],
		[
			'teams on a self-hosted Cal.com',
			{ scope: 'organization', organizationId: '1' },
			() => ({}),
			/only on hosted/,
		],
	];
	const messageOf = (id: string): Promise<string> =>
		e2e.editor.activate(id, 60_000).then(
			() => 'it was published',
			(error: unknown) => (error instanceof Error ? error.message : String(error)),
		);

	// n8n takes its time over a workflow that cannot be published: all at once.
	let messages: string[];
	let again: string;
	beforeAll(async () => {
		const ids = CASES.map((_, at) => `failing-${String(at)}`);
		for (const [at, [name, parameters, data]] of CASES.entries()) {
			const credential = await calComCredential(e2e, name, data(e2e.calcom));
			await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ids[at]!, parameters, credential).workflow);
		}
		messages = await Promise.all(ids.map(messageOf));
		again = await messageOf(ids[0]!);
		for (const id of ids) await e2e.editor.deleteWorkflow(id);
	}, 180_000);

	test.each(CASES.map(([name, , , words], at) => ({ name, words, at })))('$name', ({ words, at }) => {
		expect(messages[at]).toMatch(words);
		expect(messages[at]).not.toMatch(new RegExp(`${e2e.calcom.apiKey}|cal_wrong|\\n\\s+at `));
	});

	test('and said again when nothing was mended before the next try', () => {
		expect(again).toMatch(/does not accept the API key/);
	});

	test('no webhook is left behind', async () => {
		const urls = (await api<Webhook[]>('/webhooks')).map(({ subscriberUrl }) => subscriberUrl);
		expect(urls.filter((url) => url.includes('failing-'))).toEqual([]);
	});

	test('an error of Cal.com itself', async () => {
		await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ID, {}).workflow);
		await e2e.at('failNextRequests', 1_000, 500);
		try {
			expect(await messageOf(ID)).toMatch(/Cal\.com failed to handle the request \(500\)/);
		} finally {
			await e2e.at('failNextRequests', 0, 500);
		}
	});
});
