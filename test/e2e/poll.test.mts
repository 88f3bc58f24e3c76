// The Cal.com Poll Trigger in a real n8n: what the webhooks lost, what has no webhook, what is about to begin.
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import { type Desk, openDesk } from '../../playground/src/desk.mts';
import type { Workflow } from '../../playground/src/n8n/editor.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Emitted, leadCapture, polled, pollWorkflow } from './support/poll-workflow.mts';
import { livelyDay, rowsOf, toldKeys } from './support/poll-day.mts';
import { calComCredential } from './support/trigger-workflow.mts';

const MINUTE = 60_000;

let e2e: E2e;
let cal: CalCom;
let desk: Desk;
let credential: { id: string; name: string };
let active: string | null = null;
/** Of the workflow, another one for each test: n8n has nothing left of the one before. */
let id: string;
let count = 0;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	count += 1;
	id = `poll-${String(count)}`;
	cal = await startCalCom({ rateLimit: 10_000 });
	desk = openDesk(cal);
	credential = await calComCredential(e2e, id, { apiKey: cal.apiKey, baseUrl: cal.url });
});
afterEach(async () => {
	if (active !== null) {
		await e2e.editor.deactivate(active);
		await idle();
		await e2e.editor.deleteWorkflow(active);
		active = null;
	}
	await cal.stop();
});
afterAll(async () => {
	await e2e.close();
});

async function switchOn(workflow: Workflow): Promise<void> {
	await e2e.editor.saveWorkflow(workflow);
	active = workflow.id;
	await e2e.editor.activate(workflow.id);
}

const watch = (parameters: Record<string, unknown>) => switchOn(pollWorkflow(id, parameters, credential));

const idle = async () => {
	await waitFor(
		'all executions to end',
		async () =>
			(await e2e.editor.executions(id, 100)).every(({ status }) => status !== 'running' && status !== 'new'),
		{ timeout: 60_000 },
	);
};

const POLLS = { bookings: 'GET /bookings', eventTypes: 'GET /event-types' };

/** Waits until Cal.com was asked that often from now on, and all that came of it is done. */
async function polls(count = 2, call = POLLS.bookings): Promise<void> {
	const asked = () => cal.requests.counts[call] ?? 0;
	const before = asked();
	await waitFor(`${String(count)} polls`, () => asked() >= before + count, { timeout: 60_000 });
	// The answer has to arrive, and the execution to be there, before it can be waited for.
	await new Promise((resolve) => setTimeout(resolve, 700));
	await idle();
}

const events = async () => (await polled(e2e, id)).flat();
const keys = (emitted: Emitted[]) => emitted.map(({ eventKey }) => eventKey);

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql)).rows;
const bookingRows = () =>
	rows('SELECT uid, uids, status, start_time, attendee_email FROM calcom.bookings ORDER BY attendee_email');

describe('lead capture', () => {
	test.each([21, 22])(
		'half of the deliveries is lost, seed %i: after polling every row is right and none is doubled',
		async (seed) => {
			await switchOn(await leadCapture(e2e, id, credential, { webhook: true }));
			cal.loseDeliveries(0.5, seed);
			await livelyDay(cal, seed, 14);
			await polls(3);
			expect(await bookingRows()).toEqual(rowsOf(cal));
			const inbox = await rows('SELECT event_key, status, source FROM calcom.webhook_events');
			expect(inbox.filter(({ status }) => status !== 'processed')).toEqual([]);
			// The poll tells facts under the very keys that the lost deliveries had.
			const told = toldKeys(cal);
			expect(inbox.map(({ event_key }) => String(event_key)).filter((key) => !told.has(key))).toEqual([]);
			expect(new Set(inbox.map(({ source }) => source))).toEqual(new Set(['poll', 'webhook']));
			const lost = cal.deliveries.filter(({ status }) => status === null).length;
			process.stderr.write(
				`  ${String(lost)} of ${String(cal.deliveries.length)} deliveries lost, ${String(inbox.length)} facts in the inbox, ${String(inbox.filter(({ source }) => source === 'poll').length)} of them by polling\n`,
			);
			const [count] = await rows('SELECT count(*)::int AS activities FROM calcom.lead_activities');
			expect(count).toEqual({ activities: inbox.length });
			expect(await rows('SELECT lower(email) FROM calcom.leads GROUP BY 1 HAVING count(*) > 1')).toEqual([]);
		},
		180_000,
	);

	/** What happens to a booking, and which deliveries of it arrive. */
	test.each<[string, ('book' | 'move' | 'cancel')[], boolean[], string]>([
		['cancelled', ['book', 'cancel'], [true, false], 'cancelled'],
		['moved', ['book', 'move'], [true, false], 'scheduled'],
		['moved twice', ['book', 'move', 'move'], [true, false, false], 'scheduled'],
		['moved and cancelled, the move lost', ['book', 'move', 'cancel'], [true, false, true], 'cancelled'],
		['moved and cancelled, both lost', ['book', 'move', 'cancel'], [true, false, false], 'cancelled'],
		['all but the last lost', ['book', 'move', 'move', 'cancel'], [false, false, false, true], 'cancelled'],
	])(
		'%s: one row, as Cal.com has it',
		async (_, steps, arrive, status) => {
			await switchOn(await leadCapture(e2e, id, credential, { webhook: true }));
			let uid = '';
			for (const [at, step] of steps.entries()) {
				cal.loseDeliveries(arrive[at] ? 0 : 1, 1);
				if (step === 'book') uid = (await desk.book()).uid;
				if (step === 'move') uid = (await desk.reschedule(uid)).uid;
				if (step === 'cancel') await desk.cancel(uid);
			}
			await polls(2);
			expect(await bookingRows()).toEqual(rowsOf(cal));
			expect(await bookingRows()).toMatchObject([{ uid, status }]);
		},
		60_000,
	);

	test('no webhook at all: polling alone fills the tables', async () => {
		await switchOn(await leadCapture(e2e, id, credential, { webhook: false }));
		expect(cal.state.webhooks).toEqual([]);
		await livelyDay(cal, 23, 10);
		await polls(3);
		expect(await bookingRows()).toEqual(rowsOf(cal));
		const inbox = await rows('SELECT DISTINCT status, source FROM calcom.webhook_events');
		expect(inbox).toEqual([{ status: 'processed', source: 'poll' }]);
	}, 180_000);

	test('the webhook keeps its secret beside the poll: deliveries are taken before, between and after polls', async () => {
		await switchOn(await leadCapture(e2e, id, credential, { webhook: true }));
		for (let round = 0; round < 3; round += 1) {
			await desk.book();
			await polls(2);
		}
		expect(cal.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
	}, 120_000);
});

describe('bookings', () => {
	test('what was there before is not news, unless a date is given to start from', async () => {
		await desk.book();
		await watch({ watch: 'bookings' });
		await polls(2);
		expect(await events()).toEqual([]);
		const second = await desk.book();
		await polls(2);
		expect(keys(await events())).toEqual([`BOOKING_CREATED:${second.uid}`]);
	}, 120_000);

	test('from a date: bookings of before come in, each once', async () => {
		const first = await desk.book();
		const startDate = new Date(Date.now() - 60 * MINUTE).toISOString();
		await watch({ watch: 'bookings', startFrom: 'date', startDate });
		await polls(3);
		expect(keys(await events())).toEqual([`BOOKING_CREATED:${first.uid}`]);
	}, 120_000);

	test('Cal.com is down, and back with more than fits into one batch: all of it comes, in batches, each once', async () => {
		await watch({ watch: 'bookings', options: { maxPerPoll: 10 } });
		await polls(1);
		await cal.goDown();
		await new Promise((resolve) => setTimeout(resolve, 7_000));
		cal.seedBookings(34);
		await cal.comeBack();
		await waitFor('all of them', async () => (await events()).length >= 34, { timeout: 90_000, interval: 1_000 });
		await polls(2);
		const runs = await polled(e2e, id);
		const uids = cal.state.bookings.map(({ uid }) => uid).sort();
		expect(
			keys(runs.flat())
				.map((key) => key.split(':')[1])
				.sort(),
		).toEqual(uids);
		expect(Math.max(...runs.map((batch) => batch.length))).toBeLessThanOrEqual(10);
	}, 180_000);

	test('a restart of n8n forgets nothing and tells nothing twice', async () => {
		await watch({ watch: 'bookings' });
		const before = await desk.book();
		await polls(2);
		await e2e.restartN8n();
		const after = await desk.book();
		await polls(2);
		expect(keys(await events())).toEqual([`BOOKING_CREATED:${before.uid}`, `BOOKING_CREATED:${after.uid}`]);
	}, 180_000);
});

describe('event types', () => {
	const look = () => polls(2, POLLS.eventTypes);

	test('made, changed and deleted are told with what changed; trouble at Cal.com is not a deletion', async () => {
		await watch({ watch: 'eventTypes' });
		await look();
		expect(await events()).toEqual([]);

		cal.editEventType('trial-lesson', { title: 'Premium Cut', lengthInMinutes: 45 });
		await look();
		const [updated, ...more] = await events();
		expect(more).toEqual([]);
		expect(updated?.eventKey).toMatch(/^EVENT_TYPE_UPDATED:3:/);
		expect(updated?.changes).toEqual({
			title: { old: 'Trial lesson', new: 'Premium Cut' },
			lengthInMinutes: { old: 30, new: 45 },
		});

		cal.storm([
			{ status: 503, count: 12, path: '/event-types' },
			{ status: 'cut', count: 2, path: '/event-types' },
		]);
		await look();
		expect(await events()).toHaveLength(1);

		cal.storm([]);
		cal.removeEventTypeNamed('online-lesson');
		await look();
		cal.restoreEventType('online-lesson');
		await look();
		expect(keys(await events()).slice(1)).toEqual(['EVENT_TYPE_DELETED:4', 'EVENT_TYPE_CREATED:4']);
	}, 180_000);

	test('a change while n8n is restarted is found afterwards', async () => {
		await watch({ watch: 'eventTypes' });
		await look();
		const restarted = e2e.restartN8n();
		cal.editEventType('trial-lesson', { title: 'Premium Cut' });
		await restarted;
		await look();
		const emitted = await events();
		expect(emitted.map(({ event, changes }) => ({ event, changes }))).toEqual([
			{ event: 'EVENT_TYPE_UPDATED', changes: { title: { old: 'Trial lesson', new: 'Premium Cut' } } },
		]);
	}, 180_000);
});

describe('upcoming', () => {
	/** Puts a booking where its reminder is due so many seconds from now; the desk books in office hours only. */
	const due = (uid: string, seconds: number) => {
		const booking = cal.state.bookings.find((candidate) => candidate.uid === uid);
		if (!booking) throw new Error(`No booking has the uid ${uid}`);
		const start = new Date(Math.floor(Date.now() / 1_000) * 1_000 + 60 * MINUTE + seconds * 1_000);
		Object.assign(booking, {
			start: start.toISOString(),
			end: new Date(start.getTime() + 30 * MINUTE).toISOString(),
			updatedAt: new Date().toISOString(),
		});
		return start.toISOString();
	};
	const told = async () =>
		(await events()).map(({ event, booking }) => ({
			event,
			uid: Reflect.get(Object(booking), 'uid') as unknown,
			start: Reflect.get(Object(booking), 'start') as unknown,
		}));

	test('told once per booking and start, again after a move, and never of a cancelled one', async () => {
		const [first, second] = [await desk.book(), await desk.book()];
		await watch({ watch: 'upcoming', minutesBefore: [60] });
		await polls(1);
		const start = due(first.uid, 6);
		due(second.uid, 8);
		await desk.cancel(second.uid);
		expect(await told()).toEqual([]);
		await waitFor('the reminder', async () => (await told()).length > 0, { timeout: 40_000, interval: 500 });
		await polls(3);
		expect(await told()).toEqual([{ event: 'BOOKING_UPCOMING', uid: first.uid, start }]);

		const moved = await desk.reschedule(first.uid);
		const later = due(moved.uid, 6);
		await waitFor('the next one', async () => (await told()).length > 1, { timeout: 40_000, interval: 500 });
		await polls(3);
		expect(await told()).toEqual([
			{ event: 'BOOKING_UPCOMING', uid: first.uid, start },
			{ event: 'BOOKING_UPCOMING', uid: moved.uid, start: later },
		]);
	}, 180_000);
});
