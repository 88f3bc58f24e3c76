// How much processor time a process has used: unlike the clock, it does not see what else the machine is doing.
import { readFileSync } from 'node:fs';
import { platform } from 'node:os';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Milliseconds of all threads, user and system; null where the system does not tell. */
export function cpuMs(pid: number): number | null {
	if (platform() !== 'linux') return null;
	const stat = readFileSync(`/proc/${String(pid)}/stat`, 'utf8');
	// The second field is the program's name, which may hold spaces and parentheses.
	const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
	return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
