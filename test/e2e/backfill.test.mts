// The backfill template in a real n8n: history, bookings whose webhook never came, and old payloads of a table.
import { openDesk } from '../../playground/src/desk.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type TemplateAtCalCom, openTemplateAtCalCom } from './support/template-at-calcom.mts';

const START = 'Start the Backfill';
const WRITE = { dryRun: false };

let e2e: E2e;
let template: TemplateAtCalCom;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	template = await openTemplateAtCalCom(e2e, '06-backfill-and-reconcile', 'e2e-backfill');
});
afterEach(() => template.close());
afterAll(() => e2e.close());

type Fields = Record<string, unknown>;
const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
	(await e2e.db.query<Fields>(sql, values)).rows;
const bookings = () =>
	rows('SELECT uid, status, lifecycle, attendee_email FROM calcom.bookings ORDER BY start_time, uid');
const runs = () => rows('SELECT * FROM calcom.backfill_runs ORDER BY id');
const backfill = async (settings: Fields) => {
	await template.save(settings);
	return await template.run(START, 120_000);
};
/** Of the bookings that Cal.com has: one fact each, and one more for each that took place. */
const facts = () => {
	const { bookings: all } = template.cal.state;
	const over = all.filter(({ status, end }) => status === 'ACCEPTED' && Date.parse(end) < Date.now());
	return { all: all.length, over: over.length, told: all.length + over.length };
};
const count = async (table: string) => (await rows(`SELECT count(*)::int AS n FROM calcom.${table}`))[0]?.['n'];

test('as it is imported it writes nothing, and says what would happen', async () => {
	template.cal.seedBookings(12);
	await backfill({});
	for (const table of ['bookings', 'leads', 'lead_activities', 'webhook_events', 'calendar_events', 'event_claims'])
		expect([table, await count(table)]).toEqual([table, 0]);
	const { told } = facts();
	expect(await runs()).toMatchObject([
		{ dry_run: true, status: 'done', read: 12, applied: told, known: 0, failed: 0 },
	]);
});

test('500 bookings, stopped on the way, go on where it stopped; a second time nothing is new', async () => {
	template.cal.seedBookings(500);
	await template.save({ ...WRITE, batchSize: 50 });
	const executionId = await e2e.editor.start(template.id, START);
	await waitFor('three pages', async () => Number((await runs())[0]?.['pages'] ?? 0) >= 3, { timeout: 60_000 });
	await e2e.editor.request(`/executions/${String(executionId)}/stop`, 'POST', {});
	await template.executions();
	const [stopped] = await runs();
	expect(stopped).toMatchObject({ status: 'running' });
	expect(stopped?.['read']).toBeLessThan(500);

	const began = performance.now();
	await template.run(START, 120_000);
	process.stderr.write(`  the rest of 500 bookings: ${((performance.now() - began) / 1000).toFixed(1)} s\n`);
	const all = await runs();
	const { told, over } = facts();
	expect(all).toHaveLength(1);
	expect(all).toMatchObject([
		{ id: stopped?.['id'], status: 'done', read: 500, applied: told, known: 0, passed_over: 0, failed: 0 },
	]);
	expect(await count('bookings')).toBe(500);
	expect(await rows("SELECT count(*)::int AS n FROM calcom.bookings WHERE status = 'completed'")).toEqual([
		{ n: over },
	]);
	expect(await count('lead_activities')).toBe(told);
	expect(await count('calendar_events')).toBe(500);

	await template.run(START, 120_000);
	expect((await runs())[1]).toMatchObject({ status: 'done', read: 500, applied: 0, known: told });
	expect(await count('lead_activities')).toBe(told);
	const report = await rows("SELECT * FROM calcom.backfill_report WHERE what = 'attendees'");
	expect(report).toMatchObject([{ bookings: '500', have: '500', missing: '0', percent: '100.0' }]);
}, 240_000);

test('a long history is read in several runs, which the first one starts', async () => {
	template.cal.seedBookings(23);
	await backfill({ ...WRITE, batchSize: 5, pagesPerRun: 2 });
	expect(await template.executions()).toBe(3);
	expect(await runs()).toMatchObject([{ status: 'done', pages: 6, read: 23 }]);
	expect(await count('bookings')).toBe(23);
	const report = await template.run(START, 120_000);
	expect(report.output['Show the Report']).toContainEqual(expect.objectContaining({ what: 'attendees', have: '23' }));
}, 240_000);

test('when a later run fails, the first one does, and the next start goes on', async () => {
	template.cal.seedBookings(23);
	// What the fifth page begins with: it is the first of the third run.
	const fifth = template.cal.state.bookings.map(({ start }) => start).sort()[16] ?? '';
	template.cal.storm([{ status: 500, count: 10, path: encodeURIComponent(fifth) }]);
	await expect(backfill({ ...WRITE, batchSize: 5, pagesPerRun: 2 })).rejects.toThrow(/Get Many Bookings.*500/);
	expect(await runs()).toMatchObject([{ status: 'running', pages: 4, read: 17 }]);
	template.cal.storm([]);
	await template.run(START, 120_000);
	expect(await runs()).toMatchObject([{ status: 'done', read: 23 }]);
	expect(await count('bookings')).toBe(23);
}, 240_000);

test('from and to; a booking that moved is one, and one that was cancelled is cancelled', async () => {
	const desk = openDesk(template.cal);
	const first = await desk.book();
	const moved = await desk.reschedule(first.uid);
	const gone = await desk.book();
	await desk.cancel(gone.uid, 'ill');
	const later = template.cal.freeSlots('level-check', 2_000).at(-1);
	const far = await desk.book(undefined, later);
	await backfill({ ...WRITE, batchSize: 2, to: new Date(Date.parse(far.start) - 1_000).toISOString() });
	expect((await bookings()).map(({ uid, status }) => [uid, status]).sort()).toEqual(
		[
			[moved.uid, 'scheduled'],
			[gone.uid, 'cancelled'],
		].sort(),
	);
	expect(await rows('SELECT title FROM calcom.lead_activities ORDER BY title')).toEqual([
		{ title: 'Level Check Cancelled' },
		{ title: 'Level Check Rescheduled' },
	]);
	await backfill({ ...WRITE, batchSize: 2, from: far.start });
	expect((await bookings()).map(({ uid }) => uid)).toContain(far.uid);
});

test('Cal.com is away: the run fails, nothing is lost, and the next start goes on', async () => {
	template.cal.seedBookings(6);
	await template.cal.goDown();
	await expect(backfill(WRITE)).rejects.toThrow(/Get Many Bookings/);
	expect(await runs()).toMatchObject([{ status: 'running', read: 0 }]);
	await template.cal.comeBack();
	await template.run(START);
	expect(await runs()).toMatchObject([{ status: 'done', read: 6 }]);
	expect(await count('bookings')).toBe(6);
}, 120_000);

test('bookings whose webhook never came are found by polling, once; what came is not told again', async () => {
	const desk = openDesk(template.cal);
	const atOnce = { 'Let Webhooks Come First': { amount: 0 } };
	await template.save({}, atOnce);
	await template.publish();
	const booked = await desk.book();
	const other = await desk.book();
	const moved = await desk.reschedule(other.uid);
	// Publishing polls at once.
	const poll = async () => {
		await template.unpublish();
		await template.publish();
		await template.executions();
	};
	await poll();
	await waitFor('both bookings', async () => (await bookings()).length === 2);
	expect((await bookings()).map(({ uid }) => uid).sort()).toEqual([booked.uid, moved.uid].sort());
	await desk.cancel(booked.uid, 'ill');
	await poll();
	await waitFor('the cancellation', async () =>
		(await bookings()).some(({ uid, status }) => uid === booked.uid && status === 'cancelled'),
	);
	const before = await rows('SELECT event_key FROM calcom.lead_activities ORDER BY event_key');
	await poll();
	// A backfill of the same finds all of it known.
	await template.unpublish();
	await backfill(WRITE);
	expect(await runs()).toMatchObject([{ applied: 0, failed: 0 }]);
	expect(await rows('SELECT event_key FROM calcom.lead_activities ORDER BY event_key')).toEqual(before);
}, 120_000);

test('old payloads of a table: read from Cal.com where it still has them, else from the payload itself', async () => {
	const desk = openDesk(template.cal);
	const first = await desk.book();
	const moved = await desk.reschedule(first.uid);
	const payload = (uid: string) => ({
		triggerEvent: 'BOOKING_CREATED',
		createdAt: '2025-03-01T09:00:00.000Z',
		payload: {
			uid,
			bookingId: 77,
			title: 'Level Check between Your School and Grace Hopper',
			type: 'level-check',
			startTime: '2025-03-03T09:00:00Z',
			endTime: '2025-03-03T09:30:00Z',
			organizer: { name: 'Your School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' },
			attendees: [{ name: 'Grace Hopper', email: 'Grace@student.example', phoneNumber: '+31612345678' }],
			responses: { goals: { label: 'Goals', value: 'Play Bach' }, name: { value: 'Grace Hopper' } },
			location: 'Keizersgracht 1',
		},
	});
	await e2e.db.query('CREATE TABLE public.old_hooks (nr serial PRIMARY KEY, body text)');
	try {
		const insert = (body: string) => e2e.db.query('INSERT INTO public.old_hooks (body) VALUES ($1)', [body]);
		await insert(JSON.stringify(payload(first.uid)));
		await insert(JSON.stringify(JSON.stringify(payload('gone-1'))));
		await insert(JSON.stringify([{ body: { ...payload('gone-2'), triggerEvent: 'BOOKING_CANCELLED' } }]));
		await insert('no JSON');
		await insert(JSON.stringify({ triggerEvent: 'PING' }));
		const table = { source: 'table', oldTable: 'public.old_hooks', oldColumn: 'body', oldKey: 'nr', batchSize: 2 };
		await backfill({ ...WRITE, ...table });
		expect((await bookings()).map(({ uid, status }) => [uid, status])).toEqual([
			['gone-1', 'completed'],
			['gone-2', 'cancelled'],
			[moved.uid, 'scheduled'],
		]);
		expect(
			await rows(
				"SELECT attendee_email, attendee_phone, location_type, location_label, responses FROM calcom.bookings WHERE uid = 'gone-1'",
			),
		).toEqual([
			{
				attendee_email: 'grace@student.example',
				attendee_phone: '+31612345678',
				location_type: 'inPerson',
				location_label: 'Keizersgracht 1',
				responses: { goals: 'Play Bach' },
			},
		]);
		const [run] = await runs();
		expect(run).toMatchObject({ status: 'done', failed: 0 });
		expect(run?.['problems']).toEqual([
			{ what: 'row 4', reason: 'no booking is named in it' },
			{ what: 'row 5', reason: 'no booking is named in it' },
		]);
	} finally {
		await e2e.db.query('DROP TABLE public.old_hooks');
	}
}, 120_000);
