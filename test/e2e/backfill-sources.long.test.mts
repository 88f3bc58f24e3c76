// The backfill template in a real n8n: from and to, later runs that fail, Cal.com away, and old payloads of a table.
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { openDesk } from '../../playground/src/desk.mts';
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
	desk = await openBackfill(e2e, 'e2e-backfill-2');
});
afterEach(() => desk.template.close());
afterAll(() => e2e.close());

test('when a later run fails, the first one does, and the next start goes on', async () => {
	desk.cal.seedBookings(23);
	// What the fifth page begins with: it is the first of the third run.
	const fifth = desk.starts()[16] ?? '';
	desk.cal.storm([{ status: 500, count: 10, path: encodeURIComponent(fifth) }]);
	await expect(desk.backfill({ ...WRITE, batchSize: 5, pagesPerRun: 2 })).rejects.toThrow(/Get Many Bookings.*500/);
	expect(await desk.runs()).toMatchObject([{ status: 'running', pages: 4, read: 17 }]);
	desk.cal.storm([]);
	await desk.press();
	expect(await desk.runs()).toMatchObject([{ status: 'done', read: 23 }]);
	expect(await desk.count('bookings')).toBe(23);
}, 240_000);

test('from and to; a booking that moved is one, and one that was cancelled is cancelled', async () => {
	const front = openDesk(desk.cal);
	const first = await front.book();
	const moved = await front.reschedule(first.uid);
	const gone = await front.book();
	await front.cancel(gone.uid, 'ill');
	const later = desk.cal.freeSlots('level-check', 2_000).at(-1);
	const far = await front.book(undefined, later);
	await desk.backfill({ ...WRITE, batchSize: 2, to: new Date(Date.parse(far.start) - 1_000).toISOString() });
	expect((await desk.bookings()).map(({ uid, status }) => [uid, status]).sort()).toEqual(
		[
			[moved.uid, 'scheduled'],
			[gone.uid, 'cancelled'],
		].sort(),
	);
	expect(await desk.rows('SELECT title FROM calcom.lead_activities ORDER BY title')).toEqual([
		{ title: 'Level Check Cancelled' },
		{ title: 'Level Check Rescheduled' },
	]);
	await desk.backfill({ ...WRITE, batchSize: 2, from: far.start });
	expect((await desk.bookings()).map(({ uid }) => uid)).toContain(far.uid);
});

test('Cal.com is away: the run fails, nothing is lost, and the next start goes on', async () => {
	desk.cal.seedBookings(6);
	await desk.cal.goDown();
	await expect(desk.backfill(WRITE)).rejects.toThrow(/Get Many Bookings/);
	expect(await desk.runs()).toMatchObject([{ status: 'running', read: 0 }]);
	await desk.cal.comeBack();
	await desk.press();
	expect(await desk.runs()).toMatchObject([{ status: 'done', read: 6 }]);
	expect(await desk.count('bookings')).toBe(6);
}, 120_000);

test('a cancellation whose webhook never came is found by polling, once', async () => {
	const front = openDesk(desk.cal);
	await desk.pollAtOnce();
	const booked = await front.book();
	await desk.poll();
	await waitFor('the booking', async () => (await desk.bookings()).length === 1);
	await front.cancel(booked.uid, 'ill');
	await desk.poll();
	await waitFor('the cancellation', async () =>
		(await desk.bookings()).some(({ uid, status }) => uid === booked.uid && status === 'cancelled'),
	);
	const before = await desk.activities();
	await desk.poll();
	// A backfill of the same finds all of it known.
	await desk.template.unpublish();
	await desk.backfill(WRITE);
	expect(await desk.runs()).toMatchObject([{ applied: 0, failed: 0 }]);
	expect(await desk.activities()).toEqual(before);
}, 120_000);

test('old payloads of a table: read from Cal.com where it still has them, else from the payload itself', async () => {
	const front = openDesk(desk.cal);
	const first = await front.book();
	const moved = await front.reschedule(first.uid);
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
		await desk.backfill({ ...WRITE, ...table });
		expect((await desk.bookings()).map(({ uid, status }) => [uid, status])).toEqual([
			['gone-1', 'completed'],
			['gone-2', 'cancelled'],
			[moved.uid, 'scheduled'],
		]);
		expect(
			await desk.rows(
				"SELECT attendee_email, attendee_phone, location_type, location_label, responses FROM calcom.bookings WHERE uid = 'gone-1'",
			),
		).toEqual([
			{
				attendee_email: 'Grace@student.example',
				attendee_phone: '+31612345678',
				location_type: 'inPerson',
				location_label: 'Keizersgracht 1',
				responses: { goals: 'Play Bach' },
			},
		]);
		const [run] = await desk.runs();
		expect(run).toMatchObject({ status: 'done', failed: 0 });
		expect(run?.['problems']).toEqual([
			{ what: 'row 4', reason: 'It is no object, and no text that holds one' },
			{ what: 'row 5', reason: 'no booking is named in it' },
		]);
	} finally {
		await e2e.db.query('DROP TABLE public.old_hooks');
	}
}, 120_000);

test('old payloads as somebody reported them: every seat, name, number and meeting, as the trigger would have told it', async () => {
	const reported = (name: string) => {
		const file = new URL(`../fixtures/cases/${name}.json`, import.meta.url);
		const held = z
			.object({ delivery: z.unknown(), deliveries: z.array(z.unknown()).optional() })
			.parse(JSON.parse(readFileSync(file, 'utf8')));
		return held.deliveries ?? [held.delivery];
	};
	const names = [
		'08-old-payload-flat-meeting',
		'09-old-payload-seats',
		'10-old-payload-phone',
		'11-old-payload-unanswered',
	];
	await e2e.db.query('CREATE TABLE public.old_hooks (nr serial PRIMARY KEY, body jsonb)');
	try {
		for (const one of names.flatMap(reported))
			await e2e.db.query('INSERT INTO public.old_hooks (body) VALUES ($1)', [JSON.stringify(one)]);
		const table = { source: 'table', oldTable: 'public.old_hooks', oldColumn: 'body', oldKey: 'nr', batchSize: 4 };
		await desk.backfill({ ...WRITE, ...table, completePast: false });
		expect(await desk.runs()).toMatchObject([
			{ status: 'done', pages: 2, read: 6, applied: 6, passed_over: 0, failed: 0, problems: [] },
		]);
		expect(
			await desk.rows(
				'SELECT uid, status, attendee_name, attendee_count, attendee_phone FROM calcom.bookings ORDER BY uid',
			),
		).toEqual([
			{
				uid: 'grpOld',
				status: 'scheduled',
				attendee_name: 'Ada Lovelace',
				attendee_count: 1,
				attendee_phone: null,
			},
			{
				uid: 'smsOld',
				status: 'scheduled',
				attendee_name: 'Ada Lovelace',
				attendee_count: 1,
				attendee_phone: '+31612345678',
			},
			{
				uid: 'uidA1',
				status: 'scheduled',
				attendee_name: 'Ada Lovelace',
				attendee_count: 1,
				attendee_phone: null,
			},
			{
				uid: 'uidB2',
				status: 'completed',
				attendee_name: 'Ada Lovelace',
				attendee_count: 1,
				attendee_phone: null,
			},
		]);
		expect(
			await desk.rows("SELECT first_name, last_name FROM calcom.leads WHERE email = 'ada@student.example'"),
		).toEqual([{ first_name: 'Ada', last_name: 'Lovelace' }]);
	} finally {
		await e2e.db.query('DROP TABLE public.old_hooks');
	}
}, 120_000);
