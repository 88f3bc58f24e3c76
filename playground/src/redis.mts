// A real Redis in a folder, with the append-only file on, as n8n's queue mode wants it; reachable on loopback only.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { type Child, startChild } from './process.mts';
import { stopLeftover } from './process-tree.mts';
import { findRedis } from './redis-place.mts';

const HOST = '127.0.0.1';
const PREFERRED_PORT = 56_379;
const START_TIMEOUT_MS = 30_000;

/**
 * As the compose file for users has it. `everysec` writes to the disk once a second: what kills Redis alone loses
 * nothing, because the system still has what Redis has written; a machine that loses power loses the last second.
 */
export const REDIS_SETTINGS: Readonly<Record<string, string>> = {
	appendonly: 'yes',
	appendfsync: 'everysec',
	// A queue must not forget jobs to make room: better an error that is seen.
	'maxmemory-policy': 'noeviction',
};

export interface RedisOptions {
	/** The data folder. */
	dir: string;
	/** Where the program is kept when it has to be unpacked. */
	cache: string;
	/** Default: 56379, or any free port where that is taken. */
	port?: number;
}

export interface Redis {
	host: string;
	port: number;
	password: string;
	/** How many are in a list; 0 where there is none. */
	length(list: string): Promise<number>;
	/** Ends it at once, without a word to it (SIGKILL). The data stay. */
	kill(): Promise<void>;
	/** Starts it again, on the same port with the same data; resolves when they are loaded. */
	start(): Promise<void>;
	stop(): Promise<void>;
}

/**
 * Starts Redis on a data folder and waits until it answers.
 * @throws Trouble where there is no Redis to be had; Error with its last lines when it ends while starting
 */
export async function startRedis({ dir, cache, port: wanted }: RedisOptions): Promise<Redis> {
	const { server, env } = await findRedis(cache);
	await mkdir(dir, { recursive: true });
	await chmod(dir, 0o700);
	const pidFile = join(dir, 'redis.pid');
	if (existsSync(pidFile)) await stopLeftover(Number(await readFile(pidFile, 'utf8')), 'redis-server', 'SIGTERM');
	const port = wanted ?? (await getPort({ port: PREFERRED_PORT, host: HOST }));
	const password = randomBytes(12).toString('hex');
	const config = join(dir, 'redis.conf');
	const settings = { bind: HOST, port: String(port), dir, requirepass: password, save: '""', ...REDIS_SETTINGS };
	const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
	await writeFile(config, lines.join(''), { mode: 0o600 });

	const launch = async (): Promise<Child> => {
		const child = await startChild(server, [config], { cwd: dir, env: { ...process.env, ...env } });
		await writeFile(pidFile, String(child.pid));
		try {
			await untilAnswering(child, port, password);
		} catch (error) {
			await child.stop(1_000);
			throw error;
		}
		return child;
	};
	let child = await launch();
	return {
		host: HOST,
		port,
		password,
		async length(list) {
			const answer = await ask(port, `AUTH ${password}\r\nLLEN ${list}\r\n`);
			const found = /:(\d+)/.exec(answer)?.[1];
			if (found === undefined) throw new Error(`Redis did not say how long ${list} is: ${answer}`);
			return Number(found);
		},
		kill: () => child.kill(),
		async start() {
			child = await launch();
		},
		async stop() {
			await child.stop(10_000);
			await rm(pidFile, { force: true });
		},
	};
}

async function untilAnswering(child: Child, port: number, password: string): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	// While it reads its file it answers that it is loading.
	while (!(await ask(port, `AUTH ${password}\r\nPING\r\n`)).includes('+PONG')) {
		if (!child.running()) throw new Error(`Redis ended while starting (${await child.ended}):\n${child.tail()}`);
		if (Date.now() > deadline)
			throw new Error(`Redis does not answer after ${String(START_TIMEOUT_MS / 1000)} s:\n${child.tail()}`);
		await sleep(40);
	}
}

/** Sends lines and gives back what is answered at once; nothing where nobody listens. */
async function ask(port: number, lines: string): Promise<string> {
	return await new Promise((resolve) => {
		let heard = '';
		const socket = connect(port, HOST, () => socket.write(`${lines}QUIT\r\n`));
		socket.setTimeout(2_000, () => socket.destroy());
		socket.on('data', (chunk) => (heard += chunk.toString()));
		// Not listening yet: the next try will tell.
		socket.on('error', () => undefined);
		socket.on('close', () => {
			resolve(heard);
		});
	});
}
