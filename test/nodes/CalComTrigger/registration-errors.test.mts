import { WEBHOOK_URL } from '../shared/api/fake-n8n.mts';
import type { FakeOptions, Reply, SentRequest } from '../shared/api/fake-n8n.mts';
import { checkExists, create, EVENTS, foreign, recorded, success, trigger } from './registering.mts';

describe('activation that fails says why', () => {
	const failing =
		(start: string, on = 'POST') =>
		(request: SentRequest) =>
			request.method === on ? recorded(start) : success([]);
	const eventType = { scope: 'eventType', eventTypeId: '1' };

	test.each<[string, FakeOptions, string, string]>([
		['wrong key', { respond: failing('004', 'GET') }, 'does not accept the API key', 'copied whole'],
		['expired key', { respond: failing('005', 'GET') }, 'has expired', 'Make a new key'],
		['wrong base URL', { respond: failing('007', 'GET') }, 'does not know the address', 'Check the base URL'],
		['a web page', { respond: () => ({ status: 200, body: '<html>' }) }, 'does not lead to the API', 'base URL'],
		[
			'event type of someone else',
			{ respond: failing('082'), parameters: eventType },
			'does not belong',
			'Team Event Type',
		],
		[
			'event type unknown',
			{ respond: failing('083'), parameters: eventType },
			'does not know the event type',
			'deleted',
		],
		['URL taken', { respond: failing('053') }, 'already has the URL', WEBHOOK_URL],
		[
			'URL taken, found out on change',
			{
				respond: ({ method }) =>
					method === 'PATCH' ? recorded('326') : success([{ ...foreign, subscriberUrl: WEBHOOK_URL }]),
			},
			'already has the URL',
			'Settings > Developer > Webhooks',
		],
		[
			'organization event',
			{ respond: failing('055'), parameters: { events: ['BOOKING_CREATED', 'DELEGATION_CREDENTIAL_ERROR'] } },
			'does not offer: Delegation Credential Error',
			'Only webhooks of an organization',
		],
		[
			'teams on the community edition',
			{
				respond: () => recorded('290'),
				parameters: { scope: 'teamEventType', teamId: '1', teamEventTypeId: '2' },
				credential: { baseUrl: 'https://cal.example.com' },
			},
			'no webhooks for teams and organizations',
			'Set Scope to Account',
		],
		['rate limit', { respond: failing('280', 'GET') }, 'rate limit', '60 seconds'],
		['broken Cal.com', { respond: failing('038', 'GET') }, 'failed to handle the request (500)', 'Try again'],
		[
			'no event type',
			{ parameters: { scope: 'eventType', eventTypeId: '' } },
			'Event Type is not chosen',
			'from the list',
		],
		[
			'event type no number',
			{ parameters: { scope: 'eventType', eventTypeId: 'abc' } },
			'"abc" is not a number',
			'id',
		],
	])('%s', async (_name, options, message, description) => {
		const { ctx, staticData } = trigger(options);
		await expect(create.call(ctx)).rejects.toMatchObject({
			message: expect.stringContaining(message),
			description: expect.stringContaining(description),
		});
		expect(staticData).toEqual({});
	});

	const refusedTriggers = (text: string): Reply => ({
		status: 400,
		body: {
			status: 'error',
			error: {
				code: 'BadRequestException',
				message: 'Bad Request Exception',
				details: { errors: [{ property: 'triggers', children: [], constraints: { isEnum: text } }] },
			},
		},
	});

	test.each([
		[
			'by Cal.com’s own list',
			'each value in triggers must be one of the following values: BOOKING_CREATED, OOO_CREATED',
		],
		['by the catalog', 'triggers are not valid'],
	])('an event that this edition does not offer is named, %s', async (_name, text) => {
		const { ctx } = trigger({
			respond: ({ method }) => (method === 'POST' ? refusedTriggers(text) : success([])),
			parameters: { events: ['BOOKING_CREATED', 'BOOKING_REASSIGNED', 'INSTANT_MEETING'] },
			credential: { baseUrl: 'https://cal.example.com' },
		});
		await expect(create.call(ctx)).rejects.toMatchObject({
			// Publishing shows the message alone, so it ends with what to do.
			message: expect.stringMatching(
				/^This Cal.com does not offer: Booking Reassigned, Instant Meeting Requested\. Take them out of Events\./,
			),
			description: expect.stringContaining('only on hosted Cal.com'),
		});
	});

	test('no events: an error, where Cal.com would take it and never call', async () => {
		const { ctx, sent } = trigger({ parameters: { events: [] } });
		await expect(create.call(ctx)).rejects.toThrow('No events are chosen');
		expect(sent).toEqual([]);
	});

	test('what Cal.com dropped without a word is found in its answer', async () => {
		const answer = { id: 'w', active: true, subscriberUrl: WEBHOOK_URL, triggers: ['BOOKING_CREATED'] };
		const respond = ({ method }: SentRequest) => success(method === 'POST' ? answer : []);
		await expect(create.call(trigger({ respond }).ctx)).rejects.toThrow(
			'did not take these events: Booking Cancelled',
		);
		const inactive = { ...answer, triggers: EVENTS, active: false };
		const off = ({ method }: SentRequest) => success(method === 'POST' ? inactive : []);
		await expect(create.call(trigger({ respond: off }).ctx)).rejects.toThrow('did not switch the webhook on');
	});

	test('checkExists says it too, rather than no', async () => {
		const { ctx } = trigger({ respond: failing('004', 'GET') });
		await expect(checkExists.call(ctx)).rejects.toThrow('does not accept the API key');
	});
});
