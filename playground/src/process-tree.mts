// Processes by their ids: what they are, what they have started, and how they are told to end.
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLineOf, isWindows, parentsOnWindows } from './windows.mts';

/** Ids of the processes that a process has started, and of those that they have started, also in other groups. */
export async function descendantsOf(pid: number): Promise<number[]> {
	const pairs = (await parents())
		.trim()
		.split('\n')
		.map((line) => line.trim().split(/\s+/).map(Number));
	const found = [pid];
	for (const parent of found) {
		for (const [child, of] of pairs) if (child !== undefined && of === parent) found.push(child);
	}
	return found.slice(1);
}

/** A line for each process: `pid ppid`. */
async function parents(): Promise<string> {
	if (isWindows) return await parentsOnWindows();
	// One -o for each column: on macOS all that follows the first `=` is the heading of that column.
	const answer = await promisify(execFile)('ps', ['-A', '-o', 'pid=', '-o', 'ppid=']).catch(() => null);
	return answer?.stdout ?? parentsFromProc();
}

/** Where there is no `ps`: the same lines from /proc. */
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
	if (isWindows) return await commandLineOf(pid);
	try {
		return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8')
			.replaceAll('\0', ' ')
			.trim();
	} catch (error) {
		if (!isCode(error, 'ENOENT')) throw error;
	}
	// No /proc on this system (or the process has just gone): ask ps, which cuts lines off unless told not to (-ww).
	const answer = await promisify(execFile)('ps', ['-ww', '-o', 'args=', '-p', String(pid)]).catch(() => null);
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
