// What a stranger's booking does to somebody else's by SMS: nothing.
import { ADA, type Desk, FROM, settingsOf, startDesk, utc } from './desk.mts';
import { person } from '../event-builder.mts';

let desk: Desk;
const settings = JSON.stringify(settingsOf('04-reminder-replies.json'));
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const BOB = '+31687654321';
const NOON = utc('2026-12-01 12:00');
interface Taken {
	action: string;
	team: boolean;
	booking_uid: string | null;
	seat_uid: string;
	text: string;
}
let sids = 0;
const reply = (body: string, From = ADA, at = utc('2026-12-01 11:15')) =>
	desk.first<Taken>('SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3, $4)', [
		JSON.stringify({ MessageSid: `SMin${String(++sids)}`, From, To: FROM, Body: body }),
		settings,
		'run-1',
		at,
	]);
async function send(at: string): Promise<string[]> {
	const sent: string[] = [];
	for (const { id } of await desk.with({ times: '2h' }).claim(at)) {
		const { go, text, to } = await desk.maySend(id, at);
		if (!go) continue;
		await desk.sent(id, `SM${id}`, at);
		sent.push(`${String(to)}: ${String(text)}`);
	}
	return sent;
}

test('an answer to the reminder of a stranger’s booking with her number does not cancel her own', async () => {
	await desk.book({ uid: 'A', booking: { start: NOON } });
	await desk.book({
		uid: 'S',
		minute: 1,
		attendees: [person('Ada Lovelace', 'mallory@evil.example', ADA)],
		booking: { start: utc('2026-12-01 13:00') },
	});
	await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
	expect(await send(utc('2026-12-01 10:00'))).toHaveLength(1);
	expect((await send(utc('2026-12-01 11:00')))[0]).toContain('14:00');
	// She never booked 14:00, and says so to the message that she has just got.
	expect(await reply('X')).not.toMatchObject({ action: 'cancel', booking_uid: 'A' });
});

describe('a seat with her email in other letters', () => {
	const seat = (email: string, name: string, phone: string, minute: number, seatUid: string) =>
		desk.book({
			uid: 'G',
			minute,
			key: seatUid,
			attendees: [person(name, email, phone)],
			booking: { seats: 5, seatUid, start: NOON },
		});
	test('does not send her reminder to his number instead of hers', async () => {
		await seat('ada@student.example', 'Ada Lovelace', ADA, 0, '11111111-1111-4111-8111-111111111111');
		await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
		await seat('Ada@student.example', 'Mallory', BOB, 5, '22222222-2222-4222-8222-222222222222');
		await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:10'));
		const sent = await send(utc('2026-12-01 10:00'));
		expect(sent.filter((one) => one.startsWith(ADA))).toHaveLength(1);
	});
});

test('one who has a seat does not confirm the whole group', async () => {
	for (const [name, email, phone, minute] of [
		['Ada Lovelace', 'ada@student.example', ADA, 0],
		['Mallory', 'm@evil.example', BOB, 5],
	] as const)
		await desk.book({
			uid: 'G',
			minute,
			key: email,
			attendees: [person(name, email, phone)],
			booking: { seats: 5, seatUid: `seat-${name}`, start: NOON },
		});
	await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
	await send(utc('2026-12-01 10:00'));
	await reply('YES', BOB);
	expect(await desk.rows('SELECT attendee_phone, confirmed_at FROM calcom.bookings')).toEqual([
		{ attendee_phone: ADA, confirmed_at: null },
	]);
});
