// Twilio in trouble, and two runs at once: everyone is sent a reminder once, or the row says why not.
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, caller, openReminders } from './support/reminders.mts';

let e2e: E2e;
let reminders: Reminders;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, 'e2e-faults');
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

const phone = (number: number) => `+3161300${String(number).padStart(4, '0')}`;
const book = async (count: number) => {
	for (let at = 0; at < count; at += 1) {
		await reminders.book({
			uid: `P${String(at).padStart(2, '0')}`,
			attendees: [caller(`P${String(at)}`, phone(at))],
		});
	}
};
/** Messages handed in (POST) and the list of them asked for (GET). Single ones are looked up for Twilio's reports. */
const requests = async (method: string) =>
	(await e2e.twilio.requests()).filter(
		(request) => request.method === method && /\/Messages\.json/.test(request.path),
	).length;
/** Who was sent something, each as often as it was. */
const recipients = async () => (await e2e.twilio.outbox()).map(({ to }) => to).sort();
const everyone = (count: number) => Array.from({ length: count }, (_, at) => phone(at));
const statuses = async () => (await reminders.rows()).map(({ status }) => status);
const allDelivered = (count: number) =>
	waitFor('all of them delivered', async () => {
		const found = await statuses();
		return found.length === count && found.every((status) => status === 'delivered');
	});

describe('Twilio', () => {
	test.each([429, 500, 503])('answers %d: tried again later, and sent once', async (status) => {
		await book(1);
		await e2e.twilio.at('storm', [{ status, method: 'POST' }]);
		await reminders.run();
		const [failed] = await reminders.rows();
		expect(failed).toMatchObject({ status: 'pending', attempts: 1, reason: expect.any(String) });
		expect(failed?.due_at.getTime()).toBeGreaterThan(Date.now() + 60_000);
		expect(await recipients()).toEqual([]);

		// Not before its time.
		await reminders.run();
		expect(await requests('POST')).toBe(1);
		await reminders.pass(3);
		await reminders.run();
		await allDelivered(1);
		expect(await recipients()).toEqual(everyone(1));
	});

	test('stays away: given up after five attempts, with the reason', async () => {
		await book(1);
		await e2e.twilio.at('storm', [{ status: 429, count: 99, method: 'POST' }]);
		for (let run = 0; run < 6; run += 1) {
			await reminders.run();
			await reminders.pass(61);
		}
		expect(await requests('POST')).toBe(5);
		expect(await reminders.rows()).toMatchObject([
			{
				status: 'failed',
				attempts: 5,
				reason: expect.stringMatching(/^given up after 5 attempts: .*too many requests/),
			},
		]);
	});

	test('is not there: nobody is lost', async () => {
		await book(2);
		await e2e.twilio.at('goDown');
		try {
			await reminders.run();
			expect(await statuses()).toEqual(['pending', 'pending']);
		} finally {
			await e2e.twilio.at('comeBack');
		}
		await reminders.pass(3);
		await reminders.run();
		await allDelivered(2);
		expect(await recipients()).toEqual(everyone(2));
	});

	test('has sent it, but its answer is lost: it is looked up, and not sent again', async () => {
		await book(2);
		await e2e.twilio.at('storm', [{ status: 'cut', work: 'lost', method: 'POST' }]);
		await reminders.run();
		const unknown = (await reminders.rows()).find(({ status }) => status === 'pending');
		expect(unknown).toMatchObject({ attempts: 1, message_sid: null, sending_at: expect.any(Date) });
		await reminders.pass(3);
		await reminders.run();
		expect([await requests('POST'), await requests('GET')]).toEqual([2, 1]);
		await allDelivered(2);
		expect(await recipients()).toEqual(everyone(2));
	});

	test('has not sent it, and its answer is lost: it is looked up, and sent', async () => {
		await book(1);
		await e2e.twilio.at('storm', [{ status: 'cut', method: 'POST' }]);
		await reminders.run();
		expect(await recipients()).toEqual([]);
		await reminders.pass(3);
		await reminders.run();
		expect([await requests('POST'), await requests('GET')]).toEqual([2, 1]);
		await allDelivered(1);
		expect(await recipients()).toEqual(everyone(1));
	});
});

test('two runs that send at the same time: everyone gets one', async () => {
	await book(15);
	// Planned, and nothing due yet.
	await reminders.run({ at: new Date(Date.now() - 3_600_000).toISOString() });
	expect(new Set(await statuses())).toEqual(new Set(['pending']));
	await reminders.save({ settings: { perRun: 8 } });
	const runs = await Promise.all([reminders.runSaved(), reminders.runSaved()]);
	expect(runs.map(({ output }) => output['Claim What Is Due']?.length).toSorted()).toEqual([7, 8]);
	await allDelivered(15);
	expect(await recipients()).toEqual(everyone(15));
});
