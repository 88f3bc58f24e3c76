import { describe, expect, test } from '@jest/globals';
import { busyAnswer, freeTimes } from '../../../../nodes/CalCom/actions/calendar/busy.ts';

const span = (start: string, end: string) => ({
	start: `2026-11-23T${start}:00.000Z`,
	end: `2026-11-23T${end}:00.000Z`,
});
const DAY = span('08:00', '18:00');

describe('free times', () => {
	test.each([
		['nothing busy', [], [DAY]],
		['one in between', [span('10:00', '11:00')], [span('08:00', '10:00'), span('11:00', '18:00')]],
		[
			'touching',
			[span('10:00', '11:00'), span('11:00', '12:00')],
			[span('08:00', '10:00'), span('12:00', '18:00')],
		],
		[
			'one within another',
			[span('09:00', '15:00'), span('10:00', '11:00')],
			[span('08:00', '09:00'), span('15:00', '18:00')],
		],
		['out of order', [span('14:00', '15:00'), span('08:00', '14:00')], [span('15:00', '18:00')]],
		['over the beginning', [span('06:00', '09:00')], [span('09:00', '18:00')]],
		['over the end', [span('17:00', '20:00')], [span('08:00', '17:00')]],
		['before and after', [span('05:00', '06:00'), span('19:00', '20:00')], [DAY]],
		['over everything', [span('00:00', '23:00')], []],
	])('%s', (_, busy, free) => {
		expect(freeTimes(busy, DAY)).toEqual(free);
	});
});

test('busy times in any zone become instants; unreadable ones are left out', () => {
	const answer = [
		{ start: '2026-11-23T09:00:00+01:00', end: '2026-11-23T10:00:00+01:00', source: 'google' },
		{ start: 'soon', end: '2026-11-23T10:00:00Z' },
	];
	expect(busyAnswer.parse(answer)).toEqual([{ ...span('08:00', '09:00'), source: 'google' }]);
});
