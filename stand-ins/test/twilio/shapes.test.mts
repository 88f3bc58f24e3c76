// What the API answers, against what Twilio publishes about it.
import { z } from 'zod';
import { inSession } from './support/session.mts';

const rfc2822 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;
const nullable = (schema: z.ZodTypeAny) => schema.nullable();
const sid = (prefix: string) => z.string().regex(new RegExp(`^${prefix}[0-9a-f]{32}$`));

/** https://www.twilio.com/docs/messaging/api/message-resource#message-properties */
const MESSAGE = {
	account_sid: sid('AC'),
	api_version: z.literal('2010-04-01'),
	body: z.string(),
	date_created: z.string().regex(rfc2822),
	date_sent: nullable(z.string().regex(rfc2822)),
	date_updated: z.string().regex(rfc2822),
	direction: z.enum(['inbound', 'outbound-api', 'outbound-call', 'outbound-reply']),
	error_code: nullable(z.number()),
	error_message: nullable(z.string()),
	from: nullable(z.string()),
	messaging_service_sid: nullable(sid('MG')),
	num_media: z.string().regex(/^\d+$/),
	num_segments: z.string().regex(/^\d+$/),
	price: nullable(z.string()),
	price_unit: z.literal('USD'),
	sid: sid('SM'),
	status: z.enum(['accepted', 'queued', 'sent', 'delivered', 'undelivered', 'failed', 'received']),
	subresource_uris: z.object({ media: z.string() }).strict(),
	to: z.string(),
	uri: z.string(),
};
/** https://www.twilio.com/docs/usage/twilios-response#response-formats-list-paging-information */
const PAGE = {
	end: z.number(),
	first_page_uri: z.string(),
	next_page_uri: nullable(z.string()),
	page: z.number(),
	page_size: z.number(),
	previous_page_uri: nullable(z.string()),
	start: z.number(),
	uri: z.string(),
};
/** https://www.twilio.com/docs/events/event-streams/sink-resource */
const SINK = {
	date_created: z.string().datetime(),
	date_updated: z.string().datetime(),
	description: z.string(),
	links: z.object({ sink_test: z.string().url(), sink_validate: z.string().url() }).strict(),
	sid: sid('DG'),
	sink_configuration: z.object({ destination: z.string().url(), method: z.enum(['GET', 'POST']) }).strict(),
	sink_type: z.literal('webhook'),
	status: z.enum(['initialized', 'validating', 'active', 'failed']),
	url: z.string().url(),
};
/** https://www.twilio.com/docs/events/event-streams/subscription */
const SUBSCRIPTION = {
	account_sid: sid('AC'),
	date_created: z.string().datetime(),
	date_updated: z.string().datetime(),
	description: z.string(),
	links: z.object({ subscribed_events: z.string().url() }).strict(),
	sid: sid('DF'),
	sink_sid: sid('DG'),
	url: z.string().url(),
};
/** https://www.twilio.com/docs/events/event-streams/subscribed-event */
const SUBSCRIBED_EVENT = {
	account_sid: sid('AC'),
	schema_version: z.number(),
	subscription_sid: sid('DF'),
	type: z.string(),
	url: z.string().url(),
};
const META = {
	first_page_url: z.string().url(),
	key: z.string(),
	next_page_url: nullable(z.string()),
	page: z.number(),
	page_size: z.number(),
	previous_page_url: nullable(z.string()),
	url: z.string().url(),
};
const exactly = <T extends z.ZodRawShape>(shape: T) => z.object(shape).strict();

const API = 'https://api.twilio.com/2010-04-01';
const EVENTS = 'https://events.twilio.com/v1';
const INBOUND = 'com.twilio.messaging.inbound-message.received';

describe('messages', () => {
	test('a message that was taken is queued, and later delivered, paid for and dated', async () => {
		await inSession(async ({ twilio, ask, send }) => {
			const taken = await send();
			expect(taken.status).toBe(201);
			const message = exactly(MESSAGE).parse(taken.body);
			expect(message).toMatchObject({
				...{ status: 'queued', direction: 'outbound-api', to: '+31612345678', from: twilio.number },
				...{ body: 'See you at nine', date_sent: null, price: null, error_code: null, num_segments: '1' },
			});
			await twilio.settled();
			const later = exactly(MESSAGE).parse((await ask(`https://api.twilio.com${message.uri}`)).body);
			expect(later).toMatchObject({ sid: message.sid, status: 'delivered', price: '-0.00790' });
			expect(later.date_sent).not.toBeNull();
		});
	});

	test('a messaging service takes first and chooses the sender then', async () => {
		await inSession(async ({ twilio, ask, send }) => {
			const [service] = twilio.account.services;
			const { body } = await send({ From: '', MessagingServiceSid: service?.sid ?? '' });
			expect(exactly(MESSAGE).parse(body)).toMatchObject({ status: 'accepted', from: null, num_segments: '0' });
			await twilio.settled();
			const later = await ask(`https://api.twilio.com${String(body['uri'])}`);
			expect(later.body).toMatchObject({ status: 'delivered', from: twilio.number, num_segments: '1' });
		});
	});

	test('lists come in pages, the newest first, filtered by number and day', async () => {
		await inSession(async ({ twilio, ask, send }) => {
			for (const To of ['+31612345001', '+31612345002', '+31612345001']) await send({ To });
			const list = `${API}/Accounts/${twilio.account.sid}/Messages.json`;
			const page = exactly({ ...PAGE, messages: z.array(exactly(MESSAGE)) });
			const first = page.parse((await ask(`${list}?PageSize=2`)).body);
			expect(first.messages.map(({ to }) => to)).toEqual(['+31612345001', '+31612345002']);
			expect(first).toMatchObject({ page: 0, page_size: 2, start: 0, end: 1, previous_page_uri: null });
			const second = page.parse((await ask(`https://api.twilio.com${first.next_page_uri ?? ''}`)).body);
			expect(second).toMatchObject({ page: 1, start: 2, end: 2, next_page_uri: null });
			expect(second.messages).toHaveLength(1);

			const today = new Date().toISOString().slice(0, 10);
			const counts: [query: string, count: number][] = [
				[`To=${encodeURIComponent('+31612345001')}`, 2],
				[`To=${encodeURIComponent('+31612345009')}`, 0],
				[`DateSent=${today}`, 3],
				[`DateSent%3E=${today}`, 3],
				['DateSent%3C=2020-01-01', 0],
			];
			for (const [query, count] of counts) {
				const { messages } = page.parse((await ask(`${list}?${query}`)).body);
				expect([query, messages.length]).toEqual([query, count]);
			}
		});
	});

	test('the account, and the list of accounts of a credential', async () => {
		await inSession(async ({ twilio, ask }) => {
			const { sid: own, apiKeys } = twilio.account;
			expect((await ask(`${API}/Accounts/${own}.json`)).body).toMatchObject({ sid: own, status: 'active' });
			const [key] = apiKeys;
			const list = await ask(`${API}/Accounts.json`, { login: `${key?.sid ?? ''}:${key?.secret ?? ''}` });
			expect(list.body).toMatchObject({ accounts: [{ sid: own, owner_account_sid: own }] });
		});
	});
});

describe('event streams', () => {
	test('sinks, subscriptions and subscribed events are made, listed, shown and deleted', async () => {
		await inSession(async ({ ask }) => {
			const post = async (path: string, form: [string, string][]) =>
				await ask(`${EVENTS}/${path}`, { method: 'POST', form });
			const made = await post('Sinks', [
				['Description', 'n8n'],
				// As n8n writes it, tabs included.
				['SinkConfiguration', '{	"destination": "http://127.0.0.1:1/webhook/x/webhook",	"method": "POST"	}'],
				['SinkType', 'webhook'],
			]);
			expect(made.status).toBe(201);
			const sink = exactly(SINK).parse(made.body);
			const subscribed = await post('Subscriptions', [
				['Description', 'n8n'],
				['SinkSid', sink.sid],
				['Types', `{ "type": "${INBOUND}" }`],
			]);
			expect(subscribed.status).toBe(201);
			const subscription = exactly(SUBSCRIPTION).parse(subscribed.body);
			const events = `Subscriptions/${subscription.sid}/SubscribedEvents`;
			const second = await post(events, [['Type', 'com.twilio.messaging.message.delivered']]);
			exactly(SUBSCRIBED_EVENT).parse(second.body);

			const lists: [path: string, key: string, shape: z.ZodRawShape, count: number][] = [
				['Sinks', 'sinks', SINK, 1],
				['Subscriptions', 'subscriptions', SUBSCRIPTION, 1],
				[events, 'types', SUBSCRIBED_EVENT, 2],
			];
			for (const [path, key, shape, count] of lists) {
				const list = exactly({ [key]: z.array(exactly(shape)).length(count), meta: exactly(META) });
				expect(list.safeParse((await ask(`${EVENTS}/${path}`)).body).error).toBeUndefined();
			}
			for (const path of [`Sinks/${sink.sid}`, `Subscriptions/${subscription.sid}`]) {
				expect((await ask(`${EVENTS}/${path}`)).status).toBe(200);
				expect((await ask(`${EVENTS}/${path}`, { method: 'DELETE' })).status).toBe(204);
				expect((await ask(`${EVENTS}/${path}`)).status).toBe(404);
			}
		});
	});

	test.each([
		['Sinks', { SinkType: 'webhook', SinkConfiguration: 'no JSON' }],
		['Sinks', { SinkType: 'kinesis', SinkConfiguration: '{}' }],
		['Subscriptions', { SinkSid: `DG${'0'.repeat(32)}`, Types: `{"type":"${INBOUND}"}` }],
	])('%s refuse %j', async (path, form) => {
		await inSession(async ({ ask }) => {
			expect((await ask(`${EVENTS}/${path}`, { method: 'POST', form })).status).toBe(400);
		});
	});
});
