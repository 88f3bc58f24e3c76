// Takes what the package costs: loads it in fresh processes, in turn with the reference package, and asks npm for its size.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { isBuilt } from '../../playground/src/build.mts';
import { installPackage } from '../../playground/src/n8n/package-folder.mts';
import { DATA, ROOT } from '../../playground/src/playground.mts';
import { type Cost, type Load, leastOf } from './cost.mts';
import { writeReference } from './reference.mts';

const run = promisify(execFile);
const loadsSchema = z.array(z.object({ cpuMs: z.number(), heapBytes: z.number(), modules: z.number() }));
const packedSchema = z.array(z.object({ unpackedSize: z.number(), entryCount: z.number() }));
/** Options of the caller's node, such as jest's, change what a process loads. */
const CLEAN = { ...process.env, NODE_OPTIONS: '', NODE_PATH: '', NODE_ENV: 'production' };

export interface Run {
	ours: Load;
	reference: Load;
}

export interface Measurement {
	/** Loads both packages this many times more; the first to be loaded changes from run to run. */
	more(runs: number): Promise<Run[]>;
	/** The cost by all runs so far. */
	cost(): Cost;
}

/**
 * Puts the package where n8n would have it.
 * @param packageDir default: this project
 * @throws when it has not been built
 */
export async function prepare(packageDir = ROOT): Promise<Measurement> {
	if (packageDir === ROOT && !(await isBuilt(ROOT)))
		throw new Error(
			'The package is not built, or was built before its sources changed: run `npx -y pnpm@10 run build` first.',
		);
	const place = join(DATA, 'cost');
	const reference = join(place, 'reference');
	await writeReference(reference);
	const ours = join(place, '.n8n', 'nodes', 'node_modules', await installPackage(place, packageDir));
	const size = await sizeOf(packageDir);
	const runs: Run[] = [];
	return {
		async more(count) {
			for (let n = 0; n < count; n += 1) runs.push(await loadBoth(ours, reference, runs.length % 2 === 0));
			return runs;
		},
		cost: () => ({ ...leastOf(runs), ...size }),
	};
}

async function loadBoth(ours: string, reference: string, oursFirst: boolean): Promise<Run> {
	const folders = oursFirst ? [ours, reference] : [reference, ours];
	const script = join(import.meta.dirname, 'load.mts');
	const { stdout } = await run(process.execPath, ['--expose-gc', script, ...folders], { env: CLEAN });
	const [first, second] = loadsSchema.parse(JSON.parse(stdout));
	if (first === undefined || second === undefined) throw new Error('Not both packages were loaded.');
	return oursFirst ? { ours: first, reference: second } : { ours: second, reference: first };
}

async function sizeOf(packageDir: string): Promise<Pick<Cost, 'unpackedBytes' | 'files'>> {
	const asked = ['pack', '--dry-run', '--json', '--ignore-scripts'];
	const { stdout } = await run('npm', asked, { cwd: packageDir, maxBuffer: 1e8 });
	const [packed] = packedSchema.parse(JSON.parse(stdout));
	if (packed === undefined) throw new Error('npm has packed nothing.');
	return { unpackedBytes: packed.unpackedSize, files: packed.entryCount };
}
