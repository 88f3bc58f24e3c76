// After the first time: what comes again or failed is applied once, what is known is not written, and what belongs to
// people stays; held on a real PostgreSQL.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, noShowEvent } from '../event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('the claim', () => {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
	const claim = async (claimant: string) =>
		(await db.pool.query('SELECT * FROM calcom.claim_event($1::jsonb, $2)', [JSON.stringify(event), claimant]))
			.rowCount;

	test('is given once, however many ask at the same moment', async () => {
		const given = await Promise.all(Array.from({ length: 20 }, (_, at) => claim(String(at))));
		expect(given.reduce((sum: number, n) => sum + (n ?? 0), 0)).toBe(1);
	});

	test('is given again after a failure, with the attempt counted and the old error gone', async () => {
		await claim('first');
		await db.pool.query("SELECT calcom.finish_event($1, 'failed', 'no connection')", [event.eventKey]);
		expect((await db.tables()).inbox).toEqual([
			{ event_key: event.eventKey, status: 'failed', error: 'no connection' },
		]);
		expect(await claim('second')).toBe(1);
		const { rows } = await db.pool.query('SELECT status, error, attempts FROM calcom.webhook_events');
		expect(rows).toEqual([{ status: 'processing', error: null, attempts: 2 }]);
	});

	test('of a run that died is given again after two minutes, not before', async () => {
		await claim('dead');
		expect(await claim('eager')).toBe(0);
		await db.pool.query("UPDATE calcom.event_claims SET claimed_at = now() - interval '3 minutes'");
		expect(await claim('next')).toBe(1);
	});

	test('is kept by the execution that holds it when n8n tries its step again', async () => {
		await claim('same');
		expect(await claim('same')).toBe(1);
	});

	test('is not given again once processed', async () => {
		await db.apply(event);
		await db.pool.query("UPDATE calcom.event_claims SET claimed_at = now() - interval '1 day'");
		expect(await db.apply(event)).toBe(false);
	});

	test('a run that died between two steps is finished by the next delivery of the same fact', async () => {
		await claim('dead');
		await db.pool.query('SELECT calcom.save_lead($1::jsonb)', [JSON.stringify(event)]);
		await db.pool.query("UPDATE calcom.event_claims SET claimed_at = now() - interval '3 minutes'");
		await db.apply(event);
		const tables = await db.tables();
		expect([
			tables.leads.length,
			tables.bookings.length,
			tables.activities.length,
			tables.inbox[0]?.status,
		]).toEqual([1, 1, 1, 'processed']);
	});

	test('a group moved away, back, and away again keeps its key but is a new fact', async () => {
		const start = '2026-12-02T09:00:00.000Z';
		const back = '2026-12-01T09:00:00.000Z';
		const to = (minute: number, at: string, previousStart: string) =>
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid: 'G',
				minute,
				key: `BOOKING_RESCHEDULED:G:${at}`,
				booking: { seats: 3, previousUid: 'G', start: at, previousStart },
			});
		for (const delivery of [to(0, start, back), to(10, back, start), to(20, start, back)]) await db.apply(delivery);
		expect((await db.tables()).bookings[0]).toMatchObject({ start_time: new Date(start) });
	});
});

describe('the retry', () => {
	const retry = async () => (await db.pool.query('SELECT * FROM calcom.retry_events()')).rows;
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
	const broken = bookingEvent({ event: 'BOOKING_CREATED', uid: 'B', minute: 1, booking: { start: 'not a time' } });

	test('applies what failed and what was left behind, and leaves the rest alone', async () => {
		const left = bookingEvent({ event: 'BOOKING_CREATED', uid: 'L', minute: 2 });
		const held = bookingEvent({ event: 'BOOKING_CREATED', uid: 'H', minute: 3 });
		for (const one of [event, left, held])
			await db.pool.query("SELECT calcom.claim_event($1::jsonb, 'n8n')", [JSON.stringify(one)]);
		await db.pool.query("SELECT calcom.finish_event($1, 'failed', 'no connection')", [event.eventKey]);
		await db.pool.query(
			"UPDATE calcom.event_claims SET claimed_at = now() - interval '3 minutes' WHERE event_key = 'BOOKING_CREATED:L'",
		);
		expect(await retry()).toEqual(
			[event, left].map(({ eventKey }) => ({ event_key: eventKey, status: 'processed', error: null })),
		);
		const tables = await db.tables();
		expect(tables.bookings.map((row) => row.uid)).toEqual(['A', 'L']);
		expect(tables.inbox).toContainEqual({ event_key: held.eventKey, status: 'processing', error: null });
		expect(await retry()).toEqual([]);
	});

	test('one event that cannot be applied does not keep the others back, and says why', async () => {
		for (const one of [broken, event])
			await db.pool.query("SELECT calcom.claim_event($1::jsonb, 'n8n')", [JSON.stringify(one)]);
		await db.pool.query("UPDATE calcom.event_claims SET status = 'failed'");
		expect(await retry()).toEqual([
			{ event_key: broken.eventKey, status: 'failed', error: expect.stringContaining('not a time') },
			{ event_key: event.eventKey, status: 'processed', error: null },
		]);
		expect((await db.tables()).bookings.map((row) => row.uid)).toEqual(['A']);
	});
});

describe('a delivery that tells nothing new', () => {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'a', minute: 0 });
	const apply = async (delivery: object) => {
		await db.pool.query('SELECT * FROM calcom.apply_booking($1::jsonb)', [JSON.stringify(delivery)]);
	};
	/** The row, and the transaction that wrote it last. */
	const written = async () =>
		(await db.pool.query('SELECT xmin, b.* FROM calcom.bookings AS b')).rows as Record<string, unknown>[];

	test('does not write the booking again; one that tells something does', async () => {
		await apply(event);
		const before = await written();
		await apply(event);
		expect(await written()).toEqual(before);
		await apply(bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'a', minute: 5 }));
		expect((await written())[0]).toMatchObject({ status: 'cancelled' });
	});

	test('still finds a lead that the booking lost, and who was absent from it', async () => {
		await db.apply(event);
		await db.apply(noShowEvent('a', 60, { 'ada@student.example': true }));
		await db.pool.query('UPDATE calcom.bookings SET lead_id = NULL');
		await db.pool.query('UPDATE calcom.lead_activities SET lead_id = NULL');
		await apply(event);
		const { rows } = await db.pool.query(
			"SELECT b.lead_id AS booking, a.lead_id AS activity FROM calcom.bookings b JOIN calcom.lead_activities a ON a.booking_id = b.id AND a.type = 'no_show'",
		);
		expect(rows).toEqual([{ booking: expect.any(String), activity: expect.any(String) }]);
	});

	test('still notices a status that a person has set', async () => {
		await apply(event);
		await db.pool.query("UPDATE calcom.bookings SET status = 'completed'");
		await apply(event);
		expect((await written())[0]).toMatchObject({ status: 'completed', status_by_hand: true });
	});
});

describe('what belongs to people', () => {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
	const rest = [
		bookingEvent({
			event: 'BOOKING_RESCHEDULED',
			uid: 'B',
			minute: 1,
			booking: { previousUid: 'A', start: '2026-12-02T09:00:00.000Z' },
		}),
		noShowEvent('B', 70, { 'ada@student.example': true }),
		bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'B', minute: 80 }),
	];

	test('survives every delivery', async () => {
		await db.apply(event);
		await db.pool.query(
			"UPDATE calcom.bookings SET assigned_teacher = 'Anna', internal_note = 'likes Bach', status = 'completed'",
		);
		await db.pool.query("UPDATE calcom.leads SET assigned_teacher = 'Ben', internal_note = 'VIP', status = 'won'");
		for (const delivery of rest) {
			await db.apply(delivery);
			const { bookings, leads } = await db.tables();
			expect(bookings).toHaveLength(1);
			expect(bookings[0]).toMatchObject({
				assigned_teacher: 'Anna',
				internal_note: 'likes Bach',
				status: 'completed',
				status_by_hand: true,
			});
			expect(leads[0]).toMatchObject({ assigned_teacher: 'Ben', internal_note: 'VIP', status: 'won' });
		}
		expect((await db.tables()).bookings[0]).toMatchObject({ uid: 'B', status_from_calcom: 'cancelled' });
	});

	test('a status set by hand stays by hand even when Cal.com comes to agree for a while', async () => {
		await db.apply(event);
		await db.pool.query("UPDATE calcom.bookings SET status = 'completed'");
		await db.apply(bookingEvent({ event: 'MEETING_ENDED', uid: 'A', minute: 60 }));
		await db.apply(noShowEvent('A', 70, { 'ada@student.example': true }));
		expect((await db.tables()).bookings[0]).toMatchObject({ status: 'completed', lifecycle: 'no_show' });
	});

	test('is kept from both rows when two rows turn out to be one booking', async () => {
		await db.apply(event);
		await db.apply(bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'B', minute: 9 }));
		await db.pool.query("UPDATE calcom.bookings SET assigned_teacher = 'Anna' WHERE uid = 'A'");
		await db.pool.query("UPDATE calcom.bookings SET internal_note = 'refund' WHERE uid = 'B'");
		await db.apply(
			bookingEvent({ event: 'BOOKING_RESCHEDULED', uid: 'B', minute: 1, booking: { previousUid: 'A' } }),
		);
		const { bookings, activities } = await db.tables();
		expect(bookings).toHaveLength(1);
		expect(bookings[0]).toMatchObject({
			uid: 'B',
			status: 'cancelled',
			assigned_teacher: 'Anna',
			internal_note: 'refund',
		});
		expect(activities.map((activity) => activity.uid)).toEqual(['B', 'B', 'B']);
	});
});
