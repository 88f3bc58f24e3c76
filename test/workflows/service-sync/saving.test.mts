// What the service sync may write, and who it makes way for: its SQL on a real PostgreSQL.
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

describe('saving', () => {
	const toRecord = { title: field('name', 'toRecord', { ours: 'Cut', theirs: 'Premium Cut' }) };

	test('writes the columns of the report and the columns of the sync, and no other', async () => {
		const { id, seen } = await services.linked();
		const given = patch(id, toRecord, { title: 'Premium Cut' }, { name: 'Premium Cut', price: 1, slug: 'other' });
		expect(await services.save(given, seen)).toBe('saved');
		expect(await services.service()).toMatchObject({
			name: 'Premium Cut',
			slug: 'cut',
			price: '65',
			sync_status: 'synced',
			can_be_booked: true,
			sync_state: { base: { title: 'Premium Cut' } },
		});
	});

	test('a row that somebody has edited meanwhile stays as it is, whole', async () => {
		const { id, seen } = await services.linked();
		await services.edit("name = 'Luxury Cut'");
		const before = await services.service();
		const both = { ...toRecord, slug: field('slug', 'toRecord') };
		expect(
			await services.save(
				patch(id, both, { title: 'Premium Cut', slug: 'x' }, { name: 'Premium Cut', slug: 'x' }),
				seen,
			),
		).toBe('waits');
		expect(await services.service()).toEqual(before);
	});

	test('what Cal.com took is remembered all the same, or the next run would see a conflict where there is none', async () => {
		const { id, seen } = await services.linked();
		await services.edit("name = 'Version C'");
		const sent = { title: field('name', 'toCalCom', { ours: 'Version B' }), slug: field('slug', 'toRecord') };
		expect(await services.save(patch(id, sent, { title: 'Version B', slug: 'x' }, { slug: 'x' }), seen)).toBe(
			'waits',
		);
		expect(await services.service()).toMatchObject({
			name: 'Version C',
			slug: 'cut',
			sync_status: 'pending',
			sync_state: { id: '3', base: { title: 'Version B', slug: 'cut' } },
		});
	});

	test('an event type that was made for a row is linked to it, whatever was edited meanwhile', async () => {
		const { id, seen } = await services.row(
			"INSERT INTO calcom.services AS s (name, slug) VALUES ('New', 'new') RETURNING s.id, to_jsonb(s) AS seen",
		);
		await services.edit("name = 'Newer'");
		await services.save(patch(id, { title: field('name', 'toCalCom') }, { title: 'New' }), seen);
		expect(await services.service()).toMatchObject({
			name: 'Newer',
			calcom_event_type_id: '3',
			sync_state: { base: { title: 'New' } },
		});
	});

	test('a link that a person has taken away meanwhile is not made again', async () => {
		const { id, seen } = await services.linked();
		await services.edit('calcom_event_type_id = NULL, sync_state = NULL');
		await services.save(patch(id, { title: field('name', 'toCalCom') }, { title: 'Cut' }), seen);
		expect(await services.service()).toMatchObject({ calcom_event_type_id: null, sync_state: null });
	});

	test.each([
		['the decision is another one by then', `sync_resolution = '{"title": "theirs"}'`],
		['another run has saved its own', `sync_state = '{"v": 1, "id": "3", "base": {}}'`],
	])('nothing is written when %s', async (_, set) => {
		const { id, seen } = await services.linked();
		await services.edit(set);
		const before = await services.service();
		expect(await services.save(patch(id, {}, {}, { sync_resolution: null }), seen)).toBe('waits');
		expect(await services.service()).toEqual(before);
	});

	test('what is not synced may be edited at any time', async () => {
		const { id, seen } = await services.linked();
		await services.edit("price = 70, internal_note = 'dearer'");
		expect(await services.save(patch(id, toRecord, { title: 'Premium Cut' }, { name: 'Premium Cut' }), seen)).toBe(
			'saved',
		);
		expect(await services.service()).toMatchObject({ name: 'Premium Cut', price: '70', internal_note: 'dearer' });
	});

	test('nothing new is not written, and a row that is gone is no error', async () => {
		const { id, seen } = await services.linked();
		await services.save(patch(id, {}, {}), seen);
		const { now } = await services.row('SELECT to_jsonb(s) AS now FROM calcom.services AS s');
		expect(await services.save(patch(id, {}, {}, { last_calcom_sync: '2026-11-21T03:10:00.000Z' }), now)).toBe(
			'same',
		);
		expect((await services.row('SELECT to_jsonb(s) AS now FROM calcom.services AS s'))['now']).toEqual(now);
		await db.pool.query('DELETE FROM calcom.services');
		expect(await services.save(patch(id, {}, {}), seen)).toBe('gone');
	});

	test('numbers that n8n hands on as text are the same numbers', async () => {
		const { id, seen } = await services.linked();
		const orphan = patch(
			String(id),
			{},
			{},
			{ calcom_event_type_id: '3', sync_state: STATE, sync_status: 'error' },
		);
		expect(await services.save(orphan, seen)).toBe('saved');
		const { now } = await services.row('SELECT to_jsonb(s) AS now FROM calcom.services AS s');
		expect(await services.save(orphan, now)).toBe('same');
	});

	test('a column of your own is written too, once the report names it', async () => {
		await db.pool.query('ALTER TABLE calcom.services ADD COLUMN locations jsonb, ADD COLUMN tags text[]');
		try {
			const { id, seen } = await services.linked();
			const told = { locations: field('locations', 'toRecord'), tags: field('tags', 'toRecord') };
			const given = patch(id, told, {}, { locations: [{ type: 'phone' }], tags: ['a', 'b'], no_such_column: 1 });
			expect(await services.save(given, seen)).toBe('saved');
			expect(await services.service()).toMatchObject({ locations: [{ type: 'phone' }], tags: ['a', 'b'] });
		} finally {
			await db.pool.query('ALTER TABLE calcom.services DROP COLUMN locations, DROP COLUMN tags');
		}
	});

	test('what the table refuses is told in the row', async () => {
		const { id, seen } = await services.linked();
		await db.pool.query("INSERT INTO calcom.services (name, slug) VALUES ('Other', 'taken')");
		const taken = patch(id, { slug: field('slug', 'toRecord') }, { slug: 'taken' }, { slug: 'taken' });
		expect(await services.save(taken, seen)).toBe('failed');
		const refused = await services.row('SELECT * FROM calcom.services WHERE id = $1', [id]);
		expect(refused).toMatchObject({ slug: 'cut', sync_status: 'error', sync_state: { base: { slug: 'cut' } } });
		expect(refused['sync_error']).toMatch(/could not be saved.*services_slug_key/);
	});

	test('a dry run writes the preview and no service', async () => {
		const { id, seen } = await services.linked();
		const before = await services.service();
		const told = { ...toRecord, slug: field('slug', 'unchanged'), description: field('description', 'conflict') };
		const report = {
			fields: told,
			link: { state: 'linked', by: 'slug', score: 100, id: '3', title: 'Premium Cut' },
		};
		expect(await services.save({ id, dry_run: true, sync_report: report }, seen)).toBe('previewed');
		expect(await services.service()).toEqual(before);
		expect(await services.rows('SELECT name, what, field, calcoms FROM calcom.sync_preview ORDER BY id')).toEqual([
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
	const take = (importNew: boolean) => services.saveUnlinked(unlinked, { importNew });

	test('are brought in once', async () => {
		expect(await take(true)).toMatchObject({ outcome: 'brought in' });
		await take(true);
		expect(await services.rows('SELECT name, calcom_event_type_id FROM calcom.services')).toEqual([
			{ name: 'Harp', calcom_event_type_id: '9' },
		]);
	});

	test('or listed, for as long as that is so', async () => {
		const [run] = await services.begin('1', 'schedule');
		expect(await take(false)).toMatchObject({ outcome: 'listed' });
		await services.end(run);
		expect(await services.rows('SELECT name, stands FROM calcom.service_sync')).toEqual([
			{ name: 'Harp', stands: 'only in Cal.com' },
		]);
		const [next] = await services.begin('2', 'schedule');
		await services.end(next);
		expect(await services.rows('SELECT * FROM calcom.service_sync')).toEqual([]);
	});

	test('a slug that a service has already is listed, not forced in', async () => {
		await db.pool.query(
			"INSERT INTO calcom.services (name, slug, calcom_event_type_id) VALUES ('Mine', 'harp', 4)",
		);
		expect(await take(true)).toMatchObject({ outcome: 'listed' });
	});
});
