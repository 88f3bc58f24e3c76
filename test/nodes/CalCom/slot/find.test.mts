import fc from 'fast-check';
import { findSlots } from '../../../../nodes/CalCom/actions/slot/find.ts';
import type { Slot } from '../../../../nodes/CalCom/actions/slot/slot.ts';
import type { Window } from '../../../../nodes/CalCom/actions/slot/windows.ts';
import { windows } from '../../../../nodes/CalCom/actions/slot/windows.ts';

const ZONE = 'Europe/Amsterdam';
const ANY_TIME = { zone: ZONE, weekdays: [], from: 0, until: 1440 };
const START = '2026-11-22T23:00:00.000Z';
const at = (start: string): Slot => ({ start, end: null, more: {} });

/** Answers from a list, as Cal.com does, and counts the questions. */
function calendar(times: Record<string, string[]>) {
	const asked: Array<[string, Window]> = [];
	async function ask(source: string, window: Window): Promise<Slot[]> {
		asked.push([source, window]);
		const from = Date.parse(window.start);
		const until = Date.parse(window.end);
		return (times[source] ?? []).filter((t) => Date.parse(t) >= from && Date.parse(t) < until).map(at);
	}
	return { ask, asked };
}

test('the first slots over several sources, in the order of time, each source asked once', async () => {
	const { ask, asked } = calendar({
		anna: ['2026-11-24T09:00:00.000Z', '2026-11-25T09:00:00.000Z'],
		ben: ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z'],
	});
	const result = await findSlots({
		sources: ['anna', 'ben'],
		windows: windows(START, 60, ZONE),
		wanted: ANY_TIME,
		count: 3,
		perDay: null,
		ask,
	});
	expect(result.found.map(({ slot, source }) => [slot.start, source])).toEqual([
		['2026-11-23T09:00:00.000Z', 'ben'],
		['2026-11-24T09:00:00.000Z', 'anna'],
		['2026-11-24T09:00:00.000Z', 'ben'],
	]);
	expect(result).toMatchObject({ exhausted: false, searchedUntil: '2026-11-29T23:00:00.000Z' });
	expect(asked).toHaveLength(2);
});

test('looks further until there are enough, and no further', async () => {
	const { ask, asked } = calendar({ anna: ['2026-11-24T09:00:00.000Z', '2026-12-01T09:00:00.000Z'] });
	const search = { sources: ['anna'], windows: windows(START, 60, ZONE), wanted: ANY_TIME, perDay: null, ask };
	await expect(findSlots({ ...search, count: 2 })).resolves.toMatchObject({ exhausted: false });
	expect(asked).toHaveLength(2);
});

test('gives what there is when the horizon is reached', async () => {
	const { ask, asked } = calendar({ anna: ['2026-11-24T09:00:00.000Z'] });
	const result = await findSlots({
		sources: ['anna'],
		windows: windows(START, 60, ZONE),
		wanted: ANY_TIME,
		count: 5,
		perDay: null,
		ask,
	});
	expect(result.found).toHaveLength(1);
	expect(result).toMatchObject({ exhausted: true, searchedUntil: '2027-01-21T23:00:00.000Z' });
	expect(asked).toHaveLength(4);
});

test('slots that Cal.com answers outside of the window are left out', async () => {
	const result = await findSlots({
		sources: ['anna'],
		windows: windows('2026-11-23T12:00:00.000Z', 1, ZONE),
		wanted: ANY_TIME,
		count: 5,
		perDay: null,
		ask: async () => ['2026-11-23T09:00:00.000Z', '2026-11-23T12:00:00.000Z', '2026-11-24T12:00:00.000Z'].map(at),
	});
	expect(result.found.map(({ slot }) => slot.start)).toEqual(['2026-11-23T12:00:00.000Z']);
});

test('at most so many a day, counted in the zone', async () => {
	const { ask } = calendar({
		anna: [
			'2026-11-23T09:00:00.000Z',
			'2026-11-23T10:00:00.000Z',
			'2026-11-23T23:30:00.000Z',
			'2026-11-25T09:00:00.000Z',
		],
	});
	const result = await findSlots({
		sources: ['anna'],
		windows: windows(START, 7, ZONE),
		wanted: ANY_TIME,
		count: 3,
		perDay: 1,
		ask,
	});
	expect(result.found.map(({ slot }) => slot.start)).toEqual([
		'2026-11-23T09:00:00.000Z',
		'2026-11-23T23:30:00.000Z',
		'2026-11-25T09:00:00.000Z',
	]);
});

test('finds what a search of everything at once finds', async () => {
	const minutes = fc.array(fc.integer({ min: 0, max: 60 * 24 * 60 }), { maxLength: 40 });
	await fc.assert(
		fc.asyncProperty(minutes, minutes, fc.integer({ min: 1, max: 20 }), async (anna, ben, count) => {
			const times = (offsets: number[]) =>
				offsets.map((minute) => new Date(Date.parse(START) + minute * 60_000).toISOString()).sort();
			const { ask } = calendar({ anna: times(anna), ben: times(ben) });
			const search = { sources: ['anna', 'ben'], wanted: ANY_TIME, count, perDay: null, ask };
			const inWindows = await findSlots({ ...search, windows: windows(START, 61, ZONE) });
			const atOnce = await findSlots({
				...search,
				windows: [{ start: START, end: '2027-01-22T23:00:00.000Z' }],
			});
			expect(inWindows.found).toEqual(atOnce.found);
		}),
	);
});
