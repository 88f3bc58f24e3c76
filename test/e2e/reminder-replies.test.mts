// What people answer to a reminder, in a real n8n: confirmed, moved, really cancelled at Cal.com, opted out, passed on.
import { ADA, before } from './reminders/ada.mts';
import { PHONE, type Replies, openReplies } from './reminders/replies.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

let e2e: E2e;
let replies: Replies;
beforeAll(async () => {
	e2e = await openE2e();
	replies = await openReplies(e2e, 'e2e-replies');
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

test('C confirms the booking', async () => {
	const { uid, start } = await replies.reminded();
	expect(await replies.answer('c.')).toEqual([
		expect.stringMatching(/^Thank you, Ada! See you on \w+day .* Your School$/),
	]);
	expect(await replies.messages()).toEqual([{ meaning: 'confirm', ...answered }]);
	expect(
		await replies.rows('SELECT uid, confirmed_start FROM calcom.bookings WHERE confirmed_at IS NOT NULL'),
	).toEqual([{ uid, confirmed_start: new Date(start) }]);
	expect(await replies.rows('SELECT confirmed FROM calcom.upcoming_confirmations')).toEqual([{ confirmed: true }]);
	expect((await replies.atCalCom(uid)).status).toBe('accepted');
});

test('R gets the link to choose another time', async () => {
	const { uid } = await replies.reminded();
	expect(await replies.answer('R')).toEqual([expect.stringMatching(new RegExp(`^Choose a new time .*http.*${uid}`))]);
	expect(await replies.messages()).toEqual([{ meaning: 'reschedule', ...answered }]);
});

test('X cancels at Cal.com, says so, and silences what was still to come', async () => {
	const { uid } = await replies.remindedBySms();
	expect(await replies.answer('X')).toEqual([expect.stringMatching(/^Your Level Check on .* is cancelled\./)]);
	expect(await replies.atCalCom(uid)).toEqual({
		status: 'cancelled',
		cancellationReason: 'Cancelled by the attendee, by SMS',
	});
	expect(await replies.messages()).toEqual([{ meaning: 'cancel', ...answered }]);
	await waitFor(
		'the cancellation in the tables',
		async () => (await replies.rows("SELECT FROM calcom.bookings WHERE status = 'cancelled'")).length === 1,
	);
	expect((await replies.reminders.rows()).map(({ kind, status, reason }) => [kind, status, reason])).toEqual([
		['24h', 'delivered', null],
		['2h', 'silenced', 'cancelled by SMS'],
	]);
	// The same once more finds nothing to cancel, and a person hears of it.
	expect(await replies.answer('X')).toEqual([expect.stringMatching(/^We could not find your next appointment\./)]);
	expect(await replies.rows('SELECT meaning FROM calcom.messages_for_team')).toEqual([{ meaning: 'cancel' }]);
});

test('X while Cal.com does not answer: not cancelled, and nobody is told that it was', async () => {
	const { uid } = await replies.reminded();
	await e2e.at('goDown');
	try {
		expect(await replies.answer('X')).toEqual([
			expect.stringMatching(/^We could not cancel your Level Check .* A colleague is looking at it\./),
		]);
	} finally {
		await e2e.at('comeBack');
	}
	expect((await replies.atCalCom(uid)).status).toBe('accepted');
	expect(await replies.rows('SELECT meaning, status, booking_uid FROM calcom.messages_for_team')).toEqual([
		{ meaning: 'cancel', status: 'for_team', booking_uid: uid },
	]);
	expect((await replies.reminders.rows()).find(({ kind }) => kind === '2h')).toMatchObject({ status: 'pending' });
});

test('STOP: no SMS any more, also for the next booking', async () => {
	await replies.reminded();
	expect(await replies.answer('STOP')).toEqual([]);
	expect(await replies.rows('SELECT phone, source FROM calcom.sms_opt_outs')).toEqual([
		{ phone: PHONE, source: 'STOP' },
	]);
	const had = (await replies.reminders.sentTo(PHONE)).length;
	const { start } = await replies.booked(ADA);
	await replies.reminders.run({ at: before(start, 24, 1) });
	expect((await replies.reminders.rows()).map(({ reason }) => reason)).toContain('opted out of SMS');
	expect(await replies.reminders.sentTo(PHONE)).toHaveLength(had);
});

test('anything else goes to the team, word for word', async () => {
	await replies.reminded();
	expect(await replies.answer('Can I bring my “sister”? & my dog 🐕')).toEqual([]);
	expect(await replies.rows('SELECT phone, name, body, status FROM calcom.messages_for_team')).toEqual([
		{ phone: PHONE, name: 'Ada Lovelace', body: 'Can I bring my “sister”? & my dog 🐕', status: 'for_team' },
	]);
});
