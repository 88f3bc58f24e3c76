// How the trigger registers and removes its webhook, in a real n8n against the stand-in of Cal.com. How it repairs one,
// and what it says of each refusal, is in the long proof.
import { deliverSigned, waitFor } from './support/e2e.mts';
import { calComCredential, handedOver, triggerWorkflow } from './support/trigger-workflow.mts';
import { ID, type RegistrationDesk, type Webhook, openRegistration } from './registration/desk.mts';

let desk: RegistrationDesk;
beforeAll(async () => {
	desk = await openRegistration();
});
afterAll(() => desk.e2e.close());
afterEach(() => desk.clear());

describe('publishing', () => {
	test('makes one webhook with a secret of its own and the chosen events; unpublishing removes it', async () => {
		await desk.activate({ events: ['BOOKING_CREATED', 'MEETING_ENDED'] });
		const [webhook, ...more] = await desk.ours();
		expect(more).toEqual([]);
		expect(webhook).toMatchObject({
			active: true,
			payloadTemplate: null,
			secret: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(webhook?.triggers.toSorted()).toEqual(['BOOKING_CREATED', 'MEETING_ENDED']);
		await desk.e2e.editor.deactivate(ID);
		expect(await desk.ours()).toEqual([]);
	});

	test('again with other events changes the webhook instead of adding one', async () => {
		await desk.activate({ events: ['BOOKING_CREATED'] });
		await desk.e2e.editor.deactivate(ID);
		await desk.activate({ events: ['BOOKING_CANCELLED'] });
		expect(await desk.ours()).toMatchObject([{ triggers: ['BOOKING_CANCELLED'] }]);
	});

	test('for one event type makes the webhook there', async () => {
		const [eventType] = await desk.api<{ id: number }[]>('/event-types');
		await desk.activate({
			scope: 'eventType',
			eventTypeId: { __rl: true, mode: 'id', value: String(eventType?.id) },
		});
		expect(await desk.ours()).toEqual([]);
		expect(await desk.ours(`/event-types/${String(eventType?.id)}/webhooks`)).toHaveLength(1);
		await desk.e2e.editor.deactivate(ID);
		expect(await desk.ours(`/event-types/${String(eventType?.id)}/webhooks`)).toEqual([]);
	});

	test('adopts an orphan with its URL and gives it a new secret; deliveries are taken', async () => {
		await desk.api('/webhooks', 'POST', {
			active: false,
			subscriberUrl: desk.listening,
			triggers: ['BOOKING_CREATED'],
			secret: 'forgotten',
			payloadTemplate: '{"x":"{{title}}"}',
		});
		await desk.activate({ events: ['BOOKING_CREATED', 'BOOKING_CANCELLED'] });
		const [webhook, ...more] = await desk.ours();
		expect(more).toEqual([]);
		expect(webhook).toMatchObject({
			active: true,
			triggers: expect.arrayContaining(['BOOKING_CREATED', 'BOOKING_CANCELLED']),
		});
		expect(webhook?.secret).not.toBe('forgotten');
		expect(webhook?.payloadTemplate ?? null).toBeNull();
		const booked = await desk.e2e.desk.book();
		const events = await waitFor('the event', async () => {
			const found = await handedOver(desk.e2e, ID);
			return found.length > 0 && found;
		});
		expect(events).toMatchObject([{ event: 'BOOKING_CREATED', verified: true, booking: { uid: booked.uid } }]);
	});

	test("leaves other people's webhooks alone", async () => {
		const other = await desk.api<Webhook>('/webhooks', 'POST', {
			active: true,
			subscriberUrl: 'https://other.example/hook',
			triggers: ['BOOKING_CREATED'],
			secret: 'theirs',
		});
		await desk.activate();
		await desk.e2e.editor.deactivate(ID);
		expect((await desk.api<Webhook[]>('/webhooks')).find(({ id }) => id === other.id)).toMatchObject({
			secret: 'theirs',
			active: true,
		});
		await desk.api(`/webhooks/${other.id}`, 'DELETE');
	});

	test('ends well when someone has removed the webhook in Cal.com meanwhile', async () => {
		await desk.activate();
		await desk.api(`/webhooks/${(await desk.ours())[0]!.id}`, 'DELETE');
		await desk.e2e.editor.deactivate(ID);
		expect((await desk.e2e.editor.findWorkflow(ID))?.active).toBe(false);
	});
});

test('"Listen for test event" makes a webhook of its own beside the published one, takes one delivery and removes it', async () => {
	await desk.activate({ events: ['BOOKING_CREATED'] });
	const [published] = await desk.ours();
	const testUrl = desk.listening.replace('/webhook/', '/webhook-test/');
	const onTest = async () =>
		(await desk.api<Webhook[]>('/webhooks')).filter(({ subscriberUrl }) => subscriberUrl === testUrl);
	await desk.e2e.editor.start(ID, 'Cal.com Trigger');
	const [webhook] = await waitFor('the test webhook', async () => {
		const found = await onTest();
		return found.length > 0 && found;
	});
	expect(webhook?.secret).not.toBe(published?.secret);
	const body = '{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"tested"}}';
	const answer = await deliverSigned({ url: testUrl, secret: webhook?.secret ?? '' }, body);
	expect([answer.status, answer.json]).toEqual([200, { status: 'processed', eventKey: 'BOOKING_CREATED:tested' }]);
	await waitFor('the test webhook to go', async () => (await onTest()).length === 0);
	expect(await desk.ours()).toEqual([published]);
});

test('what keeps a workflow from being published is said, and no webhook is left behind', async () => {
	const credential = await calComCredential(desk.e2e, 'a wrong key', { apiKey: 'cal_wrong' });
	await desk.e2e.editor.saveWorkflow(triggerWorkflow(desk.e2e, ID, {}, credential).workflow);
	const message = await desk.messageOf(ID);
	expect(message).toMatch(/does not accept the API key.*Check that/);
	expect(message).not.toMatch(/cal_wrong|\n\s+at /);
	expect(await desk.ours()).toEqual([]);
});
