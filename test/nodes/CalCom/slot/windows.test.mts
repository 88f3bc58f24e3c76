import { DateTime } from 'luxon';
import { windows } from '../../../../nodes/CalCom/actions/slot/windows.ts';

const ZONE = 'Europe/Amsterdam';
const daysOf = ({ start, end }: { start: string; end: string }) =>
	DateTime.fromISO(end, { zone: ZONE }).diff(DateTime.fromISO(start, { zone: ZONE }), 'days').days;

test('a week first, then twice as many, at most 31 days', () => {
	expect(windows('2026-11-22T23:00:00.000Z', 90, ZONE).map(daysOf)).toEqual([7, 14, 28, 31, 10]);
});

test('they touch and end at the horizon', () => {
	const found = windows('2026-11-20T10:15:00.000Z', 20, ZONE);
	expect(found).toEqual([
		{ start: '2026-11-20T10:15:00.000Z', end: '2026-11-26T23:00:00.000Z' },
		{ start: '2026-11-26T23:00:00.000Z', end: '2026-12-10T10:15:00.000Z' },
	]);
});

test('a week from the middle of a day is one question', () => {
	expect(windows('2026-11-20T10:15:00.000Z', 7, ZONE)).toEqual([
		{ start: '2026-11-20T10:15:00.000Z', end: '2026-11-27T10:15:00.000Z' },
	]);
});

test('the day on which the clocks change stays whole', () => {
	const [first] = windows('2026-03-25T23:00:00.000Z', 7, ZONE);
	expect(first).toEqual({ start: '2026-03-25T23:00:00.000Z', end: '2026-04-01T22:00:00.000Z' });
});

test.each([
	[0, 1],
	[0.5, 1],
	[10_000, 366],
])('%s days become %s', (asked, days) => {
	const found = windows('2026-11-22T23:00:00.000Z', asked, ZONE);
	const end = found.at(-1)?.end ?? '';
	expect(daysOf({ start: '2026-11-22T23:00:00.000Z', end })).toBe(days);
});

test('a year takes 14 questions', () => {
	expect(windows('2026-11-22T23:00:00.000Z', 366, ZONE)).toHaveLength(14);
});
