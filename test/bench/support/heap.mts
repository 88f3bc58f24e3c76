// What a Node process holds after its garbage was collected, asked through its inspector.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

const MEGABYTE = 1024 * 1024;
const OPENS_WITHIN_MS = 30_000;
const answerSchema = z.object({ id: z.number(), result: z.unknown() });
const usageSchema = z.object({ usedSize: z.number() });

export interface Memory {
	/** Megabytes that are in use after a full collection. */
	heap: number;
	/** Megabytes that the process holds of the machine's memory; it gives back what it no longer needs late or never. */
	resident: number;
}

export interface HeapWatch {
	/** Collects garbage, twice with a pause for what is freed in between, and measures. */
	measure(): Promise<Memory>;
	close(): void;
}

/** What a Node process is started with, so that its inspector takes any free port. It is closed until it is asked for. */
export const WATCHED = { NODE_OPTIONS: '--inspect-port=127.0.0.1:0' };

/**
 * Opens the inspector of a process that was started with `WATCHED`.
 * @param logFile where the process says under which address
 */
export async function watchHeap(pid: number, logFile: string): Promise<HeapWatch> {
	process.kill(pid, 'SIGUSR1');
	const socket = new WebSocket(await inspectorUrl(logFile));
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', resolve);
		socket.addEventListener('error', reject);
	});
	let asked = 0;
	const ask = async (method: string) => {
		const id = (asked += 1);
		return await new Promise<unknown>((resolve) => {
			const hear = ({ data }: MessageEvent) => {
				const answer = answerSchema.safeParse(JSON.parse(String(data)));
				if (!answer.success || answer.data.id !== id) return;
				socket.removeEventListener('message', hear);
				resolve(answer.data.result);
			};
			socket.addEventListener('message', hear);
			socket.send(JSON.stringify({ id, method }));
		});
	};
	return {
		async measure() {
			await ask('HeapProfiler.collectGarbage');
			await sleep(1000);
			await ask('HeapProfiler.collectGarbage');
			const { usedSize } = usageSchema.parse(await ask('Runtime.getHeapUsage'));
			const pages = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
			return { heap: usedSize / MEGABYTE, resident: Number(pages) / 1024 };
		},
		close: () => socket.close(),
	};
}

async function inspectorUrl(logFile: string): Promise<string> {
	// The signal is heard when the process comes to it.
	for (const deadline = Date.now() + OPENS_WITHIN_MS; ; await sleep(50)) {
		const url = /Debugger listening on (ws:\S+)/.exec(readFileSync(logFile, 'utf8'))?.[1];
		if (url !== undefined) return url;
		if (Date.now() > deadline) throw new Error('The inspector of n8n does not open.');
	}
}
