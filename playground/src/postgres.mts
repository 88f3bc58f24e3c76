// A real PostgreSQL 18 in a folder: made once, kept between runs, reachable on loopback only.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import getPort from 'get-port';
import pg from 'pg';
import { type Child, runToEnd, startChild } from './process.mts';
import { stopLeftover } from './process-tree.mts';
import { type PostgresPlace, findPlace, makeFolder } from './postgres-place.mts';
import { Trouble } from './trouble.mts';

const HOST = '127.0.0.1';
const USER = 'calcom';
const DATABASE = 'calcom';
const MAJOR = '18';
const PREFERRED_PORT = 54_318;
const START_TIMEOUT_MS = 60_000;

export interface PostgresOptions {
	/** The data folder. Its parent must exist or be creatable. */
	dataDir: string;
	/** Default: 54318, or any free port where that is taken. */
	port?: number;
	/** Server settings, e.g. `{ max_connections: '200' }`. */
	settings?: Record<string, string>;
	/** Nobody needs the data once the server has stopped: nothing waits for the disk, and it ends at once. */
	throwaway?: boolean;
}

export interface Postgres {
	host: string;
	port: number;
	user: string;
	password: string;
	database: string;
	/** postgres://user:password@host:port/database */
	url: string;
	/** Makes a further database; nothing happens where it exists. */
	createDatabase(name: string): Promise<void>;
	/** Ends the server and all its processes at once, without a word to them (SIGKILL). The data stay. */
	kill(): Promise<void>;
	/** Starts it again, on the same port with the same data; resolves when it answers. */
	start(): Promise<void>;
	/** Ends all sessions and stops the server; the data stay. */
	stop(): Promise<void>;
}

/**
 * Starts PostgreSQL on a data folder and waits until it answers.
 * @throws Trouble when the folder belongs to another PostgreSQL version, or the server ends while starting.
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
	const place = await findPlace(options.dataDir);
	await checkVersion(place.dataDir);
	if (!existsSync(place.dataDir)) await initialise(place);
	await stopPrevious(place.dataDir);
	const password = (await readFile(passwordFile(place.dataDir), 'utf8')).trim();
	const begun = await launchOnFreePort(place, options, password);
	const { port, session } = begun;
	let server = begun.server;
	const start = () => launch(place, port, options);
	const createDatabase = async (name: string) => {
		const client = new pg.Client({ ...session, database: 'postgres' });
		await client.connect();
		try {
			const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
			if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
		} finally {
			await client.end();
		}
	};
	const stop = () => server.stop(20_000);
	try {
		await createDatabase(DATABASE);
	} catch (error) {
		await stop();
		throw error;
	}
	const url = `postgres://${USER}:${password}@${HOST}:${String(port)}/${DATABASE}`;
	return {
		...session,
		database: DATABASE,
		url,
		createDatabase,
		kill: () => server.kill(),
		async start() {
			await stopPrevious(place.dataDir);
			server = await start();
			await untilAnswering(server, session);
		},
		stop,
	};
}

const TAKEN_MEANWHILE = 'Address already in use';
const TRIES = 5;

/** Between asking for a free port and taking it, another server can take it: then the next one is tried. */
async function launchOnFreePort(place: PostgresPlace, options: PostgresOptions, password: string) {
	for (let tries = 1; ; tries++) {
		const port = options.port ?? (await getPort({ port: PREFERRED_PORT, host: HOST }));
		const server = await launch(place, port, options);
		const session = { host: HOST, port, user: USER, password };
		try {
			await untilAnswering(server, session);
			return { port, server, session };
		} catch (error) {
			await server.stop(20_000);
			if (options.port !== undefined || tries === TRIES || !server.tail().includes(TAKEN_MEANWHILE)) throw error;
		}
	}
}

const passwordFile = (dataDir: string) => join(dataDir, 'playground-password');

async function checkVersion(dataDir: string): Promise<void> {
	if (!existsSync(dataDir)) return;
	const file = join(dataDir, 'PG_VERSION');
	const found = existsSync(file) ? (await readFile(file, 'utf8')).trim() : null;
	if (found === MAJOR) return;
	const what = found ? `was made by PostgreSQL ${found}` : 'is not a data folder of PostgreSQL';
	throw new Trouble(
		`${dataDir} ${what}; the playground runs PostgreSQL ${MAJOR}.`,
		'Start with `--fresh` to begin with an empty database (what earlier runs kept is thrown away).',
	);
}

/** Made beside its place and moved there when complete, so that a run that is cut short leaves no half folder. */
async function initialise({ programs, dataDir, runAs }: PostgresPlace): Promise<void> {
	const half = `${dataDir}.half`;
	await rm(half, { recursive: true, force: true });
	await makeFolder(half, runAs);
	const password = randomBytes(12).toString('hex');
	const given = `${half}.password`;
	await writeFile(given, password, { mode: 0o600 });
	if (runAs) await chown(given, runAs.uid, runAs.gid);
	try {
		await runToEnd(
			join(programs, 'bin', 'initdb'),
			[
				`--pgdata=${half}`,
				`--username=${USER}`,
				`--pwfile=${given}`,
				'--auth=scram-sha-256',
				'--encoding=UTF8',
				// PostgreSQL's own locale: the same order of words on every machine.
				'--locale=C',
				'--locale-provider=builtin',
				'--builtin-locale=C.UTF-8',
			],
			{ cwd: half, env: ENV, ...runAs },
		);
	} finally {
		await rm(given, { force: true });
	}
	await writeFile(passwordFile(half), password, { mode: 0o600 });
	await rename(half, dataDir);
}

/** A server that a killed run left behind holds the folder: its id stands in the folder's lock file. */
async function stopPrevious(dataDir: string): Promise<void> {
	const lock = join(dataDir, 'postmaster.pid');
	if (!existsSync(lock)) return;
	const pid = Number((await readFile(lock, 'utf8')).split('\n')[0]);
	if (Number.isInteger(pid) && pid > 0) await stopLeftover(pid, dataDir, 'SIGINT');
	// PostgreSQL itself takes a stale file for a running server where the id is in use again by another program.
	await rm(lock, { force: true });
}

/**
 * Words and order as PostgreSQL is tested with, whatever the person's language: we look for some of the words. On macOS
 * it does not start where the system has to work the language out.
 */
const ENV = { ...process.env, LC_ALL: 'C' };

const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

async function launch(
	{ programs, dataDir, runAs }: PostgresPlace,
	port: number,
	{ settings, throwaway = false }: PostgresOptions,
): Promise<Child> {
	const all = {
		listen_addresses: HOST,
		port: String(port),
		unix_socket_directories: '',
		timezone: 'UTC',
		log_timezone: 'UTC',
		...(throwaway ? THROWAWAY : {}),
		...settings,
	};
	const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
	// SIGINT is PostgreSQL's "end all sessions and stop"; SIGTERM would wait for the sessions, SIGQUIT writes nothing.
	const stopSignal = throwaway ? ('SIGQUIT' as const) : ('SIGINT' as const);
	const stopCommand: [string, ...string[]] = [join(programs, 'bin', 'pg_ctl'), 'stop', '-D', dataDir, '-m', 'fast'];
	const options = { cwd: dataDir, env: ENV, stopSignal, stopCommand, ...runAs };
	return await startChild(join(programs, 'bin', 'postgres'), ['-D', dataDir, ...flags], options);
}

async function untilAnswering(server: Child, session: pg.ClientConfig): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	for (;;) {
		const client = new pg.Client({ ...session, database: 'postgres', connectionTimeoutMillis: 2_000 });
		try {
			await client.connect();
			return;
		} catch (cause) {
			if (!server.running()) {
				throw new Error(`PostgreSQL ended while starting (${await server.ended}):\n${server.tail()}`, {
					cause,
				});
			}
			if (Date.now() > deadline) {
				throw new Error(
					`PostgreSQL does not answer after ${String(START_TIMEOUT_MS / 1000)} s:\n${server.tail()}`,
					{ cause },
				);
			}
		} finally {
			await client.end();
		}
		await sleep(40);
	}
}
