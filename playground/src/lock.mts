// One playground per folder: a file says who runs in it.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { commandOf, isCode } from './process-tree.mts';
import { Trouble } from './trouble.mts';
import { isWindows } from './windows.mts';

const fileIn = (dir: string) => join(dir, 'running.json');
const lockSchema = z.object({ pid: z.number().int().positive(), command: z.string(), url: z.string().optional() });

export interface Lock {
	/** Lets others know where to look at this playground. */
	announce(url: string): Promise<void>;
	release(): Promise<void>;
}

/** A playground that runs in a folder. */
export interface Running {
	pid: number;
	/** Its page; absent while it starts. */
	url?: string;
}

/** How to end it, as its terminal may be gone. */
export const howToStop = ({ pid }: Running): string =>
	`Ctrl-C in its terminal, or: ${isWindows ? `taskkill /pid ${String(pid)} /t /f` : `kill ${String(pid)}`}`;

/** What is said to who cannot do without the folder. */
export const inTheWay = (found: Running): Trouble =>
	new Trouble(
		`A playground is already running here (process ${String(found.pid)}).`,
		`${found.url ? `Look at it: ${found.url}\n` : ''}Or stop it: ${howToStop(found)}`,
	);

/** Takes the folder for this process. Throws Trouble when another living playground has it. */
export async function takeLock(dir: string): Promise<Lock> {
	await mkdir(dir, { recursive: true });
	const file = fileIn(dir);
	const ours = { pid: process.pid, command: (await commandOf(process.pid)) ?? '' };
	try {
		await writeFile(file, JSON.stringify(ours), { flag: 'wx' });
	} catch (error) {
		if (!isCode(error, 'EEXIST')) throw error;
		const found = await findRunning(dir);
		if (found) throw inTheWay(found);
		await writeFile(file, JSON.stringify(ours));
	}
	return {
		announce: (url) => writeFile(file, JSON.stringify({ ...ours, url })),
		release: () => rm(file, { force: true }),
	};
}

/** The playground that has the folder: the process that wrote the file is still the one running under its id. */
export async function findRunning(dir: string): Promise<Running | null> {
	const file = fileIn(dir);
	const text = existsSync(file) ? await readFile(file, 'utf8') : '';
	const found = lockSchema.safeParse(text.startsWith('{') ? parseOrNull(text) : null);
	if (!found.success) return null;
	const { pid, command, url } = found.data;
	// The id may be another program's by now: only the same command line is the playground.
	if (pid === process.pid || (await commandOf(pid)) !== command) return null;
	return { pid, url };
}

function parseOrNull(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		// Cut off while it was written: whoever wrote it is gone.
		return null;
	}
}
