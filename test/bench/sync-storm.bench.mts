// The storm of edits of the end-to-end tests, with as many services and edits as you like: template 05 in a real n8n
// with a real PostgreSQL, people who edit both sides while runs overlap, and everything going wrong on the way.
// Exit code 1 when anything that somebody typed is lost, or when it does not come to rest.
//
//   node test/bench/sync-storm.bench.mts [--services 50] [--edits 1000] [--seed N]
import { parseArgs } from 'node:util';
import { judged, rage, settle, untilQuiet } from '../e2e/sync-storm/storm.mts';
import { openWorld } from '../e2e/sync-storm/world.mts';
import { SEED } from '../support/depth.mts';
import { withPlayground } from './support/playground.mts';

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: {
		services: { type: 'string', default: '50' },
		edits: { type: 'string', default: '1000' },
		seed: { type: 'string', default: String(SEED) },
	},
});
const [services, edits, seed] = [values.services, values.edits, values.seed].map(Number) as [number, number, number];

await withPlayground(async (e2e) => {
	await e2e.resetTables();
	const world = await openWorld(e2e, { seed, services, edits, haste: 500, owners: {}, kill: true });
	console.log(`${String(services)} services, ${String(edits)} edits, seed ${String(seed)}`);
	try {
		const began = performance.now();
		const storm = await rage(world);
		console.log(`the storm lasted ${((performance.now() - began) / 1000).toFixed(0)} s`);
		await world.untilIdle();
		const runs = await untilQuiet(world);
		const ended = await judged(world, storm);
		console.log(`${String(storm.runs)} runs by hand, ${String(storm.failures.length)} of them failed`);
		console.log(`fields: ${JSON.stringify(ended.endings)}; quiet after ${String(runs)} runs`);
		const settled = await settle(world);
		console.log(`${String(settled.count)} conflicts decided by people`);
		const wrong = [...ended.wrong, ...settled.wrong];
		for (const line of wrong) console.log(`WRONG: ${line}`);
		if (wrong.length > 0 || runs === null) process.exitCode = 1;
		console.log(process.exitCode === 1 ? 'missed' : 'holds: nothing is lost, and it came to rest');
	} finally {
		await world.close();
	}
});
