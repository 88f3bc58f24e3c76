// What the package costs the n8n that it is installed in. A real n8n is started with and without it, in turn: the time
// until it serves its editor, its processor time and its memory then. Beside it the figures that CI holds against
// test/cost/baseline.json: the package loaded by n8n's own loader in fresh processes, and its size.
// Exit code 1 when one of those has grown by a quarter.
//
//   node test/bench/host-cost.bench.mts [--rounds 7] [--runs 24]
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { installPackage } from '../../playground/src/n8n/package-folder.mts';
import { startN8n } from '../../playground/src/n8n/server.mts';
import { DATA, ROOT } from '../../playground/src/playground.mts';
import { readBaseline } from '../cost/baseline.mts';
import { grown, inWords } from '../cost/cost.mts';
import { prepare } from '../cost/measure.mts';
import { cpuMs } from './support/cpu.mts';
import { median, medianInterval } from './support/statistics.mts';

const EMPTY = join(import.meta.dirname, 'empty-trigger');

const { values } = parseArgs({
	options: { rounds: { type: 'string', default: '7' }, runs: { type: 'string', default: '24' } },
});

interface Start {
	wallMs: number;
	cpuMs: number;
	rssMb: number;
}

const UNITS = [
	['wallMs', 'ms until it serves'],
	['cpuMs', "ms of n8n's processor time"],
	['rssMb', 'MB resident'],
] as const;

/** Memory of a process, in MB (Linux). */
async function rssMb(pid: number): Promise<number> {
	const kb = /^VmRSS:\s+(\d+)/m.exec(await readFile(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
	if (kb === undefined) throw new Error('The system does not tell how much memory n8n has.');
	return Number(kb) / 1024;
}

/** Starts n8n, with its database as an earlier start has left it, looks and stops it. */
async function start(userFolder: string): Promise<Start> {
	const began = performance.now();
	const n8n = await startN8n({ userFolder });
	try {
		const wallMs = performance.now() - began;
		const pid = Number(await readFile(join(userFolder, 'n8n.pid'), 'utf8'));
		return { wallMs, cpuMs: cpuMs(pid) ?? Number.NaN, rssMb: await rssMb(pid) };
	} finally {
		await n8n.stop();
	}
}

/** Two folders that differ in this package alone: both have another one, so that both look for packages. */
async function folders() {
	const made = {
		with: join(DATA, 'bench', 'host-cost', 'with'),
		without: join(DATA, 'bench', 'host-cost', 'without'),
	};
	for (const folder of Object.values(made)) {
		await rm(folder, { recursive: true, force: true });
		await installPackage(folder, EMPTY);
	}
	await installPackage(made.with, ROOT);
	// The first start of each makes its database.
	await start(made.with);
	await start(made.without);
	return made;
}

const measurement = await prepare();
const places = await folders();
const differences: Record<keyof Start, number[]> = { wallMs: [], cpuMs: [], rssMb: [] };
const without: Record<keyof Start, number[]> = { wallMs: [], cpuMs: [], rssMb: [] };
for (let round = 0; round < Number(values.rounds); round += 1) {
	const first = round % 2 === 0 ? 'with' : 'without';
	const one = await start(places[first]);
	const other = await start(places[first === 'with' ? 'without' : 'with']);
	const [ours, bare] = first === 'with' ? [one, other] : [other, one];
	for (const [key] of UNITS) {
		differences[key].push(ours[key] - bare[key]);
		without[key].push(bare[key]);
	}
	const line = UNITS.map(([key, unit]) => `${bare[key].toFixed(0)} -> ${ours[key].toFixed(0)} ${unit}`);
	console.log(`round ${String(round + 1)}   ${line.join('   ')}`);
}
console.log();
for (const [key, unit] of UNITS) {
	const { low, high } = medianInterval(differences[key]);
	const added = median(differences[key]);
	const part = ((added / median(without[key])) * 100).toFixed(1);
	const interval = `95 % interval ${low.toFixed(0)} to ${high.toFixed(0)}`;
	console.log(`n8n with the package: ${added.toFixed(0)} ${unit} more (${interval}), ${part} % of n8n without it`);
}

await measurement.more(Number(values.runs));
const cost = measurement.cost();
console.log();
for (const line of inWords(cost)) console.log(line);
const problems = grown(cost, await readBaseline());
for (const line of problems) console.log(line);
if (problems.length > 0) process.exitCode = 1;
