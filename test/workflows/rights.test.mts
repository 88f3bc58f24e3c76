// What a role may do that somebody made to look at a few tables: nothing else.
import { type TestDatabase, startDatabase } from './database.mts';
import { bookingEvent, person } from './event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

/** Runs these as a role that has the rights of somebody who looks at appointments. */
async function asOneWhoLooks(...statements: string[]): Promise<unknown[]> {
	const client = await db.pool.connect();
	try {
		await client.query(
			'BEGIN; CREATE ROLE looks_only; GRANT USAGE ON SCHEMA calcom TO looks_only; GRANT SELECT ON calcom.appointments TO looks_only; SET LOCAL ROLE looks_only',
		);
		const results: unknown[] = [];
		for (const sql of statements) results.push((await client.query<Record<string, unknown>>(sql)).rows);
		return results;
	} finally {
		await client.query('ROLLBACK');
		client.release();
	}
}

test.each([
	"take_back_answer(1, 'A', 'the boss')",
	"confirm_answer(1, 'A', 'the boss')",
	"decide_answer(1, 'A', true, 'x')",
])('cannot change what a lead is: %s', async (call) => {
	const email = 'ada@student.example';
	for (const [minute, name] of ['Ada Lovelace', 'Mallory'].entries())
		await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: name, minute, attendees: [person(name, email)] }));
	await expect(asOneWhoLooks(`SELECT calcom.${call}`)).rejects.toThrow('permission denied');
});

test.each(['SELECT * FROM calcom.signing_key', "SELECT calcom.signed_id('7')"])(
	'cannot sign an id: %s',
	async (sql) => {
		await expect(asOneWhoLooks(sql)).rejects.toThrow('permission denied');
	},
);

test('can have an id looked at: it tells no more than whether it is right', async () => {
	const [signed] = (await db.pool.query<{ id: string }>("SELECT calcom.signed_id('7') AS id")).rows;
	const id = String(signed?.id);
	for (const [told, expected] of [
		[id, true],
		[id.replace(/^7/, '8'), false],
		['7', false],
		[`7.${'0'.repeat(32)}`, false],
		['', false],
	] as const)
		expect(await asOneWhoLooks(`SELECT calcom.is_signed('${told}') AS it`)).toEqual([[{ it: expected }]]);
	expect(await asOneWhoLooks('SELECT calcom.is_signed(NULL) AS it')).toEqual([[{ it: false }]]);
});

test('what runs with the rights of its maker is listed, looks nowhere else, and is for nobody but who is named', async () => {
	const { rows } = await db.pool.query<{ name: string; for_all: boolean; path: string }>(
		`SELECT proname AS name, has_function_privilege('public', oid, 'EXECUTE') AS for_all, array_to_string(proconfig, ';') AS path
		FROM pg_proc WHERE pronamespace = 'calcom'::regnamespace AND prosecdef ORDER BY proname`,
	);
	const path = 'search_path=pg_catalog, calcom, pg_temp';
	expect(rows).toEqual([
		{ name: 'confirm_answer', for_all: false, path },
		// Answers yes or no.
		{ name: 'is_signed', for_all: true, path },
		{ name: 'take_back_answer', for_all: false, path },
	]);
});

test('to set up the tables again takes no right away that somebody was given', async () => {
	const fn = 'calcom.take_back_answer(bigint, text, text)';
	await db.pool.query(`CREATE ROLE back_office; GRANT EXECUTE ON FUNCTION ${fn} TO back_office`);
	try {
		await db.setUp();
		const { rows } = await db.pool.query("SELECT has_function_privilege('back_office', $1, 'EXECUTE') AS may", [
			fn,
		]);
		expect(rows).toEqual([{ may: true }]);
	} finally {
		await db.pool.query('DROP OWNED BY back_office; DROP ROLE back_office');
	}
});
