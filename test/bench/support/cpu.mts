// How much processor time a process has used: unlike the clock, it does not see what else the machine is doing.
import { readFileSync, readdirSync } from 'node:fs';
import { platform } from 'node:os';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of all threads, user and system; null where the system does not tell. */
export function cpuMs(pid: number): number | null {
	if (platform() !== 'linux') return null;
	const fields = statOf(pid);
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}

/** The process that started this one. */
export const parentOf = (pid: number): number => Number(statOf(pid)[1]);

/** Milliseconds of a process and of those that it has started, ended ones included; null where the system does not tell. */
export function familyCpuMs(pid: number): number | null {
	const own = cpuMs(pid);
	if (own === null) return null;
	const ended = statOf(pid);
	const children = readdirSync('/proc')
		.map(Number)
		.filter((other) => other > 0 && parentOrNone(other) === pid);
	const living = children.reduce((sum, child) => sum + (cpuOrNone(child) ?? 0), 0);
	return own + (Number(ended[13]) + Number(ended[14])) * TICK_MS + living;
}

/** Of /proc/pid/stat what follows the program's name, which may hold spaces and parentheses. */
function statOf(pid: number): string[] {
	const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
	return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Processes end while they are counted. */
function orNone<T>(read: (pid: number) => T): (pid: number) => T | null {
	return (pid) => {
		try {
			return read(pid);
		} catch {
			return null;
		}
	};
}
const parentOrNone = orNone(parentOf);
const cpuOrNone = orNone(cpuMs);
