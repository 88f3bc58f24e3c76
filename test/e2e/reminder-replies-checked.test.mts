// Calls of template 04's webhook in a real n8n that are not all that Twilio says: made up, twice, or while Twilio is silent.
import { PHONE, type Replies, openReplies } from './reminders/replies.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

let e2e: E2e;
let replies: Replies;
beforeAll(async () => {
	e2e = await openE2e();
	replies = await openReplies(e2e, 'e2e-calls');
});
afterAll(async () => {
	await replies.close();
	await e2e.close();
});
beforeEach(async () => {
	await replies.idle();
	await e2e.twilio.at('clear');
	await e2e.resetTables();
});

const answered = { status: 'answered', answer_sid: expect.stringMatching(/^SM/), error: null };
const forged = () => ({ From: PHONE, To: e2e.twilio.number, Body: 'X', NumMedia: '0', OptOutType: 'STOP' });

test('a message that Twilio does not know, or that we sent ourselves, is refused', async () => {
	const { uid } = await replies.remindedBySms();
	const ours = (await replies.reminders.sentTo(PHONE))[0]?.sid ?? '';
	const sids = [`SM${'0'.repeat(32)}`, `MM${'0'.repeat(32)}`, ours];
	expect(await Promise.all(sids.map((MessageSid) => replies.post({ ...forged(), MessageSid })))).toEqual([
		403, 403, 403,
	]);
	expect(await replies.messages()).toEqual([]);
	expect(await replies.rows('SELECT FROM calcom.sms_opt_outs')).toEqual([]);
	expect((await replies.atCalCom(uid)).status).toBe('accepted');
});

test('a message that there is, with other words and another sender: only what Twilio has of it counts', async () => {
	const { uid } = await replies.reminded();
	const MessageSid = await replies.written('Is there parking?', '+31600000009');
	expect(await replies.post({ ...forged(), MessageSid })).toBe(200);
	expect(await replies.rows('SELECT message_sid, phone, body, meaning FROM calcom.messages')).toEqual([
		{ message_sid: MessageSid, phone: '+31600000009', body: 'Is there parking?', meaning: 'other' },
	]);
	expect(await replies.rows('SELECT FROM calcom.sms_opt_outs')).toEqual([]);
	expect((await replies.atCalCom(uid)).status).toBe('accepted');
});

test('a message that comes twice at once and once more later is taken once', async () => {
	const { uid } = await replies.reminded();
	const MessageSid = await replies.written('X');
	const had = (await replies.reminders.sentTo(PHONE)).length;
	expect(await Promise.all([replies.post({ MessageSid }), replies.post({ MessageSid })])).toEqual([200, 200]);
	expect(await replies.post({ MessageSid })).toBe(200);
	expect((await replies.atCalCom(uid)).status).toBe('cancelled');
	expect(await replies.messages()).toEqual([{ meaning: 'cancel', ...answered }]);
	expect(await replies.reminders.sentTo(PHONE)).toHaveLength(had + 1);
});

test('Twilio does not answer for a moment: 503 to the call, and the message is not lost', async () => {
	const { uid } = await replies.reminded();
	const MessageSid = await replies.written('C');
	await e2e.twilio.at('storm', [{ status: 'cut', count: 2 }, { status: 500 }]);
	expect(await replies.post({ MessageSid })).toBe(503);
	expect(await replies.messages()).toEqual([{ meaning: 'confirm', ...answered }]);
	expect(await replies.rows('SELECT uid FROM calcom.bookings WHERE confirmed_at IS NOT NULL')).toEqual([{ uid }]);
});

test('Twilio is not there: 503, nothing is done, and the failed run does it when it is run again', async () => {
	const { uid } = await replies.reminded();
	const MessageSid = await replies.written('X');
	await e2e.twilio.at('goDown');
	try {
		expect(await replies.post({ MessageSid })).toBe(503);
	} finally {
		await e2e.twilio.at('comeBack');
	}
	expect(await replies.messages()).toEqual([]);
	expect((await replies.atCalCom(uid)).status).toBe('accepted');
	const [failed] = await e2e.editor.executions(replies.id, 1);
	expect(failed?.status).toBe('error');
	await e2e.editor.request(`/executions/${String(failed?.id)}/retry`, 'POST', { loadWorkflow: false });
	await waitFor('the message', async () => (await replies.messages()).length === 1);
	await replies.idle();
	expect(await replies.messages()).toEqual([{ meaning: 'cancel', ...answered }]);
	expect((await replies.atCalCom(uid)).status).toBe('cancelled');
}, 90_000);
