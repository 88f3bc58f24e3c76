// The service sync template in a real n8n: calcom.services and event types edited by people on both sides.
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type TemplateAtCalCom, openTemplateAtCalCom } from './support/template-at-calcom.mts';

const START = 'Sync Now';
const NODE = 'Cal.com Sync';

let e2e: E2e;
let template: TemplateAtCalCom;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	template = await openTemplateAtCalCom(e2e, '05-service-sync', 'e2e-service-sync');
});
afterEach(() => template.close());
afterAll(() => e2e.close());

const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql, values)).rows;
const service = async (slug: string) => {
	const [row] = await rows('SELECT * FROM calcom.services WHERE slug = $1', [slug]);
	if (!row) throw new Error(`No service has the slug ${slug}`);
	return row;
};
const edit = (slug: string, set: string) => e2e.db.query(`UPDATE calcom.services SET ${set} WHERE slug = $1`, [slug]);
const eventType = (slug: string) => {
	const found = template.cal.state.eventTypes.find((candidate) => candidate.slug === slug);
	if (!found) throw new Error(`No event type has the slug ${slug}`);
	return found;
};
/** Those of the owner: the team's are not hers to keep in step. */
const theirs = () => template.cal.state.eventTypes.filter(({ ownerId }) => ownerId === 1);
/** Presses "Execute workflow", with "Apply" chosen in the panel of the Sync node. */
const sync = async (apply = 'write', settings: Record<string, unknown> = {}) => {
	await template.save(settings, { [NODE]: { apply } });
	template.cal.requests.clear();
	return await template.run(START);
};
const written = () => template.cal.requests.counts['PATCH /event-types/:id'] ?? 0;
/** Waits until no run is under way and every service is in step, or in conflict. */
const quiet = () =>
	waitFor(
		'the sync to have nothing to do',
		async () =>
			(await rows("SELECT FROM calcom.services WHERE sync_status = 'pending'")).length === 0 &&
			(await rows("SELECT FROM calcom.service_sync_runs WHERE status = 'running'")).length === 0,
		{ timeout: 30_000 },
	);

test('as it is imported it changes nothing, and shows what would happen', async () => {
	await e2e.db.query(
		"INSERT INTO calcom.services (name, slug, duration_minutes, price) VALUES ('First lesson', 'trial-lesson', 30, 25), ('Harp lesson', 'harp', 40, 60)",
	);
	const [services, eventTypes] = [await rows('SELECT * FROM calcom.services ORDER BY id'), structuredClone(theirs())];
	await template.save();
	await template.run(START);
	expect(await rows('SELECT * FROM calcom.services ORDER BY id')).toEqual(services);
	expect(theirs()).toEqual(eventTypes);
	const preview = await rows('SELECT name, what, field, yours, calcoms FROM calcom.sync_preview ORDER BY id');
	expect(preview).toContainEqual({
		name: 'First lesson',
		what: 'changed on both sides: somebody has to decide',
		field: 'title',
		yours: 'First lesson',
		calcoms: 'Trial lesson',
	});
	expect(preview).toContainEqual(expect.objectContaining({ name: 'Harp lesson', what: 'is only in your records' }));
	expect(preview.filter(({ what }) => what === 'would be brought in from Cal.com')).toHaveLength(theirs().length - 1);
});

test('brings in what is in Cal.com, then carries edits both ways; what is yours stays yours', async () => {
	await sync();
	expect(await rows('SELECT DISTINCT sync_status FROM calcom.services')).toEqual([{ sync_status: 'synced' }]);
	expect(await rows('SELECT FROM calcom.services')).toHaveLength(theirs().length);

	await edit('trial-lesson', "name = 'Premium Cut', price = 65, internal_note = 'ours'");
	expect(await service('trial-lesson')).toMatchObject({ sync_status: 'pending' });
	Object.assign(eventType('online-lesson'), { lengthInMinutes: 50 });
	await sync();
	expect(eventType('trial-lesson').title).toBe('Premium Cut');
	expect(await service('trial-lesson')).toMatchObject({
		sync_status: 'synced',
		price: '65',
		internal_note: 'ours',
		can_be_booked: true,
	});
	expect(await service('online-lesson')).toMatchObject({ duration_minutes: 50, sync_status: 'synced' });
	expect(written()).toBe(1);

	const before = await rows('SELECT * FROM calcom.services ORDER BY id');
	await sync();
	expect(template.cal.requests.counts).toEqual({ 'GET /event-types': 1 });
	expect(await rows('SELECT * FROM calcom.services ORDER BY id')).toEqual(before);
}, 60_000);

test('event types that no service stands for are only listed, when that is wanted', async () => {
	await sync('write', { importNew: false });
	expect(await rows('SELECT * FROM calcom.services')).toEqual([]);
	expect(await rows("SELECT name FROM calcom.service_sync WHERE stands = 'only in Cal.com'")).toHaveLength(
		theirs().length,
	);
	await sync();
	expect(await rows("SELECT name FROM calcom.service_sync WHERE stands = 'only in Cal.com'")).toEqual([]);
});

test('an edit of a row starts the sync at once, once, and what the sync writes starts nothing', async () => {
	await sync();
	await template.publish();
	const before = await template.executions();
	await edit('trial-lesson', "name = 'Premium Cut'");
	await waitFor('the edit to reach Cal.com', () => eventType('trial-lesson').title === 'Premium Cut');
	await quiet();
	// Time enough for a run that should not be.
	await new Promise((resolve) => setTimeout(resolve, 2_000));
	expect(await template.executions()).toBe(before + 1);
	await edit('trial-lesson', "price = 70, internal_note = 'nobody has to know'");
	await e2e.db.query("UPDATE calcom.services SET description = 'New for all'");
	await waitFor('the edits of all rows', async () =>
		theirs().every(({ description }) => description === 'New for all'),
	);
	await quiet();
	await new Promise((resolve) => setTimeout(resolve, 1_000));
	expect(await template.executions()).toBe(before + 2);
	await template.unpublish();
}, 90_000);

test('a conflict touches neither side, is in the view, and is settled by what a person sets in the row', async () => {
	await sync();
	await edit('trial-lesson', "name = 'Luxury Cut'");
	Object.assign(eventType('trial-lesson'), { title: 'Premium Cut' });
	await sync();
	expect(await service('trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'conflict' });
	expect(eventType('trial-lesson').title).toBe('Premium Cut');
	expect(
		await rows('SELECT service, field, column_name, agreed_last, ours, theirs FROM calcom.service_conflicts'),
	).toEqual([
		{
			service: 'Luxury Cut',
			field: 'title',
			column_name: 'name',
			agreed_last: 'Trial lesson',
			ours: 'Luxury Cut',
			theirs: 'Premium Cut',
		},
	]);
	expect(await rows("SELECT conflicts, can_be_booked FROM calcom.service_sync WHERE stands = 'conflict'")).toEqual([
		{ conflicts: 1, can_be_booked: false },
	]);

	await template.publish();
	await edit('trial-lesson', `sync_resolution = '{"title": "ours"}'`);
	await waitFor('the decision to be carried out', () => eventType('trial-lesson').title === 'Luxury Cut');
	await quiet();
	expect(await service('trial-lesson')).toMatchObject({
		name: 'Luxury Cut',
		sync_status: 'synced',
		sync_resolution: null,
		sync_conflict: null,
	});
	expect(await rows('SELECT * FROM calcom.service_conflicts')).toEqual([]);
	await template.unpublish();
}, 90_000);

test('a person who edits the row while Cal.com is being written keeps the edit, and it arrives', async () => {
	await sync();
	await template.publish();
	// The answer is lost, and not before the run has heard of the second edit: the node looks what became of its write.
	const heard = () =>
		waitFor(
			'the run to hear of the second edit',
			async () => (await rows('SELECT FROM calcom.service_sync_runs WHERE edited')).length === 1,
		);
	template.cal.storm([{ status: 503, method: 'PATCH', work: 'lost', until: heard }]);
	await edit('trial-lesson', "name = 'Version B'");
	await waitFor('version B at Cal.com', () => eventType('trial-lesson').title === 'Version B', { interval: 5 });
	await edit('trial-lesson', "name = 'Version C'");
	await waitFor('version C at Cal.com', () => eventType('trial-lesson').title === 'Version C', { timeout: 30_000 });
	await quiet();
	expect(await service('trial-lesson')).toMatchObject({ name: 'Version C', sync_status: 'synced' });
	expect(await rows('SELECT reason FROM calcom.service_sync_runs WHERE edited')).toEqual([{ reason: 'edit' }]);
	await template.unpublish();
}, 90_000);

test('deleted in Cal.com: listed as an orphan, not made again, and the others go on', async () => {
	await sync();
	template.cal.state.eventTypes = template.cal.state.eventTypes.filter(({ slug }) => slug !== 'trial-lesson');
	await edit('online-lesson', "name = 'Online'");
	await sync('writeAndCreate');
	expect(eventType('online-lesson').title).toBe('Online');
	expect(
		await rows("SELECT name, can_be_booked FROM calcom.service_sync WHERE stands = 'deleted in Cal.com'"),
	).toEqual([{ name: 'Trial lesson', can_be_booked: false }]);
	expect(template.cal.requests.counts['POST /event-types']).toBeUndefined();
});

test('a service that Cal.com refuses, and one that cannot be saved, stop none of the others', async () => {
	await sync();
	await edit('trial-lesson', 'duration_minutes = 0');
	await edit('online-lesson', "name = 'Online'");
	await sync();
	expect(eventType('online-lesson').title).toBe('Online');
	const refused = await service('trial-lesson');
	expect(refused).toMatchObject({ sync_status: 'error', duration_minutes: 0 });
	expect(refused['sync_error']).toMatch(/length/i);

	await e2e.db.query("ALTER TABLE calcom.services ADD CONSTRAINT short CHECK (name <> 'Too long a name')");
	try {
		Object.assign(eventType('home-lesson'), { title: 'Too long a name' });
		Object.assign(eventType('online-lesson'), { title: 'Online again' });
		await sync();
		expect(await service('online-lesson')).toMatchObject({ name: 'Online again', sync_status: 'synced' });
		const unsaved = await service('home-lesson');
		expect(unsaved).toMatchObject({ sync_status: 'error' });
		expect(unsaved['sync_error']).toMatch(/could not be saved.*short/i);
	} finally {
		await e2e.db.query('ALTER TABLE calcom.services DROP CONSTRAINT short');
	}
	await sync();
	expect(await service('home-lesson')).toMatchObject({ name: 'Too long a name', sync_status: 'synced' });
}, 90_000);

test('Cal.com is away: nothing is changed, and the edit arrives with the next run', async () => {
	await sync();
	await edit('trial-lesson', "name = 'Premium Cut'");
	await template.cal.goDown();
	await expect(sync()).rejects.toThrow(/Cal\.com Sync/);
	expect(await service('trial-lesson')).toMatchObject({ name: 'Premium Cut', sync_status: 'pending' });
	await template.cal.comeBack();
	await sync();
	expect(eventType('trial-lesson').title).toBe('Premium Cut');
	expect(await service('trial-lesson')).toMatchObject({ sync_status: 'synced' });
}, 120_000);
