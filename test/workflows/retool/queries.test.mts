// The queries of the Retool app on a real PostgreSQL: {{ … }} become parameters, as Retool sends them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
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

describe('the rights in the README', () => {
	/** Runs this as Retool's user. */
	async function asUser<T>(
		work: (ask: (sql: string, given?: unknown[]) => Promise<Row[]>) => Promise<T>,
	): Promise<T> {
		const client = await db.pool.connect();
		try {
			await client.query('SET ROLE retool');
			return await work(async (sql, given) => (await client.query<Row>(sql, given)).rows);
		} finally {
			await client.query('RESET ROLE');
			client.release();
		}
	}

	beforeAll(async () => {
		const rights = /```sql\n(CREATE ROLE[^`]+)```/.exec(readme)?.[1];
		if (rights === undefined) throw new Error('The README grants no rights.');
		await db.pool.query(rights);
	});

	test('are enough, but for trying an event again', async () => {
		await asUser(async (ask) => {
			for (const file of files) {
				if (file === 'retry-event.sql') continue;
				const values = { 'selected.value': 'CHECK', 'bookingNote.value': 'seen' };
				const { sql, given } = asRetool(file, values, UNTOUCHED);
				await ask(sql, given);
			}
			await expect(ask("UPDATE calcom.bookings SET status = 'completed'")).rejects.toThrow('permission denied');
		});
	});

	test.each(['SELECT * FROM calcom.signing_key', "SELECT calcom.signed_id('7')"])(
		'are not for signing ids of clients: %s',
		async (sql) => {
			await asUser((ask) => expect(ask(sql)).rejects.toThrow('permission denied'));
		},
	);

	test('keep the link of an appointment by a signed id when a note is saved', async () => {
		const [made] = (await db.pool.query<{ id: string }>("SELECT calcom.signed_id('7') AS id")).rows;
		const booked = bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'SIGNED',
			minute: 20,
			rest: { metadata: { clientId: String(made?.id) } },
		});
		await db.apply(booked);
		await db.pool.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb, $2::jsonb)', [
			JSON.stringify(booked),
			JSON.stringify({ clientKey: 'clientId' }),
		]);
		const link = "SELECT client_id, client_linked_by FROM calcom.calendar_events WHERE booking_uid = 'SIGNED'";
		expect((await db.pool.query(link)).rows).toEqual([{ client_id: '7', client_linked_by: 'signed' }]);
		// As if nobody had linked it yet, so that saving the note has to.
		await db.pool.query(
			"UPDATE calcom.calendar_events SET derived = '{}', client_id = NULL, client_linked_by = NULL, by_hand = '{}' WHERE booking_uid = 'SIGNED'",
		);
		const { sql, given } = asRetool(
			'save-note.sql',
			{ 'selected.value': 'SIGNED', 'bookingNote.value': 'x' },
			null,
		);
		await asUser((ask) => ask(sql, given));
		expect((await db.pool.query(link)).rows).toEqual([{ client_id: '7', client_linked_by: 'signed' }]);
	});

	test('take back what a booking changed, and let it count again', async () => {
		const email = 'mina@student.example';
		for (const [minute, name] of ['Mina', 'Mallory'].entries())
			await db.apply(
				bookingEvent({ event: 'BOOKING_CREATED', uid: name, minute, attendees: [person(name, email)] }),
			);
		const lead = async () =>
			(await db.pool.query<Row>('SELECT id, name FROM calcom.leads WHERE email = $1', [email])).rows[0];
		const press = async (file: string) => {
			const values = {
				'leadChanges.selectedRow.lead_id': (await lead())?.['id'],
				'leadChanges.selectedRow.booking_uid': 'Mallory',
				'current_user.fullName': 'Eva',
			};
			const { sql, given } = asRetool(file, values, null);
			expect(await asUser((ask) => ask(sql, given))).toEqual([{ decided: 1 }]);
		};
		expect(await lead()).toMatchObject({ name: 'Mallory' });
		await press('take-back-change.sql');
		expect(await lead()).toMatchObject({ name: 'Mina' });
		await press('confirm-change.sql');
		expect(await lead()).toMatchObject({ name: 'Mallory' });
	});
});

test('no two queries have one name', () => {
	const names = files.map((file) => /^-- Query (\w+)/.exec(read(file))?.[1]);
	expect(new Set(names).size).toBe(files.length);
});
