// Fails when the package costs the n8n that loads it a quarter more than test/cost/baseline.json says, in time, memory
// or size. When that is meant: `node test/cost/take.mts`, and say why in the commit.
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from '../../playground/src/playground.mts';
import { readBaseline } from './baseline.mts';
import { grown, inWords } from './cost.mts';
import { prepare } from './measure.mts';

const PATIENCE = 300_000;
const FEW = 6;
/** More runs only ever take noise away: a machine that is busy needs more of them. */
const MOST = 36;

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
