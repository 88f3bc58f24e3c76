// Appointments kept in step with Cal.com's bookings by the Cal.com Sync node in a real n8n: brought in, moved, cancelled.
import { type Desk, openDesk } from '../../playground/src/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { openSync, sizes, type Sync, type Synced } from './sync/workflow.mts';

type Appointment = Record<string, unknown>;

let e2e: E2e;
let sync: Sync;
let desk: Desk;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	sync = await openSync(e2e, 'sync-bookings');
	desk = openDesk(sync.cal);
});
afterEach(async () => {
	await sync.stop();
});
afterAll(async () => {
	await e2e.close();
});

/** Nothing to read it from and nothing to write it to: the records are the test's own. */
const run = async (items: Appointment[], parameters: Appointment = {}): Promise<Synced> =>
	await sync.run({
		items: items.length > 0 ? items : [{}],
		unconnected: true,
		parameters: { resource: 'booking', ...parameters },
	});

/** The records after a run: patched by their key, and those that were brought in. */
const after = (items: Appointment[], { output }: Synced): Appointment[] => [
	...items.map((item) => ({
		...item,
		...[...output.changed, ...output.conflicts, ...output.failed].find(({ id }) => id === item['id']),
	})),
	...output.onlyInCalCom.map((item, at) => ({ id: items.length + at + 1, ...item })),
];

const booked = (uid: unknown) => {
	const booking = sync.cal.state.bookings.find((candidate) => candidate.uid === uid);
	if (!booking) throw new Error(`No booking has the uid ${String(uid)}`);
	return booking;
};

async function broughtIn(count: number): Promise<Appointment[]> {
	for (let at = 0; at < count; at += 1) await desk.book();
	const first = await run([]);
	expect(sizes(first)).toEqual({ onlyInCalCom: count });
	expect(first.calls).toEqual({ 'GET /bookings': 1 });
	return after([], first);
}

test('what is booked comes in, what is moved or cancelled at Cal.com follows, also under its new uid', async () => {
	let appointments = await broughtIn(3);
	const quiet = await run(appointments);
	expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: 3 }, { 'GET /bookings': 1 }]);

	const [moved, cancelled] = appointments.map((appointment) => String(appointment['booking_uid']));
	const next = await desk.reschedule(moved ?? '');
	await desk.cancel(cancelled ?? '');
	const night = await run(appointments);
	expect(sizes(night)).toEqual({ changed: 2, unchanged: 1 });
	appointments = after(appointments, night);
	expect(appointments[0]).toMatchObject({ booking_uid: next.uid, sync_status: 'synced' });
	expect(new Date(String(appointments[0]?.['start_time']))).toEqual(new Date(next.start));
	expect(appointments[1]).toMatchObject({ status: 'cancelled', sync_status: 'synced' });
	expect(sizes(await run(appointments))).toEqual({ unchanged: 3 });
});

test('a record moves and cancels a booking only where that is switched on', async () => {
	let appointments = await broughtIn(2);
	const [start] = sync.cal.freeSlots('level-check', 1);
	const [first, second] = appointments.map((appointment) => String(appointment['booking_uid']));
	appointments = [
		{ ...appointments[0], start_time: start },
		{ ...appointments[1], status: 'cancelled' },
	];
	const forbidden = await run(appointments);
	expect(forbidden.calls).toEqual({ 'GET /bookings': 1 });
	expect([booked(first).status, booked(second).status]).toEqual(['ACCEPTED', 'ACCEPTED']);
	const told = [...forbidden.output.changed, ...forbidden.output.failed].map(({ sync_error }) => String(sync_error));
	expect(told).toEqual([expect.stringMatching(/Reschedule/), expect.stringMatching(/Cancel/)]);

	const allowed = await run(appointments, {
		allow: { reschedule: true, cancel: true },
		options: { cancellationReason: 'The teacher is ill' },
	});
	expect(sizes(allowed)).toEqual({ changed: 2 });
	appointments = after(appointments, allowed);
	expect(booked(appointments[0]?.['booking_uid'])).toMatchObject({
		start,
		status: 'ACCEPTED',
		fromReschedule: first,
	});
	expect(booked(second)).toMatchObject({ status: 'CANCELLED', cancellationReason: 'The teacher is ill' });
	const quiet = await run(appointments, { allow: { reschedule: true, cancel: true } });
	expect([sizes(quiet), quiet.calls]).toEqual([{ unchanged: 2 }, { 'GET /bookings': 1 }]);
});
