// One PostgreSQL for all tests of the tables: each test file works in a database of its own, a copy of one that
// has the tables already. A copy takes a quarter of a second; a server of its own took nine.
import { chmod, mkdtemp, readFile, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startPostgres } from '../../../playground/src/postgres.mts';
import { removeData } from '../../../playground/src/postgres-place.mts';

export const SCHEMA = join(import.meta.dirname, '../../../workflows/sql/schema.sql');
/** What every copy is made from. */
const TEMPLATE = 'with_tables';

export interface TestServer {
	/** postgres://user:password@host:port/postgres */
	url: string;
	stop(): Promise<void>;
}

export async function startServer(): Promise<TestServer> {
	const folder = await mkdtemp(join(await roomyFolder(), 'calcom-sql-'));
	// PostgreSQL may run as another user, who has to come through.
	await chmod(folder, 0o711);
	const dataDir = join(folder, 'data');
	const postgres = await startPostgres({ dataDir, throwaway: true, settings: { max_connections: '300' } });
	const stop = async () => {
		await postgres.stop();
		await removeData(dataDir);
		await rm(folder, { recursive: true, force: true });
	};
	try {
		await postgres.createDatabase(TEMPLATE);
		await once(databaseUrl(postgres.url, TEMPLATE), await readFile(SCHEMA, 'utf8'));
	} catch (error) {
		await stop();
		throw new Error(`${SCHEMA}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
	}
	return { url: databaseUrl(postgres.url, 'postgres'), stop };
}

const MEMORY = '/dev/shm';
const PLENTY = 3 * 2 ** 30;

/** Each copy is 300 small files: to make and remove them on a disk took a quarter of all that these tests take. */
async function roomyFolder(): Promise<string> {
	const { bavail, bsize } = await statfs(MEMORY).catch(() => ({ bavail: 0, bsize: 0 }));
	return Math.min(bavail * bsize, process.availableMemory()) > PLENTY ? MEMORY : tmpdir();
}

export interface Copy {
	url: string;
	drop(): Promise<void>;
}

let made = 0;

/** A database with the templates' tables, empty, for one test file. Drop it in `afterAll`. */
export async function copyDatabase(serverUrl: string): Promise<Copy> {
	made += 1;
	const name = `test_${String(process.pid)}_${String(Date.now())}_${String(made)}`;
	await once(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY file_copy`);
	return {
		url: databaseUrl(serverUrl, name),
		drop: () => once(serverUrl, `DROP DATABASE ${name} WITH (FORCE)`),
	};
}

async function once(url: string, sql: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(sql);
	} finally {
		await client.end();
	}
}

function databaseUrl(url: string, name: string): string {
	const found = new URL(url);
	found.pathname = `/${name}`;
	return found.href;
}
