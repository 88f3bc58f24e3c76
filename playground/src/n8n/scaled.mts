// n8n as it is scaled in production: main, webhook processes and workers of their own, with PostgreSQL as n8n's
// database, Redis as its queue, and one address in front. Everything on loopback.
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import getPort from 'get-port';
import { type Front, openFront } from './front.mts';
import { installPackage } from './package-folder.mts';
import { type Part, startPart } from './part.mts';
import { type RedisPlace, type Role, placeSettings, queueSettings } from './queue-settings.mts';
import { keptKey } from './server.mts';
import { n8nInstallation } from './versions.mts';
import { type N8nDatabase, type N8nProxy, n8nEnvironment } from './settings.mts';

const HOST = '127.0.0.1';
const COMMAND: Record<Role, string> = { main: 'start', webhook: 'webhook', worker: 'worker' };

export interface ScaledOptions {
	/** Holds a folder for each process. */
	dir: string;
	database: N8nDatabase;
	redis: RedisPlace;
	/** The built package, or packages, that every process loads. */
	packages: string[];
	/** Default: 2. */
	webhooks?: number;
	/** Default: 2. */
	workers?: number;
	/** Port of the one address in front; any free one when absent. */
	port?: number;
	proxy?: N8nProxy;
	/** Further environment of every process, wins over all else. */
	env?: Record<string, string>;
}

export interface Scaled {
	/** The one address: http://127.0.0.1:port */
	url: string;
	front: Front;
	main: Part;
	webhooks: Part[];
	workers: Part[];
	/** All of them, main first. */
	parts: Part[];
	stop(): Promise<void>;
}

/**
 * Starts all processes and waits until each is ready: main first, because it makes n8n's tables.
 * @throws Error with the end of a process's log when it does not get ready
 */
export async function startScaled(options: ScaledOptions): Promise<Scaled> {
	const { dir, webhooks = 2, workers = 2, proxy } = options;
	await mkdir(dir, { recursive: true });
	const encryptionKey = await keptKey(dir);
	const { node, program } = n8nInstallation();
	const names = [...numbered('webhook', webhooks), ...numbered('worker', workers)];
	const ports = await freePorts(3 * (names.length + 1) + 1);
	const take = () => ports.pop() ?? 0;
	const mainPort = take();
	const listening = new Map(names.map(({ name }) => [name, take()]));
	const hookPorts = names.filter(({ role }) => role === 'webhook').map(({ name }) => listening.get(name) ?? 0);
	const front = await openFront({ port: options.port ?? take(), main: mainPort, webhooks: hookPorts });

	const start = async (role: Role, name: string, port: number): Promise<Part> => {
		// A folder each: two processes in one would take each other for a run that crashed.
		const userFolder = join(dir, name);
		await mkdir(userFolder, { recursive: true });
		for (const packageDir of options.packages) await installPackage(userFolder, packageDir);
		const healthPort = take();
		const place = { userFolder, port, brokerPort: take(), encryptionKey, database: options.database, proxy };
		const env = n8nEnvironment(place, {
			...queueSettings(role),
			...placeSettings({ url: front.url, redis: options.redis, healthPort }),
			...options.env,
		});
		const readyPort = role === 'worker' ? healthPort : port;
		const readyUrl = `http://${HOST}:${String(readyPort)}/healthz/readiness`;
		return await startPart({ name, node, args: [program, COMMAND[role]], env, userFolder, readyUrl });
	};

	const parts: Part[] = [];
	const stop = async () => {
		await front.stop();
		await Promise.all(parts.map((part) => part.stop()));
	};
	try {
		const main = await start('main', 'main', mainPort);
		parts.push(main);
		await main.ready();
		for (const { role, name } of names) parts.push(await start(role, name, listening.get(name) ?? 0));
		await Promise.all(parts.map((part) => part.ready()));
		const of = (role: Role) => parts.filter(({ name }) => name.startsWith(role));
		return { url: front.url, front, main, webhooks: of('webhook'), workers: of('worker'), parts, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}

const numbered = (role: Role, count: number): { role: Role; name: string }[] =>
	Array.from({ length: count }, (_, at) => ({ role, name: `${role}-${String(at + 1)}` }));

/** All different. */
async function freePorts(count: number): Promise<number[]> {
	const found: number[] = [];
	while (found.length < count) found.push(await getPort({ host: HOST, exclude: found }));
	return found;
}
