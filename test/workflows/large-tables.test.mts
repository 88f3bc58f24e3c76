// What a delivery costs must not grow with what the tables hold: years of bookings, and each is looked up by its uids.
import { depth } from '../support/depth.mts';
import { type TestDatabase, startDatabase } from './database.mts';
import { bookingEvent } from './event-builder.mts';

const BOOKINGS = depth(4_000, 20_000);
/** Rows that one statement may read in all tables together; a walk through the bookings reads thousands. */
const AT_MOST = 300;

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
	await db.pool.query(`
		BEGIN;
		SET LOCAL session_replication_role = replica;
		INSERT INTO calcom.leads (email) SELECT 'lead' || n || '@student.example' FROM generate_series(1, ${String(BOOKINGS)}) AS n;
		INSERT INTO calcom.bookings (uid, uids, lead_id, start_time, attendee_email)
		SELECT 'old' || l.id, ARRAY['old' || l.id, 'older' || l.id], l.id, now() - l.id * interval '1 hour', l.email FROM calcom.leads AS l;
		INSERT INTO calcom.webhook_events (event_key, event, category, booking_uid, payload, status)
		SELECT 'key' || n, 'BOOKING_CREATED', 'booking', 'old' || n, '{}', 'processed' FROM generate_series(1, ${String(BOOKINGS)}) AS n;
		COMMIT;
		ANALYZE`);
}, 120_000);
afterAll(() => db.stop());
// A host who is new is looked for in all bookings, once.
beforeAll(async () => {
	await db.pool.query('INSERT INTO calcom.staff (calcom_user_id, email, name) VALUES ($1, $2, $3)', [
		event.organizer?.id,
		event.organizer?.email,
		event.organizer?.name,
	]);
});

const event = bookingEvent({ event: 'BOOKING_RESCHEDULED', uid: 'B', minute: 1, booking: { previousUid: 'A' } });
const moved = JSON.stringify(event);
const settings = JSON.stringify({ consumers: 'lead-capture, calendar-events' });

const STATEMENTS: [what: string, sql: string, values: unknown[]][] = [
	['claiming', 'SELECT calcom.claim_event($1::jsonb, $2)', [moved, 'test']],
	['saving the lead', 'SELECT calcom.save_lead($1::jsonb)', [moved]],
	['applying the booking', 'SELECT calcom.apply_booking($1::jsonb)', [moved]],
	['logging the activity', 'SELECT calcom.log_activity($1::jsonb)', [moved]],
	['applying it to the calendar', 'SELECT calcom.apply_calendar_event($1::jsonb)', [moved]],
	['a fact of a backfill', 'SELECT calcom.backfill_fact($1::jsonb, $2::jsonb, $3)', [moved, settings, 'test']],
	['looking why a reminder is silent', 'SELECT calcom.why_silent($1, now(), now())', ['older7']],
	['finding what a request is about', 'SELECT calcom.booking_of_request($1::jsonb)', ['{"booking_uid": "older7"}']],
];

/** Rows that a statement reads, per table. What it writes is taken back. */
async function rowsRead(sql: string, values: unknown[] = []): Promise<Map<string, number>> {
	const client = await db.pool.connect();
	const counts = async () => {
		const { rows } = await client.query<{ relname: string; read: string }>(
			`SELECT relname, seq_tup_read + coalesce(idx_tup_fetch, 0) AS read FROM pg_stat_xact_user_tables
			WHERE schemaname = 'calcom'`,
		);
		return new Map(rows.map(({ relname, read }) => [relname, Number(read)]));
	};
	try {
		await client.query('BEGIN');
		// A session also counts what it has not handed on yet.
		const before = await counts();
		await client.query(sql, values);
		return new Map([...(await counts())].map(([table, read]) => [table, read - (before.get(table) ?? 0)]));
	} finally {
		await client.query('ROLLBACK');
		client.release();
	}
}

test.each(STATEMENTS)('%s reads a few rows of many', async (_what, sql, values) => {
	const many = [...(await rowsRead(sql, values))].filter(([, read]) => read > AT_MOST);
	expect(many).toEqual([]);
});

test('and the count does count: a walk through all bookings is seen', async () => {
	const read = await rowsRead('SELECT count(*) FROM calcom.bookings WHERE title IS NULL');
	expect(read.get('bookings')).toBe(BOOKINGS);
});
