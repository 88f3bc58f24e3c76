// n8n is restarted while the Cal.com Poll Trigger watches.
import { type E2e, openE2e } from './support/e2e.mts';
import { type PollWorld, openPollWorld } from './poll/world.mts';

let e2e: E2e;
let world: PollWorld;
beforeAll(async () => {
	e2e = await openE2e();
});
beforeEach(async () => {
	world = await openPollWorld(e2e);
});
afterEach(() => world.close());
afterAll(() => e2e.close());

test('bookings: a restart forgets nothing and tells nothing twice', async () => {
	const { desk, watch, polls, events } = world;
	await watch('bookings');
	const before = await desk.book();
	await polls(2);
	await e2e.restartN8n();
	const after = await desk.book();
	await polls(2);
	expect((await events()).map(({ eventKey }) => eventKey)).toEqual([
		`BOOKING_CREATED:${before.uid}`,
		`BOOKING_CREATED:${after.uid}`,
	]);
}, 180_000);

test('event types: a change while n8n is restarted is found afterwards', async () => {
	const { cal, watch, polls, events } = world;
	await watch('eventTypes');
	await polls(1);
	const restarted = e2e.restartN8n();
	cal.editEventType('trial-lesson', { title: 'Premium Cut' });
	await restarted;
	await polls(2);
	const emitted = await events();
	expect(emitted.map(({ event, changes }) => ({ event, changes }))).toEqual([
		{ event: 'EVENT_TYPE_UPDATED', changes: { title: { old: 'Trial lesson', new: 'Premium Cut' } } },
	]);
}, 180_000);
