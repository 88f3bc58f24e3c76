// The way of a message to its end, and what Twilio calls back on the way.
import { createHmac } from 'node:crypto';
import { ADA, type Receiver, inSession } from './support/session.mts';

/** Twilio's recipe, written down a second time: the URL, then names and values in the order of the names. */
function signatureOf(token: string, { received }: Receiver, index: number): string {
	const call = received[index];
	const fields = Object.entries(call?.form ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
	return createHmac('sha1', token)
		.update(`${call?.url ?? ''}${fields.flat().join('')}`)
		.digest('base64');
}
const statuses = ({ received }: Receiver) => received.map(({ form }) => form['MessageStatus']);

describe('status callbacks', () => {
	test('sent and delivered, each signed, the way the address was written', async () => {
		await inSession(async ({ twilio, send, receiver }) => {
			const { body } = await send({ StatusCallback: `${receiver.url}/status?reminder=7` });
			await twilio.settled();
			expect(statuses(receiver)).toEqual(['sent', 'delivered']);
			expect(receiver.received[1]?.form).toEqual({
				AccountSid: twilio.account.sid,
				ApiVersion: '2010-04-01',
				From: twilio.number,
				MessageSid: body['sid'],
				MessageStatus: 'delivered',
				SmsSid: body['sid'],
				SmsStatus: 'delivered',
				To: ADA,
			});
			for (const [index, { url, headers }] of receiver.received.entries()) {
				expect(url).toBe(`${receiver.url}/status?reminder=7`);
				expect(headers['content-type']).toMatch('application/x-www-form-urlencoded');
				expect(headers['x-twilio-signature']).toBe(signatureOf(twilio.account.authToken, receiver, index));
			}
			expect(twilio.calls.map(({ kind, status }) => [kind, status])).toEqual([
				['status', 200],
				['status', 200],
			]);
		});
	});

	test('a messaging service calls back that it has chosen a sender, too', async () => {
		await inSession(async ({ twilio, send, receiver }) => {
			const sid = twilio.account.services[0]?.sid ?? '';
			await send({ From: '', MessagingServiceSid: sid, StatusCallback: receiver.url });
			await twilio.settled();
			expect(statuses(receiver)).toEqual(['queued', 'sent', 'delivered']);
			expect(receiver.received[0]?.form).toMatchObject({ MessagingServiceSid: sid, From: twilio.number });
		});
	});

	test.each([
		['undelivered', 30003, ['sent', 'undelivered'], true],
		['undelivered', 30006, ['sent', 'undelivered'], true],
		['failed', 30008, ['failed'], false],
	] as const)('%s with %i', async (status, errorCode, expected, wasSent) => {
		await inSession(async ({ twilio, send, receiver }) => {
			twilio.fate(ADA, { status, errorCode });
			await send({ StatusCallback: receiver.url });
			await twilio.settled();
			expect(statuses(receiver)).toEqual(expected);
			expect(receiver.received.map(({ form }) => form['ErrorCode'])).toEqual(
				expected.map((one) => (one === status ? String(errorCode) : undefined)),
			);
			expect(twilio.outbox[0]).toMatchObject({ status, errorCode });
			expect(twilio.outbox[0]?.sentAt !== null).toBe(wasSent);

			twilio.fate(ADA, null);
			await send();
			await twilio.settled();
			expect(twilio.outbox[1]).toMatchObject({ status: 'delivered', errorCode: null });
		});
	});

	test('a receiver that is down or angry changes nothing for the message', async () => {
		await inSession(async ({ twilio, send, receiver }) => {
			receiver.answer.status = 500;
			await send({ StatusCallback: receiver.url });
			await send({ StatusCallback: 'http://127.0.0.1:1/' });
			await twilio.settled();
			expect(twilio.outbox.map(({ status }) => status)).toEqual(['delivered', 'delivered']);
			// By receiver: the two messages went their way side by side.
			const answered = twilio.calls.map(({ url, status }) => [url.endsWith(':1/'), status]);
			expect(answered.filter(([down]) => !down)).toEqual([
				[false, 500],
				[false, 500],
			]);
			expect(answered.filter(([down]) => down)).toEqual([
				[true, null],
				[true, null],
			]);
		});
	});

	test('held, they stay queued; moved by hand, they call back late, twice or in the wrong order', async () => {
		await inSession(async ({ twilio, send, receiver }) => {
			twilio.hold(true);
			const { body } = await send({ StatusCallback: receiver.url });
			const sid = String(body['sid']);
			for (const status of ['delivered', 'delivered', 'sent'] as const) await twilio.advance(sid, status);
			expect(statuses(receiver)).toEqual(['delivered', 'delivered', 'sent']);
			twilio.hold(false);
			await twilio.settled();
			expect(statuses(receiver)).toEqual(['delivered', 'delivered', 'sent', 'sent', 'delivered']);
			await expect(twilio.advance('SM0', 'sent')).rejects.toThrow('No message has the sid SM0');
		});
	});

	test('whoever watches hears of each message and each change', async () => {
		await inSession(async ({ twilio, send }) => {
			const seen: string[] = [];
			const ignore = twilio.on('message', ({ status }) => seen.push(status));
			await send();
			await twilio.settled();
			ignore();
			await send();
			await twilio.settled();
			expect(seen).toEqual(['queued', 'sent', 'delivered']);
		});
	});
});
