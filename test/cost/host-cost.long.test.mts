// Fails when the package costs the n8n that loads it a quarter more than test/cost/baseline.json says, in time, memory
// or size. When that is meant: `node test/cost/take.mts`, and say why in the commit.
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../playground/src/playground.mts';
import { readBaseline } from './baseline.mts';
import { type Cost, grown, inWords, leastOf } from './cost.mts';
import { prepare } from './measure.mts';

const PATIENCE = 300_000;
const FEW = 6;
/** More runs only ever take noise away: a machine that is busy needs more of them. */
const MOST = 36;

const BASE: Cost = { loadTime: 1.4, heapBytes: 4_000_000, unpackedBytes: 500_000, files: 400, modules: 300 };

describe('the comparison', () => {
	test('what has not grown, has shrunk, or has grown by less than a quarter passes', () => {
		expect(grown(BASE, BASE)).toEqual([]);
		expect(grown({ ...BASE, heapBytes: 1, files: 1 }, BASE)).toEqual([]);
		expect(grown({ ...BASE, loadTime: 1.74, unpackedBytes: 624_999 }, BASE)).toEqual([]);
	});

	test.each([
		['loadTime', 1.75, 'Time to load has grown by 25 %: 1.75 x the reference package, was 1.40 x'],
		['heapBytes', 5_200_000, 'Memory has grown by 30 %: 5.20 MB, was 4.00 MB'],
		['unpackedBytes', 1_000_000, 'Unpacked size has grown by 100 %: 1000 kB, was 500 kB'],
		['files', 500, 'Number of files has grown by 25 %: 500, was 400'],
		['modules', 600, 'Modules loaded at the start has grown by 100 %: 600, was 300'],
	] as const)('%s a quarter up is told', (key, value, words) => {
		expect(grown({ ...BASE, [key]: value }, BASE)).toEqual([expect.stringContaining(words)]);
	});

	test('of many runs the least counts, each package for itself', () => {
		const load = (cpuMs: number, heapBytes: number) => ({ cpuMs, heapBytes, modules: 3 });
		const runs = [
			{ ours: load(100, 8), reference: load(90, 1) },
			{ ours: load(300, 5), reference: load(50, 1) },
		];
		expect(leastOf(runs)).toEqual({ loadTime: 2, heapBytes: 5, modules: 3 });
	});
});

test(
	'the package costs less than a quarter more than the baseline',
	async () => {
		const baseline = await readBaseline();
		const measurement = await prepare();
		let problems: string[];
		let runs = 0;
		do {
			runs = (await measurement.more(FEW)).length;
			problems = grown(measurement.cost(), baseline);
		} while (problems.length > 0 && runs < MOST);
		const advice = 'When it is meant to cost more: `node test/cost/take.mts`.';
		const said = [...problems, ...inWords(measurement.cost()), advice].join('\n');
		if (problems.length > 0) throw new Error(said);
	},
	PATIENCE,
);

test(
	'a package that loads something heavy is found out',
	async () => {
		const heavy = await mkdtemp(join(tmpdir(), 'calcom-heavy-'));
		try {
			for (const name of ['package.json', 'dist'])
				await cp(join(ROOT, name), join(heavy, name), { recursive: true });
			const library = JSON.stringify(join(ROOT, 'node_modules', 'typescript'));
			await appendFile(join(heavy, 'dist/nodes/CalCom/CalCom.node.js'), `\nrequire(${library});\n`);
			const measurement = await prepare(heavy);
			const baseline = await readBaseline();
			let told: string[];
			let runs = 0;
			do {
				runs = (await measurement.more(2)).length;
				told = grown(measurement.cost(), baseline);
			} while (told.length < 2 && runs < MOST);
			expect(told).toEqual([expect.stringContaining('Time to load'), expect.stringContaining('Memory')]);
		} finally {
			await rm(heavy, { recursive: true });
		}
	},
	PATIENCE,
);
