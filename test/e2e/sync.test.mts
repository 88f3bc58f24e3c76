// Services in PostgreSQL and event types at Cal.com kept in step by the Cal.com Sync node in a real n8n.
import { type E2e, openE2e } from './support/e2e.mts';
import { editRow, readRows, serviceOf } from './support/sync-week.mts';
import { openSync, sizes, type Sync } from './support/sync-workflow.mts';

const LIST = { 'GET /event-types': 1 };
const CREATE = { parameters: { apply: 'writeAndCreate' } };

let e2e: E2e;
let sync: Sync;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	sync = await openSync(e2e, 'sync-services');
});
afterEach(async () => {
	await sync.stop();
});
afterAll(async () => {
	await e2e.close();
});

const rows = () => readRows(e2e.db);
const rowOf = async (slug: string) => {
	const row = (await rows()).find((candidate) => candidate.slug === slug);
	if (!row) throw new Error(`No service has the slug ${slug}`);
	return row;
};
const eventTypeOf = (slug: string) => {
	const eventType = sync.cal.state.eventTypes.find((candidate) => candidate.slug === slug);
	if (!eventType) throw new Error(`No event type has the slug ${slug}`);
	return eventType;
};
/** The owner's event types: the team's are not hers to keep in step. */
const theirs = () => sync.cal.state.eventTypes.filter(({ ownerId }) => ownerId === 1);

describe('the first night', () => {
	test('brings in what is only in Cal.com, and the second night has nothing to do but to look', async () => {
		const first = await sync.run();
		expect(sizes(first)).toEqual({ onlyInCalCom: theirs().length });
		expect(first.calls).toEqual(LIST);
		expect((await rows()).map(({ name, slug, sync_status }) => ({ name, slug, sync_status }))).toEqual(
			theirs().map(({ title, slug }) => ({ name: title, slug, sync_status: 'synced' })),
		);
		const before = await rows();
		const second = await sync.run();
		expect(sizes(second)).toEqual({ unchanged: theirs().length });
		expect(second.calls).toEqual(LIST);
		expect(second.hints.join(' ')).toMatch(new RegExp(`${String(theirs().length)} unchanged.*1 API call`));
		expect(await rows()).toEqual(before);
	});

	test('links records that have no id by slug, then by title, and writes nothing to Cal.com', async () => {
		await e2e.db.query(
			`INSERT INTO calcom.services (name, slug, description, duration_minutes, price) VALUES
			('Trial lesson', 'trial-lesson', 'A first lesson', 30, 25),
			('Home Lessons', NULL, NULL, 60, 70)`,
		);
		const night = await sync.run();
		expect(night.calls).toEqual(LIST);
		const [trial, home] = await rows();
		expect(trial).toMatchObject({ calcom_event_type_id: '3', sync_status: 'synced', price: '25' });
		expect(home).toMatchObject({ calcom_event_type_id: '10', slug: 'home-lesson', price: '70' });
		expect(sizes(night).onlyInCalCom).toBe(theirs().length - 2);
	});

	test('a dry run shows every change and makes none', async () => {
		await sync.run();
		await editRow(e2e.db, (await rowOf('trial-lesson')).id, { name: 'First lesson' });
		sync.cal.editEventType('online-lesson', { lengthInMinutes: 50 });
		const [before, eventTypes] = [await rows(), structuredClone(sync.cal.state.eventTypes)];
		const dry = await sync.run({ parameters: { apply: 'dryRun' }, unconnected: true });
		expect(sizes(dry)).toEqual({ changed: 2, unchanged: theirs().length - 2 });
		expect(dry.output.changed.every((item) => item['dry_run'] === true)).toBe(true);
		expect(dry.calls).toEqual(LIST);
		expect(await rows()).toEqual(before);
		expect(sync.cal.state.eventTypes).toEqual(eventTypes);
	});
});

describe('"Premium Cut"', () => {
	test('renamed in Cal.com while the back office changed its price and its text: each keeps what is theirs', async () => {
		await sync.run();
		const { id } = await rowOf('trial-lesson');
		await editRow(e2e.db, id, { name: 'Cut', slug: 'cut', price: 35 });
		await sync.run();
		expect(eventTypeOf('cut')).toMatchObject({ title: 'Cut', price: 0 });

		sync.cal.editEventType('cut', { title: 'Premium Cut' });
		await editRow(e2e.db, id, { price: 42, description: 'With a head massage' });
		const night = await sync.run();

		expect(sizes(night)).toEqual({ changed: 1, unchanged: theirs().length - 1 });
		expect(night.calls).toEqual({ ...LIST, 'PATCH /event-types/:id': 1 });
		expect(eventTypeOf('cut')).toMatchObject({
			title: 'Premium Cut',
			description: 'With a head massage',
			price: 0,
		});
		expect(await rowOf('cut')).toMatchObject({
			name: 'Premium Cut',
			description: 'With a head massage',
			price: '42',
			sync_status: 'synced',
			sync_error: null,
		});
		const [item] = night.output.changed;
		expect(item).not.toHaveProperty('price');
		expect(item).not.toHaveProperty('description');
	});

	test('a conflict is flagged, nobody is overwritten, and the item that is fed back settles it', async () => {
		await sync.run();
		const { id } = await rowOf('trial-lesson');
		sync.cal.editEventType('trial-lesson', { title: 'Premium Cut' });
		await editRow(e2e.db, id, { name: 'Luxury Cut', duration_minutes: 40 });
		const night = await sync.run();
		expect(sizes(night)).toMatchObject({ conflicts: 1 });
		const [conflict] = night.output.conflicts;
		expect(conflict?.['conflicts']).toEqual([
			expect.objectContaining({
				field: 'title',
				recordField: 'name',
				base: 'Trial lesson',
				ours: 'Luxury Cut',
				theirs: 'Premium Cut',
			}),
		]);
		// What nobody argues about is kept in step all the same.
		expect(eventTypeOf('trial-lesson')).toMatchObject({ title: 'Premium Cut', lengthInMinutes: 40 });
		expect(await rowOf('trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'conflict' });
		expect(sizes(await sync.run())).toMatchObject({ conflicts: 1 });

		const resolution = structuredClone(conflict?.['resolution']) as {
			sync_resolution: Record<string, { choose: string }>;
		};
		resolution.sync_resolution['title']!.choose = 'ours';
		const settled = await sync.run({ items: [resolution] });
		expect(settled.output.changed).toHaveLength(1);
		expect(eventTypeOf('trial-lesson').title).toBe('Luxury Cut');
		expect(await rowOf('trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'synced' });
		const quiet = await sync.run();
		expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: theirs().length }, LIST]);
	});

	test('a conflict is settled in the table as well', async () => {
		await sync.run();
		const { id } = await rowOf('trial-lesson');
		sync.cal.editEventType('trial-lesson', { title: 'Premium Cut' });
		await editRow(e2e.db, id, { name: 'Luxury Cut', sync_resolution: '{"title": "theirs"}' });
		expect(sizes(await sync.run())).toEqual({ changed: 1, unchanged: theirs().length - 1 });
		expect(await rowOf('trial-lesson')).toMatchObject({ name: 'Premium Cut', sync_status: 'synced' });
		const { rows: left } = await e2e.db.query('SELECT id FROM calcom.services WHERE sync_resolution IS NOT NULL');
		expect(left).toEqual([]);
	});
});

describe('what goes wrong at Cal.com', () => {
	test('a field that is dropped in silence is told by name and never called synced', async () => {
		await sync.run();
		const { id } = await rowOf('trial-lesson');
		sync.cal.ignoreField('title');
		await editRow(e2e.db, id, { name: 'First lesson', duration_minutes: 35 });
		const night = await sync.run();
		expect(sizes(night)).toEqual({ failed: 1, unchanged: theirs().length - 1 });
		const failed = await rowOf('trial-lesson');
		expect(failed).toMatchObject({ name: 'First lesson', sync_status: 'error' });
		expect(failed.sync_error).toMatch(/\bname\b.*another value/);
		expect(eventTypeOf('trial-lesson')).toMatchObject({ title: 'Trial lesson', lengthInMinutes: 35 });
		expect(sizes(await sync.run())).toMatchObject({ failed: 1 });

		sync.cal.ignoreField('');
		expect(sizes(await sync.run())).toMatchObject({ changed: 1 });
		expect(eventTypeOf('trial-lesson').title).toBe('First lesson');
		expect(await rowOf('trial-lesson')).toMatchObject({ sync_status: 'synced', sync_error: null });
	});

	test('one record that Cal.com refuses does not stop the others', async () => {
		await sync.run();
		// No length of nothing: Cal.com answers 400.
		await editRow(e2e.db, (await rowOf('trial-lesson')).id, { duration_minutes: 0 });
		await editRow(e2e.db, (await rowOf('online-lesson')).id, { duration_minutes: 50 });
		const night = await sync.run();
		expect(sizes(night)).toMatchObject({ failed: 1, changed: 1 });
		expect(eventTypeOf('online-lesson').lengthInMinutes).toBe(50);
		const failed = await rowOf('trial-lesson');
		expect(failed.sync_status).toBe('error');
		expect(failed.sync_error).toMatch(/length/i);
	});

	test('an answer that is lost: the change is looked up, and sent once', async () => {
		await sync.run();
		await editRow(e2e.db, (await rowOf('trial-lesson')).id, { name: 'First lesson' });
		sync.cal.storm([{ status: 504, method: 'PATCH', work: 'lost' }]);
		const night = await sync.run();
		expect(sizes(night)).toMatchObject({ changed: 1 });
		expect(night.calls['PATCH /event-types/:id']).toBe(1);
		expect(await rowOf('trial-lesson')).toMatchObject({ sync_status: 'synced' });
	});

	test('no list, no changes: the run fails and the table stays as it was', async () => {
		await sync.run();
		await editRow(e2e.db, (await rowOf('trial-lesson')).id, { name: 'First lesson' });
		const before = await rows();
		await sync.cal.goDown();
		await expect(sync.run()).rejects.toThrow(/Cal\.com Sync/);
		await sync.cal.comeBack();
		expect(await rows()).toEqual(before);
	}, 120_000);
});

describe('event types that come and go', () => {
	test('gone in Cal.com: told, not made again, and picked up where it was when it comes back', async () => {
		await sync.run();
		sync.cal.removeEventTypeNamed('trial-lesson');
		await editRow(e2e.db, (await rowOf('trial-lesson')).id, { description: 'Written meanwhile' });
		const night = await sync.run(CREATE);
		expect(sizes(night)).toEqual({ onlyInRecords: 1, unchanged: theirs().length });
		expect(night.calls).toEqual(LIST);
		expect(night.output.onlyInRecords[0]).toMatchObject({ orphan: 'deletedInCalCom' });
		const orphan = await rowOf('trial-lesson');
		expect(orphan.calcom_event_type_id).toBe('3');
		expect(orphan.sync_error).toMatch(/not in Cal\.com any more/);

		sync.cal.restoreEventType('trial-lesson');
		sync.cal.editEventType('trial-lesson', { title: 'Back again' });
		expect(sizes(await sync.run(CREATE))).toMatchObject({ changed: 1 });
		expect(await rowOf('trial-lesson')).toMatchObject({
			name: 'Back again',
			sync_status: 'synced',
			sync_error: null,
		});
		expect(eventTypeOf('trial-lesson').description).toBe('Written meanwhile');
	});

	test('a service that is new in the back office is made in Cal.com, once, when that was asked for', async () => {
		await sync.run();
		await e2e.db.query(
			`INSERT INTO calcom.services (name, slug, description, duration_minutes, active, price)
			VALUES ('Harp lesson', 'harp-lesson', 'Bring nothing', 50, false, 60)`,
		);
		const before = theirs().length;
		const asked = await sync.run();
		expect(sizes(asked)).toEqual({ onlyInRecords: 1, unchanged: before });
		expect(asked.output.onlyInRecords[0]).toMatchObject({ orphan: 'neverCreated' });
		expect(theirs()).toHaveLength(before);

		const night = await sync.run(CREATE);
		expect(night.calls).toEqual({ ...LIST, 'POST /event-types': 1 });
		expect(serviceOf(eventTypeOf('harp-lesson'))).toEqual({
			name: 'Harp lesson',
			slug: 'harp-lesson',
			description: 'Bring nothing',
			duration_minutes: 50,
			active: false,
		});
		expect(await rowOf('harp-lesson')).toMatchObject({
			calcom_event_type_id: String(eventTypeOf('harp-lesson').id),
			sync_status: 'synced',
			price: '60',
		});
		const quiet = await sync.run(CREATE);
		expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: before + 1 }, LIST]);
	});

	test('an answer that is lost while one is made: it is there once, and linked', async () => {
		await sync.run();
		await e2e.db.query(
			"INSERT INTO calcom.services (name, slug, duration_minutes) VALUES ('Harp lesson', 'harp-lesson', 50)",
		);
		sync.cal.storm([{ status: 504, method: 'POST', work: 'lost' }]);
		await sync.run(CREATE);
		await sync.run(CREATE);
		expect(theirs().filter(({ title }) => title === 'Harp lesson')).toHaveLength(1);
		expect(await rowOf('harp-lesson')).toMatchObject({
			calcom_event_type_id: String(eventTypeOf('harp-lesson').id),
			sync_status: 'synced',
		});
	});
});
