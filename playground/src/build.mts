// Builds the package when what is built is missing or older than what it is built from.
import { existsSync, realpathSync } from 'node:fs';
import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { z } from 'zod';
import { runToEnd } from './process.mts';
import { Trouble } from './trouble.mts';

const SOURCES = ['nodes', 'credentials', 'icons', 'package.json', 'tsconfig.json', 'gulpfile.js'];
const STEPS = [
	['@n8n/node-cli', 'n8n-node', 'build'],
	['gulp', 'gulp', 'build'],
] as const;
const binSchema = z.object({ bin: z.record(z.string()) });

/** Whether the built package is there and newer than every source. */
export async function isBuilt(root: string): Promise<boolean> {
	const times = await Promise.all(SOURCES.map((source) => newest(join(root, source))));
	return (await newest(join(root, 'dist'))) > Math.max(...times);
}

/**
 * The file of a program that an installed package brings, for Node to run. What lies in `.bin` is for a shell, and on
 * Windows Node starts no such file.
 */
export async function programOf(root: string, name: string, program: string): Promise<string> {
	const folder = realpathSync(join(root, 'node_modules', name));
	const { bin } = binSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
	return join(folder, bin[program] ?? '');
}

/** Builds the package. What a failed or given up build left is removed, so that nobody takes it for a finished one. */
export async function build(root: string, signal?: AbortSignal): Promise<void> {
	const bin = join(root, 'node_modules', '.bin');
	const env = { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
	try {
		for (const [name, program, ...args] of STEPS)
			await runToEnd(process.execPath, [await programOf(root, name, program), ...args], {
				cwd: root,
				env,
				signal,
			});
	} catch (cause) {
		await rm(join(root, 'dist'), { recursive: true, force: true });
		signal?.throwIfAborted();
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
