// Child processes that leave nothing behind: each runs in its own process group, so that Ctrl-C reaches this
// program alone and it decides who stops when, and so that a child's own children stop with it. Should this program
// end without deciding anything, a keeper ends them. Windows has neither groups nor signals: there a program is asked
// to end by another one (`stopCommand`), and its children end with it, because Node ties them to their parent.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type StopSignal, keeper } from './keeper.mts';
import { descendantsOf, sendSignal } from './process-tree.mts';
import { isWindows } from './windows.mts';

/** How much of what a child said is kept, in characters. */
const KEPT = 100_000;

export interface ChildOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	uid?: number;
	gid?: number;
	/**
	 * Where its words go: a file that it writes by itself, or straight on to where ours go. Else through a pipe.
	 */
	logFile?: string;
	isHeard?: boolean;
	/** The signal that asks the program to end in order. Default: SIGTERM. */
	stopSignal?: StopSignal;
	/** What asks it on Windows, where every signal ends a program at once. Default: nothing does. */
	stopCommand?: [program: string, ...args: string[]];
}

export interface Child {
	pid: number;
	/** True until the process has ended. */
	running(): boolean;
	/** Resolves, never rejects, with how the process ended, e.g. `exit code 1` or `signal SIGKILL`. */
	ended: Promise<string>;
	/** What the child has written so far; of much, the end. */
	said(): string;
	/** The last lines of it. */
	tail(lines?: number): string;
	/** Asks the process to end, waits up to `graceMs`, and kills what is left of its group. */
	stop(graceMs: number): Promise<void>;
	/** What a power cut does: ends the process at once, without a word to it (SIGKILL), and what it has started. */
	kill(): Promise<void>;
}

/** Starts a program. Throws when it cannot be started at all (not found, not allowed). */
export async function startChild(command: string, args: string[], options: ChildOptions = {}): Promise<Child> {
	const { logFile, isHeard = false, stopSignal = 'SIGTERM', stopCommand, ...spawnOptions } = options;
	const file = logFile === undefined ? null : openSync(logFile, 'a');
	const before = logFile === undefined ? 0 : statSync(logFile).size;
	const out = file ?? (isHeard ? 'inherit' : 'pipe');
	const keep = keeper();
	const process_ = spawn(command, args, {
		...spawnOptions,
		// On Windows it would be a process that nothing ties to us, with a window of its own.
		detached: !isWindows,
		windowsHide: true,
		stdio: ['ignore', out, out],
	});
	const letGo = process_.pid === undefined ? () => undefined : keep(process_.pid, stopSignal);
	if (file !== null) closeSync(file);
	let heard = '';
	const hear = (chunk: Buffer) => {
		heard = (heard + chunk.toString('utf8')).slice(-KEPT);
	};
	process_.stdout?.on('data', hear);
	process_.stderr?.on('data', hear);
	const said = () =>
		logFile === undefined ? heard : readFileSync(logFile).subarray(before).toString('utf8').slice(-KEPT);

	let running = true;
	const ended = new Promise<string>((resolve) => {
		process_.once('close', (code, signal) => {
			running = false;
			letGo();
			resolve(signal ? `signal ${signal}` : `exit code ${String(code)}`);
		});
	});
	await new Promise<void>((resolve, reject) => {
		process_.once('spawn', resolve);
		process_.once('error', reject);
	});
	const pid = process_.pid;
	if (pid === undefined) throw new Error(`${command} did not start`);

	return {
		pid,
		running: () => running,
		ended,
		said,
		tail: (count = 15) => said().trimEnd().split('\n').slice(-count).join('\n'),
		async stop(graceMs) {
			if (running && isWindows && stopCommand) await askBy(stopCommand);
			else if (running) sendSignal(pid, stopSignal);
			const patience = new AbortController();
			await Promise.race([ended, sleep(graceMs, undefined, { signal: patience.signal }).catch(() => undefined)]);
			patience.abort();
			// The group outlives its leader where a grandchild hangs: it goes too.
			sendSignal(-pid, 'SIGKILL');
			await ended;
		},
		async kill() {
			const children = await descendantsOf(pid);
			for (const one of [pid, ...children]) if (running || one !== pid) sendSignal(one, 'SIGKILL');
			await ended;
		},
	};
}

/** Where it fails, the program is killed a little later. */
async function askBy([program, ...args]: [string, ...string[]]): Promise<void> {
	await promisify(execFile)(program, args, { windowsHide: true }).catch(() => undefined);
}

/** Runs a program to its end. Throws with its last lines when it fails, or when it is given up. */
export async function runToEnd(
	command: string,
	args: string[],
	{ signal, ...options }: ChildOptions & { signal?: AbortSignal } = {},
): Promise<void> {
	signal?.throwIfAborted();
	const child = await startChild(command, args, options);
	const stop = () => void child.stop(2_000);
	signal?.addEventListener('abort', stop, { once: true });
	const how = await child.ended;
	signal?.removeEventListener('abort', stop);
	signal?.throwIfAborted();
	if (how !== 'exit code 0') throw new Error(`${[command, ...args].join(' ')} ended with ${how}:\n${child.tail(25)}`);
}
