// The backfill template in a real n8n: history, stopped on the way and in several runs, and what no webhook told.
import { EventEmitter, once } from 'node:events';
import { openDesk } from '../../playground/src/desk.mts';
import { depth } from '../support/depth.mts';
import { type Backfill, openBackfill } from './backfill/desk.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

const WRITE = { dryRun: false };

let e2e: E2e;
let desk: Backfill;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	desk = await openBackfill(e2e, 'e2e-backfill');
});
afterEach(() => desk.template.close());
afterAll(() => e2e.close());

test('as it is imported it writes nothing, and says what would happen', async () => {
	desk.cal.seedBookings(12);
	await desk.backfill({});
	for (const table of ['bookings', 'leads', 'lead_activities', 'webhook_events', 'calendar_events', 'event_claims'])
		expect([table, await desk.count(table)]).toEqual([table, 0]);
	const { told } = desk.facts();
	expect(await desk.runs()).toMatchObject([
		{ dry_run: true, status: 'done', read: 12, applied: told, known: 0, failed: 0 },
	]);
});

test('bookings, stopped on the way, go on where it stopped; a second time nothing is new', async () => {
	const bookings = depth(40, 500);
	const batchSize = depth(6, 50);
	desk.cal.seedBookings(bookings);
	await desk.template.save({ ...WRITE, batchSize });
	// Cal.com is slow with the fourth page, which begins with the last booking of the third, until it is stopped.
	const fourth = desk.starts()[3 * (batchSize - 1)] ?? '';
	const page = new EventEmitter();
	const isAsked = once(page, 'asked');
	const until = () => {
		page.emit('asked');
		return once(page, 'stopped');
	};
	desk.cal.storm([{ status: 500, path: encodeURIComponent(fourth), until }]);
	const executionId = await desk.start();
	await isAsked;
	await e2e.editor.request(`/executions/${String(executionId)}/stop`, 'POST', {});
	page.emit('stopped');
	await desk.template.executions();
	const [stopped] = await desk.runs();
	expect(stopped).toMatchObject({ status: 'running', pages: 3 });
	expect(stopped?.['read']).toBeLessThan(bookings);

	await desk.press();
	const all = await desk.runs();
	const { told, over } = desk.facts();
	expect(all).toHaveLength(1);
	expect(all).toMatchObject([
		{ id: stopped?.['id'], status: 'done', read: bookings, applied: told, known: 0, passed_over: 0, failed: 0 },
	]);
	expect(await desk.count('bookings')).toBe(bookings);
	expect(await desk.rows("SELECT count(*)::int AS n FROM calcom.bookings WHERE status = 'completed'")).toEqual([
		{ n: over },
	]);
	expect(await desk.count('lead_activities')).toBe(told);
	expect(await desk.count('calendar_events')).toBe(bookings);

	await desk.press();
	expect((await desk.runs())[1]).toMatchObject({ status: 'done', read: bookings, applied: 0, known: told });
	expect(await desk.count('lead_activities')).toBe(told);
	const report = await desk.rows("SELECT * FROM calcom.backfill_report WHERE what = 'attendees'");
	const every = String(bookings);
	expect(report).toMatchObject([{ bookings: every, have: every, missing: '0', percent: '100.0' }]);
}, 240_000);

test('a long history is read in several runs, which the first one starts', async () => {
	const [bookings, pages] = [depth(12, 23), depth(3, 6)];
	desk.cal.seedBookings(bookings);
	const first = await desk.backfill({ ...WRITE, batchSize: 5, pagesPerRun: pages / 3 });
	expect(await desk.template.executions()).toBe(3);
	expect(await desk.runs()).toMatchObject([{ status: 'done', pages, read: bookings }]);
	expect(await desk.count('bookings')).toBe(bookings);
	expect(first.output['Show the Report']).toContainEqual(
		expect.objectContaining({ what: 'attendees', have: String(bookings) }),
	);
}, 240_000);

test('bookings whose webhook never came are found by polling, and a backfill finds them known', async () => {
	const front = openDesk(desk.cal);
	await desk.pollAtOnce();
	const booked = await front.book();
	const other = await front.book();
	const moved = await front.reschedule(other.uid);
	await desk.poll();
	await waitFor('both bookings', async () => (await desk.bookings()).length === 2);
	expect((await desk.bookings()).map(({ uid }) => uid).sort()).toEqual([booked.uid, moved.uid].sort());
	const before = await desk.activities();
	await desk.template.unpublish();
	await desk.backfill(WRITE);
	expect(await desk.runs()).toMatchObject([{ applied: 0, failed: 0 }]);
	expect(await desk.activities()).toEqual(before);
}, 120_000);
