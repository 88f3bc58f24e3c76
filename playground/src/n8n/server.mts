// Starts and stops a real n8n.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import { checkFree } from '../ports.mts';
import { type Child, startChild } from '../process.mts';
import { stopLeftover } from '../process-tree.mts';
import { type N8nDatabase, type N8nPlace, type N8nProxy, n8nEnvironment } from './settings.mts';
import { type N8nInstallation, n8nInstallation } from './versions.mts';
import { Trouble } from '../trouble.mts';

const HOST = '127.0.0.1';
const PREFERRED_PORT = 5_688;
const PATIENCE_MS = 180_000;
const ANSWER_TIMEOUT_MS = 5_000;
const STOP_GRACE_MS = 15_000;

export interface N8nOptions {
	/** n8n keeps its data in `<userFolder>/.n8n`. */
	userFolder: string;
	/** Default: 5688, or any free port where that is taken. With 0 any free port: who starts several at once. */
	port?: number;
	/** n8n's own database; SQLite in the user folder when absent. */
	database?: N8nDatabase;
	/** What n8n reaches the internet through. */
	proxy?: N8nProxy;
	/** Further environment, wins over the playground's settings. */
	env?: Record<string, string>;
	/** Which n8n; default: as N8N_INSTALLATION says. */
	installation?: N8nInstallation;
	/** How long it may take to get ready. Default: three minutes. */
	patienceMs?: number;
	/** Gives up while it starts. */
	signal?: AbortSignal;
}

export interface N8n {
	/** http://127.0.0.1:port */
	url: string;
	userFolder: string;
	/** The last lines of n8n's log. */
	log(lines?: number): string;
	/** True until n8n has ended. */
	running(): boolean;
	/** Stops n8n and its task runner. */
	stop(): Promise<void>;
	/** Stops and starts on the same port with the same data; resolves when active workflows listen again. */
	restart(): Promise<void>;
}

/**
 * Starts n8n and waits until it serves the editor and its active workflows.
 * @throws Trouble when the port is taken or does not answer; Error with the end of n8n's log when n8n ends
 */
export async function startN8n(options: N8nOptions): Promise<N8n> {
	const installation = options.installation ?? n8nInstallation();
	await mkdir(options.userFolder, { recursive: true });
	await stopPrevious(options.userFolder, installation.program);
	await rm(logFile(options.userFolder), { force: true });
	const port = options.port || (await getPort({ port: options.port ?? PREFERRED_PORT, host: HOST }));
	await checkFree(port, 'n8n', 'Stop what uses it, or name another port.');
	const place: N8nPlace = {
		userFolder: options.userFolder,
		port,
		brokerPort: await getPort({ host: HOST, exclude: [port] }),
		encryptionKey: await keptKey(options.userFolder),
		database: options.database,
		proxy: options.proxy,
	};
	const url = `http://${HOST}:${String(port)}`;
	const env = n8nEnvironment(place, { ...installation.env(url), ...options.env });
	const start = async () => {
		const child = await launch(installation, options.userFolder, env);
		await untilReady(child, url, options).catch(async (error: unknown) => {
			await child.stop(1_000);
			throw error;
		});
		return child;
	};
	let child = await start();
	const stop = async () => {
		await child.stop(STOP_GRACE_MS);
		await rm(pidFile(options.userFolder), { force: true });
	};
	return {
		url,
		userFolder: options.userFolder,
		log: (lines) => child.tail(lines),
		running: () => child.running(),
		stop,
		async restart() {
			await stop();
			child = await start();
		},
	};
}

const logFile = (userFolder: string) => join(userFolder, 'n8n.log');
const pidFile = (userFolder: string) => join(userFolder, 'n8n.pid');

async function launch({ node, program }: N8nInstallation, userFolder: string, env: NodeJS.ProcessEnv): Promise<Child> {
	const child = await startChild(node, [program, 'start'], {
		// Its task runner is to have the same Node.
		env: withPath(env, dirname(node)),
		cwd: userFolder,
		logFile: logFile(userFolder),
	});
	await writeFile(pidFile(userFolder), String(child.pid));
	return child;
}

/** The environment with a folder in front of its path, which Windows calls `Path`. */
export function withPath(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
	const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...env, [name]: `${folder}${delimiter}${env[name] ?? ''}` };
}

async function stopPrevious(userFolder: string, program: string): Promise<void> {
	const file = pidFile(userFolder);
	if (!existsSync(file)) return;
	await stopLeftover(Number(await readFile(file, 'utf8')), program, 'SIGTERM');
	await rm(file, { force: true });
}

/** The key that n8n encrypts credentials with: made at the first start, and kept in the folder. */
export async function keptKey(userFolder: string): Promise<string> {
	const file = join(userFolder, 'encryption-key');
	if (!existsSync(file)) {
		await writeFile(file, randomBytes(24).toString('hex'), { mode: 0o600 });
		await chmod(userFolder, 0o700);
	}
	return (await readFile(file, 'utf8')).trim();
}

/** Ready means: the editor answers, and the workflows that are active have been started (n8n says so last). */
async function untilReady(
	child: Child,
	url: string,
	{ patienceMs = PATIENCE_MS, signal, userFolder }: N8nOptions,
): Promise<void> {
	const deadline = Date.now() + patienceMs;
	while (!(child.said().includes('Editor is now accessible') && (await answers(`${url}/healthz/readiness`)))) {
		signal?.throwIfAborted();
		// So much that the cause is among it: a long list of where it happened follows.
		if (!child.running()) throw new Error(`n8n ended while starting (${await child.ended}):\n${child.tail(40)}`);
		if (Date.now() > deadline) {
			throw new Trouble(
				`n8n does not answer at ${url}, and has had ${String(patienceMs / 1000)} s.`,
				`Start again when the machine has less to do. Is there a firewall between programs of this machine?\nn8n's log: ${logFile(userFolder)}`,
			);
		}
		await sleep(100);
	}
}

async function answers(url: string): Promise<boolean> {
	try {
		return (await fetch(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT_MS) })).ok;
	} catch {
		// Not listening yet, or listening without an answer.
		return false;
	}
}
