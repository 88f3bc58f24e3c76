// One process of a scaled n8n. It is started again when it ends by itself, as a container with `restart:
// unless-stopped` is; after `kill` it stays away until `start`, so that a test says for how long.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../process.mts';

const START_TIMEOUT_MS = 240_000;
const STOP_GRACE_MS = 20_000;
const RESTART_PAUSE_MS = 1_000;

export interface PartOptions {
	/** E.g. `worker-2`. */
	name: string;
	/** The Node that runs it. */
	node: string;
	/** Arguments of Node: n8n's program and its command. */
	args: string[];
	env: NodeJS.ProcessEnv;
	userFolder: string;
	/** Answers 200 once the process is ready. */
	readyUrl: string;
}

export interface Part {
	name: string;
	/** Of the process that runs, or ran last. */
	pid(): number;
	/** How often it ended by itself and was started again. */
	restarts(): number;
	/** The last lines of its log. */
	log(lines?: number): string;
	/** Ends it at once (SIGKILL). */
	kill(): Promise<void>;
	/** Starts it after `kill`; resolves when it is ready. */
	start(): Promise<void>;
	/** Resolves when it is ready. @throws Error with the end of its log when it does not get there */
	ready(): Promise<void>;
	stop(): Promise<void>;
}

/** Starts a process; does not wait until it is ready. */
export async function startPart(options: PartOptions): Promise<Part> {
	const { name, node, args, env, userFolder, readyUrl } = options;
	let restarts = 0;
	let wanted = true;
	let child: Child;

	const launch = async (): Promise<Child> => {
		const started = await startChild(node, args, {
			env,
			cwd: userFolder,
			logFile: join(userFolder, 'n8n.log'),
		});
		await writeFile(join(userFolder, 'n8n.pid'), String(started.pid));
		void started.ended.then(async () => {
			await sleep(RESTART_PAUSE_MS);
			if (!wanted || started !== child) return;
			restarts += 1;
			child = await launch();
		});
		return started;
	};
	child = await launch();

	const ready = async () => {
		const deadline = Date.now() + START_TIMEOUT_MS;
		while (!(await answers(readyUrl))) {
			if (!wanted) throw new Error(`${name} was stopped while it was waited for.`);
			if (Date.now() > deadline)
				throw new Error(`${name} is not ready after ${String(START_TIMEOUT_MS / 1000)} s:\n${child.tail(40)}`);
			await sleep(100);
		}
	};
	return {
		name,
		pid: () => child.pid,
		restarts: () => restarts,
		log: (lines) => child.tail(lines),
		async kill() {
			wanted = false;
			await child.kill();
		},
		async start() {
			wanted = true;
			child = await launch();
			await ready();
		},
		ready,
		async stop() {
			wanted = false;
			await child.stop(STOP_GRACE_MS);
		},
	};
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
	} catch {
		// Not listening yet, or too busy to say.
		return false;
	}
}
