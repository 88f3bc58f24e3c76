import { minutesOf, suits } from '../../../../nodes/CalCom/actions/slot/wanted.ts';

const ZONE = 'Europe/Amsterdam';
const WORKDAYS = [1, 2, 3, 4, 5];

function wanted(weekdays: number[], from: string, until: string, zone = ZONE) {
	return { zone, weekdays, from: minutesOf(from) ?? -1, until: minutesOf(until) ?? -1 };
}
const hour = (start: string) => ({
	start,
	end: new Date(Date.parse(start) + 3_600_000).toISOString(),
	more: {},
});

test.each([
	['9:00', 540],
	['09:00', 540],
	['17:30', 1050],
	['17:30:00', 1050],
	['24:00', 1440],
	['24:30', null],
	['9', null],
	['25:00', null],
	['9:60', null],
])('%s is %s minutes', (time, minutes) => {
	expect(minutesOf(time)).toBe(minutes);
});

test.each([
	['starts when the hours do', '2026-11-23T08:00:00Z', wanted(WORKDAYS, '9:00', '17:00'), true],
	['ends when the hours do', '2026-11-23T15:00:00Z', wanted(WORKDAYS, '9:00', '17:00'), true],
	['runs past them', '2026-11-23T15:30:00Z', wanted(WORKDAYS, '9:00', '17:00'), false],
	['before them', '2026-11-23T07:30:00Z', wanted(WORKDAYS, '9:00', '17:00'), false],
	['on a Saturday', '2026-11-28T09:00:00Z', wanted(WORKDAYS, '9:00', '17:00'), false],
	['on a Saturday, every day', '2026-11-28T09:00:00Z', wanted([], '9:00', '17:00'), true],
	['the weekday is that of the zone', '2026-11-22T23:30:00Z', wanted([1], '00:00', '24:00'), true],
	['and not that of UTC', '2026-11-22T23:30:00Z', wanted([7], '00:00', '24:00'), false],
	['until the end of the day', '2026-11-23T22:00:00Z', wanted([1], '20:00', '24:00'), true],
	['beyond the end of the day', '2026-11-23T22:30:00Z', wanted([1], '20:00', '24:00'), false],
	['past midnight, before it', '2026-11-27T22:30:00Z', wanted([5], '22:00', '2:00'), true],
	['past midnight, after it, the day before counts', '2026-11-28T00:00:00Z', wanted([5], '22:00', '2:00'), true],
	['past midnight, on the wrong evening', '2026-11-28T22:00:00Z', wanted([5], '22:00', '2:00'), false],
	['past midnight, too late', '2026-11-28T00:30:00Z', wanted([5], '22:00', '2:00'), false],
	['the day before the clocks go forward', '2026-03-28T08:00:00Z', wanted([], '9:00', '17:00'), true],
	['the day they go forward, 9:00 is an hour earlier', '2026-03-29T07:00:00Z', wanted([], '9:00', '17:00'), true],
	['and not a second hour earlier', '2026-03-29T06:30:00Z', wanted([], '9:00', '17:00'), false],
	['across the jump, by the wall clock', '2026-03-29T00:30:00Z', wanted([], '1:00', '3:00'), false],
	['the same with room for it', '2026-03-29T00:30:00Z', wanted([], '1:00', '3:30'), true],
	['the day they go back, the first 2:30', '2026-10-25T00:30:00Z', wanted([7], '2:00', '4:00'), true],
	['the day they go back, the second 2:30', '2026-10-25T01:30:00Z', wanted([7], '2:00', '4:00'), true],
	['the day they go back, the last evening slot', '2026-10-25T22:00:00Z', wanted([7], '20:00', '24:00'), true],
	['from equals until: all day', '2026-11-23T03:00:00Z', wanted([1], '9:00', '9:00'), true],
])('%s', (_, start, rule, expected) => {
	expect(suits(hour(start), rule)).toBe(expected);
});

test('without an end only the start is looked at', () => {
	const slot = { start: '2026-11-23T15:30:00Z', end: null, more: {} };
	expect(suits(slot, wanted([], '9:00', '17:00'))).toBe(true);
});
