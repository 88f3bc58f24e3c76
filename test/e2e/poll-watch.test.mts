// What the Cal.com Poll Trigger watches besides bookings, alone in a real n8n: event types, and what is about to begin.
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { due, toldStarts } from './poll/upcoming.mts';
import { type PollWorld, openPollWorld } from './poll/world.mts';

let e2e: E2e;
let world: PollWorld;
beforeAll(async () => {
	e2e = await openE2e();
});
afterEach(() => world.close());
afterAll(() => e2e.close());

test('an event type that was changed or deleted is told once, with what changed', async () => {
	world = await openPollWorld(e2e);
	const { cal, watch, polls, events } = world;
	// Publishing polls at once: what is there is not news.
	await watch('eventTypes');
	cal.editEventType('trial-lesson', { title: 'Premium Cut', lengthInMinutes: 45 });
	await polls(1);
	expect(await events()).toMatchObject([
		{
			eventKey: expect.stringMatching(/^EVENT_TYPE_UPDATED:3:/),
			changes: {
				title: { old: 'Trial lesson', new: 'Premium Cut' },
				lengthInMinutes: { old: 30, new: 45 },
			},
		},
	]);
	cal.removeEventTypeNamed('online-lesson');
	await polls(1);
	expect((await events()).slice(1)).toMatchObject([{ eventKey: 'EVENT_TYPE_DELETED:4' }]);
}, 120_000);

test('what is about to begin is told once per booking, and never of a cancelled one', async () => {
	world = await openPollWorld(e2e);
	const { cal, desk, watch, polls, runs } = world;
	const [first, second] = [await desk.book(), await desk.book()];
	await watch('upcoming', { minutesBefore: [60] });
	const start = due(cal, first.uid, 3);
	due(cal, second.uid, 3);
	await desk.cancel(second.uid);
	expect(await toldStarts(world)).toEqual([]);
	await waitFor('the reminder', async () => (await runs()).length > 0, { timeout: 40_000 });
	await polls(1);
	expect(await toldStarts(world)).toEqual([{ event: 'BOOKING_UPCOMING', uid: first.uid, start }]);
}, 120_000);
