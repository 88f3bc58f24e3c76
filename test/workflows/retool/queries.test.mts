// The queries of the Retool app on a real PostgreSQL: {{ … }} become parameters, as Retool sends them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestDatabase, startDatabase } from '../database.mts';
import { PLACEHOLDER, RETOOL, asRetool, readQuery as read, retoolQueries as files, type Values } from './queries.mts';
import { fill } from './school.mts';

type Row = Record<string, unknown>;

const readme = readFileSync(join(RETOOL, 'README.md'), 'utf8');

/** Inputs as Retool gives them before anybody has touched them, and once they were emptied again. */
const UNTOUCHED = null;
const EMPTIED = '';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
	await fill(db);
});
afterAll(() => db.stop());

async function run(file: string, values: Values = {}, otherwise: unknown = UNTOUCHED): Promise<Row[]> {
	const { sql, given } = asRetool(file, values, otherwise);
	return (await db.pool.query<Row>(sql, given)).rows;
}

describe.each(files)('%s', (file) => {
	test('runs with inputs that nobody has touched, that were emptied, and on an empty row', async () => {
		await run(file, {}, UNTOUCHED);
		const rowless = Object.fromEntries(
			[...read(file).matchAll(PLACEHOLDER)]
				.filter(([, name]) => name?.endsWith('.id'))
				.map(([, name]) => [name, null]),
		);
		await run(file, rowless, EMPTIED);
	});

	test('says what it is for, and the README builds it', () => {
		const query = /^-- Query (\w+)[,:]/.exec(read(file))?.[1] ?? 'no name';
		expect(readme).toContain(`\`${query}\``);
		expect(readme).toContain(`(${file})`);
	});

	test('names only inputs that the README builds', () => {
		for (const [, name = ''] of read(file).matchAll(PLACEHOLDER))
			expect(readme).toContain(`\`${name.split('.')[0] ?? ''}\``);
	});
});

test('the rights in the README are enough, but for trying an event again', async () => {
	const rights = /```sql\n(CREATE ROLE[^`]+)```/.exec(readme)?.[1];
	if (rights === undefined) throw new Error('The README grants no rights.');
	await db.pool.query(rights);
	const client = await db.pool.connect();
	try {
		await client.query('SET ROLE retool');
		for (const file of files) {
			if (file === 'retry-event.sql') continue;
			const { sql, given } = asRetool(
				file,
				{ 'selected.value': 'CHECK', 'bookingNote.value': 'seen' },
				UNTOUCHED,
			);
			await client.query(sql, given);
		}
		await expect(client.query("UPDATE calcom.bookings SET status = 'completed'")).rejects.toThrow(
			'permission denied',
		);
	} finally {
		await client.query('RESET ROLE');
		client.release();
	}
});

test('no two queries have one name', () => {
	const names = files.map((file) => /^-- Query (\w+)/.exec(read(file))?.[1]);
	expect(new Set(names).size).toBe(files.length);
});
