// What people answer to a reminder, in a real n8n: confirmed, moved, really cancelled at Cal.com, opted out, passed on.
import { ofetch } from 'ofetch';
import { z } from 'zod';
import { freeStart, postBooking } from './support/book.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, openReminders } from './support/reminders.mts';

const SLUG = '04-reminder-replies';
const WORKFLOWS = ['calcom-01', 'calcom-04'];
/** As the stand-in of Cal.com numbers it. */
const GROUP_CLASS = 14;
const PHONE = '+31612345678';
const ada = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: PHONE,
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

let e2e: E2e;
let reminders: Reminders;
let hook: string;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, 'e2e-replied-to');
	await e2e.activate(SLUG);
	hook = `${e2e.n8n}/webhook/calcom-sms-replies`;
	await e2e.twilio.at('webhook', hook);
});
afterAll(async () => {
	await e2e.twilio.at('webhook', null);
	await e2e.twilio.at('clear');
	await e2e.deactivate(SLUG);
	await reminders.close();
	await e2e.close();
});
beforeEach(async () => {
	await idle();
	await e2e.twilio.at('clear');
	await e2e.resetTables();
});

const ended = ({ status }: { status: string }) => status !== 'running' && status !== 'new';
const idle = () =>
	waitFor('all executions to end', async () =>
		(await Promise.all(WORKFLOWS.map((id) => e2e.editor.executions(id, 100)))).flat().every(ended),
	);
const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql, values)).rows;

/** Booked at Cal.com and reminded of it the day before: what an answer can be about. */
async function reminded(person: typeof ada = ada): Promise<{ uid: string; start: string }> {
	const { uid, start } = await e2e.desk.book(person);
	await waitFor(
		'the booking in the tables',
		async () => (await rows('SELECT FROM calcom.bookings WHERE uid = $1', [uid])).length > 0,
	);
	const dayBefore = Date.parse(start) - 24 * 3_600_000;
	await reminders.run({ settings: { times: '24h, 2h' }, at: new Date(dayBefore + 60_000).toISOString() });
	await waitFor('the reminder', async () => (await reminders.rows()).some(({ status }) => status === 'delivered'));
	return { uid, start };
}

/** Answers, and resolves with what they are sent back, once the workflow is through. */
async function answer(body: string, from = PHONE): Promise<string[]> {
	const had = (await reminders.sentTo(from)).length;
	await e2e.twilio.at('reply', from, body);
	await idle();
	return (await reminders.sentTo(from)).slice(had).map((message) => message.body);
}
const messages = () => rows('SELECT meaning, status, answer_sid, error FROM calcom.messages ORDER BY id');
const atCalCom = async (uid: string) => {
	const headers = { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-08-13' };
	return z
		.object({ data: z.object({ status: z.string(), cancellationReason: z.string().optional() }) })
		.parse(await ofetch(`${e2e.calcom.url}/bookings/${uid}`, { headers, retry: 0 })).data;
};
const answered = { status: 'answered', answer_sid: expect.stringMatching(/^SM/), error: null };

test('C confirms the booking', async () => {
	const { uid, start } = await reminded();
	expect(await answer('c.')).toEqual([expect.stringMatching(/^Thank you, Ada! See you on \w+day .* Your School$/)]);
	expect(await messages()).toEqual([{ meaning: 'confirm', ...answered }]);
	expect(await rows('SELECT uid, confirmed_start FROM calcom.bookings WHERE confirmed_at IS NOT NULL')).toEqual([
		{ uid, confirmed_start: new Date(start) },
	]);
	expect(await rows('SELECT confirmed FROM calcom.upcoming_confirmations')).toEqual([{ confirmed: true }]);
	expect((await atCalCom(uid)).status).toBe('accepted');
});

test('R gets the link to choose another time', async () => {
	const { uid } = await reminded();
	expect(await answer('R')).toEqual([expect.stringMatching(new RegExp(`^Choose a new time .*http.*${uid}`))]);
	expect(await messages()).toEqual([{ meaning: 'reschedule', ...answered }]);
});

test('X cancels at Cal.com, says so, and silences what was still to come', async () => {
	const { uid } = await reminded();
	expect(await answer('X')).toEqual([expect.stringMatching(/^Your Level Check on .* is cancelled\./)]);
	expect(await atCalCom(uid)).toEqual({
		status: 'cancelled',
		cancellationReason: 'Cancelled by the attendee, by SMS',
	});
	expect(await messages()).toEqual([{ meaning: 'cancel', ...answered }]);
	await waitFor(
		'the cancellation in the tables',
		async () => (await rows("SELECT FROM calcom.bookings WHERE status = 'cancelled'")).length === 1,
	);
	expect((await reminders.rows()).map(({ kind, status, reason }) => [kind, status, reason])).toEqual([
		['24h', 'delivered', null],
		['2h', 'silenced', 'cancelled by SMS'],
	]);
	// The same once more finds nothing to cancel, and a person hears of it.
	expect(await answer('X')).toEqual([expect.stringMatching(/^We could not find your next appointment\./)]);
	expect(await rows('SELECT meaning FROM calcom.messages_for_team')).toEqual([{ meaning: 'cancel' }]);
});

test('X of somebody in a group gives up that seat, and the others keep theirs', async () => {
	const [start, bob] = [await freeStart(e2e, 'group-class', 5), '+31687654321'];
	const others = { ...ada, name: 'Bob Stone', email: 'bob@student.example', phoneNumber: bob };
	for (const attendee of [ada, others])
		await postBooking(e2e, '/bookings', { start, eventTypeId: GROUP_CLASS, attendee });
	await waitFor(
		'both in the tables',
		async () => (await rows('SELECT FROM calcom.bookings WHERE attendee_count = 2')).length === 1,
	);
	await reminders.run({ at: new Date(Date.parse(start) - 24 * 3_600_000 + 60_000).toISOString() });
	await waitFor(
		'both reminders',
		async () => (await reminders.rows()).filter(({ status }) => status === 'delivered').length === 2,
	);
	expect(await answer('X', bob)).toEqual([expect.stringMatching(/^Your Group class on .* is cancelled\./)]);
	await waitFor(
		'the seat to be free',
		async () => (await rows('SELECT FROM calcom.bookings WHERE attendee_count = 1')).length === 1,
	);
	expect(await rows('SELECT attendee_email, status FROM calcom.bookings')).toEqual([
		{ attendee_email: 'ada@student.example', status: 'scheduled' },
	]);
});

test('X while Cal.com does not answer: not cancelled, and nobody is told that it was', async () => {
	const { uid } = await reminded();
	await e2e.at('goDown');
	try {
		expect(await answer('X')).toEqual([
			expect.stringMatching(/^We could not cancel your Level Check .* A colleague is looking at it\./),
		]);
	} finally {
		await e2e.at('comeBack');
	}
	expect((await atCalCom(uid)).status).toBe('accepted');
	expect(await rows('SELECT meaning, status, booking_uid FROM calcom.messages_for_team')).toEqual([
		{ meaning: 'cancel', status: 'for_team', booking_uid: uid },
	]);
	expect((await reminders.rows()).find(({ kind }) => kind === '2h')).toMatchObject({ status: 'pending' });
});

test('STOP: no SMS any more, also for the next booking', async () => {
	await reminded();
	expect(await answer('STOP')).toEqual([]);
	expect(await rows('SELECT phone, source FROM calcom.sms_opt_outs')).toEqual([{ phone: PHONE, source: 'STOP' }]);
	const before = (await reminders.sentTo(PHONE)).length;
	const { start } = await e2e.desk.book(ada);
	await waitFor('the second booking', async () => (await rows('SELECT FROM calcom.bookings')).length === 2);
	await reminders.run({ at: new Date(Date.parse(start) - 24 * 3_600_000 + 60_000).toISOString() });
	expect((await reminders.rows()).map(({ reason }) => reason)).toContain('opted out of SMS');
	expect(await reminders.sentTo(PHONE)).toHaveLength(before);
});

test('anything else goes to the team, word for word', async () => {
	await reminded();
	expect(await answer('Can I bring my “sister”? & my dog 🐕')).toEqual([]);
	expect(await rows('SELECT phone, name, body, status FROM calcom.messages_for_team')).toEqual([
		{ phone: PHONE, name: 'Ada Lovelace', body: 'Can I bring my “sister”? & my dog 🐕', status: 'for_team' },
	]);
});

describe('a call that is not all that Twilio says', () => {
	const post = async (form: Record<string, string>) => {
		const answer = await fetch(hook, { method: 'POST', body: new URLSearchParams(form) });
		await idle();
		return answer.status;
	};
	/** Somebody has written to us, and Twilio has not called yet. */
	async function written(body: string, from = PHONE): Promise<string> {
		await e2e.twilio.at('webhook', null);
		try {
			await e2e.twilio.at('reply', from, body);
		} finally {
			await e2e.twilio.at('webhook', hook);
		}
		return (await e2e.twilio.inbox()).at(-1)?.sid ?? '';
	}
	const forged = () => ({ From: PHONE, To: e2e.twilio.number, Body: 'X', NumMedia: '0', OptOutType: 'STOP' });

	test('a message that Twilio does not know, or that we sent ourselves, is refused', async () => {
		const { uid } = await reminded();
		const ours = (await reminders.sentTo(PHONE))[0]?.sid ?? '';
		for (const MessageSid of [`SM${'0'.repeat(32)}`, `MM${'0'.repeat(32)}`, ours])
			expect(await post({ ...forged(), MessageSid })).toBe(403);
		expect(await messages()).toEqual([]);
		expect(await rows('SELECT FROM calcom.sms_opt_outs')).toEqual([]);
		expect((await atCalCom(uid)).status).toBe('accepted');
	});

	test('a message that there is, with other words and another sender: only what Twilio has of it counts', async () => {
		const { uid } = await reminded();
		const MessageSid = await written('Is there parking?', '+31600000009');
		expect(await post({ ...forged(), MessageSid })).toBe(200);
		expect(await rows('SELECT message_sid, phone, body, meaning FROM calcom.messages')).toEqual([
			{ message_sid: MessageSid, phone: '+31600000009', body: 'Is there parking?', meaning: 'other' },
		]);
		expect(await rows('SELECT FROM calcom.sms_opt_outs')).toEqual([]);
		expect((await atCalCom(uid)).status).toBe('accepted');
	});

	test('a message that comes twice at once and once more later is taken once', async () => {
		const { uid } = await reminded();
		const MessageSid = await written('X');
		const had = (await reminders.sentTo(PHONE)).length;
		expect(await Promise.all([post({ MessageSid }), post({ MessageSid })])).toEqual([200, 200]);
		expect(await post({ MessageSid })).toBe(200);
		expect((await atCalCom(uid)).status).toBe('cancelled');
		expect(await messages()).toEqual([{ meaning: 'cancel', ...answered }]);
		expect(await reminders.sentTo(PHONE)).toHaveLength(had + 1);
	});

	test('Twilio does not answer for a moment: 503 to the call, and the message is not lost', async () => {
		const { uid } = await reminded();
		const MessageSid = await written('C');
		await e2e.twilio.at('storm', [{ status: 'cut', count: 2 }, { status: 500 }]);
		expect(await post({ MessageSid })).toBe(503);
		expect(await messages()).toEqual([{ meaning: 'confirm', ...answered }]);
		expect(await rows('SELECT uid FROM calcom.bookings WHERE confirmed_at IS NOT NULL')).toEqual([{ uid }]);
	});

	test('Twilio is not there: 503, nothing is done, and the failed run does it when it is run again', async () => {
		const { uid } = await reminded();
		const MessageSid = await written('X');
		await e2e.twilio.at('goDown');
		try {
			expect(await post({ MessageSid })).toBe(503);
		} finally {
			await e2e.twilio.at('comeBack');
		}
		expect(await messages()).toEqual([]);
		expect((await atCalCom(uid)).status).toBe('accepted');
		const [failed] = await e2e.editor.executions('calcom-04', 1);
		expect(failed?.status).toBe('error');
		await e2e.editor.request(`/executions/${String(failed?.id)}/retry`, 'POST', { loadWorkflow: false });
		await waitFor('the message', async () => (await messages()).length === 1);
		await idle();
		expect(await messages()).toEqual([{ meaning: 'cancel', ...answered }]);
		expect((await atCalCom(uid)).status).toBe('cancelled');
	}, 90_000);
});
