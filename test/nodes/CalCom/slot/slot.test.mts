import { slotsAnswer, slotsOf, toLocal } from '../../../../nodes/CalCom/actions/slot/slot.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';

function recorded(start: string) {
	const { data } = exchange(start).body as { data: unknown };
	return slotsAnswer.safeParse(data);
}

describe('the recorded answers', () => {
	test.each([
		['085', 24, '2026-11-23T07:00:00.000Z', '2026-11-23T07:30:00.000Z'],
		['089', 48, '2026-11-23T07:00:00.000Z', null],
		['094', 0, undefined, undefined],
		['095', 26, '2026-11-23T07:00:00.000Z', null],
		['097', 12, '2026-11-23T07:00:00.000Z', null],
	])('%s', (file, count, start, end) => {
		const answer = recorded(file);
		expect(answer.success).toBe(true);
		const slots = slotsOf(answer.data ?? {});
		expect(slots).toHaveLength(count);
		expect(slots[0]?.start).toBe(start);
		expect(slots[0]?.end).toBe(end);
	});

	test('the old shape does not pass', () => {
		expect(recorded('088').success).toBe(false);
	});
});

test('other zones, bare texts and seats are read; an unreadable time is left out', () => {
	const answer = slotsAnswer.parse({
		'2050-09-06': ['2050-09-06T09:00:00.000+02:00'],
		'2050-09-05': [
			{ start: '2050-09-05T09:00:00.000+02:00', end: '2050-09-05T10:00:00.000+02:00', attendeesCount: 2 },
			{ start: 'soon' },
		],
	});
	expect(slotsOf(answer)).toEqual([
		{ start: '2050-09-05T07:00:00.000Z', end: '2050-09-05T08:00:00.000Z', more: { attendeesCount: 2 } },
		{ start: '2050-09-06T07:00:00.000Z', end: null, more: {} },
	]);
});

test('a slot with the wall clock of a zone', () => {
	const slot = { start: '2026-03-29T00:30:00.000Z', end: '2026-03-29T01:30:00.000Z', more: { seatsLeft: 3 } };
	expect(toLocal(slot, 'Europe/Amsterdam')).toEqual({
		start: '2026-03-29T00:30:00.000Z',
		end: '2026-03-29T01:30:00.000Z',
		// The clocks jump from 2:00 to 3:00 in between.
		startLocal: '2026-03-29T01:30:00.000+01:00',
		endLocal: '2026-03-29T03:30:00.000+02:00',
		date: '2026-03-29',
		weekday: 'Sunday',
		timeZone: 'Europe/Amsterdam',
		seatsLeft: 3,
	});
});
