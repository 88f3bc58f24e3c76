import fc from 'fast-check';
import { readOn, startAt } from '../../../nodes/CalComPollTrigger/keyset.ts';
import type { Position, Row } from '../../../nodes/CalComPollTrigger/keyset.ts';
import { iso } from './support/account.mts';

const ORDER = { after: 'afterUpdatedAt', sort: 'sortUpdatedAt' } as const;

interface Entry {
	uid: string;
	at: number;
}

/** A list that answers as API v2 does, and moves before each answer. */
function listed(entries: Entry[], move: () => void = () => undefined, takesIn = true) {
	const queries: Array<Record<string, unknown>> = [];
	const read = async (query: Record<string, unknown>): Promise<Array<Row<Entry>>> => {
		move();
		queries.push(query);
		const after = Date.parse(String(query.afterUpdatedAt));
		const skip = Number(query.skip ?? 0);
		return entries
			.filter(({ at }) => (takesIn ? at >= after : at > after))
			.sort((a, b) => a.at - b.at || a.uid.localeCompare(b.uid))
			.slice(skip, skip + Number(query.take))
			.map((value) => ({ uid: value.uid, at: iso(value.at), value: { ...value } }));
	};
	return { read, queries };
}

async function readAll(
	read: (query: Record<string, unknown>) => Promise<Array<Row<Entry>>>,
	take: number,
	from = startAt(iso(1)),
) {
	const rows = [];
	for await (const page of readOn(read, ORDER, from, take)) rows.push(...page);
	return rows;
}

const names = (rows: ReadonlyArray<Row<Entry>>): string[] => rows.map(({ uid }) => uid);
const entries = (...times: number[]): Entry[] =>
	times.map((at, index) => ({ uid: `u${String(index).padStart(3, '0')}`, at }));

test.each<[string, number[], number]>([
	['nothing', [], 3],
	['less than a page', [1, 2], 3],
	['a page exactly', [1, 2, 3], 3],
	['several pages', [1, 2, 3, 4, 5, 6, 7, 8], 3],
	['equal instants over a page border', [1, 2, 2, 2, 3], 3],
	['nothing but one instant', [5, 5, 5, 5, 5, 5, 5, 5], 3],
	['a group in the middle', [1, 5, 5, 5, 5, 5, 5, 9], 2],
])('%s: every entry once, in order', async (_name, times, take) => {
	const { read } = listed(entries(...times));
	expect(names(await readAll(read, take))).toEqual(
		names(entries(...times).map((value) => ({ ...value, at: '', value }))),
	);
});

test('only inside a group of equal instants anything is skipped', async () => {
	const { read, queries } = listed(entries(1, 2, 3, 4, 5, 6, 7));
	await readAll(read, 3);
	expect(queries.every(({ skip }) => skip === undefined)).toBe(true);
	const group = listed(entries(5, 5, 5, 5, 5));
	await readAll(group.read, 3);
	expect(group.queries.map(({ skip }) => skip ?? 0)).toEqual([0, 0, 2, 4]);
});

test('a list that is not sorted is not read on: something would be passed over', async () => {
	const read = async () => [3, 1, 2].map((at) => ({ uid: `u${at}`, at: iso(at), value: { uid: '', at } }));
	await expect(readAll(read, 3)).rejects.toThrow('another order');
});

test('a list that moves faster than it can be read ends with an error', async () => {
	const all = entries(5, 5, 5, 5);
	let round = 0;
	const read = async (query: Record<string, unknown>) => {
		round += 1;
		const rows = await listed(all).read(query);
		return query.skip === undefined ? rows : rows.map((row) => ({ ...row, uid: `${row.uid}-${round}` }));
	};
	await expect(readAll(read, 2)).rejects.toThrow('faster');
});

const times = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 25 });

test('whoever stops after any row and goes on there, reads every entry', async () => {
	await fc.assert(
		fc.asyncProperty(
			times,
			fc.integer({ min: 2, max: 5 }),
			fc.integer({ min: 1, max: 6 }),
			fc.boolean(),
			async (given, take, stop, takesIn) => {
				const all = entries(...given);
				const found = new Set<string>();
				let position: Position | null = startAt(iso(1));
				for (let round = 0; position !== null; round++) {
					expect(round).toBeLessThan(200);
					const before = found.size;
					let rest: Position | null = null;
					reading: for await (const page of readOn(
						listed(all, undefined, takesIn).read,
						ORDER,
						position,
						take,
					)) {
						for (const row of page) {
							found.add(row.uid);
							// What was known before does not count, as in a poll.
							if (found.size - before >= stop) {
								rest = row.resume;
								break reading;
							}
						}
					}
					position = rest;
				}
				expect([...found].sort()).toEqual(all.map(({ uid }) => uid));
			},
		),
	);
});

test('entries that change while the list is read are read, as they were or as they are', async () => {
	await fc.assert(
		fc.asyncProperty(
			times,
			fc.integer({ min: 2, max: 5 }),
			fc.array(fc.integer({ min: 0, max: 30 }), { maxLength: 12 }),
			fc.boolean(),
			async (given, take, touches, takesIn) => {
				const all = entries(...given);
				let clock = 100;
				// A change makes the entry the newest: the list moves up behind the place where it was.
				const { read } = listed(
					all,
					() => {
						const touched = all[touches.shift() ?? -1];
						if (touched !== undefined) touched.at = clock++;
					},
					takesIn,
				);
				const rows = await readAll(read, take);
				const last = new Map(rows.map(({ uid, value }) => [uid, value.at]));
				for (const { uid, at } of all) expect([uid, last.get(uid)]).toEqual([uid, at]);
			},
		),
	);
});
