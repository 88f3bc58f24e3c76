// Ways around what answers.test.mts promises: what a person typed stays, changes wait, former values are kept.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

type Row = Record<string, unknown>;
const query = async (sql: string, values: unknown[] = []) => (await db.pool.query<Row>(sql, values)).rows;

const EMAIL = 'ada@student.example';
const ADAS = '+31612345678';
const TYPED = '+31600000000';
const HIS = '+31687654321';
const booked = (uid: string, minute: number, name: string, phone: string | null, more: Row = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid, minute, attendees: [person(name, EMAIL, phone)], booking: more });
const lead = async () => (await query('SELECT name, phone FROM calcom.leads'))[0];
const choose = (changesOfLeads: string) =>
	query('SELECT calcom.keep_tables_settings($1::jsonb)', [JSON.stringify({ changesOfLeads })]);
const takeBack = (uid: string) =>
	query("SELECT calcom.take_back_answer(id, $1, 'the office') FROM calcom.leads", [uid]);
const confirm = (uid: string) => query("SELECT calcom.confirm_answer(id, $1, 'the office') FROM calcom.leads", [uid]);
const vouched = async () => (await query('SELECT calcom.vouched_phone(id) AS phone FROM calcom.leads'))[0]?.['phone'];

describe('what a person typed', () => {
	test('stays, also after a booking has said the same once', async () => {
		await db.apply(booked('A', 0, 'Ada Lovelace', ADAS));
		await query('UPDATE calcom.leads SET phone = $1', [TYPED]);
		// Ada herself books with the number that the office typed (or a stranger who knows it) …
		await db.apply(booked('A2', 1, 'Ada Lovelace', TYPED));
		expect(await lead()).toMatchObject({ phone: TYPED });
		// … and from then on it is nobody's word any more.
		await db.apply(booked('S', 2, 'Mallory', HIS));
		expect(await lead()).toMatchObject({ phone: TYPED });
	});

	test('vouches for the number, also after a booking has said the same', async () => {
		await db.apply(booked('A', 0, 'Ada Lovelace', ADAS));
		await query('UPDATE calcom.leads SET phone = $1', [TYPED]);
		expect(await vouched()).toBe(TYPED);
		await db.apply(booked('A2', 1, 'Ada Lovelace', TYPED));
		expect(await vouched()).toBe(TYPED);
	});

	test('stays where a lead of the office, not of a booking, has the very name that a stranger books with first', async () => {
		await query("INSERT INTO calcom.leads (email, name, phone) VALUES ($1, 'Ada Lovelace', $2)", [EMAIL, TYPED]);
		await db.apply(booked('S1', 0, 'Ada Lovelace', HIS));
		await db.apply(booked('S2', 1, 'Mallory', HIS));
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: TYPED });
	});
});

describe('where changes wait', () => {
	beforeEach(() => choose('wait'));

	test('taking back the first booking lets nobody else’s in without a word', async () => {
		await db.apply(booked('A', 0, 'Ada Lovelace', ADAS));
		await db.apply(booked('S', 1, 'Mallory', HIS));
		await takeBack('A');
		expect(await lead()).toEqual({ name: null, phone: null });
	});

	test('a lead that the office made keeps its blank number until a person says so', async () => {
		await query("INSERT INTO calcom.leads (email, name) VALUES ($1, 'Ada Lovelace')", [EMAIL]);
		await db.apply(booked('S', 1, 'Mallory', HIS));
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: null });
	});
});

describe('a seat in her own group, booked with her email in other letters', () => {
	const seat = (email: string, name: string, phone: string, minute: number, seatUid: string) =>
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'G',
			minute,
			key: `BOOKING_CREATED:G:${seatUid}`,
			attendees: [person(name, email, phone)],
			booking: { seats: 5, seatUid },
		});
	const hers = seat(EMAIL, 'Ada Lovelace', ADAS, 0, '11111111-1111-4111-8111-111111111111');
	const his = seat('ADA@student.example', 'Mallory', HIS, 5, '22222222-2222-4222-8222-222222222222');

	test('leaves her former values with her answer', async () => {
		await db.apply(hers);
		await db.apply(his);
		expect(await query("SELECT facts->'phone'->>'v' AS phone FROM calcom.lead_answers ORDER BY told_at")).toEqual([
			{ phone: ADAS },
			{ phone: HIS },
		]);
	});

	test('shows as a change', async () => {
		await db.apply(hers);
		await db.apply(his);
		expect(await query("SELECT field, before, value FROM calcom.lead_changes WHERE field = 'phone'")).toEqual([
			{ field: 'phone', before: ADAS, value: HIS },
		]);
	});

	test('waits where changes wait, also where her answer was confirmed', async () => {
		await choose('wait');
		await db.apply(hers);
		await confirm('G');
		expect(await vouched()).toBe(ADAS);
		await db.apply(his);
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		expect(await vouched()).toBe(ADAS);
	});

	test('is another seat: her number stays in the group, and gets what it got', async () => {
		await db.apply(hers);
		await db.apply(his);
		const phones = await query(
			`SELECT recipient FROM calcom.bookings AS b, calcom.sms_recipients(b, '{}') AS r ORDER BY 1`,
		);
		expect(phones).toEqual([{ recipient: ADAS }, { recipient: HIS }]);
		expect(await query('SELECT attendee_phone, attendee_count FROM calcom.bookings')).toEqual([
			{ attendee_phone: ADAS, attendee_count: 2 },
		]);
	});

	test('given up again takes nobody else out of the group', async () => {
		await db.apply(hers);
		await db.apply(his);
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CANCELLED',
				uid: 'G',
				minute: 9,
				key: 'gone',
				attendees: [person('Mallory', 'ADA@student.example', HIS)],
				booking: {
					seats: 5,
					seatUid: '22222222-2222-4222-8222-222222222222',
					seatRemoved: true,
					lifecycle: 'scheduled',
				},
			}),
		);
		expect(await query('SELECT attendee_phone, attendee_count FROM calcom.bookings')).toEqual([
			{ attendee_phone: ADAS, attendee_count: 1 },
		]);
	});
});

describe('an answer that was given earlier', () => {
	test('is not made the newest by the end of its meeting, or by taking the booking back', async () => {
		await db.apply(booked('S', 0, 'Mallory', HIS));
		await db.apply(booked('A', 5, 'Ada Lovelace', ADAS));
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CANCELLED',
				uid: 'S',
				minute: 9,
				attendees: [person('Mallory', EMAIL, HIS)],
			}),
		);
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
	});
});
