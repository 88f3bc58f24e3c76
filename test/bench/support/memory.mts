// How much memory a process holds (Linux).
import { readFileSync, writeFileSync } from 'node:fs';

/** Megabytes that a process holds, and has held at most since it started or since `forgetMost`. */
export function memoryOf(pid: number): { now: number; most: number } {
	const status = readFileSync(`/proc/${String(pid)}/status`, 'utf8');
	const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
	return { now: Math.round(of('VmRSS')), most: Math.round(of('VmHWM')) };
}

/** From now on `most` is what it holds at most from now on. */
export const forgetMost = (pid: number): void => writeFileSync(`/proc/${String(pid)}/clear_refs`, '5');
