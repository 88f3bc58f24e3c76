// Builds the package when what is built is missing or older than what it is built from.
import { existsSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { runToEnd } from './process.mts';
import { Trouble } from './trouble.mts';

const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];
const STEPS = [
	['n8n-node', 'build'],
	['gulp', 'build'],
] as const;

/** Whether the built package is there and newer than every source. */
export async function isBuilt(root: string): Promise<boolean> {
	const times = await Promise.all(SOURCES.map((source) => newest(join(root, source))));
	return (await newest(join(root, 'dist'))) > Math.max(...times);
}

/** Builds the package. What a failed build left is removed, so that nobody takes it for a finished one. */
export async function build(root: string): Promise<void> {
	const bin = join(root, 'node_modules', '.bin');
	const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
	try {
		for (const [program, ...args] of STEPS) await runToEnd(join(bin, program), args, { cwd: root, env });
	} catch (cause) {
		await rm(join(root, 'dist'), { recursive: true, force: true });
		const said = cause instanceof Error ? cause.message : String(cause);
		throw new Trouble(
			`The package does not build.\n${said}`,
			'Put right what stands above, or go back to a state that builds.',
			{ cause },
		);
	}
}

/** Time of the latest change in a file or folder, in ms; 0 when there is none. */
async function newest(path: string): Promise<number> {
	if (!existsSync(path)) return 0;
	const found = await stat(path);
	if (!found.isDirectory()) return found.mtimeMs;
	const inside = await readdir(path, { recursive: true, withFileTypes: true });
	const files = inside.filter((entry) => entry.isFile());
	const times = await Promise.all(
		files.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs),
	);
	return Math.max(0, ...times);
}
