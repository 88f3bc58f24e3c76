// What the Cal.com node's panel loads while a person fills it in: lists to choose from, and the questions of an event type.
import { type E2e, openE2e } from './support/e2e.mts';

const NODE = { name: 'n8n-nodes-calcom-sync.calCom', version: 1 };
const API_KEY = { authentication: 'apiKey' };

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(() => e2e.close());

const ask = async <T,>(what: string, body: Record<string, unknown>): Promise<T> => {
	const credentials = { calComApi: e2e.credentials['calComApi'] };
	const answer = await e2e.editor.request(`/dynamic-node-parameters/${what}`, 'POST', {
		nodeTypeAndVersion: NODE,
		credentials,
		...body,
	});
	return (answer as { data: T }).data;
};

const search = async (methodName: string, filter = '', parameters: Record<string, unknown> = {}) =>
	(
		await ask<{ results: { name: string; value: string }[] }>('resource-locator-results', {
			path: 'parameters.any',
			methodName,
			filter,
			currentNodeParameters: { ...API_KEY, ...parameters },
		})
	).results;

describe('the lists', () => {
	test('of event types, narrowed by what is typed', async () => {
		expect(await search('searchEventTypes')).toEqual(
			expect.arrayContaining([expect.objectContaining({ name: expect.stringContaining('Level Check') })]),
		);
		const found = await search('searchEventTypes', 'jitsi');
		expect(found.map(({ name }) => name)).toEqual([expect.stringMatching(/jitsi/i)]);
	});

	test('of bookings: the next ones, with their time', async () => {
		const booked = await e2e.desk.book();
		expect(await search('searchBookings')).toEqual(
			expect.arrayContaining([
				expect.objectContaining({ value: booked.uid, name: expect.stringContaining('Level Check') }),
			]),
		);
		await e2e.desk.cancel(booked.uid);
	});

	test('of schedules and webhooks', async () => {
		expect((await search('searchSchedules')).length).toBeGreaterThan(0);
		expect((await search('searchWebhooks', '', { scope: 'account' })).length).toBeGreaterThan(0);
	});
});

test("the form has the event type's own questions, in their kinds, with their options", async () => {
	const [trial] = await search('searchEventTypes', 'trial-lesson');
	const { fields } = await ask<{ fields: { id: string; type: string; options?: { value: string }[] }[] }>(
		'resource-mapper-fields',
		{
			path: 'parameters.answers',
			methodName: 'getBookingQuestions',
			currentNodeParameters: {
				...API_KEY,
				resource: 'booking',
				operation: 'create',
				eventTypeFrom: 'id',
				eventTypeId: { __rl: true, mode: 'list', value: trial?.value },
			},
		},
	);
	expect(fields).toEqual(
		expect.arrayContaining([
			expect.objectContaining({ id: 'goals', type: 'string' }),
			expect.objectContaining({ id: 'adult', type: 'boolean' }),
			expect.objectContaining({
				id: 'level',
				type: 'options',
				options: [expect.objectContaining({ value: 'beginner' }), expect.anything(), expect.anything()],
			}),
		]),
	);
});
