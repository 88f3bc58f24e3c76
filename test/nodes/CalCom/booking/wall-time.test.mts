import { DateTime } from 'luxon';
import { readWallTime } from '../../../../nodes/shared/values/wallTime.ts';

describe('what a person writes, in UTC', () => {
	test.each([
		['2026-11-24T09:00', 'Europe/Amsterdam', '2026-11-24T08:00:00.000Z'],
		['2026-07-24T09:00:00', 'Europe/Amsterdam', '2026-07-24T07:00:00.000Z'],
		['2026-11-24 09:00', 'America/New_York', '2026-11-24T14:00:00.000Z'],
		['2026-11-24T09:00:00Z', 'America/New_York', '2026-11-24T09:00:00.000Z'],
		['2026-11-24T09:00:00.000+05:30', 'America/New_York', '2026-11-24T03:30:00.000Z'],
		['2026-11-24T09:00-08', 'Europe/Amsterdam', '2026-11-24T17:00:00.000Z'],
		['2026-11-24', 'Europe/Amsterdam', '2026-11-23T23:00:00.000Z'],
		['2026-11-24', 'Asia/Kolkata', '2026-11-23T18:30:00.000Z'],
		[' 2026-11-24T09:00 ', 'Asia/Kathmandu', '2026-11-24T03:15:00.000Z'],
	])('%s in %s is %s', (written, zone, utc) => {
		expect(readWallTime(written, zone)).toEqual({ ok: true, utc });
	});

	test('date objects are instants', () => {
		const utc = '2026-11-24T08:00:00.000Z';
		expect(readWallTime(new Date(utc), 'Asia/Tokyo')).toEqual({ ok: true, utc });
		const local = DateTime.fromISO(utc, { zone: 'Europe/Amsterdam' });
		expect(readWallTime(local, 'Asia/Tokyo')).toEqual({ ok: true, utc });
	});

	test.each([
		['', 'Europe/Amsterdam', 'notATime'],
		['tomorrow', 'Europe/Amsterdam', 'notATime'],
		['09:00', 'Europe/Amsterdam', 'notATime'],
		['2026', 'Europe/Amsterdam', 'notATime'],
		['2026-02-30T09:00', 'Europe/Amsterdam', 'notATime'],
		[undefined, 'Europe/Amsterdam', 'notATime'],
		['2026-11-24T09:00', 'Amsterdam', 'unknownZone'],
		['2026-11-24T09:00', '', 'unknownZone'],
	])('%p in %p is a problem: %s', (written, zone, problem) => {
		expect(readWallTime(written, zone)).toEqual({ ok: false, problem });
	});
});

describe('where the clocks change', () => {
	test.each([
		['2026-10-25T02:30', 'Europe/Amsterdam', '2026-10-25T00:30:00.000Z'],
		['2026-10-25T03:00', 'Europe/Amsterdam', '2026-10-25T02:00:00.000Z'],
		['2026-11-01T01:30', 'America/New_York', '2026-11-01T05:30:00.000Z'],
		['2027-04-04T01:45', 'Australia/Lord_Howe', '2027-04-03T14:45:00.000Z'],
	])('a time that comes twice is the first: %s in %s is %s', (written, zone, utc) => {
		expect(readWallTime(written, zone)).toEqual({ ok: true, utc });
	});

	test('with its offset it may be the second', () => {
		const second = readWallTime('2026-10-25T02:30+01:00', 'Europe/Amsterdam');
		expect(second).toEqual({ ok: true, utc: '2026-10-25T01:30:00.000Z' });
	});

	test.each([
		['2027-03-28T02:30', 'Europe/Amsterdam', '2027-03-28T01:30:00.000Z'],
		['2027-03-14T02:00', 'America/New_York', '2027-03-14T07:00:00.000Z'],
	])('a time that never comes is refused, or moved on: %s in %s', (written, zone, movedOn) => {
		expect(readWallTime(written, zone)).toEqual({ ok: false, problem: 'skippedByClocks' });
		expect(readWallTime(written, zone, 'moveOn')).toEqual({ ok: true, utc: movedOn });
	});

	test('a day whose midnight is skipped begins at its first time', () => {
		// Cairo goes from 23:59 to 01:00.
		expect(readWallTime('2026-04-24', 'Africa/Cairo')).toEqual({ ok: true, utc: '2026-04-23T22:00:00.000Z' });
	});
});
