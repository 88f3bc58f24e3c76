// Services in PostgreSQL and event types at Cal.com kept in step by the Cal.com Sync node in a real n8n.
import { type E2e, openE2e } from './support/e2e.mts';
import { firstNights } from './sync/first-night.mts';
import { editRow, readRows, rowOf, serviceOf } from './sync/rows.mts';
import { openSync, sizes, type Sync } from './sync/workflow.mts';

const LIST = { 'GET /event-types': 1 };
const CREATE = { parameters: { apply: 'writeAndCreate' } };

let e2e: E2e;
let sync: Sync;
/** Brings both sides in step, as the first night does. */
let inStep: (sync: Sync) => Promise<void>;
beforeAll(async () => {
	e2e = await openE2e();
	inStep = firstNights(e2e);
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

describe('the first night', () => {
	test('brings in what is only in Cal.com, and the second night has nothing to do but to look', async () => {
		const first = await sync.run();
		expect(sizes(first)).toEqual({ onlyInCalCom: sync.theirs().length });
		expect(first.calls).toEqual(LIST);
		expect((await rows()).map(({ name, slug, sync_status }) => ({ name, slug, sync_status }))).toEqual(
			sync.theirs().map(({ title, slug }) => ({ name: title, slug, sync_status: 'synced' })),
		);
		const before = await rows();
		const second = await sync.run();
		expect(sizes(second)).toEqual({ unchanged: sync.theirs().length });
		expect(second.calls).toEqual(LIST);
		expect(second.hints.join(' ')).toMatch(new RegExp(`${String(sync.theirs().length)} unchanged.*1 API call`));
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
		expect(sizes(night).onlyInCalCom).toBe(sync.theirs().length - 2);
	});

	test('a dry run shows every change and makes none', async () => {
		await inStep(sync);
		await editRow(e2e.db, (await rowOf(e2e.db, 'trial-lesson')).id, { name: 'First lesson' });
		sync.cal.editEventType('online-lesson', { lengthInMinutes: 50 });
		const [before, eventTypes] = [await rows(), structuredClone(sync.cal.state.eventTypes)];
		const dry = await sync.run({ parameters: { apply: 'dryRun' }, unconnected: true });
		expect(sizes(dry)).toEqual({ changed: 2, unchanged: sync.theirs().length - 2 });
		expect(dry.output.changed.every((item) => item['dry_run'] === true)).toBe(true);
		expect(dry.calls).toEqual(LIST);
		expect(await rows()).toEqual(before);
		expect(sync.cal.state.eventTypes).toEqual(eventTypes);
	});
});

describe('"Premium Cut"', () => {
	test('renamed in Cal.com while the back office changed its price and its text: each keeps what is theirs', async () => {
		await inStep(sync);
		const { id } = await rowOf(e2e.db, 'trial-lesson');
		await editRow(e2e.db, id, { name: 'Cut', slug: 'cut', price: 35 });
		await sync.run();
		expect(sync.eventType('cut')).toMatchObject({ title: 'Cut', price: 0 });

		sync.cal.editEventType('cut', { title: 'Premium Cut' });
		await editRow(e2e.db, id, { price: 42, description: 'With a head massage' });
		const night = await sync.run();

		expect(sizes(night)).toEqual({ changed: 1, unchanged: sync.theirs().length - 1 });
		expect(night.calls).toEqual({ ...LIST, 'PATCH /event-types/:id': 1 });
		expect(sync.eventType('cut')).toMatchObject({
			title: 'Premium Cut',
			description: 'With a head massage',
			price: 0,
		});
		expect(await rowOf(e2e.db, 'cut')).toMatchObject({
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
		await inStep(sync);
		const { id } = await rowOf(e2e.db, 'trial-lesson');
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
		expect(sync.eventType('trial-lesson')).toMatchObject({ title: 'Premium Cut', lengthInMinutes: 40 });
		expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'conflict' });
		expect(sizes(await sync.run())).toMatchObject({ conflicts: 1 });

		const resolution = structuredClone(conflict?.['resolution']) as {
			sync_resolution: Record<string, { choose: string }>;
		};
		resolution.sync_resolution['title']!.choose = 'ours';
		const settled = await sync.run({ items: [resolution] });
		expect(settled.output.changed).toHaveLength(1);
		expect(sync.eventType('trial-lesson').title).toBe('Luxury Cut');
		expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'synced' });
		const quiet = await sync.run();
		expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: sync.theirs().length }, LIST]);
	});

	test('a conflict is settled in the table as well', async () => {
		await inStep(sync);
		const { id } = await rowOf(e2e.db, 'trial-lesson');
		sync.cal.editEventType('trial-lesson', { title: 'Premium Cut' });
		await editRow(e2e.db, id, { name: 'Luxury Cut', sync_resolution: '{"title": "theirs"}' });
		expect(sizes(await sync.run())).toEqual({ changed: 1, unchanged: sync.theirs().length - 1 });
		expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({ name: 'Premium Cut', sync_status: 'synced' });
		const { rows: left } = await e2e.db.query('SELECT id FROM calcom.services WHERE sync_resolution IS NOT NULL');
		expect(left).toEqual([]);
	});
});

test('a field that is dropped in silence is told by name and never called synced', async () => {
	await inStep(sync);
	const { id } = await rowOf(e2e.db, 'trial-lesson');
	sync.cal.ignoreField('title');
	await editRow(e2e.db, id, { name: 'First lesson', duration_minutes: 35 });
	const night = await sync.run();
	expect(sizes(night)).toEqual({ failed: 1, unchanged: sync.theirs().length - 1 });
	const failed = await rowOf(e2e.db, 'trial-lesson');
	expect(failed).toMatchObject({ name: 'First lesson', sync_status: 'error' });
	expect(failed.sync_error).toMatch(/\bname\b.*another value/);
	expect(sync.eventType('trial-lesson')).toMatchObject({ title: 'Trial lesson', lengthInMinutes: 35 });
	expect(sizes(await sync.run())).toMatchObject({ failed: 1 });

	sync.cal.ignoreField('');
	expect(sizes(await sync.run())).toMatchObject({ changed: 1 });
	expect(sync.eventType('trial-lesson').title).toBe('First lesson');
	expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({ sync_status: 'synced', sync_error: null });
});

test('a service that is new in the back office is made in Cal.com, once, when that was asked for', async () => {
	await inStep(sync);
	await e2e.db.query(
		`INSERT INTO calcom.services (name, slug, description, duration_minutes, active, price)
		VALUES ('Harp lesson', 'harp-lesson', 'Bring nothing', 50, false, 60)`,
	);
	const before = sync.theirs().length;
	const asked = await sync.run();
	expect(sizes(asked)).toEqual({ onlyInRecords: 1, unchanged: before });
	expect(asked.output.onlyInRecords[0]).toMatchObject({ orphan: 'neverCreated' });
	expect(sync.theirs()).toHaveLength(before);

	const night = await sync.run(CREATE);
	expect(night.calls).toEqual({ ...LIST, 'POST /event-types': 1 });
	expect(serviceOf(sync.eventType('harp-lesson'))).toEqual({
		name: 'Harp lesson',
		slug: 'harp-lesson',
		description: 'Bring nothing',
		duration_minutes: 50,
		active: false,
	});
	expect(await rowOf(e2e.db, 'harp-lesson')).toMatchObject({
		calcom_event_type_id: String(sync.eventType('harp-lesson').id),
		sync_status: 'synced',
		price: '60',
	});
	const quiet = await sync.run(CREATE);
	expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: before + 1 }, LIST]);
});
