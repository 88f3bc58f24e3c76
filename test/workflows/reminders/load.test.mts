// A big business: 10,000 bookings to come. On a real PostgreSQL; the times are printed, not held.
import { type Desk, startDesk, utc } from './desk.mts';
import { bookingEvent } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());

const EARLY = utc('2026-11-24 12:00');

test('10,000 upcoming bookings: planned and claimed in one run, nobody twice', async () => {
	const event = JSON.stringify(bookingEvent({ event: 'BOOKING_CREATED', uid: 'x', minute: 0 }));
	await desk.rows(
		`INSERT INTO calcom.bookings (uid, uids, status, lifecycle, title, event_type_slug, event_type_title, start_time, time_zone, attendees, last_event, last_event_at)
		SELECT 'uid-' || n, ARRAY['uid-' || n], 'scheduled', 'scheduled', 'Level Check', 'level-check', 'Level Check', '2026-12-01T18:00:00Z'::timestamptz + n % 60 * interval '1 second', 'Europe/Amsterdam',
			jsonb_build_array($1::jsonb->'attendee' || jsonb_build_object('phone', '+3161' || lpad(n::text, 7, '0'), 'email', n || '@student.example')), 'BOOKING_CREATED', now()
		FROM generate_series(1, 10000) AS n`,
		[event],
	);
	await desk.rows('ANALYZE calcom.bookings');
	const timed = async <T,>(work: Promise<T>): Promise<[T, number]> => {
		const from = performance.now();
		return [await work, Math.round(performance.now() - from)];
	};
	const [first, planMs] = await timed(desk.plan(EARLY));
	const [again, againMs] = await timed(desk.plan(EARLY));
	expect([first.planned, again.planned]).toEqual([20_000, 0]);
	const due = utc('2026-11-30 18:02');
	const big = desk.with({ perRun: 10_000 });
	const [runs, claimMs] = await timed(
		Promise.all([big.claim(due, 'run-1'), big.claim(due, 'run-2'), big.claim(due, 'run-3')]),
	);
	const claimed = runs.flat().map(({ recipient }) => recipient);
	expect([claimed.length, new Set(claimed).size]).toEqual([10_000, 10_000]);
	console.log(
		`10,000 bookings: plan ${String(planMs)} ms, plan again ${String(againMs)} ms, three claims at once ${String(claimMs)} ms`,
	);
}, 120_000);
