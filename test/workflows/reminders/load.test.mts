// A big business: thousands of bookings to come. On a real PostgreSQL.
import { depth } from '../../support/depth.mts';
import { type Desk, startDesk, utc } from './desk.mts';
import { bookingEvent } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());

const EARLY = utc('2026-11-24 12:00');
const BOOKINGS = depth(500, 10_000);

test(`${String(BOOKINGS)} upcoming bookings: planned and claimed in one run, nobody twice`, async () => {
	const event = JSON.stringify(bookingEvent({ event: 'BOOKING_CREATED', uid: 'x', minute: 0 }));
	await desk.rows(
		`INSERT INTO calcom.bookings (uid, uids, status, lifecycle, title, event_type_slug, event_type_title, start_time, time_zone, attendees, last_event, last_event_at)
		SELECT 'uid-' || n, ARRAY['uid-' || n], 'scheduled', 'scheduled', 'Level Check', 'level-check', 'Level Check', '2026-12-01T18:00:00Z'::timestamptz + n % 60 * interval '1 second', 'Europe/Amsterdam',
			jsonb_build_array($1::jsonb->'attendee' || jsonb_build_object('phone', '+3161' || lpad(n::text, 7, '0'), 'email', n || '@student.example')), 'BOOKING_CREATED', now()
		FROM generate_series(1, $2) AS n`,
		[event, BOOKINGS],
	);
	await desk.rows('ANALYZE calcom.bookings');
	const first = await desk.plan(EARLY);
	const again = await desk.plan(EARLY);
	expect([first.planned, again.planned]).toEqual([2 * BOOKINGS, 0]);
	const due = utc('2026-11-30 18:02');
	const big = desk.with({ perRun: BOOKINGS });
	const runs = await Promise.all(['run-1', 'run-2', 'run-3'].map((run) => big.claim(due, run)));
	const claimed = runs.flat().map(({ recipient }) => recipient);
	expect([claimed.length, new Set(claimed).size]).toEqual([BOOKINGS, BOOKINGS]);
}, 120_000);
