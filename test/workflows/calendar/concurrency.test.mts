// People and deliveries at the same moment: nothing is lost, and nobody waits for each other in a circle.
import { depth } from '../../support/depth.mts';
import { openCalendar, type Calendar } from './calendar.mts';
import { startDatabase, type TestDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
const APPLY = 'SELECT * FROM calcom.apply_calendar_event($1::jsonb, \'{"addHostsToStaff": false}\')';

/** Runs `work` in a transaction of its own; `others` runs when it is done but not committed, and is waited for at the end. */
async function during(work: string[], others: () => Promise<unknown>, then: string[] = []): Promise<void> {
	const client = await db.pool.connect();
	try {
		const run = async (statements: string[]) => {
			for (const sql of statements) await client.query(sql, sql.includes('$1') ? [JSON.stringify(event)] : []);
		};
		await run(['BEGIN', ...work]);
		const other = others();
		// Its failure is told below, once the transaction is over.
		other.catch(() => undefined);
		await db.untilSomebodyWaits('Lock', other);
		await run([...then, 'COMMIT']);
		await other;
	} finally {
		client.release();
	}
}

test.each([
	['a lead', "INSERT INTO calcom.leads (email) VALUES ('ada@student.example')", 'client_id'],
	['a staff member', 'INSERT INTO calcom.staff (calcom_user_id) VALUES (1)', 'staff_id'],
	['a service', "INSERT INTO calcom.services (name, calcom_event_type_id) VALUES ('Piano', 1)", 'service_id'],
])('%s who arrives while the booking is being applied is linked', async (_, sql, column) => {
	await during([APPLY], () => calendar.query(sql));
	expect(await calendar.query(`SELECT ${column} IS NOT NULL AS linked FROM calcom.calendar_events`)).toEqual([
		{ linked: true },
	]);
});

test.each([
	['its status', "UPDATE calcom.calendar_events SET status = 'completed'"],
	['the status of its booking', "UPDATE calcom.bookings SET status = 'completed'"],
])('a person who sets %s and a delivery do not wait for each other', async (_, sql) => {
	await calendar.apply(event);
	const lock = "SELECT pg_advisory_xact_lock(hashtext('calcom.apply_booking'))";
	await during([lock], () => calendar.query(sql), [APPLY]);
	expect(
		await calendar.query(
			'SELECT e.status, b.status AS booking FROM calcom.calendar_events e JOIN calcom.bookings b ON b.id = e.booking_id',
		),
	).toEqual([{ status: 'completed', booking: 'completed' }]);
});

test('what a person set survives deliveries at the same moment', async () => {
	const uids = Array.from({ length: depth(4, 12) }, (_, at) => `U${String(at)}`);
	for (const uid of uids) await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid, minute: 0 }));
	const edits = uids.flatMap((uid) => [
		() => calendar.query("UPDATE calcom.calendar_events SET client_id = 'mine' WHERE booking_uid = $1", [uid]),
		() => calendar.query("UPDATE calcom.calendar_events SET status = 'completed' WHERE booking_uid = $1", [uid]),
		() => calendar.query("UPDATE calcom.bookings SET internal_note = 'note' WHERE uid = $1", [uid]),
		() =>
			calendar.query('INSERT INTO calcom.leads (email) VALUES ($1) ON CONFLICT DO NOTHING', [
				`${uid}@student.example`,
			]),
	]);
	const deliveries = uids.flatMap((uid) =>
		[1, 2, 3, 4].map((minute) => {
			const event = bookingEvent({
				event: 'BOOKING_CREATED',
				uid,
				minute,
				key: `${uid} ${String(minute)}`,
				attendees: [person('Ada', `${uid}@student.example`)],
			});
			return () => (minute % 2 ? calendar.apply(event) : db.apply(event));
		}),
	);
	const jobs = [...edits, ...deliveries].map((job, at) => ({ job, at: (at * 37) % 97 }));
	await Promise.all(jobs.sort((one, other) => one.at - other.at).map(({ job }) => job()));
	expect(
		await calendar.query(
			'SELECT DISTINCT client_id, e.status, b.internal_note FROM calcom.calendar_events e JOIN calcom.bookings b ON b.id = e.booking_id',
		),
	).toEqual([{ client_id: 'mine', status: 'completed', internal_note: 'note' }]);
});

test('a retry takes no claim before it may apply events: nobody can wait for it in a circle', async () => {
	await calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'run')", [JSON.stringify(event)]);
	await calendar.query("SELECT calcom.finish_event($1, 'failed', 'made up')", [event.eventKey]);
	const applying = ["SELECT pg_advisory_xact_lock(hashtext('calcom.apply_booking'))"];
	const free = 'SELECT FROM calcom.event_claims FOR UPDATE NOWAIT';
	await during(applying, () => calendar.query('SELECT * FROM calcom.retry_events()'), [free]);
	expect(await calendar.query('SELECT status FROM calcom.event_claims')).toEqual([{ status: 'processed' }]);
});
