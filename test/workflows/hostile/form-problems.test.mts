// What the form pages and the agent's answers of 07 show of what was typed: nothing.
import { startDatabase, type TestDatabase } from '../database.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());

test('no problem of a request repeats what was typed', async () => {
	await db.pool.query(
		"INSERT INTO calcom.services (name, slug, active, calcom_event_type_id) VALUES ('Level check', 'level-check', true, 23)",
	);
	const evil = '<a href="https://evil.example">x</a>';
	const base = {
		channel: 'form',
		action: 'book',
		service: 'Level check',
		name: 'M',
		email: 'm@x.example',
		start: '2099-11-24T09:00',
	};
	for (const change of [
		{ action: evil },
		{ service: evil },
		{ start: evil },
		{ email: evil },
		{ day: evil, action: 'slots' },
		{ timeZone: evil },
		{ name: '' },
	]) {
		const { rows } = await db.pool.query<{ r: { problem?: string } }>('SELECT calcom.read_request($1, $2) AS r', [
			JSON.stringify({ ...base, ...change }),
			JSON.stringify({ timeZone: 'Europe/Amsterdam' }),
		]);
		expect(rows[0]?.r.problem ?? '').not.toContain('evil');
	}
});
