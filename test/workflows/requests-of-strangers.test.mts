// Who fills in the public form in somebody's name changes nothing that a caller asked for, and keeps nobody out.
import { startDatabase, type TestDatabase } from './database.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
	await db.empty();
	await db.pool.query(
		"INSERT INTO calcom.services (name, slug, active, calcom_event_type_id) VALUES ('Level check', 'level-check', true, 23)",
	);
});

type Fields = Record<string, unknown>;
const SETTINGS = { timeZone: 'Europe/Amsterdam', timesOfASeries: 0, giveUpAfter: 3 };
const one = async (sql: string, values: unknown[]): Promise<Fields> =>
	(await db.pool.query<{ request: Fields }>(sql, values)).rows[0]?.request ?? {};
const json = (value: unknown) => JSON.stringify(value);
const start = async (request: Fields, claimant: string) =>
	await one('SELECT calcom.start_request($1, $2, $3) AS request', [
		json(await one('SELECT calcom.read_request($1, $2) AS request', [json(request), json(SETTINGS)])),
		json(SETTINGS),
		claimant,
	]);

const HERS = {
	channel: 'voice',
	action: 'book',
	service: 'level check',
	start: '2099-11-24T09:00',
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phone: '+31612345678',
	clientId: 'C-7',
};
const HIS = {
	channel: 'form',
	action: 'book',
	service: 'Level check',
	start: '2099-11-24T09:00',
	name: 'Mallory',
	email: 'Ada@Student.example',
	phone: '+31687654321',
};

test('a form never gets an id signed, also not the id of a caller who asked for the same', async () => {
	const hers = await start(HERS, 'call');
	await one('SELECT calcom.request_failed($1, $2, $3) AS request', [hers['id'], 'Nothing answers', json(SETTINGS)]);
	const his = await start(HIS, 'form');
	expect(his).toMatchObject({ outcome: 'book', name: 'Mallory', clientId: null });
});

test('a caller’s request that waits is not rewritten by what somebody typed into the form', async () => {
	const hers = await start(HERS, 'call');
	await one('SELECT calcom.request_failed($1, $2, $3) AS request', [hers['id'], 'Nothing answers', json(SETTINGS)]);
	await start(HIS, 'form');
	const { rows } = await db.pool.query(
		'SELECT attendee_name, attendee_phone FROM calcom.booking_requests WHERE id = $1',
		[hers['id']],
	);
	expect(rows).toEqual([{ attendee_name: 'Ada Lovelace', attendee_phone: '+31612345678' }]);
});

// A day at the end of time is one in UTC and none in Auckland.
test('a day far away is no error of the run', async () => {
	const asked = {
		channel: 'form',
		action: 'book',
		service: 'Level check',
		name: 'M',
		email: 'm@x.example',
		day: '294276-12-31T23:00:00Z',
	};
	await expect(start({ ...asked, timeZone: 'Pacific/Auckland' }, 'form')).resolves.toBeDefined();
});

test('six requests of a stranger do not shut out the person whose email they name', async () => {
	for (const hour of [1, 2, 3, 4, 5, 6]) await start({ ...HIS, start: `2099-11-2${String(hour)}T09:00` }, 'form');
	expect(
		await one('SELECT calcom.read_request($1, $2) AS request', [
			json({ ...HERS, start: '2099-12-01T09:00' }),
			json(SETTINGS),
		]),
	).not.toHaveProperty('problem');
});

test('a form filled in with megabytes of a phone number makes nobody else’s request slow', async () => {
	const phone = 'x'.repeat(4_000_000);
	for (const n of [1, 2, 3]) await start({ ...HIS, email: `m${String(n)}@evil.example`, phone }, 'form');
	const began = Date.now();
	await start({ ...HERS, email: 'bob@student.example' }, 'call');
	expect(Date.now() - began).toBeLessThan(500);
}, 120_000);
