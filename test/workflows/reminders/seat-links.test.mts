// Who has a seat is sent the links of that seat alone.
import { ADA, type Desk, FROM, settingsOf, startDesk, utc } from './desk.mts';
import { person } from '../event-builder.mts';
import { bookingLinks } from '../../../nodes/shared/booking/links.ts';

let desk: Desk;
const settings = JSON.stringify(settingsOf('04-reminder-replies.json'));
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const BOB = '+31687654321';
const HIS = '22222222-2222-4222-8222-222222222222';
const HERS = '11111111-1111-4111-8111-111111111111';
const seat = (name: string, email: string, phone: string, minute: number, seatUid: string) =>
	desk.book({
		uid: 'G',
		minute,
		key: seatUid,
		attendees: [person(name, email, phone)],
		booking: {
			seats: 5,
			seatUid,
			start: utc('2026-12-01 12:00'),
			// As the node makes them of a delivery about a seat.
			...bookingLinks('https://cal.example', 'G', { seats: 5, seatUid, seatRemoved: false }),
		},
	});

async function group(): Promise<void> {
	await seat('Mallory', 'm@evil.example', BOB, 0, HIS);
	await seat('Ada Lovelace', 'ada@student.example', ADA, 5, HERS);
}

test('R is answered with the link of the own seat', async () => {
	await group();
	await desk.with({ times: '2h' }).plan(utc('2026-11-24 12:00'));
	for (const { id } of await desk.with({ times: '2h' }).claim(utc('2026-12-01 10:00'))) {
		await desk.maySend(id, utc('2026-12-01 10:00'));
		await desk.sent(id, `SM${id}`, utc('2026-12-01 10:00'));
	}
	const { text } = await desk.first<{ text: string }>(
		'SELECT * FROM calcom.take_reply($1::jsonb, $2::jsonb, $3, $4)',
		[
			JSON.stringify({ MessageSid: 'SMin1', From: BOB, To: FROM, Body: 'R' }),
			settings,
			'run-1',
			utc('2026-12-01 10:30'),
		],
	);
	expect(text).not.toContain(HERS);
});

test('a reminder with {cancel_link} in its text has the own seat’s', async () => {
	await group();
	const texts = { en: { reminder: 'Hi {first_name}: {cancel_link} {reschedule_link}' } };
	const own = desk.with({ times: '2h', texts });
	await own.plan(utc('2026-11-24 12:00'));
	for (const { id } of await own.claim(utc('2026-12-01 10:00'))) {
		const { to, text } = await own.maySend(id, utc('2026-12-01 10:00'));
		if (to === BOB) expect(text).not.toContain(HERS);
	}
	expect.assertions(1);
});
