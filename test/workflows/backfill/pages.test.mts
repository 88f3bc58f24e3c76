// The backfill page by page, from Cal.com's list; on a real PostgreSQL.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import { type Backfill, type Fields, PAST, apiBooking, openBackfill, past, read } from './backfill.mts';

let db: TestDatabase;
let backfill: Backfill;
beforeAll(async () => {
	db = await startDatabase();
	backfill = openBackfill(db);
});
beforeEach(() => db.empty());
afterAll(() => db.stop());

describe('page by page', () => {
	/** Cal.com with so many bookings, two at a time each. */
	const calcom = (many: number) =>
		Array.from({ length: many }, (_, n) => {
			const start = PAST.plus({ hours: Math.floor(n / 2) });
			return read(
				apiBooking(`b${String(n).padStart(3, '0')}`, {
					start: start.toISO(),
					end: start.plus({ minutes: 30 }).toISO(),
				}),
			);
		});
	const list = (all: CalComEvent[], page: Fields | undefined) =>
		all
			.filter(({ booking: { start } }) => Date.parse(String(start)) >= Date.parse(String(page?.['after_start'])))
			.slice(0, Number(page?.['page_size']));
	/** Reads pages until there is none, or so many. */
	const go = async (all: CalComEvent[], claimant: string, settings: Fields = {}, pages = 100) => {
		for (let page = 0; page < pages; page += 1) {
			const asked = await backfill.next(claimant, settings);
			const done = await backfill.batch(asked?.['run_id'], list(all, asked), claimant, settings);
			if (done['more'] !== true) return;
		}
		throw new Error(`It did not come to an end within ${String(pages)} pages`);
	};
	const runs = () => backfill.rows('SELECT * FROM calcom.backfill_runs ORDER BY id');

	test.each([0, 1, 2, 3, 7, 20])('%i bookings: each is read once, whatever starts at the same time', async (many) => {
		await go(calcom(many), '1', { completePast: false });
		expect(await runs()).toMatchObject([{ status: 'done', read: many, applied: many, known: 0 }]);
		expect(await backfill.rows('SELECT FROM calcom.bookings')).toHaveLength(many);
	});

	test('more bookings at one time than a page holds', async () => {
		const crowd = calcom(20).map((event) => ({ ...event, booking: { ...event.booking, ...past } }));
		await go(crowd, '1', { completePast: false });
		expect(await runs()).toMatchObject([{ status: 'done', read: 20, applied: 20 }]);
	});

	test('stopped, another execution goes on, and the first one stops when it hears of it', async () => {
		const all = calcom(20);
		await expect(go(all, '1', {}, 2)).rejects.toThrow(/within 2 pages/);
		const asked = await backfill.next('1');
		const taken = await backfill.next('2');
		expect(taken).toEqual(asked);
		await expect(backfill.batch(asked?.['run_id'], list(all, asked), '1')).rejects.toThrow(/Execution 2 goes on/);
		await go(all, '2');
		expect(await runs()).toMatchObject([{ status: 'done', read: 20 }]);
	});

	test('the schedule goes on with what is silent, and starts nothing', async () => {
		expect(await backfill.next('1', {}, false)).toBeUndefined();
		const asked = await backfill.next('2');
		expect(await backfill.next('3', {}, false)).toBeUndefined();
		await db.pool.query("UPDATE calcom.backfill_runs SET updated_at = now() - interval '3 minutes'");
		expect(await backfill.next('3', {}, false)).toEqual(asked);
		expect(await backfill.next('3', {}, false)).toEqual(asked);
	});

	test('another period is another run; another size of a page is not', async () => {
		await backfill.next('1');
		await backfill.next('2', { batchSize: 10 });
		expect(await runs()).toHaveLength(1);
		await backfill.next('3', { from: '2026-01-01' });
		expect(await runs()).toHaveLength(2);
	});

	test('from and to, both ends included', async () => {
		const all = calcom(10);
		const bounds = { from: all[2]?.booking.start, to: all[6]?.booking.start };
		await go(all, '1', { ...bounds, completePast: false });
		expect((await backfill.rows('SELECT uid FROM calcom.bookings ORDER BY uid')).map(({ uid }) => uid)).toEqual([
			'b002',
			'b003',
			'b004',
			'b005',
			'b006',
			'b007',
		]);
	});

	test('a dry run counts what would happen, and changes nothing', async () => {
		await backfill.apply([calcom(1)[0]]);
		const before = await db.tables();
		await go(calcom(5), '1', { dryRun: true });
		expect(await runs()).toMatchObject([{ dry_run: true, status: 'done', read: 5, applied: 8, known: 2 }]);
		expect(await db.tables()).toEqual(before);
	});

	test('its last page also applies what a run that died had begun, though Cal.com tells nothing of it any more', async () => {
		const [only] = calcom(1);
		const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'begun', minute: 0 });
		const claim = "SELECT * FROM calcom.claim_event($1, 'dead', $2)";
		for (const consumer of ['lead-capture', 'calendar-events'])
			await backfill.rows(claim, [JSON.stringify(event), consumer]);
		const statuses = () =>
			backfill.rows("SELECT DISTINCT status FROM calcom.event_claims WHERE event_key = 'BOOKING_CREATED:begun'");
		await go([only as CalComEvent], '1');
		// It may be at work still.
		expect(await statuses()).toEqual([{ status: 'processing' }]);
		await db.pool.query("UPDATE calcom.event_claims SET claimed_at = claimed_at - interval '3 minutes'");
		await go([only as CalComEvent], '2', { dryRun: true });
		expect(await statuses()).toEqual([{ status: 'processing' }]);
		await go([only as CalComEvent], '3');
		expect(await statuses()).toEqual([{ status: 'processed' }]);
		expect(
			await backfill.rows("SELECT FROM calcom.lead_activities WHERE event_key = 'BOOKING_CREATED:begun'"),
		).toHaveLength(1);
	});

	test('an answer of Cal.com with nothing in it ends it', async () => {
		const asked = await backfill.next('1');
		expect(await backfill.batch(asked?.['run_id'], [{}], '1')).toMatchObject({ more: false, read: 0 });
	});
});
