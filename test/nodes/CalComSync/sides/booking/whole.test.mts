import type { IDataObject } from 'n8n-workflow';
import { bookingPresets } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import { sync } from '../../../../../nodes/CalComSync/sync.ts';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import type { FakeExecuteOptions } from '../../../CalCom/support/fake-execute.mts';
import { fakeExecute } from '../../../CalCom/support/fake-execute.mts';
import { booking, calCom, json } from './support.mts';

const OUTPUTS = ['changed', 'conflicts', 'unchanged', 'onlyInCalCom', 'onlyInRecords', 'failed'] as const;
const [preset] = bookingPresets;

/** Runs the node for calendar events; gives what came out of each output that is not empty. */
async function run(
	records: IDataObject[],
	answers: FakeExecuteOptions['answers'],
	parameters: Record<string, unknown> = {},
) {
	const n8n = fakeExecute({
		items: records,
		answers,
		credential: { baseUrl: 'https://cal.school.example/api/v2', edition: 'selfHosted' },
		parameters: {
			resource: 'booking',
			preset: 'calendarEvents',
			[preset?.table ?? '']: { pairs: preset?.rows },
			apply: 'write',
			...parameters,
		},
	});
	const outputs = await sync(n8n.ctx, n8n.clock);
	const items = Object.fromEntries(
		outputs.flatMap((found, index) => (found.length > 0 ? [[OUTPUTS[index], found.map((item) => item.json)]] : [])),
	) as Partial<Record<(typeof OUTPUTS)[number], IDataObject[]>>;
	return { items, requests: n8n.requests };
}

/** Far ahead of any day on which this runs. */
const lesson = booking('uid1', { start: '2099-11-23T09:00:00.000Z', end: '2099-11-23T09:30:00.000Z' });
const moved = booking('uid2', {
	start: '2099-11-24T09:00:00.000Z',
	end: '2099-11-24T09:30:00.000Z',
	rescheduledFromUid: 'uid1',
});

/** The row of an appointment as the table has it after a first sync. */
async function synced(object: Fields = lesson): Promise<IDataObject> {
	const { items } = await run([], calCom([object]));
	const [imported] = items.onlyInCalCom ?? [];
	return { id: 7, internal_note: 'mine', ...imported };
}

test('a booking comes in once, then nothing is to be done with one request', async () => {
	const row = await synced();
	expect(row).toMatchObject({
		booking_uid: 'uid1',
		start_time: '2099-11-23T09:00:00.000Z',
		status: 'scheduled',
		location_type: 'video',
		attendee_email: 'ada@student.example',
		is_recurring: false,
	});
	const { items, requests } = await run([row], calCom([lesson]));
	expect(Object.keys(items)).toEqual(['unchanged']);
	expect(requests).toHaveLength(1);
});

test('a new start in the record moves the booking, and the record learns the new uid', async () => {
	const row = { ...(await synced()), start_time: '2099-11-24 09:00:00+00' };
	const answers = [json([lesson]), json(moved)];
	const { items, requests } = await run([row], answers, { allow: { reschedule: true } });
	expect(requests[1]).toMatchObject({
		path: '/bookings/uid1/reschedule',
		body: { start: '2099-11-24T09:00:00.000Z' },
	});
	expect(items.changed).toMatchObject([{ id: 7, booking_uid: 'uid2', sync_status: 'synced' }]);
});

test('while that is off, it is told and nothing is sent', async () => {
	const row = { ...(await synced()), start_time: '2099-11-24T09:00:00Z', status: 'cancelled' };
	const { items, requests } = await run([row], calCom([lesson]));
	expect(requests).toHaveLength(1);
	expect(JSON.stringify(items)).toMatch(/start_time: switch .*Reschedule.*status: switch .*Cancel/);
});

test('a booking that was moved in Cal.com is found by the uid that the record holds', async () => {
	const old = { ...lesson, status: 'cancelled', rescheduledToUid: 'uid2' };
	const { items, requests } = await run([await synced()], calCom([old, moved]));
	expect(requests).toHaveLength(1);
	expect(items).toEqual({
		changed: [
			expect.objectContaining({
				booking_uid: 'uid2',
				start_time: '2099-11-24T09:00:00.000Z',
				end_time: '2099-11-24T09:30:00.000Z',
			}),
		],
	});
	expect(items.changed?.[0]).not.toHaveProperty('status');
});

test('what a person called completed stays completed, until Cal.com says otherwise', async () => {
	const row = { ...(await synced()), status: 'completed' };
	expect(Object.keys((await run([row], calCom([lesson]), { allow: { cancel: true } })).items)).toEqual(['unchanged']);
	const called = await run([row], calCom([{ ...lesson, status: 'cancelled' }]));
	expect(called.items.changed).toMatchObject([{ status: 'cancelled' }]);
});

test('a cancelled record cancels the booking with the reason of the panel', async () => {
	const row = { ...(await synced()), status: 'cancelled' };
	const answers = [json([lesson]), json({ ...lesson, status: 'cancelled' })];
	const { items, requests } = await run([row], answers, {
		allow: { cancel: true },
		options: { cancellationReason: 'The teacher is ill' },
	});
	expect(requests[1]).toMatchObject({
		path: '/bookings/uid1/cancel',
		body: { cancellationReason: 'The teacher is ill' },
	});
	expect(items.changed).toMatchObject([{ id: 7, sync_status: 'synced' }]);
});

test('a cancelled booking is not brought back, and the record says why', async () => {
	const gone = { ...lesson, status: 'cancelled' };
	const row = { ...(await synced(gone)), status: 'scheduled' };
	const { items, requests } = await run([row], calCom([gone]), { allow: { cancel: true } });
	expect(requests).toHaveLength(1);
	expect(JSON.stringify(items)).toMatch(/does not bring a cancelled booking back/);
});

test('a record whose booking is long past is not called deleted', async () => {
	const past = booking('uid0', { start: '2020-01-06T09:00:00.000Z', end: '2020-01-06T09:30:00.000Z' });
	const row = await synced(lesson);
	const old = { ...row, id: 8, booking_uid: 'uid0', sync_state: null, start_time: '2020-01-06 09:00:00+00' };
	const { items, requests } = await run([row, old], calCom([past, lesson]));
	expect(requests).toHaveLength(2);
	expect(items).not.toHaveProperty('onlyInRecords');
});
