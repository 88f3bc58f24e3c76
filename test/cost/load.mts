// Run in a process of its own, with --expose-gc: loads packages with n8n's own loader, one after the other, and prints
// what each of them cost. First loaded, and not counted: the loader, and what n8n has loaded before any package.
//
//   node --expose-gc test/cost/load.mts FOLDER...
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { PackageDirectoryLoader } from 'n8n-core';

const require = createRequire(import.meta.url);
/** What packages of nodes may use: n8n has it in memory at any rate. */
const OF_N8N = ['n8n-workflow', 'zod', 'luxon'];

/** n8n keeps the loaders as long as it runs. */
const kept: PackageDirectoryLoader[] = [];

function heap(): number {
	if (globalThis.gc === undefined) throw new Error('Run it with --expose-gc.');
	// The first pass may only make garbage of what the finalizers hold.
	for (let pass = 0; pass < 3; pass += 1) globalThis.gc();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

async function load(folder: string) {
	const loader = new PackageDirectoryLoader(folder);
	kept.push(loader);
	await loader.loadAll();
}

async function costOf(folder: string) {
	const [heapBefore, modulesBefore] = [heap(), Object.keys(require.cache).length];
	// Processor time of this process: what else runs on the machine is not in it.
	const began = process.cpuUsage();
	await load(folder);
	const { user, system } = process.cpuUsage(began);
	return {
		cpuMs: (user + system) / 1000,
		heapBytes: heap() - heapBefore,
		modules: Object.keys(require.cache).length - modulesBefore,
	};
}

for (const name of OF_N8N) require(name);
await load(join(import.meta.dirname, '..', 'bench', 'empty-trigger'));
const costs = [];
for (const folder of process.argv.slice(2)) costs.push(await costOf(folder));
console.log(JSON.stringify(costs));
