// Whose record it is: what a booking with somebody's email changes, where that can be seen, and how it is taken back.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
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
const HIS = '+31687654321';
const attendee = (name: string, phone: string | null) => ({ attendees: [person(name, EMAIL, phone)] });

const hers = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, ...attendee('Ada Lovelace', ADAS) });
const his = bookingEvent({ event: 'BOOKING_CREATED', uid: 'S', minute: 5, ...attendee('Mallory', HIS) });
const hisMove = bookingEvent({
	event: 'BOOKING_RESCHEDULED',
	uid: 'S2',
	minute: 6,
	...attendee('Mallory Again', HIS),
	booking: { previousUid: 'S', start: '2026-12-02T09:00:00.000Z' },
});
const hersAgain = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A2', minute: 9, ...attendee('Ada Lovelace', ADAS) });

const lead = async () => (await query('SELECT name, phone FROM calcom.leads'))[0];
const changes = async () =>
	(
		await query(
			'SELECT field, before, value, booking_uid, standing, shown FROM calcom.lead_changes ORDER BY told_at, field, booking_uid',
		)
	).map((row) => Object.values(row).map(String));
const takeBack = (uid: string) =>
	query("SELECT calcom.take_back_answer(id, $1, 'the office') FROM calcom.leads", [uid]);
const confirm = (uid: string) => query("SELECT calcom.confirm_answer(id, $1, 'the office') FROM calcom.leads", [uid]);
const choose = (changesOfLeads: string) =>
	query('SELECT calcom.keep_tables_settings($1::jsonb) AS chosen', [JSON.stringify({ changesOfLeads })]);

const ordersOf = <T,>(all: T[]): T[][] =>
	all.length <= 1 ? [all] : all.flatMap((one, at) => ordersOf(all.toSpliced(at, 1)).map((rest) => [one, ...rest]));

describe('a booking with the email of somebody known', () => {
	test('updates the lead, as a new number should, and what stood there before stays with the booking that brought it', async () => {
		await db.apply(hers);
		await db.apply(his);
		expect(await lead()).toEqual({ name: 'Mallory', phone: HIS });
		expect(await changes()).toEqual([
			['name', 'Ada Lovelace', 'Mallory', 'S', 'counts', 'Mallory'],
			['phone', ADAS, HIS, 'S', 'counts', HIS],
		]);
		expect(
			await query("SELECT booking_uid, facts->'phone'->>'v' AS phone FROM calcom.lead_answers ORDER BY 1"),
		).toEqual([
			{ booking_uid: 'A', phone: ADAS },
			{ booking_uid: 'S', phone: HIS },
		]);
		// The bookings themselves have each their own.
		expect(await query('SELECT uid, attendee_phone FROM calcom.bookings ORDER BY uid')).toEqual([
			{ uid: 'A', attendee_phone: ADAS },
			{ uid: 'S', attendee_phone: HIS },
		]);
	});

	test('shows as no change what says the same, or nothing', async () => {
		await db.apply(hers);
		await db.apply(hersAgain);
		await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A3', minute: 10, ...attendee('', null) }));
		expect(await changes()).toEqual([]);
	});

	test('is taken back with one call, and stays so under a new uid, and whatever comes late', async () => {
		await db.apply(hers);
		await db.apply(his);
		await takeBack('S');
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		await db.apply(hisMove);
		await db.apply({ ...his, eventKey: 'late', event: 'BOOKING_PAID' });
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		expect((await changes()).map(([, , , uid, standing]) => [uid, standing])).toEqual(
			expect.arrayContaining([
				['S', 'taken back'],
				['S2', 'taken back'],
			]),
		);
		expect(await query("SELECT DISTINCT decided_by FROM calcom.lead_answers WHERE booking_uid = 'S'")).toEqual([
			{ decided_by: 'the office' },
		]);
		await confirm('S2');
		expect(await lead()).toEqual({ name: 'Mallory Again', phone: HIS });
	});

	test('leaves the lead blank where it was the only one to tell, and a person’s own word as it is', async () => {
		await db.apply(his);
		await query("UPDATE calcom.leads SET name = 'Ada L.'");
		await takeBack('S');
		expect(await lead()).toEqual({ name: 'Ada L.', phone: null });
	});

	test('never replaces what a person typed', async () => {
		await db.apply(hers);
		await query('UPDATE calcom.leads SET phone = $1', ['+31600000000']);
		await db.apply(his);
		expect(await lead()).toEqual({ name: 'Mallory', phone: '+31600000000' });
		expect(await changes()).toContainEqual(['phone', ADAS, HIS, 'S', 'counts', '+31600000000']);
		await takeBack('S');
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: '+31600000000' });
	});

	test.each(
		ordersOf([hers, his, hisMove, hersAgain]).map(
			(order) => [order.map(({ booking }) => booking?.uid).join(', '), order] as const,
		),
	)('ends the same when the deliveries come as %s, whenever it is taken back', async (_, order) => {
		for (const event of order) await db.apply(event);
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		await takeBack('A2');
		expect(await lead()).toEqual({ name: 'Mallory Again', phone: HIS });
		await takeBack('S2');
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		await takeBack('A');
		expect(await lead()).toEqual({ name: null, phone: null });
	});

	test('says so when a booking has told nothing of the lead', async () => {
		await db.apply(hers);
		await expect(takeBack('nowhere')).rejects.toThrow('Booking nowhere has told nothing about lead');
	});
});

describe('where changes wait for a person', () => {
	beforeEach(() => choose('wait'));

	test.each(
		ordersOf([hers, his, hisMove]).map(
			(order) => [order.map(({ booking }) => booking?.uid).join(', '), order] as const,
		),
	)('the first booking counts and the others wait, when they come as %s', async (_, order: CalComEvent[]) => {
		for (const event of order) await db.apply(event);
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
		expect(
			(await changes()).map(([field, before, value, uid, standing]) => [field, before, value, uid, standing]),
		).toEqual([
			['name', 'Ada Lovelace', 'Mallory', 'S', 'waits'],
			['phone', ADAS, HIS, 'S', 'waits'],
			['name', 'Mallory', 'Mallory Again', 'S2', 'waits'],
		]);
		await confirm('S');
		expect(await lead()).toEqual({ name: 'Mallory Again', phone: HIS });
		await takeBack('S2');
		expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: ADAS });
	});

	test('what was taken before the switch was turned stays, and what comes after it is turned back counts', async () => {
		await choose('take');
		await db.apply(hers);
		await db.apply(his);
		await choose('wait');
		await db.apply(hersAgain);
		expect(await lead()).toEqual({ name: 'Mallory', phone: HIS });
		await choose('take');
		await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A3', minute: 12, ...attendee('Ada L.', ADAS) }));
		expect(await lead()).toEqual({ name: 'Ada L.', phone: ADAS });
	});

	test('what waits is in the digest, until somebody says yes or no', async () => {
		await db.apply(hers);
		await db.apply(his);
		const problems = () => query("SELECT urgency, what, why FROM calcom.health_problems WHERE area = 'leads'");
		expect(await problems()).toEqual([
			{
				urgency: 2,
				what: EMAIL,
				why: 'a booking says otherwise: name, phone. It waits for a person, in the view calcom.lead_changes',
			},
		]);
		await takeBack('S');
		expect(await problems()).toEqual([]);
	});
});

describe('the setting', () => {
	test('is what was chosen last; blank leaves it, and another word is refused', async () => {
		expect(await choose('')).toEqual([{ chosen: 'take' }]);
		expect(await choose(' Wait ')).toEqual([{ chosen: 'wait' }]);
		expect(await choose('')).toEqual([{ chosen: 'wait' }]);
		await expect(choose('never')).rejects.toThrow(
			'Settings: changesOfLeads is "never". Write take, wait, or nothing',
		);
		expect(await choose('take')).toEqual([{ chosen: 'take' }]);
	});
});

test('leads from before their answers were kept have what they had, and a person can still tell', async () => {
	await query(
		`INSERT INTO calcom.leads (email, name, phone, calcom_state) VALUES ($1, 'Ada Lovelace', '+31600000000',
		'{"name": {"v": "Ada Lovelace", "r": 1, "at": "2026-11-20T00:00:00.000Z"}, "phone": {"v": "${ADAS}", "r": 1, "at": "2026-11-20T00:00:00.000Z"}}')`,
		[EMAIL],
	);
	await db.setUp();
	await db.apply(his);
	expect(await lead()).toEqual({ name: 'Mallory', phone: '+31600000000' });
	await takeBack('S');
	expect(await lead()).toEqual({ name: 'Ada Lovelace', phone: '+31600000000' });
});
