// What a reply does, once: on a real PostgreSQL, with the words and texts of the template as it ships.
import { ADA, type Desk, FROM, minutesAfter, settingsOf, startDesk, utc } from './desk.mts';
import { person } from '../event-builder.mts';

let desk: Desk;
const settings = JSON.stringify(settingsOf('04-reminder-replies.json'));
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const START = utc('2026-12-01 12:00');
const NOW = utc('2026-12-01 10:30');
const BOB = '+31687654321';

interface Taken {
	message_id: string;
	action: string;
	team: boolean;
	to: string;
	from: string;
	text: string;
	booking_uid: string | null;
	cancel: string;
	seat_uid: string;
}

/** Everyone in the booking had a reminder. */
async function reminded(on: Desk = desk): Promise<void> {
	const times = on.with({ times: '2h' });
	await times.plan(utc('2026-11-24 12:00'));
	for (const { id } of await times.claim(utc('2026-12-01 10:00'))) {
		await times.maySend(id, utc('2026-12-01 10:00'));
		await times.sent(id, `SM${id}`, utc('2026-12-01 10:00'));
	}
}

const bookAndRemind = async () => {
	await desk.book({ booking: { start: START } });
	await reminded();
};

let sids = 0;
const reply = (body: string, more: object = {}, run = 'run-1', at = NOW) =>
	desk.first<Taken>('SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3, $4)', [
		JSON.stringify({ MessageSid: `SMin${String(++sids)}`, From: ADA, To: FROM, Body: body, ...more }),
		settings,
		run,
		at,
	]);
const messages = () =>
	desk.rows<{ meaning: string; status: string; answer: string | null; error: string | null }>(
		'SELECT meaning, status, answer, error FROM calcom.messages ORDER BY id',
	);
const cancelled = (id: string, problem: string | null) =>
	desk.first<{ team: boolean; text: string; to: string; from: string }>(
		'SELECT * FROM calcom.reply_cancelled($1, $2, $3::jsonb, $4)',
		[id, problem, settings, NOW],
	);
const optOuts = () => desk.rows('SELECT phone, source FROM calcom.sms_opt_outs');

describe('C', () => {
	test.each(['C', ' c. ', 'ok', 'Ja!', '“TAK”', 'Yes', 'BESTÄTIGEN', 'C\u200B'])('%j confirms', async (word) => {
		await bookAndRemind();
		expect(await reply(word)).toMatchObject({
			action: 'nothing',
			team: false,
			to: ADA,
			from: FROM,
			text: 'Thank you, Ada! See you on Tuesday 1 December at 13:00. Your School',
		});
		expect(await desk.rows('SELECT confirmed_at, confirmed_start FROM calcom.bookings')).toEqual([
			{ confirmed_at: new Date(NOW), confirmed_start: new Date(START) },
		]);
		expect(await desk.rows("SELECT title FROM calcom.lead_activities WHERE type = 'sms_confirmed'")).toEqual([
			{ title: 'Level Check Confirmed by SMS' },
		]);
	});

	test('holds for the time it was given for: a move needs a new one', async () => {
		const start = new Date(Date.now() + 3_600_000).toISOString();
		await desk.book({ booking: { start } });
		await desk.rows('UPDATE calcom.bookings SET confirmed_at = now(), confirmed_start = start_time');
		expect(await desk.rows('SELECT confirmed FROM calcom.upcoming_confirmations')).toEqual([{ confirmed: true }]);
		await desk.book({
			event: 'BOOKING_RESCHEDULED',
			uid: 'B',
			minute: 1,
			booking: { previousUid: 'A', previousStart: start, start: minutesAfter(start, 60) },
		});
		expect(await desk.rows('SELECT confirmed FROM calcom.upcoming_confirmations')).toEqual([{ confirmed: false }]);
	});

	test.each([
		['A', { A: '2026-11-20 10:00' }],
		['B', { B: '2026-11-20 10:00' }],
		['the later one', { A: '2026-11-20 10:00', B: '2026-11-20 11:00' }],
		['the later one', { A: '2026-11-20 11:00', B: '2026-11-20 10:00' }],
	])('is kept when two rows turn out to be one booking: that of %s', async (_, given: Record<string, string>) => {
		await desk.book();
		await desk.book({ event: 'BOOKING_CANCELLED', uid: 'B', minute: 9 });
		for (const [uid, at] of Object.entries(given))
			await desk.rows(
				"UPDATE calcom.bookings SET confirmed_at = $2::timestamptz, confirmed_start = $2::timestamptz + interval '1 day' WHERE uid = $1",
				[uid, utc(at)],
			);
		await desk.book({ event: 'BOOKING_RESCHEDULED', uid: 'B', minute: 1, booking: { previousUid: 'A' } });
		const latest = utc(Object.values(given).sort().at(-1) ?? '');
		expect(await desk.rows('SELECT uid, confirmed_at, confirmed_start FROM calcom.bookings')).toEqual([
			{ uid: 'B', confirmed_at: new Date(latest), confirmed_start: new Date(minutesAfter(latest, 24 * 60)) },
		]);
	});

	test('is about the next of several appointments', async () => {
		await desk.book({ uid: 'B', booking: { start: minutesAfter(START, 20) } });
		await desk.book({ uid: 'A', minute: 1, booking: { start: minutesAfter(START, -5) } });
		await desk.rows("UPDATE calcom.bookings SET attendee_locale = 'en'");
		const times = desk.with({ times: '2h' });
		await times.plan(utc('2026-11-24 12:00'));
		for (const { id } of await times.claim(utc('2026-12-01 10:20'))) {
			await times.maySend(id, utc('2026-12-01 10:20'));
			await times.sent(id, `SM${id}`, utc('2026-12-01 10:20'));
		}
		expect((await reply('C')).booking_uid).toBe('A');
		expect((await reply('C', {}, 'run-1', minutesAfter(START, 1))).booking_uid).toBe('B');
	});
});

test('R sends the link to choose another time', async () => {
	await bookAndRemind();
	expect(await reply('R')).toMatchObject({
		action: 'nothing',
		text: 'Choose a new time for your Level Check here: https://cal.example/reschedule/1',
	});
});

describe('X', () => {
	test('has Cal.com cancel, then answers, and the reminders to come fall silent at once', async () => {
		await desk.book({ booking: { start: START } });
		await reminded();
		const late = desk.with({ times: '2h, 1h' });
		await late.plan(NOW);
		const taken = await reply('x');
		expect(taken).toMatchObject({
			action: 'cancel',
			booking_uid: 'A',
			cancel: 'booking',
			seat_uid: '',
			text: '',
			team: false,
		});
		expect(await cancelled(taken.message_id, null)).toMatchObject({
			team: false,
			to: ADA,
			from: FROM,
			text: 'Your Level Check on Tuesday 1 December at 13:00 is cancelled. Your School',
		});
		await late.plan(NOW);
		expect((await desk.reminders()).map(({ kind, status, reason }) => [kind, status, reason])).toEqual([
			['2h', 'sent', null],
			['1h', 'silenced', 'cancelled by SMS'],
		]);
	});

	test('and Cal.com refuses: the team hears of it, and the person that it is not done', async () => {
		await bookAndRemind();
		const taken = await reply('X');
		expect(await cancelled(taken.message_id, 'Cal.com is down')).toMatchObject({
			team: true,
			text: 'We could not cancel your Level Check on Tuesday 1 December at 13:00 yet. A colleague is looking at it. Your School',
		});
		expect(await messages()).toMatchObject([{ meaning: 'cancel', status: 'for_team', error: 'Cal.com is down' }]);
	});

	test('from a seat cancels that seat only', async () => {
		await desk.book({ booking: { start: START, seats: 3, seatUid: 'seat-ada' }, key: 'k1' });
		const bob = person('Bob Stone', 'bob@student.example', BOB);
		await desk.book({
			booking: { start: START, seats: 3, seatUid: 'seat-bob' },
			minute: 1,
			attendees: [bob],
			key: 'k2',
		});
		await reminded();
		expect(await reply('X', { From: BOB })).toMatchObject({
			action: 'cancel',
			cancel: 'seat',
			seat_uid: 'seat-bob',
		});
	});

	test('from a further attendee does not cancel the booker’s appointment: a person looks', async () => {
		const bob = person('Bob Stone', 'bob@student.example', BOB);
		await desk.book({ booking: { start: START }, attendees: [person('Ada', 'ada@student.example', ADA), bob] });
		await reminded();
		expect(await reply('X', { From: BOB })).toMatchObject({ action: 'nothing', team: true });
	});

	test('a stranger’s reply, who booked with her email, is about his own appointment and never about hers', async () => {
		await desk.book({ uid: 'A', booking: { start: START } });
		const his = { uid: 'S', minute: 1, attendees: [person('Ada Lovelace', 'ada@student.example', BOB)] };
		await desk.book({ ...his, booking: { start: utc('2026-12-01 11:45') } });
		await reminded(desk.with({ usePhoneOfLead: true }));
		expect(await reply('X', { From: BOB })).toMatchObject({ action: 'cancel', booking_uid: 'S' });
		expect(await reply('X')).toMatchObject({ action: 'cancel', booking_uid: 'A' });
		await desk.book({ ...his, event: 'BOOKING_CANCELLED', key: 'gone', minute: 2 });
		for (const word of ['X', 'C', 'R'])
			expect(await reply(word, { From: BOB })).toMatchObject({
				action: 'nothing',
				team: true,
				booking_uid: null,
			});
	});

	test('after it was cancelled elsewhere finds no appointment', async () => {
		await bookAndRemind();
		await desk.book({ event: 'BOOKING_CANCELLED', minute: 9 });
		expect(await reply('X')).toMatchObject({ action: 'nothing', team: true, booking_uid: null });
	});
});

describe('STOP and START', () => {
	test.each(['STOP', 'stop.', 'CANCEL', 'Revoke', 'OPTOUT', 'Afmelden'])(
		'%j ends all SMS, and gets no answer of ours',
		async (word) => {
			await bookAndRemind();
			expect(await reply(word)).toMatchObject({ action: 'nothing', team: false, text: '' });
			expect(await optOuts()).toEqual([{ phone: ADA, source: 'STOP' }]);
			await reply('START');
			expect(await optOuts()).toEqual([]);
		},
	);

	test('YES lets somebody in again who had opted out', async () => {
		await reply('STOP');
		await reply('Yes');
		expect(await optOuts()).toEqual([]);
	});
});

describe('anything else', () => {
	test.each(['OK, but can I come at 5?', 'C and R', '', 'Cancel my lesson please', 'xx', '?'])(
		'%j goes to the team',
		async (words) => {
			await bookAndRemind();
			expect(await reply(words)).toMatchObject({ action: 'nothing', team: true, text: '', booking_uid: 'A' });
			expect(await desk.rows('SELECT name, body, booking_uid FROM calcom.messages_for_team')).toEqual([
				{ name: 'Ada Lovelace', body: words, booking_uid: 'A' },
			]);
			expect(await optOuts()).toEqual([]);
		},
	);

	test('so does a known word from somebody who was never reminded', async () => {
		await desk.book({ booking: { start: START } });
		expect(await reply('X')).toMatchObject({
			action: 'nothing',
			team: true,
			booking_uid: null,
			text: 'We could not find your next appointment. A colleague will get back to you. Your School',
		});
	});

	test('is not in the name of a stranger who has booked with that number', async () => {
		await desk.book({ uid: 'S', attendees: [person('Mallory', 'm@evil.example', ADA)], booking: { start: START } });
		await reply('hello');
		expect(await desk.rows('SELECT name, phone FROM calcom.messages_for_team')).toEqual([
			{ name: null, phone: ADA },
		]);
		// Once a person has said that it is theirs, it is.
		await desk.rows("SELECT calcom.confirm_answer(id, 'S', 'Eva') FROM calcom.leads");
		expect(await desk.rows('SELECT name FROM calcom.messages_for_team')).toEqual([{ name: 'Mallory' }]);
	});

	test('a settled one leaves the list', async () => {
		await reply('hello');
		await desk.rows("UPDATE calcom.messages SET settled_by = 'Eva', settled_at = now()");
		expect(await desk.rows('SELECT * FROM calcom.messages_for_team')).toEqual([]);
	});

	test('what is no message of Twilio is refused', async () => {
		await expect(reply('C', { MessageSid: '' })).rejects.toThrow(/no message of Twilio/);
	});
});

describe('a reply that comes twice', () => {
	test('does nothing the second time', async () => {
		await bookAndRemind();
		expect(await reply('X', { MessageSid: 'SMtwice' })).toMatchObject({ action: 'cancel' });
		expect(await reply('X', { MessageSid: 'SMtwice' }, 'run-2')).toMatchObject({
			action: 'nothing',
			text: '',
			team: false,
		});
		expect(await messages()).toHaveLength(1);
	});

	test('is the same when n8n tries its step again', async () => {
		await bookAndRemind();
		const first = await reply('C', { MessageSid: 'SMtwice' });
		expect(await reply('C', { MessageSid: 'SMtwice' })).toEqual(first);
		expect(await desk.rows("SELECT 1 FROM calcom.lead_activities WHERE type = 'sms_confirmed'")).toHaveLength(1);
	});

	test('at the same moment is taken by one run', async () => {
		await bookAndRemind();
		const taken = await Promise.all(
			Array.from({ length: 8 }, (_, n) => reply('X', { MessageSid: 'SMmany' }, `run-${String(n)}`)),
		);
		expect(taken.filter(({ action }) => action === 'cancel')).toHaveLength(1);
	});
});

test('the answer is written down: sent, or not', async () => {
	await bookAndRemind();
	const answered = (id: string, sid: string | null, problem: string | null) =>
		desk.first<{ status: string }>('SELECT calcom.reply_answered($1, $2, $3) AS status', [id, sid, problem]);
	expect(await answered((await reply('C')).message_id, 'SM9', null)).toEqual({ status: 'answered' });
	expect(await answered((await reply('R')).message_id, null, 'offline')).toEqual({ status: 'failed' });
	expect(await messages()).toMatchObject([
		{ status: 'answered', error: null },
		{ status: 'failed', error: 'offline' },
	]);
});
