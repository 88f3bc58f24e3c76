// Every refusal that keeps a workflow from being published: n8n tries each five times, for sixteen seconds.
import type { E2e } from './support/e2e.mts';
import { calComCredential, triggerWorkflow } from './support/trigger-workflow.mts';
import { ID, type RegistrationDesk, type Webhook, openRegistration } from './registration/desk.mts';

let desk: RegistrationDesk;
beforeAll(async () => {
	desk = await openRegistration();
});
afterAll(() => desk.e2e.close());
afterEach(() => desk.clear());

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
	// n8n takes its time over a workflow that cannot be published: all at once.
	let messages: string[];
	let again: string;
	beforeAll(async () => {
		const ids = CASES.map((_, at) => `failing-${String(at)}`);
		for (const [at, [name, parameters, data]] of CASES.entries()) {
			const credential = await calComCredential(desk.e2e, name, data(desk.e2e.calcom));
			await desk.e2e.editor.saveWorkflow(triggerWorkflow(desk.e2e, ids[at]!, parameters, credential).workflow);
		}
		messages = await Promise.all(ids.map((id) => desk.messageOf(id)));
		again = await desk.messageOf(ids[0]!);
		for (const id of ids) await desk.e2e.editor.deleteWorkflow(id);
	}, 180_000);

	test.each(CASES.map(([name, , , words], at) => ({ name, words, at })))('$name', ({ words, at }) => {
		expect(messages[at]).toMatch(words);
		expect(messages[at]).not.toMatch(new RegExp(`${desk.e2e.calcom.apiKey}|cal_wrong|\\n\\s+at `));
	});

	test('and said again when nothing was mended before the next try', () => {
		expect(again).toMatch(/does not accept the API key/);
	});

	test('no webhook is left behind', async () => {
		const urls = (await desk.api<Webhook[]>('/webhooks')).map(({ subscriberUrl }) => subscriberUrl);
		expect(urls.filter((url) => url.includes('failing-'))).toEqual([]);
	});

	test('an error of Cal.com itself', async () => {
		await desk.e2e.editor.saveWorkflow(triggerWorkflow(desk.e2e, ID, {}).workflow);
		await desk.e2e.at('failNextRequests', 1_000, 500);
		try {
			expect(await desk.messageOf(ID)).toMatch(/Cal\.com failed to handle the request \(500\)/);
		} finally {
			await desk.e2e.at('failNextRequests', 0, 500);
		}
	});
});
