// What a run of the backfill took, and how the bench prints it.
import type { LoggedRequest } from 'stand-ins/calcom';
import { median } from './statistics.mts';

const WINDOW_MS = 60_000;
/** Pages around which the time for a page is told: does it grow? */
const MILESTONES = [10, 50, 100, 200, 500, 1_000, 2_000];
/** As many on each side of such a page count. */
const AROUND = 5;

/** A row of calcom.backfill_runs. */
export interface Run {
	status: string;
	pages: number;
	read: number;
	applied: number;
	known: number;
	failed: number;
}

export interface Ran extends Run {
	ms: number;
	/** How often somebody had to press "Execute workflow". */
	pressed: number;
	executions: number;
	/** For pages of bookings. */
	requests: LoggedRequest[];
	/** n8n's, in megabytes. */
	memory: { before: number; most: number; after: number };
	/** Milliseconds of processor time. */
	cpu: { n8n: number; database: number; standIn: number };
}

export const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(1);

/** Median and 99th percentile, or that there is nothing to tell. */
export function spread(times: number[]): string {
	if (times.length === 0) return 'none';
	const sorted = times.toSorted((a, b) => a - b);
	const most = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? 0;
	return `median ${seconds(median(times))} s, 99 % within ${seconds(most)} s, ${String(times.length)} of them`;
}

/** The most requests that began within a minute of each other. */
function busiestMinute(times: number[]): number {
	let [most, from] = [0, 0];
	for (const [index, at] of times.entries()) {
		while (at - (times[from] ?? at) >= WINDOW_MS) from += 1;
		most = Math.max(most, index - from + 1);
	}
	return most;
}

export function tell(name: string, ran: Ran, limit: number): void {
	const { requests, ms, memory, cpu } = ran;
	const times = requests.map(({ at }) => Date.parse(at));
	/** From each request to the next. */
	const gaps = requests.slice(1).map(({ status }, index) => ({
		ms: (times[index + 1] ?? 0) - (times[index] ?? 0),
		isPage: requests[index]?.status === 200 && status === 200,
		isWait: requests[index]?.status === 429,
	}));
	const answered = requests.filter(({ status }) => status === 200).length;
	const refused = requests.filter(({ status }) => status === 429).length;
	const waited = gaps.reduce((sum, gap) => sum + (gap.isWait ? gap.ms : 0), 0);
	const per = (milliseconds: number) => `${(milliseconds / Math.max(1, answered)).toFixed(0)} ms`;
	const lines = [
		`${String(ran.read)} bookings in ${seconds(ms)} s (${(ran.read / (ms / 1000)).toFixed(1)} per second): ${String(ran.applied)} facts new, ${String(ran.known)} known, ${String(ran.failed)} failed`,
		`requests: ${String(answered)} pages, ${String(refused)} refused (429), then waited ${seconds(waited)} s in all; at most ${String(busiestMinute(times))} within a minute (limit ${String(limit)})`,
		`executions: ${String(ran.executions)}, started by hand: ${String(ran.pressed)}`,
		`n8n's memory: ${String(memory.before)} MB before, ${String(memory.most)} MB at most, ${String(memory.after)} MB after`,
		`processor time for a page: n8n ${per(cpu.n8n)}, PostgreSQL ${per(cpu.database)}, the stand-in ${per(cpu.standIn)}`,
	];
	for (const page of MILESTONES.filter((one) => one < gaps.length)) {
		const around = gaps.slice(Math.max(0, page - AROUND), page + AROUND).filter(({ isPage }) => isPage);
		if (around.length > 0)
			lines.push(
				`a page around page ${String(page)}: ${String(Math.round(median(around.map((gap) => gap.ms))))} ms`,
			);
	}
	console.log(`${name}: ${lines.join('\n  ')}`);
}
