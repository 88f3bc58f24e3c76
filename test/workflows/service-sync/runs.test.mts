// One run of the service sync at a time, and what starts it: its SQL on a real PostgreSQL.
import { once } from 'node:events';
import pg from 'pg';
import { z } from 'zod';
import { type TestDatabase, startDatabase } from '../database.mts';
import { STATE, type Services, field, openServices, patch } from './services.mts';

let db: TestDatabase;
let services: Services;
beforeAll(async () => {
	db = await startDatabase();
	services = openServices(db);
});
beforeEach(() => db.empty());
afterAll(() => db.stop());

describe('one run at a time', () => {
	test('an edit during a run makes it run once more, anything else waits for the next time', async () => {
		const [first] = await services.begin('1', 'schedule');
		expect(await services.begin('2', 'schedule')).toEqual([]);
		expect(await services.begin('3', 'edit')).toEqual([]);
		expect(await services.end(first)).toEqual({ status: 'done', once_more: true });
	});

	test('who starts one by hand waits for the run that is at work', async () => {
		const [first] = await services.begin('1', 'schedule');
		const second = services.begin('2', 'by hand');
		await db.untilSomebodyWaits('PgSleep');
		expect(await services.rows('SELECT status FROM calcom.service_sync_runs')).toEqual([{ status: 'running' }]);
		expect(await services.end(first)).toMatchObject({ status: 'done' });
		expect(await second).toHaveLength(1);
	});

	test('and is told so when it works on and on', async () => {
		await services.begin('1', 'schedule');
		// It goes on saving.
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() + interval '1 hour'");
		await expect(services.begin('2', 'by hand', { apply: 'write', patienceSeconds: 0.3 })).rejects.toThrow(
			'Another sync is still at work',
		);
		expect(await services.rows('SELECT status FROM calcom.service_sync_runs')).toEqual([{ status: 'running' }]);
	});

	test('a run that died holds nobody up for long, and a person for seconds', async () => {
		await services.begin('1', 'schedule');
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '11 seconds'");
		expect(await services.begin('2', 'by hand')).toHaveLength(1);
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '6 minutes'");
		expect(await services.begin('3', 'schedule')).toHaveLength(1);
		expect(await services.rows('SELECT status FROM calcom.service_sync_runs ORDER BY id')).toEqual([
			{ status: 'failed' },
			{ status: 'failed' },
			{ status: 'running' },
		]);
	});

	test('looking whether something waits: an edit that n8n did not hear of, a run that failed', async () => {
		expect(await services.begin('1', 'waiting')).toEqual([]);
		await services.linked();
		await services.edit("name = 'Edited'");
		expect(await services.begin('2', 'waiting', { apply: 'dryRun' })).toEqual([]);
		const [run] = await services.begin('3', 'waiting');
		expect(run).toBeDefined();
		await db.pool.query("UPDATE calcom.services SET sync_status = 'synced'");
		await services.end(run);
		expect(await services.begin('4', 'waiting')).toEqual([]);
		await services.begin('5', 'schedule');
		await db.pool.query("UPDATE calcom.service_sync_runs SET alive_at = now() - interval '6 minutes'");
		expect(await services.begin('6', 'waiting')).toHaveLength(1);
	});
});

describe('what starts the sync', () => {
	let listener: pg.Client;
	let heard: string[];
	beforeEach(async () => {
		const { connectionString } = z.object({ connectionString: z.string() }).parse(db.pool.options);
		listener = new pg.Client({ connectionString });
		await listener.connect();
		heard = [];
		listener.on('notification', ({ channel }) => heard.push(channel));
		await listener.query('LISTEN calcom_services; LISTEN own_word');
	});
	afterEach(() => listener.end());
	/** How often it was told since: what was said before one's own word comes before it. */
	const told = async () => {
		await listener.query('NOTIFY own_word');
		while (!heard.includes('own_word')) await once(listener, 'notification');
		return heard.splice(0).filter((channel) => channel === 'calcom_services').length;
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
		await services.linked();
		await told();
		await services.edit(set);
		expect(await told()).toBe(times);
		expect(await services.service()).toMatchObject({ sync_status: status });
	});

	test('a row in conflict stays in conflict until it is settled', async () => {
		await services.linked();
		await services.edit("sync_status = 'conflict'");
		await services.edit("name = 'Other'");
		expect(await services.service()).toMatchObject({ sync_status: 'conflict' });
		await services.edit(`sync_resolution = '{"title": "ours"}'`);
		expect(await services.service()).toMatchObject({ sync_status: 'pending' });
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
		const { id, seen } = await services.linked();
		await told();
		const changed = { title: field('name', 'toRecord') };
		expect(await services.save(patch(id, changed, { title: 'New' }, { name: 'New' }), seen)).toBe('saved');
		await services.saveUnlinked(
			{ name: 'Harp', slug: 'harp', calcom_event_type_id: 9, sync_state: STATE },
			{ importNew: true },
		);
		expect(await told()).toBe(0);
		await services.edit("name = 'By a person'");
		expect(await told()).toBe(1);
	});
});

test('the tables can be set up again while there are services', async () => {
	await services.linked();
	await db.setUp();
	expect(await services.service()).toMatchObject({ name: 'Cut', sync_status: 'synced' });
});
