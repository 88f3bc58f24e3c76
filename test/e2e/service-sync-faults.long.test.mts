// The service sync template in a real n8n where something is missing: an event type, a length, a row that can be saved, Cal.com.
import { type ServiceSync, openServiceSync } from './service-sync/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';

let e2e: E2e;
let desk: ServiceSync;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	await e2e.resetTables();
	desk = await openServiceSync(e2e, 'e2e-sync-faults');
});
afterEach(() => desk.template.close());
afterAll(() => e2e.close());

test('event types that no service stands for are only listed, when that is wanted', async () => {
	await desk.sync('write', { importNew: false });
	expect(await desk.rows('SELECT * FROM calcom.services')).toEqual([]);
	expect(await desk.rows("SELECT name FROM calcom.service_sync WHERE stands = 'only in Cal.com'")).toHaveLength(
		desk.theirs().length,
	);
	await desk.sync();
	expect(await desk.rows("SELECT name FROM calcom.service_sync WHERE stands = 'only in Cal.com'")).toEqual([]);
});

test('deleted in Cal.com: listed as an orphan, not made again, and the others go on', async () => {
	await desk.sync();
	desk.cal.state.eventTypes = desk.cal.state.eventTypes.filter(({ slug }) => slug !== 'trial-lesson');
	await desk.edit('online-lesson', "name = 'Online'");
	await desk.sync('writeAndCreate');
	expect(desk.eventType('online-lesson').title).toBe('Online');
	expect(
		await desk.rows("SELECT name, can_be_booked FROM calcom.service_sync WHERE stands = 'deleted in Cal.com'"),
	).toEqual([{ name: 'Trial lesson', can_be_booked: false }]);
	expect(desk.cal.requests.counts['POST /event-types']).toBeUndefined();
});

test('a service that Cal.com refuses, and one that cannot be saved, stop none of the others', async () => {
	await desk.sync();
	await desk.edit('trial-lesson', 'duration_minutes = 0');
	await desk.edit('online-lesson', "name = 'Online'");
	await desk.sync();
	expect(desk.eventType('online-lesson').title).toBe('Online');
	const refused = await desk.service('trial-lesson');
	expect(refused).toMatchObject({ sync_status: 'error', duration_minutes: 0 });
	expect(refused['sync_error']).toMatch(/length/i);

	await e2e.db.query("ALTER TABLE calcom.services ADD CONSTRAINT short CHECK (name <> 'Too long a name')");
	try {
		Object.assign(desk.eventType('home-lesson'), { title: 'Too long a name' });
		Object.assign(desk.eventType('online-lesson'), { title: 'Online again' });
		await desk.sync();
		expect(await desk.service('online-lesson')).toMatchObject({ name: 'Online again', sync_status: 'synced' });
		const unsaved = await desk.service('home-lesson');
		expect(unsaved).toMatchObject({ sync_status: 'error' });
		expect(unsaved['sync_error']).toMatch(/could not be saved.*short/i);
	} finally {
		await e2e.db.query('ALTER TABLE calcom.services DROP CONSTRAINT short');
	}
	await desk.sync();
	expect(await desk.service('home-lesson')).toMatchObject({ name: 'Too long a name', sync_status: 'synced' });
}, 90_000);

test('Cal.com is away: nothing is changed, and the edit arrives with the next run', async () => {
	await desk.sync();
	await desk.edit('trial-lesson', "name = 'Premium Cut'");
	await desk.cal.goDown();
	await expect(desk.sync()).rejects.toThrow(/Cal\.com Sync/);
	expect(await desk.service('trial-lesson')).toMatchObject({ name: 'Premium Cut', sync_status: 'pending' });
	await desk.cal.comeBack();
	await desk.sync();
	expect(desk.eventType('trial-lesson').title).toBe('Premium Cut');
	expect(await desk.service('trial-lesson')).toMatchObject({ sync_status: 'synced' });
}, 120_000);
