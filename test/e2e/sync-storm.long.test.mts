// The service sync template in a storm: people edit services and event types at the same time while runs overlap,
// Cal.com and PostgreSQL come and go, and n8n is killed. Once it is quiet, nothing that anybody typed may be lost.
import { SEED } from '../support/depth.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { judged, rage, settle, untilQuiet } from './sync-storm/storm.mts';
import { type StormOptions, type World, openWorld, stormRows } from './sync-storm/world.mts';

const LIST = { 'GET /event-types': 1 };

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(() => e2e.close());

test.each<[string, StormOptions]>([
	[
		'every field two-way, as it is shipped',
		{ seed: SEED, services: 8, edits: 80, haste: 1_400, owners: {}, kill: true },
	],
	[
		'with owners for some fields',
		{
			seed: SEED,
			services: 6,
			edits: 50,
			haste: 2_400,
			owners: { description: 'ours', duration_minutes: 'theirs' },
			kill: false,
		},
	],
])(
	'%s',
	async (what, options) => {
		await e2e.resetTables();
		const world: World = await openWorld(e2e, options);
		process.stderr.write(`  ${what}: TEST_SEED=${String(SEED)}\n`);
		try {
			const storm = await rage(world);
			await world.untilIdle();
			const runs = await untilQuiet(world);
			const ended = await judged(world, storm);
			const sum = {
				...ended.endings,
				edits: storm.log.edits.length,
				runs: storm.runs,
				failed: storm.failures.length,
			};
			process.stderr.write(`  ${JSON.stringify(sum)}, quiet after ${String(runs)} runs\n`);
			expect(ended.wrong).toEqual([]);
			// There was a storm at all.
			expect(storm.runs - storm.failures.length).toBeGreaterThan(0);
			expect(storm.failures.length).toBeGreaterThan(0);
			expect(runs).not.toBeNull();

			// People decide what is left to them, and then there is nothing to do but to look.
			expect((await settle(world)).wrong).toEqual([]);
			const before = await stormRows(world);
			world.cal.requests.clear();
			await world.sync();
			expect(world.cal.requests.counts).toEqual(LIST);
			expect(await stormRows(world)).toEqual(before);
		} finally {
			await world.close();
		}
	},
	600_000,
);
