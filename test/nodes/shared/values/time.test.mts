import fc from 'fast-check';
import { DateTime } from 'luxon';
import { instant, minuteOf, minutesBetween } from '../../../../nodes/shared/values/time.ts';
import { localTime, zoneName } from '../../../../nodes/shared/values/zones.ts';
import { depth } from '../../../support/depth.mts';

describe('instant', () => {
	test.each<[unknown, string | null]>([
		['2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T08:00:00.123Z', '2026-11-24T08:00:00.123Z'],
		['2026-11-24T08:00:00+00:00', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T09:00:00+01:00', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T08:00:00', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T08:00Z', '2026-11-24T08:00:00.000Z'],
		['2026-11-24', '2026-11-24T00:00:00.000Z'],
		['20261124T080000Z', '2026-11-24T08:00:00.000Z'],
		['2026-12-01 14:05:00 +00:00', '2026-12-01T14:05:00.000Z'],
		['2026-12-01 14:05:00', '2026-12-01T14:05:00.000Z'],
		['Tue, 24 Nov 2026 08:00:00 GMT', '2026-11-24T08:00:00.000Z'],
		[' 2026-11-24T08:00:00Z ', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T24:00:00Z', '2026-11-25T00:00:00.000Z'],
		[1795507200000, '2026-11-24T08:00:00.000Z'],
		['2026-02-30T08:00:00Z', null],
		['2026-13-01T08:00:00Z', null],
		['2026-11-24T25:00:00Z', null],
		['12:30', null],
		['tomorrow', null],
		['', null],
		['   ', null],
		[1795507200, null],
		[NaN, null],
		[null, null],
		[{}, null],
		[true, null],
	])('%p is %p', (written, expected) => {
		expect(instant(written)).toBe(expected);
	});

	test('says what luxon says of every date and of every way to write it in UTC', () => {
		const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
		const written = fc
			.tuple(
				fc.integer({ min: 0, max: 9999 }).map((year) => String(year).padStart(4, '0')),
				two(13),
				two(32),
				two(25),
				two(61),
				two(61),
				fc.constantFrom('', '.000', '.5', '.123', '.123456'),
				fc.constantFrom('Z', '+00:00', '-00:00', '+01:00', '-05:30', ''),
			)
			.map(([y, mo, d, h, mi, s, fraction, offset]) => `${y}-${mo}-${d}T${h}:${mi}:${s}${fraction}${offset}`);
		fc.assert(
			fc.property(written, (iso) => {
				const luxon = DateTime.fromISO(iso, { zone: 'utc' });
				expect(instant(iso)).toBe(luxon.isValid ? luxon.toUTC().toISO() : null);
			}),
			{ numRuns: depth(200, 3_000) },
		);
	});
});

describe('localTime', () => {
	test.each<[string, string, string | null]>([
		['2026-11-24T08:00:00.000Z', 'Europe/Amsterdam', '2026-11-24T09:00:00.000+01:00'],
		// Amsterdam's clocks go back on 25 October 2026 at 01:00 UTC: 02:30 comes twice.
		['2026-10-25T00:30:00.000Z', 'Europe/Amsterdam', '2026-10-25T02:30:00.000+02:00'],
		['2026-10-25T01:30:00.000Z', 'Europe/Amsterdam', '2026-10-25T02:30:00.000+01:00'],
		// And forward on 29 March 2026: 02:xx does not come at all.
		['2026-03-29T00:59:59.000Z', 'Europe/Amsterdam', '2026-03-29T01:59:59.000+01:00'],
		['2026-03-29T01:00:00.000Z', 'Europe/Amsterdam', '2026-03-29T03:00:00.000+02:00'],
		['2026-03-08T06:59:00.000Z', 'America/New_York', '2026-03-08T01:59:00.000-05:00'],
		['2026-03-08T07:00:00.000Z', 'America/New_York', '2026-03-08T03:00:00.000-04:00'],
		['2026-11-24T08:00:00.000Z', 'Asia/Kolkata', '2026-11-24T13:30:00.000+05:30'],
		['2026-11-24T23:00:00.000Z', 'Pacific/Chatham', '2026-11-25T12:45:00.000+13:45'],
		['2026-11-24T08:00:00.000Z', 'America/St_Johns', '2026-11-24T04:30:00.000-03:30'],
		['2026-11-24T08:00:00.000Z', 'UTC', '2026-11-24T08:00:00.000Z'],
		['2026-11-24T08:00:00.000Z', 'Etc/UTC', '2026-11-24T08:00:00.000+00:00'],
		['2026-11-24T08:00:00.000Z', 'Etc/GMT+2', '2026-11-24T06:00:00.000-02:00'],
		['2026-11-24T08:00:00.000Z', 'Europe/Atlantis', null],
		['2026-11-24T08:00:00.000Z', 'local', null],
		['2026-11-24T08:00:00.000Z', '', null],
	])('%s in %s is %s', (utc, zone, expected) => {
		expect(localTime(utc, zone)).toBe(expected);
	});

	test('is null when the instant or the zone is missing', () => {
		expect(localTime(null, 'Europe/Amsterdam')).toBeNull();
		expect(localTime('2026-11-24T08:00:00.000Z', null)).toBeNull();
	});

	test('says what luxon says in every zone, on days with and without a change of the clocks', () => {
		const zones = fc.constantFrom(
			...Intl.supportedValuesOf('timeZone'),
			'UTC',
			'GMT',
			'utc',
			'Etc/GMT+2',
			'EST5EDT',
		);
		const millis = fc.oneof(
			fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
			fc.integer({ min: Date.UTC(1900, 0, 1), max: Date.UTC(2100, 0, 1) }),
			fc.integer({ min: Date.UTC(0, 0, 1), max: Date.UTC(20000, 0, 1) }),
		);
		fc.assert(
			fc.property(zones, millis, (zone, ms) => {
				const luxon = DateTime.fromMillis(ms, { zone }).toISO();
				expect(localTime(new Date(ms).toISOString(), zone)).toBe(luxon);
			}),
			{ numRuns: depth(200, 3_000) },
		);
	});
});

test.each<[unknown, string | null]>([
	['Europe/Amsterdam', 'Europe/Amsterdam'],
	[' Europe/Amsterdam ', 'Europe/Amsterdam'],
	['America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
	['+01:00', null],
	['__proto__', null],
	['constructor', null],
	['Amsterdam', null],
	['', null],
	[null, null],
	[3, null],
])('the zone %p is %p', (written, expected) => {
	expect(zoneName(written)).toBe(expected);
});

test('minutes are whole, and never negative', () => {
	expect(minutesBetween('2026-11-24T08:00:00.000Z', '2026-11-24T08:30:59.000Z')).toBe(30);
	expect(minutesBetween('2026-11-24T08:00:00.000Z', '2026-11-24T08:00:00.000Z')).toBe(0);
	expect(minutesBetween('2026-11-24T08:00:00.000Z', '2026-11-24T07:00:00.000Z')).toBeNull();
	expect(minutesBetween(null, '2026-11-24T07:00:00.000Z')).toBeNull();
});

test('an instant is cut to its minute', () => {
	expect(minuteOf('2026-11-20T09:02:59.999Z')).toBe('2026-11-20T09:02Z');
	expect(minuteOf(null)).toBeNull();
});
