// All benches, one after the other: `pnpm bench`. Exit code 1 when one of them misses a target.
// Options are handed on, e.g. `node test/bench/all.mts --rounds 10`.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const BENCHES = [
	'normalize',
	'sizes',
	'sync',
	'sync-calls',
	'sync-storm',
	'throughput',
	'lead-capture',
	'promises',
	'altered',
	'queue',
	'queue-lead-capture',
	'backfill',
	'reminders',
	'host-cost',
];

const missed: string[] = [];
for (const name of BENCHES) {
	console.log(`\n=== ${name} ===`);
	const file = join(import.meta.dirname, `${name}.bench.mts`);
	const { status } = spawnSync(process.execPath, [file, ...process.argv.slice(2)], { stdio: 'inherit' });
	if (status !== 0) missed.push(name);
}
console.log(missed.length === 0 ? '\nNo target is missed.' : `\nMissed or failed: ${missed.join(', ')}`);
process.exitCode = missed.length === 0 ? 0 : 1;
