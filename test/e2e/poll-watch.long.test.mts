// Each way to watch with the Cal.com Poll Trigger in a real n8n, and the trouble that a watch may meet.
import { SEED } from '../support/depth.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { livelyDay, rowsOf } from './poll/day.mts';
import { bookingRows, leadCapture } from './poll/lead-capture.mts';
import { due, toldStarts } from './poll/upcoming.mts';
import type { Emitted } from './poll/workflow.mts';
import { type PollWorld, openPollWorld } from './poll/world.mts';

const MINUTE = 60_000;

let e2e: E2e;
let world: PollWorld;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	world = await openPollWorld(e2e);
});
afterEach(() => world.close());
afterAll(() => e2e.close());

const keys = (emitted: Emitted[]) => emitted.map(({ eventKey }) => eventKey);

test('no webhook at all: polling alone fills the tables of lead capture', async () => {
	await e2e.resetTables();
	const { id, cal, credential, switchOn, polls } = world;
	await switchOn(await leadCapture(e2e, id, credential, { webhook: false }));
	expect(cal.state.webhooks).toEqual([]);
	await livelyDay(cal, SEED, 10);
	await polls(2);
	expect(await bookingRows(e2e)).toEqual(rowsOf(cal));
	const inbox = await e2e.db.query('SELECT DISTINCT status, source FROM calcom.webhook_events');
	expect(inbox.rows).toEqual([{ status: 'processed', source: 'poll' }]);
}, 180_000);

describe('bookings', () => {
	test('what was there before is not news, unless a date is given to start from', async () => {
		const { desk, watch, polls, events } = world;
		await desk.book();
		await watch('bookings');
		await polls(1);
		expect(await events()).toEqual([]);
		const second = await desk.book();
		await polls(2);
		expect(keys(await events())).toEqual([`BOOKING_CREATED:${second.uid}`]);
	}, 120_000);

	test('from a date: bookings of before come in, each once', async () => {
		const { desk, watch, polls, events } = world;
		const first = await desk.book();
		const startDate = new Date(Date.now() - 60 * MINUTE).toISOString();
		await watch('bookings', { startFrom: 'date', startDate });
		await polls(3);
		expect(keys(await events())).toEqual([`BOOKING_CREATED:${first.uid}`]);
	}, 120_000);

	test('Cal.com is down, and back with more than fits into one batch: all of it comes, in batches, each once', async () => {
		const { id, cal, watch, polls, runs } = world;
		await watch('bookings', { options: { maxPerPoll: 10 } });
		await polls(1);
		await cal.goDown();
		await waitFor(
			'a poll that fails',
			async () => (await e2e.editor.executions(id)).some(({ status }) => status === 'error'),
			{ timeout: 60_000 },
		);
		cal.seedBookings(34);
		await cal.comeBack();
		await waitFor('all of them', async () => (await runs()).flat().length >= 34, {
			timeout: 90_000,
			interval: 250,
		});
		await polls(2);
		const batches = await runs();
		const uids = cal.state.bookings.map(({ uid }) => uid).sort();
		const told = keys(batches.flat()).map((key) => key.split(':')[1]);
		expect(told.sort()).toEqual(uids);
		expect(Math.max(...batches.map((batch) => batch.length))).toBeLessThanOrEqual(10);
	}, 180_000);
});

test('event types: trouble at Cal.com is not a deletion; deleted and made are told', async () => {
	const { cal, watch, polls, events } = world;
	await watch('eventTypes');
	await polls(1);
	cal.storm([
		{ status: 503, count: 12, path: '/event-types' },
		{ status: 'cut', count: 2, path: '/event-types' },
	]);
	await polls(1);
	expect(await events()).toEqual([]);
	cal.storm([]);
	cal.removeEventTypeNamed('online-lesson');
	await polls(1);
	cal.restoreEventType('online-lesson');
	await polls(2);
	expect(keys(await events())).toEqual(['EVENT_TYPE_DELETED:4', 'EVENT_TYPE_CREATED:4']);
}, 180_000);

test('upcoming: told again after a move', async () => {
	const { cal, desk, watch, polls, runs } = world;
	const untilTold = (times: number) =>
		waitFor(`${String(times)} reminders`, async () => (await runs()).length >= times, {
			timeout: 40_000,
			interval: 250,
		});
	const booked = await desk.book();
	await watch('upcoming', { minutesBefore: [60] });
	await polls(1);
	const start = due(cal, booked.uid, 4);
	await untilTold(1);
	const moved = await desk.reschedule(booked.uid);
	const later = due(cal, moved.uid, 4);
	await untilTold(2);
	await polls(3);
	expect(await toldStarts(world)).toEqual([
		{ event: 'BOOKING_UPCOMING', uid: booked.uid, start },
		{ event: 'BOOKING_UPCOMING', uid: moved.uid, start: later },
	]);
}, 180_000);
