// What the service sync may write, who it makes way for, and what starts it: its SQL on a real PostgreSQL.
import pg from 'pg';
import { z } from 'zod';
import { type TestDatabase, startDatabase } from '../database.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
});
beforeEach(async () => {
	await db.empty();
});
afterAll(() => db.stop());

type Fields = Record<string, unknown>;
const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
	(await db.pool.query<Fields>(sql, values)).rows;
const row = async (sql: string, values: unknown[] = []): Promise<Fields> => {
	const [found] = await rows(sql, values);
	if (!found) throw new Error(`Nothing found by: ${sql}`);
	return found;
};

const STATE = JSON.stringify({ v: 1, id: '3', base: { title: 'Cut', slug: 'cut' } });
/** A service that is in step with event type 3. */
async function linked(): Promise<Fields> {
	return await row(
		`INSERT INTO calcom.services AS s (name, slug, duration_minutes, price, sync_status, calcom_event_type_id, sync_state)
		VALUES ('Cut', 'cut', 30, 65, 'synced', 3, $1::jsonb) RETURNING s.id, to_jsonb(s) AS seen`,
		[STATE],
	);
}
const edit = (set: string) => db.pool.query(`UPDATE calcom.services SET ${set}`);

interface FieldTold {
	outcome: string;
	recordField: string;
	ours?: unknown;
	theirs?: unknown;
	base?: unknown;
}
const field = (recordField: string, outcome: string, more: Partial<FieldTold> = {}): FieldTold => ({
	outcome,
	recordField,
	...more,
});

/** What the Cal.com Sync node gives out for a service. */
function patch(id: unknown, fields: Record<string, FieldTold>, base: Fields, more: Fields = {}): Fields {
	return {
		id,
		sync_status: 'synced',
		sync_error: null,
		last_calcom_sync: '2026-11-20T03:10:00.000Z',
		calcom_event_type_id: 3,
		sync_state: JSON.stringify({ v: 1, id: '3', base: { title: 'Cut', slug: 'cut', ...base } }),
		sync_report: {
			fields,
			can_be_booked: true,
			can_be_booked_reason: null,
			link: { state: 'linked', by: 'id', id: '3' },
		},
		...more,
	};
}
const save = async (what: Fields, seen: unknown): Promise<unknown> =>
	(await row('SELECT * FROM calcom.save_sync($1, $2)', [JSON.stringify(what), JSON.stringify(seen)]))['outcome'];
const service = () => row('SELECT * FROM calcom.services');

describe('saving', () => {
	const toRecord = { title: field('name', 'toRecord', { ours: 'Cut', theirs: 'Premium Cut' }) };

	test('writes the columns of the report and the columns of the sync, and no other', async () => {
		const { id, seen } = await linked();
		const given = patch(id, toRecord, { title: 'Premium Cut' }, { name: 'Premium Cut', price: 1, slug: 'other' });
		expect(await save(given, seen)).toBe('saved');
		expect(await service()).toMatchObject({
			name: 'Premium Cut',
			slug: 'cut',
			price: '65',
			sync_status: 'synced',
			can_be_booked: true,
			sync_state: { base: { title: 'Premium Cut' } },
		});
	});

	test('a row that somebody has edited meanwhile stays as it is, whole', async () => {
		const { id, seen } = await linked();
		await edit("name = 'Luxury Cut'");
		const before = await service();
		const both = { ...toRecord, slug: field('slug', 'toRecord') };
		expect(
			await save(patch(id, both, { title: 'Premium Cut', slug: 'x' }, { name: 'Premium Cut', slug: 'x' }), seen),
		).toBe('waits');
		expect(await service()).toEqual(before);
	});

	test('what Cal.com took is remembered all the same, or the next run would see a conflict where there is none', async () => {
		const { id, seen } = await linked();
		await edit("name = 'Version C'");
		const sent = { title: field('name', 'toCalCom', { ours: 'Version B' }), slug: field('slug', 'toRecord') };
		expect(await save(patch(id, sent, { title: 'Version B', slug: 'x' }, { slug: 'x' }), seen)).toBe('waits');
		expect(await service()).toMatchObject({
			name: 'Version C',
			slug: 'cut',
			sync_status: 'pending',
			sync_state: { id: '3', base: { title: 'Version B', slug: 'cut' } },
		});
	});

	test('an event type that was made for a row is linked to it, whatever was edited meanwhile', async () => {
		const { id, seen } = await row(
			"INSERT INTO calcom.services AS s (name, slug) VALUES ('New', 'new') RETURNING s.id, to_jsonb(s) AS seen",
		);
		await edit("name = 'Newer'");
		await save(patch(id, { title: field('name', 'toCalCom') }, { title: 'New' }), seen);
		expect(await service()).toMatchObject({
			name: 'Newer',
			calcom_event_type_id: '3',
			sync_state: { base: { title: 'New' } },
		});
	});

	test('a link that a person has taken away meanwhile is not made again', async () => {
		const { id, seen } = await linked();
		await edit('calcom_event_type_id = NULL, sync_state = NULL');
		await save(patch(id, { title: field('name', 'toCalCom') }, { title: 'Cut' }), seen);
		expect(await service()).toMatchObject({ calcom_event_type_id: null, sync_state: null });
	});

	test.each([
		['the decision is another one by then', `sync_resolution = '{"title": "theirs"}'`],
		['another run has saved its own', `sync_state = '{"v": 1, "id": "3", "base": {}}'`],
	])('nothing is written when %s', async (_, set) => {
		const { id, seen } = await linked();
		await edit(set);
		const before = await service();
		expect(await save(patch(id, {}, {}, { sync_resolution: null }), seen)).toBe('waits');
		expect(await service()).toEqual(before);
	});

	test('what is not synced may be edited at any time', async () => {
		const { id, seen } = await linked();
		await edit("price = 70, internal_note = 'dearer'");
		expect(await save(patch(id, toRecord, { title: 'Premium Cut' }, { name: 'Premium Cut' }), seen)).toBe('saved');
		expect(await service()).toMatchObject({ name: 'Premium Cut', price: '70', internal_note: 'dearer' });
	});

	test('nothing new is not written, and a row that is gone is no error', async () => {
		const { id, seen } = await linked();
		await save(patch(id, {}, {}), seen);
		const { now } = await row('SELECT to_jsonb(s) AS now FROM calcom.services AS s');
		expect(await save(patch(id, {}, {}, { last_calcom_sync: '2026-11-21T03:10:00.000Z' }), now)).toBe('same');
		expect((await row('SELECT to_jsonb(s) AS now FROM calcom.services AS s'))['now']).toEqual(now);
		await db.pool.query('DELETE FROM calcom.services');
		expect(await save(patch(id, {}, {}), seen)).toBe('gone');
	});

	test('numbers that n8n hands on as text are the same numbers', async () => {
		const { id, seen } = await linked();
		const orphan = patch(
			String(id),
			{},
			{},
			{ calcom_event_type_id: '3', sync_state: STATE, sync_status: 'error' },
		);
		expect(await save(orphan, seen)).toBe('saved');
		const { now } = await row('SELECT to_jsonb(s) AS now FROM calcom.services AS s');
		expect(await save(orphan, now)).toBe('same');
	});

	test('a column of your own is written too, once the report names it', async () => {
		await db.pool.query('ALTER TABLE calcom.services ADD COLUMN locations jsonb, ADD COLUMN tags text[]');
		try {
			const { id, seen } = await linked();
			const told = { locations: field('locations', 'toRecord'), tags: field('tags', 'toRecord') };
			const given = patch(id, told, {}, { locations: [{ type: 'phone' }], tags: ['a', 'b'], no_such_column: 1 });
			expect(await save(given, seen)).toBe('saved');
			expect(await service()).toMatchObject({ locations: [{ type: 'phone' }], tags: ['a', 'b'] });
		} finally {
			await db.pool.query('ALTER TABLE calcom.services DROP COLUMN locations, DROP COLUMN tags');
		}
	});

	test('what the table refuses is told in the row', async () => {
		const { id, seen } = await linked();
		await db.pool.query("INSERT INTO calcom.services (name, slug) VALUES ('Other', 'taken')");
		const taken = patch(id, { slug: field('slug', 'toRecord') }, { slug: 'taken' }, { slug: 'taken' });
		expect(await save(taken, seen)).toBe('failed');
		const refused = await row('SELECT * FROM calcom.services WHERE id = $1', [id]);
		expect(refused).toMatchObject({ slug: 'cut', sync_status: 'error', sync_state: { base: { slug: 'cut' } } });
		expect(refused['sync_error']).toMatch(/could not be saved.*services_slug_key/);
	});

	test('a dry run writes the preview and no service', async () => {
		const { id, seen } = await linked();
		const before = await service();
		const told = { ...toRecord, slug: field('slug', 'unchanged'), description: field('description', 'conflict') };
		const report = {
			fields: told,
			link: { state: 'linked', by: 'slug', score: 100, id: '3', title: 'Premium Cut' },
		};
		expect(await save({ id, dry_run: true, sync_report: report }, seen)).toBe('previewed');
		expect(await service()).toEqual(before);
		expect(await rows('SELECT name, what, field, calcoms FROM calcom.sync_preview ORDER BY id')).toEqual([
			{ name: 'Cut', what: 'would be written to your table', field: 'title', calcoms: 'Premium Cut' },
			{ name: 'Cut', what: 'changed on both sides: somebody has to decide', field: 'description', calcoms: null },
			{
				name: 'Cut',
				what: 'would be linked with "Premium Cut" (found by its slug, 100 per cent alike)',
				field: null,
				calcoms: null,
			},
		]);
	});
});

describe('event types that no service stands for', () => {
	const unlinked = {
		name: 'Harp',
		slug: 'harp',
		duration_minutes: 50,
		active: true,
		sync_status: 'synced',
		calcom_event_type_id: 9,
		sync_state: STATE,
	};
	const take = (importNew: boolean, more: Fields = {}) =>
		row('SELECT * FROM calcom.save_unlinked($1, $2)', [
			JSON.stringify({ ...unlinked, ...more }),
			JSON.stringify({ importNew }),
		]);

	test('are brought in once', async () => {
		expect(await take(true)).toMatchObject({ outcome: 'brought in' });
		await take(true);
		expect(await rows('SELECT name, calcom_event_type_id FROM calcom.services')).toEqual([
			{ name: 'Harp', calcom_event_type_id: '9' },
		]);
	});

	test('or listed, for as long as that is so', async () => {
		const { run_id } = await row("SELECT * FROM calcom.begin_sync('1', 'schedule', '{\"apply\": \"write\"}')");
		expect(await take(false)).toMatchObject({ outcome: 'listed' });
		await db.pool.query('SELECT calcom.end_sync($1)', [run_id]);
		expect(await rows('SELECT name, stands FROM calcom.service_sync')).toEqual([
			{ name: 'Harp', stands: 'only in Cal.com' },
		]);
		const { run_id: next } = await row(
			"SELECT * FROM calcom.begin_sync('2', 'schedule', '{\"apply\": \"write\"}')",
		);
		await db.pool.query('SELECT calcom.end_sync($1)', [next]);
		expect(await rows('SELECT * FROM calcom.service_sync')).toEqual([]);
	});

	test('a slug that a service has already is listed, not forced in', async () => {
		await db.pool.query(
			"INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ('Mine', 'harp', 4)",
		);
		expect(await take(true)).toMatchObject({ outcome: 'listed' });
	});
});

describe('one run at a time', () => {
	const begin = (execution: string, reason: string, apply = 'write') =>
		rows('SELECT * FROM calcom.begin_sync($1, $2, $3)', [execution, reason, JSON.stringify({ apply })]);
	const end = (run: Fields | undefined) => row('SELECT * FROM calcom.end_sync($1)', [run?.['run_id']]);

	test('an edit during a run makes it run once more, anything else waits for the next time', async () => {
		const [first] = await begin('1', 'schedule');
		expect(await begin('2', 'schedule')).toEqual([]);
		expect(await begin('3', 'edit')).toEqual([]);
		expect(await end(first)).toEqual({ status: 'done', once_more: true });
	});

	test('who starts one by hand waits for the run that is at work', async () => {
		const [first] = await begin('1', 'schedule');
		const second = begin('2', 'by hand');
		await db.pool.query('SELECT pg_sleep(0.5)');
		expect(await rows('SELECT status FROM calcom.service_sync_runs')).toEqual([{ status: 'running' }]);
		expect(await end(first)).toMatchObject({ status: 'done' });
		expect(await second).toHaveLength(1);
	});

	test('and is told so when it works on and on', async () => {
		await begin('1', 'schedule');
		// It goes on saving.
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() + interval '1 hour'");
		await expect(begin('2', 'by hand')).rejects.toThrow('Another sync is still at work');
		expect(await rows('SELECT status FROM calcom.service_sync_runs')).toEqual([{ status: 'running' }]);
	});

	test('a run that died holds nobody up for long, and a person for seconds', async () => {
		await begin('1', 'schedule');
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '11 seconds'");
		expect(await begin('2', 'by hand')).toHaveLength(1);
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '6 minutes'");
		expect(await begin('3', 'schedule')).toHaveLength(1);
		expect(await rows('SELECT status FROM calcom.service_sync_runs ORDER BY id')).toEqual([
			{ status: 'failed' },
			{ status: 'failed' },
			{ status: 'running' },
		]);
	});

	test('looking whether something waits: an edit that n8n did not hear of, a run that failed', async () => {
		expect(await begin('1', 'waiting')).toEqual([]);
		await linked();
		await edit("name = 'Edited'");
		expect(await begin('2', 'waiting', 'dryRun')).toEqual([]);
		const [run] = await begin('3', 'waiting');
		expect(run).toBeDefined();
		await db.pool.query("UPDATE calcom.services SET sync_status = 'synced'");
		await end(run);
		expect(await begin('4', 'waiting')).toEqual([]);
		await begin('5', 'schedule');
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '6 minutes'");
		expect(await begin('6', 'waiting')).toHaveLength(1);
	});
});

describe('what starts the sync', () => {
	let listener: pg.Client;
	let heard: number;
	beforeEach(async () => {
		const { connectionString } = z.object({ connectionString: z.string() }).parse(db.pool.options);
		listener = new pg.Client({ connectionString });
		await listener.connect();
		heard = 0;
		listener.on('notification', () => (heard += 1));
		await listener.query('LISTEN calcom_services');
	});
	afterEach(() => listener.end());
	/** How often it was told since; a query brings what is on its way. */
	const told = async () => {
		await listener.query('SELECT pg_sleep(0.05)');
		const times = heard;
		heard = 0;
		return times;
	};

	test.each([
		["name = 'Other'", 1, 'pending'],
		["name = 'Cut'", 0, 'synced'],
		['active = false', 1, 'pending'],
		["price = 70, currency = 'EUR', internal_note = 'dearer', company_id = 'north', branch_id = 'b'", 0, 'synced'],
		["sync_status = 'error', sync_error = 'x', sync_state = '{}', last_calcom_sync = now()", 0, 'error'],
		["can_be_booked = true, sync_conflict = '[]'", 0, 'synced'],
		['calcom_event_type_id = NULL', 1, 'pending'],
		[`sync_resolution = '{"title": "ours"}'`, 1, 'pending'],
	])('%s: told %i times, then the row is %s', async (set, times, status) => {
		await linked();
		await told();
		await edit(set);
		expect(await told()).toBe(times);
		expect(await service()).toMatchObject({ sync_status: status });
	});

	test('a row in conflict stays in conflict until it is settled', async () => {
		await linked();
		await edit("sync_status = 'conflict'");
		await edit("name = 'Other'");
		expect(await service()).toMatchObject({ sync_status: 'conflict' });
		await edit(`sync_resolution = '{"title": "ours"}'`);
		expect(await service()).toMatchObject({ sync_status: 'pending' });
	});

	test('many rows, many statements, one transaction: told once; a new row starts it too', async () => {
		await db.pool.query("INSERT INTO calcom.services (name) SELECT 'S' || n FROM generate_series(1, 50) AS n");
		expect(await told()).toBe(1);
		await db.pool.query(
			'BEGIN; UPDATE calcom.services SET duration_minutes = 30; UPDATE calcom.services SET active = false; COMMIT',
		);
		expect(await told()).toBe(1);
	});

	test('nothing that the sync writes starts it', async () => {
		const { id, seen } = await linked();
		await told();
		const changed = { title: field('name', 'toRecord') };
		expect(await save(patch(id, changed, { title: 'New' }, { name: 'New' }), seen)).toBe('saved');
		await db.pool.query('SELECT calcom.save_unlinked($1, $2)', [
			JSON.stringify({ name: 'Harp', slug: 'harp', calcom_event_type_id: 9, sync_state: STATE }),
			'{"importNew": true}',
		]);
		expect(await told()).toBe(0);
		await edit("name = 'By a person'");
		expect(await told()).toBe(1);
	});
});

test('the tables can be set up again while there are services', async () => {
	await linked();
	await db.setUp();
	expect(await service()).toMatchObject({ name: 'Cut', sync_status: 'synced' });
});
