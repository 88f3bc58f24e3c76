// The service sync template in a real n8n: calcom.services and event types edited by people on both sides.
import { setTimeout as sleep } from 'node:timers/promises';
import { depth } from '../support/depth.mts';
import { type ServiceSync, openServiceSync } from './service-sync/desk.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

let e2e: E2e;
let desk: ServiceSync;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	desk = await openServiceSync(e2e, 'e2e-service-sync');
});
afterEach(() => desk.template.close());
afterAll(() => e2e.close());

test('as it is imported it changes nothing, and shows what would happen', async () => {
	await e2e.db.query(
		"INSERT INTO calcom.services (name, slug, duration_minutes, price) VALUES ('First lesson', 'trial-lesson', 30, 25), ('Harp lesson', 'harp', 40, 60)",
	);
	const [services, eventTypes] = [await desk.services(), structuredClone(desk.theirs())];
	await desk.asImported();
	expect(await desk.services()).toEqual(services);
	expect(desk.theirs()).toEqual(eventTypes);
	const preview = await desk.rows('SELECT name, what, field, yours, calcoms FROM calcom.sync_preview ORDER BY id');
	expect(preview).toContainEqual({
		name: 'First lesson',
		what: 'changed on both sides: somebody has to decide',
		field: 'title',
		yours: 'First lesson',
		calcoms: 'Trial lesson',
	});
	expect(preview).toContainEqual(expect.objectContaining({ name: 'Harp lesson', what: 'is only in your records' }));
	expect(preview.filter(({ what }) => what === 'would be brought in from Cal.com')).toHaveLength(
		desk.theirs().length - 1,
	);
});

test('brings in what is in Cal.com, then carries edits both ways; what is yours stays yours', async () => {
	await desk.sync();
	expect(await desk.rows('SELECT DISTINCT sync_status FROM calcom.services')).toEqual([{ sync_status: 'synced' }]);
	expect(await desk.rows('SELECT FROM calcom.services')).toHaveLength(desk.theirs().length);

	await desk.edit('trial-lesson', "name = 'Premium Cut', price = 65, internal_note = 'ours'");
	expect(await desk.service('trial-lesson')).toMatchObject({ sync_status: 'pending' });
	Object.assign(desk.eventType('online-lesson'), { lengthInMinutes: 50 });
	await desk.sync();
	expect(desk.eventType('trial-lesson').title).toBe('Premium Cut');
	expect(await desk.service('trial-lesson')).toMatchObject({
		sync_status: 'synced',
		price: '65',
		internal_note: 'ours',
		can_be_booked: true,
	});
	expect(await desk.service('online-lesson')).toMatchObject({ duration_minutes: 50, sync_status: 'synced' });
	expect(desk.written()).toBe(1);

	const before = await desk.services();
	await desk.sync();
	expect(desk.cal.requests.counts).toEqual({ 'GET /event-types': 1 });
	expect(await desk.services()).toEqual(before);
}, 60_000);

/** Time enough for a run that should not be. */
const longEnough = () => sleep(depth(500, 2_000));

test('an edit of a row starts the sync at once, once, and what the sync writes starts nothing', async () => {
	await desk.sync();
	await desk.template.publish();
	const before = await desk.template.executions();
	await desk.edit('trial-lesson', "name = 'Premium Cut'");
	await waitFor('the edit to reach Cal.com', () => desk.eventType('trial-lesson').title === 'Premium Cut');
	await desk.quiet();
	await longEnough();
	expect(await desk.template.executions()).toBe(before + 1);
	await desk.edit('trial-lesson', "price = 70, internal_note = 'nobody has to know'");
	await e2e.db.query("UPDATE calcom.services SET description = 'New for all'");
	await waitFor('the edits of all rows', async () =>
		desk.theirs().every(({ description }) => description === 'New for all'),
	);
	await desk.quiet();
	await longEnough();
	expect(await desk.template.executions()).toBe(before + 2);
}, 90_000);

test('a conflict touches neither side, is in the view, and is settled by what a person sets in the row', async () => {
	await desk.sync();
	await desk.edit('trial-lesson', "name = 'Luxury Cut'");
	Object.assign(desk.eventType('trial-lesson'), { title: 'Premium Cut' });
	await desk.sync();
	expect(await desk.service('trial-lesson')).toMatchObject({ name: 'Luxury Cut', sync_status: 'conflict' });
	expect(desk.eventType('trial-lesson').title).toBe('Premium Cut');
	expect(
		await desk.rows('SELECT service, field, column_name, agreed_last, ours, theirs FROM calcom.service_conflicts'),
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
	expect(
		await desk.rows("SELECT conflicts, can_be_booked FROM calcom.service_sync WHERE stands = 'conflict'"),
	).toEqual([{ conflicts: 1, can_be_booked: false }]);

	await desk.template.publish();
	await desk.edit('trial-lesson', `sync_resolution = '{"title": "ours"}'`);
	await waitFor('the decision to be carried out', () => desk.eventType('trial-lesson').title === 'Luxury Cut');
	await desk.quiet();
	expect(await desk.service('trial-lesson')).toMatchObject({
		name: 'Luxury Cut',
		sync_status: 'synced',
		sync_resolution: null,
		sync_conflict: null,
	});
	expect(await desk.rows('SELECT * FROM calcom.service_conflicts')).toEqual([]);
}, 90_000);

test('a person who edits the row while Cal.com is being written keeps the edit, and it arrives', async () => {
	await desk.sync();
	await desk.template.publish();
	// The answer is lost, and not before the run has heard of the second edit: the node looks what became of its write.
	const heard = () =>
		waitFor(
			'the run to hear of the second edit',
			async () => (await desk.rows('SELECT FROM calcom.service_sync_runs WHERE edited')).length === 1,
		);
	desk.cal.storm([{ status: 503, method: 'PATCH', work: 'lost', until: heard }]);
	await desk.edit('trial-lesson', "name = 'Version B'");
	await waitFor('version B at Cal.com', () => desk.eventType('trial-lesson').title === 'Version B', { interval: 5 });
	await desk.edit('trial-lesson', "name = 'Version C'");
	await waitFor('version C at Cal.com', () => desk.eventType('trial-lesson').title === 'Version C', {
		timeout: 30_000,
	});
	await desk.quiet();
	expect(await desk.service('trial-lesson')).toMatchObject({ name: 'Version C', sync_status: 'synced' });
	expect(await desk.rows('SELECT reason FROM calcom.service_sync_runs WHERE edited')).toEqual([{ reason: 'edit' }]);
}, 90_000);
