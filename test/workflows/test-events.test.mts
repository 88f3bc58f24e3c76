// What is a test, as a template's made-up sample and Cal.com's test button are, leaves nothing in the tables.
import { sampleEvent } from './sample.mts';
import { bookingEvent } from './event-builder.mts';
import { type TestDatabase, startDatabase } from './database.mts';
import { settingsOf } from './reminders/desk.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

/** Tables with rows in them. */
async function filled(): Promise<string[]> {
	const { rows } = await db.pool.query<{ name: string }>(
		"SELECT tablename AS name FROM pg_tables WHERE schemaname = 'calcom' ORDER BY name",
	);
	const counts = await Promise.all(
		rows.map(async ({ name }) => {
			const { rowCount } = await db.pool.query(`SELECT FROM calcom.${name} LIMIT 1`);
			return rowCount === 0 ? [] : [name];
		}),
	);
	return counts.flat();
}

const plan = () =>
	db.pool.query('SELECT * FROM calcom.plan_reminders($1::jsonb)', [
		JSON.stringify({ ...settingsOf('03-appointment-reminders.json'), from: '+14155238886' }),
	]);

/** Soon enough that a reminder would be due. */
const soon = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
const upcoming = { start: soon(1), end: soon(2) };
const tests = [
	['the sample of template 10', sampleEvent()],
	[
		'the same, still to come and with a phone',
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'made-up',
			minute: 0,
			booking: upcoming,
			rest: { category: 'test' },
		}),
	],
	[
		"Cal.com's test button",
		bookingEvent({ event: 'PING', uid: 'ping', minute: 0, booking: { uid: null }, rest: { category: 'test' } }),
	],
] as const;

test.each(tests)('%s: no template takes it, and nothing is planned for it', async (_, event) => {
	const text = JSON.stringify(event);
	const { rows: consumers } = await db.pool.query<{ name: string }>('SELECT consumer AS name FROM calcom.consumers');
	expect(consumers.map(({ name }) => name)).toEqual(expect.arrayContaining(['lead-capture', 'calendar-events']));
	for (const { name } of consumers) {
		const claimed = await db.pool.query('SELECT * FROM calcom.claim_event($1::jsonb, $2, $3)', [
			text,
			'test',
			name,
		]);
		expect(claimed.rows).toEqual([]);
	}
	// As found by polling, and as read by a backfill.
	await db.pool.query("SELECT calcom.apply_backfill($1::jsonb, '{}', 'test')", [`[${text}]`]);
	await db.pool.query('SELECT * FROM calcom.retry_events()');
	await plan();
	expect((await filled()).filter((name) => name !== 'settings' && name !== 'signing_key')).toEqual([]);
});

test('the same booking is taken when it is none', async () => {
	const real = bookingEvent({ event: 'BOOKING_CREATED', uid: 'real', minute: 0, booking: upcoming });
	expect(await db.apply(real)).toBe(true);
	await plan();
	expect(await filled()).toEqual(expect.arrayContaining(['bookings', 'leads', 'webhook_events']));
});
