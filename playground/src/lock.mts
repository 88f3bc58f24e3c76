// One playground per folder: a file says who runs in it.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { commandOf, isCode } from './process-tree.mts';
import { Trouble } from './trouble.mts';

const lockSchema = z.object({ pid: z.number().int().positive(), command: z.string(), url: z.string().optional() });

export interface Lock {
	/** Lets others know where to look at this playground. */
	announce(url: string): Promise<void>;
	release(): Promise<void>;
}

/** Takes the folder for this process. Throws Trouble when another living playground has it. */
export async function takeLock(dir: string): Promise<Lock> {
	await mkdir(dir, { recursive: true });
	const file = join(dir, 'running.json');
	const ours = { pid: process.pid, command: (await commandOf(process.pid)) ?? '' };
	try {
		await writeFile(file, JSON.stringify(ours), { flag: 'wx' });
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
		await refuseIfAlive(file);
		await writeFile(file, JSON.stringify(ours));
	}
	return {
		announce: (url) => writeFile(file, JSON.stringify({ ...ours, url })),
		release: () => rm(file, { force: true }),
	};
}

/** Throws when the process that wrote the file is still the one running under its id. */
async function refuseIfAlive(file: string): Promise<void> {
	const text = existsSync(file) ? await readFile(file, 'utf8') : '';
	const found = lockSchema.safeParse(text.startsWith('{') ? parseOrNull(text) : null);
	if (!found.success) return;
	const { pid, command, url } = found.data;
	// The id may be another program's by now: only the same command line is the playground.
	if (pid === process.pid || (await commandOf(pid)) !== command) return;
	throw new Trouble(
		`A playground is already running here (process ${String(pid)}).`,
		`${url ? `Look at it: ${url}\n` : ''}Or stop it with Ctrl-C in its terminal, or with: kill ${String(pid)}`,
	);
}

function parseOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Cut off while it was written: whoever wrote it is gone.
		return null;
	}
}
