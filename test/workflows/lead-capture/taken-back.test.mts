// What was taken back stays so, however the booking moves and in whatever order that is told.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

const EMAIL = 'ada@student.example';
const HIS = { attendees: [person('Mallory', EMAIL, '+31687654321')] };
const hers = bookingEvent({
	event: 'BOOKING_CREATED',
	uid: 'A',
	minute: 0,
	attendees: [person('Ada Lovelace', EMAIL, '+31612345678')],
});
const his = bookingEvent({ event: 'BOOKING_CREATED', uid: 'S', minute: 5, ...HIS });
const move = (uid: string, previousUid: string, minute: number) =>
	bookingEvent({
		event: 'BOOKING_RESCHEDULED',
		uid,
		minute,
		...HIS,
		booking: { previousUid, start: `2026-12-0${String(minute)}T09:00:00.000Z` },
	});
const lead = async () => (await db.pool.query('SELECT name, phone FROM calcom.leads')).rows[0];
const takeBack = () => db.pool.query("SELECT calcom.take_back_answer(id, 'S', 'the office') FROM calcom.leads");
const ADAS = { name: 'Ada Lovelace', phone: '+31612345678' };

async function afterTakingBack(...events: CalComEvent[]) {
	for (const event of [hers, his]) await db.apply(event);
	await takeBack();
	for (const event of events) await db.apply(event);
	return await lead();
}

test.each([
	['in order', [move('S2', 'S', 6), move('S3', 'S2', 7)]],
	['the second first', [move('S3', 'S2', 7), move('S2', 'S', 6)]],
])('moved twice, the deliveries %s, it stays taken back', async (_, moves) => {
	expect(await afterTakingBack(...moves)).toEqual(ADAS);
});

test('asked to be moved, where moves need a confirmation, it stays taken back', async () => {
	const requested = bookingEvent({
		event: 'BOOKING_REQUESTED',
		uid: 'S2',
		minute: 6,
		...HIS,
		booking: { iCalUid: 'S@Cal.com' },
	});
	const confirmed = bookingEvent({
		event: 'BOOKING_CREATED',
		uid: 'S2',
		minute: 7,
		...HIS,
		booking: { iCalUid: 'S@Cal.com' },
	});
	expect(await afterTakingBack(requested, confirmed)).toEqual(ADAS);
});

test('taken back after it was moved, and the first delivery comes late: it is taken back as a whole', async () => {
	for (const event of [hers, move('S2', 'S', 6)]) await db.apply(event);
	await db.pool.query("SELECT calcom.take_back_answer(id, 'S2', 'the office') FROM calcom.leads");
	await db.apply(his);
	expect(await lead()).toEqual(ADAS);
});
