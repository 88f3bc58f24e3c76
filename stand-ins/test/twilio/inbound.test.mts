// What people answer: to the number's webhook, to the sinks of Event Streams, and what Twilio does by itself.
import { createHash, createHmac } from 'node:crypto';
import { textsOf } from '../../src/twilio/inbound.mts';
import { ADA, type Session, inSession } from './support/session.mts';

const EVENTS = 'https://events.twilio.com/v1';
const INBOUND = 'com.twilio.messaging.inbound-message.received';

/** As n8n's Twilio Trigger does it when it is switched on. */
async function subscribe({ ask, receiver }: Session, type = INBOUND): Promise<string> {
	const SinkConfiguration = `{	"destination": "${receiver.url}/webhook/x/webhook",	"method": "POST"	}`;
	const sink = await ask(`${EVENTS}/Sinks`, { method: 'POST', form: { SinkConfiguration, SinkType: 'webhook' } });
	const form = { SinkSid: String(sink.body['sid']), Types: `{ "type": "${type}" }` };
	await ask(`${EVENTS}/Subscriptions`, { method: 'POST', form });
	return form.SinkSid;
}

describe("the number's webhook", () => {
	test('gets the message as a signed form', async () => {
		await inSession(async ({ twilio, receiver }) => {
			twilio.webhook(`${receiver.url}/replies?x=1`);
			const message = await twilio.reply(ADA, 'C & more');
			const [call] = receiver.received;
			expect(call?.form).toMatchObject({
				...{ From: ADA, To: twilio.number, Body: 'C & more', MessageSid: message.sid, SmsStatus: 'received' },
				...{ NumMedia: '0', NumSegments: '1', FromCountry: 'NL', AccountSid: twilio.account.sid },
			});
			const fields = Object.keys(call?.form ?? {}).sort();
			const text = `${receiver.url}/replies?x=1${fields.map((name) => name + (call?.form[name] ?? '')).join('')}`;
			expect(call?.headers['x-twilio-signature']).toBe(
				createHmac('sha1', twilio.account.authToken).update(text).digest('base64'),
			);
			expect(twilio.inbox).toEqual([message]);
		});
	});

	test('can be looked up by the sid of the call, with the same words', async () => {
		await inSession(async ({ twilio, ask, receiver }) => {
			twilio.webhook(receiver.url);
			const { sid } = twilio.account;
			const url = (message: string) =>
				`https://api.twilio.com/2010-04-01/Accounts/${sid}/Messages/${message}.json`;
			const message = await twilio.reply(ADA, 'Größe & 🐕');
			const [call] = receiver.received;
			const { status, body } = await ask(url(String(call?.form['MessageSid'])));
			expect([status, body]).toEqual([
				200,
				expect.objectContaining({
					...{ sid: message.sid, account_sid: sid, direction: 'inbound', status: 'received' },
					...{ from: call?.form['From'], to: call?.form['To'], body: call?.form['Body'], error_code: null },
				}),
			]);
			expect((await ask(url(`SM${'0'.repeat(32)}`))).status).toBe(404);
		});
	});

	test('can answer with TwiML', async () => {
		await inSession(async ({ twilio, receiver }) => {
			twilio.webhook(receiver.url);
			receiver.answer.body = '<Response><Message>Thanks &amp; see you</Message></Response>';
			await twilio.reply(ADA, 'C');
			await twilio.settled();
			expect(twilio.outbox).toMatchObject([
				{ direction: 'outbound-reply', to: ADA, body: 'Thanks & see you', status: 'delivered' },
			]);
		});
	});

	test.each([
		['', []],
		['{"ok":true}', []],
		['<Response/>', []],
		['<Response><Message>a</Message><Message to="+1"><Body>&lt;b&gt;</Body></Message></Response>', ['a', '<b>']],
		['<Response><Message>\n one\n</Message></Response>', ['one']],
	])('the texts of %j', (twiml, texts) => {
		expect(textsOf(twiml)).toEqual(texts);
	});

	test('to a number that is not ours nobody can text', async () => {
		await inSession(async ({ twilio }) => {
			await expect(twilio.reply(ADA, 'C', '+31600000000')).rejects.toThrow('No account has the number');
		});
	});
});

describe('keywords', () => {
	test.each(['STOP', 'stop', ' Stop ', 'UNSUBSCRIBE', 'CANCEL', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT'])(
		'%j opts out, is answered, and is handed on all the same',
		async (word) => {
			await inSession(async ({ twilio, send, receiver }) => {
				twilio.webhook(receiver.url);
				await twilio.reply(ADA, word);
				await twilio.settled();
				expect(receiver.received[0]?.form['Body']).toBe(word);
				expect(twilio.outbox).toMatchObject([{ direction: 'outbound-reply', status: 'delivered' }]);
				expect((await send()).body).toMatchObject({ code: 21610 });
				expect((await send({ To: '+31687654321' })).status).toBe(201);
			});
		},
	);

	test.each(['START', 'unstop', 'Yes'])('%s opts in again', async (word) => {
		await inSession(async ({ twilio, send }) => {
			await twilio.reply(ADA, 'STOP');
			await twilio.reply(ADA, word);
			expect((await send()).status).toBe(201);
			expect(twilio.outbox.filter(({ direction }) => direction === 'outbound-reply')).toHaveLength(2);
		});
	});

	test.each(['STOP PLEASE', 'please stop', 'C', 'X', ''])('%j is only a message', async (text) => {
		await inSession(async ({ twilio, send }) => {
			await twilio.reply(ADA, text);
			expect(twilio.outbox).toEqual([]);
			expect((await send()).status).toBe(201);
		});
	});

	test('YES from somebody who is in is an answer to our question; HELP is answered by Twilio', async () => {
		await inSession(async ({ twilio }) => {
			await twilio.reply(ADA, 'YES');
			expect(twilio.outbox).toEqual([]);
			await twilio.reply(ADA, 'HELP');
			expect(twilio.outbox).toHaveLength(1);
		});
	});

	test('TwiML reaches nobody who has just opted out', async () => {
		await inSession(async ({ twilio, receiver }) => {
			twilio.webhook(receiver.url);
			receiver.answer.body = '<Response><Message>Why?</Message></Response>';
			await twilio.reply(ADA, 'STOP');
			expect(twilio.outbox.map(({ body }) => body)).not.toContain('Why?');
		});
	});

	test('opted out from the outside, and in again', async () => {
		await inSession(async ({ twilio, send }) => {
			twilio.optOut(ADA);
			expect((await send()).body).toMatchObject({ code: 21610 });
			const sid = twilio.account.services[0]?.sid ?? '';
			expect((await send({ From: '', MessagingServiceSid: sid })).body).toMatchObject({ code: 21610 });
			twilio.optOut(ADA, false);
			expect((await send()).status).toBe(201);
		});
	});
});

describe('event streams', () => {
	test('a sink gets a list of CloudEvents, its hash in the address and the address signed', async () => {
		await inSession(async (session) => {
			await subscribe(session);
			const { twilio, receiver } = session;
			const message = await twilio.reply(ADA, 'R');
			const [call] = receiver.received;
			const hash = createHash('sha256')
				.update(call?.body ?? '')
				.digest('hex');
			const url = `${receiver.url}/webhook/x/webhook?bodySHA256=${hash}`;
			expect(call?.url).toBe(url);
			expect(call?.headers['content-type']).toBe('application/json');
			expect(call?.headers['x-twilio-signature']).toBe(
				createHmac('sha1', twilio.account.authToken).update(url).digest('base64'),
			);
			expect(JSON.parse(call?.body ?? '')).toEqual([
				{
					specversion: '1.0',
					type: INBOUND,
					source: expect.stringContaining(message.sid),
					id: expect.stringMatching(/^EZ[0-9a-f]{32}$/),
					dataschema: expect.stringMatching('https://events-schemas.twilio.com/Messaging.InboundMessageV1/'),
					datacontenttype: 'application/json',
					time: message.createdAt,
					data: {
						...{ messageSid: message.sid, timestamp: message.createdAt, accountSid: twilio.account.sid },
						...{ eventName: INBOUND, from: ADA, to: twilio.number, body: 'R', numMedia: 0 },
						...{ numSegments: 1, fromCountry: 'NL', toCountry: 'US', recipients: [] },
					},
				},
			]);
		});
	});

	test('comes again until it is taken', async () => {
		await inSession(async (session) => {
			await subscribe(session);
			const { twilio, receiver } = session;
			receiver.answer.status = 503;
			const told = twilio.reply(ADA, 'R');
			setTimeout(() => (receiver.answer.status = 200), 100);
			await told;
			expect(twilio.calls.map(({ status }) => status)).toEqual([503, 200]);
			expect(receiver.received[0]?.body).toBe(receiver.received[1]?.body);
		});
	});

	test('only who asked for it, as long as there is a sink', async () => {
		await inSession(async (session) => {
			await subscribe(session, 'com.twilio.voice.insights.call-summary.complete');
			const sink = await subscribe(session);
			const { twilio, ask, receiver } = session;
			await twilio.reply(ADA, 'R');
			expect(receiver.received).toHaveLength(1);
			await ask(`${EVENTS}/Sinks/${sink}`, { method: 'DELETE' });
			await twilio.reply(ADA, 'R');
			expect(receiver.received).toHaveLength(1);
		});
	});
});
