// Child processes that leave nothing behind: each runs in its own process group, so that Ctrl-C reaches this
// program alone and it decides who stops when, and so that a child's own children stop with it.
import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';

/** How much of what a child said is kept, in characters. */
const KEPT = 100_000;

export interface ChildOptions {
	cwd?: string;
	env?: NodeJS.ProcessEnv;
	uid?: number;
	gid?: number;
	/**
	 * The child writes here by itself, so that it goes on in peace should this program be killed. Without a file
	 * its words go through a pipe.
	 */
	logFile?: string;
	/** The signal that asks the program to end in order. Default: SIGTERM. */
	stopSignal?: NodeJS.Signals;
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
	const { logFile, stopSignal = 'SIGTERM', ...spawnOptions } = options;
	const file = logFile === undefined ? null : openSync(logFile, 'a');
	const before = logFile === undefined ? 0 : statSync(logFile).size;
	const out = file ?? 'pipe';
	const process_ = spawn(command, args, { ...spawnOptions, detached: true, stdio: ['ignore', out, out] });
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
	// However this program ends, short of being killed, it asks its children to end too.
	const stopWithUs = () => {
		if (running && process_.pid !== undefined) sendSignal(process_.pid, stopSignal);
	};
	process.on('exit', stopWithUs);
	const ended = new Promise<string>((resolve) => {
		process_.once('close', (code, signal) => {
			running = false;
			process.off('exit', stopWithUs);
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
			if (running) sendSignal(pid, stopSignal);
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

/** Ids of the processes that a process has started, and of those that they have started, also in other groups. */
async function descendantsOf(pid: number): Promise<number[]> {
	const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=']).catch(() => ({
		stdout: parentsFromProc(),
	}));
	const pairs = stdout
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const found = [pid];
	for (const parent of found) {
		for (const [child, of] of pairs) if (child !== undefined && of === parent) found.push(child);
	}
	return found.slice(1);
}

/** Where there is no `ps`: the same lines, `pid ppid`, from /proc. */
function parentsFromProc(): string {
	const lines = readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map((name) => {
			try {
				const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
				// The second field is the program's name, which may hold spaces and parentheses.
				return `${name} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1] ?? ''}`;
			} catch {
				// It has just ended.
				return '';
			}
		});
	return lines.filter((line) => line !== '').join('\n');
}

/** Runs a program to its end. Throws with its last lines when it fails. */
export async function runToEnd(command: string, args: string[], options: ChildOptions = {}): Promise<void> {
	const child = await startChild(command, args, options);
	const how = await child.ended;
	if (how !== 'exit code 0') throw new Error(`${[command, ...args].join(' ')} ended with ${how}:\n${child.tail(25)}`);
}

/** Sends a signal; false when there is no such process (any more). */
export function sendSignal(pid: number, signal: NodeJS.Signals | 0): boolean {
	try {
		return process.kill(pid, signal);
	} catch (error) {
		if (isCode(error, 'ESRCH')) return false;
		if (isCode(error, 'EPERM')) return true;
		throw error;
	}
}

/** The command line of a running process, or null when there is none. */
export async function commandOf(pid: number): Promise<string | null> {
	if (!sendSignal(pid, 0)) return null;
	try {
		return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
			.replaceAll('\0', ' ')
			.trim();
	} catch (error) {
		if (!isCode(error, 'ENOENT')) throw error;
	}
	// No /proc on this system (or the process has just gone): ask ps.
	const answer = await promisify(execFile)('ps', ['-o', 'args=', '-p', String(pid)]).catch(() => null);
	return answer?.stdout.trim() || null;
}

const LEFTOVER_GRACE_MS = 4_000;

/**
 * Stops a process that an earlier run left behind, if the process with that id is still that one: its command
 * line must contain `mark`. A process id alone proves nothing, ids are used again.
 */
export async function stopLeftover(pid: number, mark: string, signal: NodeJS.Signals): Promise<void> {
	const lives = async () => (await commandOf(pid))?.includes(mark) ?? false;
	if (!(await lives())) return;
	sendSignal(pid, signal);
	for (let waited = 0; waited < LEFTOVER_GRACE_MS && (await lives()); waited += 50) await sleep(50);
	// It led a group of its own, with children that may outlive it.
	sendSignal(-pid, 'SIGKILL');
}

/** Whether an error carries this system error code. */
export function isCode(error: unknown, code: string): boolean {
	// Not `instanceof Error`: under jest, Node's own errors are of another realm.
	return typeof error === 'object' && error !== null && 'code' in error && error.code === code;
}
