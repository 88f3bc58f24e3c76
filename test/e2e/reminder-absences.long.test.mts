// Twilio away for a while, for good, or before it has done anything: nobody is lost, and nobody is asked for ever.
import { type Callers, callersOf } from './reminders/callers.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { type Reminders, openReminders } from './support/reminders.mts';

let e2e: E2e;
let reminders: Reminders;
let callers: Callers;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, 'e2e-absences');
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

test('stays away: given up after five attempts, with the reason', async () => {
	await callers.book(1);
	await e2e.twilio.at('storm', [{ status: 429, count: 99, method: 'POST' }]);
	for (let run = 0; run < 6; run += 1) {
		await reminders.run();
		await reminders.pass(61);
	}
	expect(await callers.requests('POST')).toBe(5);
	expect(await reminders.rows()).toMatchObject([
		{
			status: 'failed',
			attempts: 5,
			reason: expect.stringMatching(/^given up after 5 attempts: .*too many requests/),
		},
	]);
});

test('is not there: nobody is lost', async () => {
	await callers.book(2);
	await e2e.twilio.at('goDown');
	try {
		await reminders.run();
		expect(await callers.statuses()).toEqual(['pending', 'pending']);
	} finally {
		await e2e.twilio.at('comeBack');
	}
	await reminders.pass(3);
	await reminders.run();
	await callers.allDelivered(2);
	expect(await callers.recipients()).toEqual(callers.everyone(2));
});

test('has not sent it, and its answer is lost: it is looked up, and sent', async () => {
	await callers.book(1);
	await e2e.twilio.at('storm', [{ status: 'cut', method: 'POST' }]);
	await reminders.run();
	expect(await callers.recipients()).toEqual([]);
	await reminders.pass(3);
	await reminders.run();
	expect([await callers.requests('POST'), await callers.requests('GET')]).toEqual([2, 1]);
	await callers.allDelivered(1);
	expect(await callers.recipients()).toEqual(callers.everyone(1));
});
