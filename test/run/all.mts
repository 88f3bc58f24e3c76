// Every check there is of a proof, one step after the other, and what came of them at the end.
//
//   node test/run/all.mts gate|long [names of steps] [--shard=1/3]
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { type Child, startChild } from '../../playground/src/process.mts';
import { sendSignal } from '../../playground/src/process-tree.mts';
import { type Count, type StepResult, clock, countSchema, timeLines, totalOf, warning } from './report.mts';
import { commitSeed, randomSeed } from './seed.mts';
import { type Step, PROOFS, chosen } from './steps.mts';

const [proof = '', ...rest] = process.argv.slice(2);
if (proof !== 'gate' && proof !== 'long') throw new Error(`Which proof? ${Object.keys(PROOFS).join(' or ')}.`);
const options = rest.filter((arg) => arg.startsWith('-'));
const steps = chosen(
	proof,
	rest.filter((arg) => !arg.startsWith('-')),
);

const folder = mkdtempSync(join(tmpdir(), 'calcom-test-'));
const wanted = process.env['TEST_SEED'];
const seed = wanted === 'random' ? randomSeed() : Number(wanted || commitSeed());
if (!Number.isSafeInteger(seed)) throw new Error(`TEST_SEED is a whole number or "random", not "${String(wanted)}".`);
console.log(`TEST_SEED=${String(seed)}`);

const running = new Set<Child>();
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
	process.once(signal, () => {
		isStopped = true;
		// To the whole group: pnpm, jest and its workers. Each has a keeper for what it has started.
		for (const { pid } of running) sendSignal(-pid, 'SIGINT');
	});
}

const began = performance.now();
const results: StepResult[] = [];
for (const step of steps) {
	console.log(`\n=== ${step.name} ===`);
	const found = await run(step);
	results.push(...found);
	if (isStopped || (step.isNeeded && found.some(({ isRight }) => !isRight))) break;
}
const ms = performance.now() - began;
rmSync(folder, { recursive: true });

console.log(`\n${[...timeLines(results), `${clock(ms).padStart(6)}  in all`].join('\n')}`);
const tooLong = warning(proof, ms);
if (tooLong !== null) console.log(styleText('yellow', tooLong));
const { passed, failed } = totalOf(results);
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = isStopped ? 130 : failed > 0 ? 1 : 0;

async function run({ scripts, hasFiles }: Step): Promise<StepResult[]> {
	const isAlone = scripts.length === 1;
	// What runs beside unit tests gets a core of its own.
	const workers = isAlone ? availableParallelism() : Math.max(1, availableParallelism() - 1);
	return await Promise.all(
		scripts.map(async (script) => {
			const counts = join(folder, script.replaceAll(':', '-'));
			const env = {
				...process.env,
				PROOF: proof,
				TEST_COUNTS: counts,
				TEST_SEED: String(seed),
				TEST_WORKERS: String(workers),
			};
			const started = performance.now();
			const child = await startChild('pnpm', ['run', script, ...(hasFiles ? options : [])], {
				env,
				isHeard: isAlone,
			});
			running.add(child);
			const how = await child.ended;
			running.delete(child);
			// Side by side they would talk into each other.
			if (!isAlone) process.stdout.write(child.said());
			return {
				name: script,
				ms: performance.now() - started,
				isRight: how === 'exit code 0',
				count: hasFiles ? countIn(counts) : null,
			};
		}),
	);
}

/** Nothing was counted where jest itself did not run. */
function countIn(file: string): Count | null {
	try {
		return countSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
	} catch {
		return null;
	}
}
