// Storms of edits on both sides, with overlapping runs and everything that can go wrong, against the history of who
// typed what over what.
import fc from 'fast-check';
import { depth } from '../../support/depth.mts';
import { judge } from '../../support/edit-history.mts';
import type { Ending, Typed } from '../../support/edit-history.mts';
import type { Calm, Column, Owners, Weather } from './storm.mts';
import { COLUMNS, NAMES, storm } from './storm.mts';

const FIRST: Record<Column, (id: string) => Typed> = {
	name: (id) => `Lesson ${id}`,
	slug: (id) => `lesson-${id}`,
	description: () => 'A first lesson',
	duration_minutes: () => 30,
};

const flagged = (conflicts: unknown, column: Column): boolean =>
	Array.isArray(conflicts) && conflicts.some((one) => one.recordField === column);

/** How every field has ended up; what is wrong, with its story. */
function endings({ rows, account, edits, unpromised }: Calm, owners: Owners) {
	const found: Record<Ending, number> = { agreed: 0, conflict: 0, asked: 0, excused: 0 };
	const wrong: string[] = [];
	for (const row of rows) {
		const id = String(row['id']);
		for (const column of COLUMNS) {
			const story = {
				first: FIRST[column](id),
				edits: edits.get(`${id} ${column}`) ?? [],
				owner: owners[column] ?? null,
				unpromised,
			};
			const judged = judge(story, {
				ours: row[column] as Typed,
				theirs: account.eventTypes.get(id)?.[NAMES[column]] as Typed,
				flagged: flagged(row['sync_conflict'], column),
			});
			if ('wrong' in judged) wrong.push(`${id} ${column}: ${judged.wrong}. ${JSON.stringify(story.edits)}`);
			else found[judged.ending] += 1;
		}
	}
	return { found, wrong };
}

const CALM = { trouble: 0, deaths: 0, edits: 8, lanes: 1, runs: 6 };
const STORM = { trouble: 0.25, deaths: 0.04, edits: 8, lanes: 2, runs: 5 };
const CASES: [string, Owners, Weather, number][] = [
	['edits alone', {}, CALM, depth(30, 300)],
	['two runs at the same time', {}, { ...CALM, lanes: 2 }, depth(30, 300)],
	['faults and runs that die', {}, { ...STORM, lanes: 1 }, depth(60, 600)],
	['all at once', {}, STORM, depth(60, 600)],
	['all at once, fields with owners', { description: 'ours', duration_minutes: 'theirs' }, STORM, depth(30, 300)],
];

test.each(CASES)(
	'%s: nothing that was typed is lost, and it comes to rest',
	async (what, owners, weather, numRuns) => {
		const sum: Record<string, number> = {};
		await fc.assert(
			fc.asyncProperty(fc.noShrink(fc.integer()), async (seed) => {
				const calm = await storm(seed, owners, weather);
				await calm.run();
				await calm.run();
				expect(await calm.run()).toEqual(['GET /event-types']);
				const { found, wrong } = endings(calm, owners);
				expect(wrong).toEqual([]);
				for (const [name, count] of Object.entries({ ...found, ...calm.counts })) {
					sum[name] = (sum[name] ?? 0) + count;
				}
			}),
			{ numRuns },
		);
		process.stderr.write(`  ${what}: ${JSON.stringify(sum)}\n`);
		expect(sum['conflict']).toBeGreaterThan(0);
	},
	600_000,
);
