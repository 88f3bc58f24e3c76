// What goes wrong at Cal.com while the Cal.com Sync node in a real n8n keeps services and event types in step.
import { type E2e, openE2e } from './support/e2e.mts';
import { firstNights } from './sync/first-night.mts';
import { editRow, readRows, rowOf } from './sync/rows.mts';
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
	sync = await openSync(e2e, 'sync-troubles');
});
afterEach(async () => {
	await sync.stop();
});
afterAll(async () => {
	await e2e.close();
});

const rows = () => readRows(e2e.db);

test('one record that Cal.com refuses does not stop the others', async () => {
	await inStep(sync);
	// No length of nothing: Cal.com answers 400.
	await editRow(e2e.db, (await rowOf(e2e.db, 'trial-lesson')).id, { duration_minutes: 0 });
	await editRow(e2e.db, (await rowOf(e2e.db, 'online-lesson')).id, { duration_minutes: 50 });
	const night = await sync.run();
	expect(sizes(night)).toMatchObject({ failed: 1, changed: 1 });
	expect(sync.eventType('online-lesson').lengthInMinutes).toBe(50);
	const failed = await rowOf(e2e.db, 'trial-lesson');
	expect(failed.sync_status).toBe('error');
	expect(failed.sync_error).toMatch(/length/i);
});

test('an answer that is lost: the change is looked up, and sent once', async () => {
	await inStep(sync);
	await editRow(e2e.db, (await rowOf(e2e.db, 'trial-lesson')).id, { name: 'First lesson' });
	sync.cal.storm([{ status: 504, method: 'PATCH', work: 'lost' }]);
	const night = await sync.run();
	expect(sizes(night)).toMatchObject({ changed: 1 });
	expect(night.calls['PATCH /event-types/:id']).toBe(1);
	expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({ sync_status: 'synced' });
});

test('no list, no changes: the run fails and the table stays as it was', async () => {
	await inStep(sync);
	await editRow(e2e.db, (await rowOf(e2e.db, 'trial-lesson')).id, { name: 'First lesson' });
	const before = await rows();
	await sync.cal.goDown();
	await expect(sync.run()).rejects.toThrow(/Cal\.com Sync/);
	await sync.cal.comeBack();
	expect(await rows()).toEqual(before);
}, 120_000);

test('gone in Cal.com: told, not made again, and picked up where it was when it comes back', async () => {
	await inStep(sync);
	sync.cal.removeEventTypeNamed('trial-lesson');
	await editRow(e2e.db, (await rowOf(e2e.db, 'trial-lesson')).id, { description: 'Written meanwhile' });
	const night = await sync.run(CREATE);
	expect(sizes(night)).toEqual({ onlyInRecords: 1, unchanged: sync.theirs().length });
	expect(night.calls).toEqual(LIST);
	expect(night.output.onlyInRecords[0]).toMatchObject({ orphan: 'deletedInCalCom' });
	const orphan = await rowOf(e2e.db, 'trial-lesson');
	expect(orphan.calcom_event_type_id).toBe('3');
	expect(orphan.sync_error).toMatch(/not in Cal\.com any more/);

	sync.cal.restoreEventType('trial-lesson');
	sync.cal.editEventType('trial-lesson', { title: 'Back again' });
	expect(sizes(await sync.run(CREATE))).toMatchObject({ changed: 1 });
	expect(await rowOf(e2e.db, 'trial-lesson')).toMatchObject({
		name: 'Back again',
		sync_status: 'synced',
		sync_error: null,
	});
	expect(sync.eventType('trial-lesson').description).toBe('Written meanwhile');
});

test('an answer that is lost while one is made: it is there once, and linked', async () => {
	await inStep(sync);
	await e2e.db.query(
		"INSERT INTO calcom.services (name, slug, duration_minutes) VALUES ('Harp lesson', 'harp-lesson', 50)",
	);
	sync.cal.storm([{ status: 504, method: 'POST', work: 'lost' }]);
	await sync.run(CREATE);
	await sync.run(CREATE);
	expect(sync.theirs().filter(({ title }) => title === 'Harp lesson')).toHaveLength(1);
	expect(await rowOf(e2e.db, 'harp-lesson')).toMatchObject({
		calcom_event_type_id: String(sync.eventType('harp-lesson').id),
		sync_status: 'synced',
	});
});
