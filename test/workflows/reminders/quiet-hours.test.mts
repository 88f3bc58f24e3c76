// Nobody is woken up: when a reminder goes out that is due at night where the attendee lives, on a real PostgreSQL.
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { depth } from '../../support/depth.mts';
import { ADA, type Desk, startDesk, utc } from './desk.mts';
import { person } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

// Tuesday 10:00 in Amsterdam; planned a week before.
const START = utc('2026-12-01 09:00');
const EARLY = utc('2026-11-24 12:00');
const attendee = (timeZone: string) => ({ ...person('Ada Lovelace', 'ada@student.example', ADA), timeZone });
const outcomes = async () => (await desk.reminders()).map(({ kind, status, reason }) => [kind, status, reason]);

describe('quiet hours where the attendee lives', () => {
	// start, zone -> when the reminder 2 hours before goes out; null: not at all.
	test.each<[string, string, string, string | null]>([
		['by day, at its time', utc('2026-12-01 14:00'), 'Europe/Amsterdam', utc('2026-12-01 12:00')],
		['at 08:00 sharp, at its time', START, 'Europe/Amsterdam', utc('2026-12-01 07:00')],
		[
			'in the morning, when an hour is left then',
			utc('2026-12-01 08:00'),
			'Europe/Amsterdam',
			utc('2026-12-01 07:00'),
		],
		[
			'the evening before, when the morning is too late',
			utc('2026-12-01 07:30'),
			'Europe/Amsterdam',
			utc('2026-11-30 19:45'),
		],
		[
			'in the evening of an appointment at midnight',
			utc('2026-11-30 23:30'),
			'Europe/Amsterdam',
			utc('2026-11-30 19:45'),
		],
		['by the zone of the attendee', utc('2026-12-01 14:30'), 'America/New_York', utc('2026-12-01 13:00')],
		['by a zone that is half an hour off', utc('2026-12-01 03:30'), 'Asia/Kolkata', utc('2026-12-01 02:30')],
		[
			'by the zone of the booking where the own is unknown',
			utc('2026-12-01 08:00'),
			'Mars/Olympus',
			utc('2026-12-01 07:00'),
		],
		[
			'Amsterdam, the night that loses an hour, morning',
			utc('2027-03-28 07:30'),
			'Europe/Amsterdam',
			utc('2027-03-28 06:00'),
		],
		[
			'Amsterdam, the night that loses an hour, evening',
			utc('2027-03-28 05:30'),
			'Europe/Amsterdam',
			utc('2027-03-27 19:45'),
		],
		[
			'Amsterdam, the night that gains an hour, morning',
			utc('2027-10-31 08:30'),
			'Europe/Amsterdam',
			utc('2027-10-31 07:00'),
		],
		[
			'Amsterdam, the night that gains an hour, evening',
			utc('2027-10-31 06:30'),
			'Europe/Amsterdam',
			utc('2027-10-30 18:45'),
		],
		[
			'New York, the night that loses an hour, morning',
			utc('2027-03-14 13:30'),
			'America/New_York',
			utc('2027-03-14 12:00'),
		],
		[
			'New York, the night that loses an hour, evening',
			utc('2027-03-14 11:30'),
			'America/New_York',
			utc('2027-03-14 01:45'),
		],
		[
			'New York, the night that gains an hour, morning',
			utc('2027-11-07 14:30'),
			'America/New_York',
			utc('2027-11-07 13:00'),
		],
		[
			'New York, the night that gains an hour, evening',
			utc('2027-11-07 12:30'),
			'America/New_York',
			utc('2027-11-07 00:45'),
		],
	])('%s', async (_, start, zone, due) => {
		await desk.book({ booking: { start }, attendees: [attendee(zone)] });
		await desk.with({ times: '2h' }).plan(EARLY);
		expect((await desk.reminders()).map(({ due_at }) => due_at.toISOString())).toEqual([due]);
	});

	test('booked at night for the early morning: not at all, and the row says why', async () => {
		await desk.book({ booking: { start: utc('2026-12-01 07:30') } });
		await desk.with({ times: '2h' }).plan(utc('2026-11-30 22:00'));
		expect(await outcomes()).toEqual([['2h', 'skipped', 'quiet hours: no time left that helps']]);
	});

	test('n8n was stopped until night: what helps in the morning waits, the rest is let go', async () => {
		await desk.book({ booking: { start: utc('2026-12-01 20:00') } });
		await desk.book({ uid: 'B', booking: { start: utc('2026-12-01 05:00') } });
		const times = desk.with({ times: '24h' });
		await times.plan(EARLY);
		await desk.rows("UPDATE calcom.reminders SET due_at = '2026-11-30T17:00:00Z'");
		expect(await times.claim(utc('2026-11-30 22:00'))).toEqual([]);
		expect(
			(await desk.reminders()).map(({ status, reason, due_at }) => [status, reason, due_at.toISOString()]),
		).toEqual([
			['pending', 'quiet hours', utc('2026-12-01 07:00')],
			['skipped', 'too late to be of use', utc('2026-11-30 17:00')],
		]);
	});

	test('holds for any instant, zone and quiet time, as luxon sees it', async () => {
		const zones = [
			'Europe/Amsterdam',
			'America/New_York',
			'Asia/Kolkata',
			'Australia/Lord_Howe',
			'Pacific/Apia',
			'UTC',
		];
		const quarter = (from: number, to: number) =>
			fc.integer({ min: from * 4, max: to * 4 - 1 }).map((n) => [Math.floor(n / 4), (n % 4) * 15] as const);
		const clock = ([hour, minute]: readonly [number, number]) =>
			`${String(hour)}:${String(minute).padStart(2, '0')}`;
		const cases = fc.sample(
			fc.record({
				wanted: fc.integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 }),
				zone: fc.constantFrom(...zones),
				from: quarter(17, 24),
				until: quarter(5, 12),
				lead: fc.integer({ min: 1, max: 48 * 60 }),
			}),
			depth(500, 3_000),
		);
		const results = await desk.rows<{ due: Date | null }>(
			`SELECT calcom.outside_quiet_hours(w, w + lead * interval '30 seconds', w - interval '30 days', z, f::time, u::time) AS due
			FROM unnest($1::timestamptz[], $2::int[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS c (w, lead, z, f, u, n) ORDER BY n`,
			[
				cases.map(({ wanted }) => new Date(wanted * 60_000).toISOString()),
				cases.map(({ lead }) => lead),
				cases.map(({ zone }) => zone),
				cases.map(({ from }) => clock(from)),
				cases.map(({ until }) => clock(until)),
			],
		);
		const quiet = (ms: number, zone: string, from: readonly [number, number], until: readonly [number, number]) => {
			const local = DateTime.fromMillis(ms, { zone });
			const minute = local.hour * 60 + local.minute;
			return minute >= from[0] * 60 + from[1] || minute < until[0] * 60 + until[1];
		};
		results.forEach(({ due }, at) => {
			const given = cases[at];
			if (given === undefined) throw new Error('more results than cases');
			const { wanted, zone, from, until, lead } = given;
			const ms = wanted * 60_000;
			if (!quiet(ms, zone, from, until)) {
				expect(due?.getTime()).toBe(ms);
				return;
			}
			if (due === null) throw new Error('a month before there is always an evening');
			expect(quiet(due.getTime(), zone, from, until)).toBe(false);
			expect(due.getTime()).toBeLessThanOrEqual(ms + lead * 30_000);
			expect(Math.abs(due.getTime() - ms)).toBeLessThan(20 * 3_600_000);
		});
	});
});
