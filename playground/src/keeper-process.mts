// A program of its own, started by keeper.mts: hears which processes there are, and ends them when nobody speaks any
// more.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { STOP_SIGNALS, type StopSignal } from './keeper.mts';
import { descendantsOf, sendSignal } from './process-tree.mts';

/** How long a process may take to end by itself: n8n lets its executions end, PostgreSQL writes what it has. */
const GRACE_MS = 15_000;

const wordSchema = z.object({ pid: z.number().int().positive(), signal: z.enum(STOP_SIGNALS).nullable() });
const kept = new Map<number, StopSignal>();

for await (const text of createInterface({ input: process.stdin })) {
	const { pid, signal } = wordSchema.parse(JSON.parse(text));
	if (signal === null) kept.delete(pid);
	else kept.set(pid, signal);
}
await Promise.all([...kept].map(([pid, signal]) => end(pid, signal)));

async function end(pid: number, signal: StopSignal): Promise<void> {
	// Asked now: who has lost its parent belongs to nobody.
	const others = await descendantsOf(pid);
	sendSignal(pid, signal);
	for (const deadline = Date.now() + GRACE_MS; sendSignal(pid, 0) && Date.now() < deadline;) await sleep(50);
	for (const one of [-pid, pid, ...others]) sendSignal(one, 'SIGKILL');
}
