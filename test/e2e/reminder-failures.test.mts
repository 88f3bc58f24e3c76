// Twilio in trouble, and two runs at once: everyone is sent a reminder once, or the row says why not.
import { depth } from '../support/depth.mts';
import { type Callers, callersOf } from './reminders/callers.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { type Reminders, openReminders } from './support/reminders.mts';

let e2e: E2e;
let reminders: Reminders;
let callers: Callers;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, 'e2e-faults');
	callers = callersOf(e2e, reminders);
});
afterAll(async () => {
	await e2e.twilio.at('clear');
	await reminders.close();
	await e2e.close();
});
beforeEach(async () => {
	await e2e.twilio.at('clear');
	await e2e.resetTables();
});

test.each(depth([503], [429, 500, 503]))('Twilio answers %d: tried again later, and sent once', async (status) => {
	await callers.book(1);
	await e2e.twilio.at('storm', [{ status, method: 'POST' }]);
	await reminders.run();
	const [failed] = await reminders.rows();
	expect(failed).toMatchObject({ status: 'pending', attempts: 1, reason: expect.any(String) });
	expect(failed?.due_at.getTime()).toBeGreaterThan(Date.now() + 60_000);
	expect(await callers.recipients()).toEqual([]);

	// Not before its time.
	await reminders.run();
	expect(await callers.requests('POST')).toBe(1);
	await reminders.pass(3);
	await reminders.run();
	await callers.allDelivered(1);
	expect(await callers.recipients()).toEqual(callers.everyone(1));
});

test('Twilio has sent it, but its answer is lost: it is looked up, and not sent again', async () => {
	await callers.book(2);
	await e2e.twilio.at('storm', [{ status: 'cut', work: 'lost', method: 'POST' }]);
	await reminders.run();
	const unknown = (await reminders.rows()).find(({ status }) => status === 'pending');
	expect(unknown).toMatchObject({ attempts: 1, message_sid: null, sending_at: expect.any(Date) });
	await reminders.pass(3);
	await reminders.run();
	expect([await callers.requests('POST'), await callers.requests('GET')]).toEqual([2, 1]);
	await callers.allDelivered(2);
	expect(await callers.recipients()).toEqual(callers.everyone(2));
});

test('two runs that send at the same time: everyone gets one', async () => {
	const people = depth(5, 15);
	const perRun = depth(3, 8);
	await callers.book(people);
	// Planned, and nothing due yet.
	await reminders.run({ at: new Date(Date.now() - 3_600_000).toISOString() });
	expect(new Set(await callers.statuses())).toEqual(new Set(['pending']));
	await reminders.save({ settings: { perRun } });
	const runs = await Promise.all([reminders.runSaved(), reminders.runSaved()]);
	expect(runs.map(({ output }) => output['Claim What Is Due']?.length).toSorted()).toEqual([people - perRun, perRun]);
	await callers.allDelivered(people);
	expect(await callers.recipients()).toEqual(callers.everyone(people));
});
