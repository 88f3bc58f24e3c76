// What is sent when, and in which words: languages and zones, nights that lose an hour, and news of the booking itself.
import { ADA, before } from './reminders/ada.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, caller, openReminders } from './support/reminders.mts';

let e2e: E2e;
let reminders: Reminders;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, 'e2e-texts');
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

test('in the language and the time of whoever gets it', async () => {
	const start = '2027-07-05T12:30:00.000Z';
	const people = [
		['en', 'Europe/London', 'Hi Ada, a reminder of your Level Check on Monday 5 July at 13:30'],
		['en-US', 'America/New_York', 'Hi Ada, a reminder of your Level Check on Monday, July 5 at 8:30 AM'],
		['de', 'Europe/Berlin', 'Montag, 5. Juli um 14:30'],
		['nl', 'Europe/Amsterdam', 'maandag 5 juli om 14:30'],
		['pl', 'Europe/Warsaw', 'poniedziałek, 5 lipca'],
		['ja', 'Asia/Tokyo', 'Hi Ada, a reminder of your Level Check on Monday 5 July at 21:30'],
	] as const;
	for (const [at, [locale, timeZone]] of people.entries()) {
		const attendee = { ...caller('Ada', `+3161200001${String(at)}`, locale), timeZone };
		await reminders.book({ uid: `L${String(at)}`, booking: { start }, attendees: [attendee] });
	}
	await reminders.run({ at: before(start, 24, 1) });
	const outbox = (await e2e.twilio.outbox()).toSorted((a, b) => a.to.localeCompare(b.to));
	expect(outbox.map(({ body }) => body)).toEqual(people.map(([, , words]) => expect.stringContaining(words)));
});

test('the night that loses an hour: not before eight, not after nine, by the clock of that day', async () => {
	// In Amsterdam 02:00 becomes 03:00 on 28 March 2027.
	const early = '2027-03-28T06:30:00.000Z';
	const settings = { times: '24h, 2h', quietFrom: '21:00', quietUntil: '08:00' };
	await reminders.book({ uid: 'dst', booking: { start: early } });
	const sent = async (at: string) => {
		await reminders.run({ settings, at });
		return (await e2e.twilio.outbox()).length;
	};
	// A day before is 07:30 in winter time: too early, so at 08:00, which is 07:00 UTC.
	expect(await sent('2027-03-27T06:40:00.000Z')).toBe(0);
	expect(await sent('2027-03-27T06:59:00.000Z')).toBe(0);
	expect(await sent('2027-03-27T07:01:00.000Z')).toBe(1);
	// Two hours before is 06:30 in summer time, and eight is too late to be of use: the evening before, at 20:45.
	expect(await sent('2027-03-27T19:44:00.000Z')).toBe(1);
	expect(await sent('2027-03-27T19:46:00.000Z')).toBe(2);
	expect(await sent('2027-03-28T05:00:00.000Z')).toBe(2);
	for (const { body } of await e2e.twilio.outbox()) expect(body).toContain('Sunday 28 March at 08:30');
});

test('once switched on, booking and cancelling are told as well, each once', async () => {
	const settings = { times: 'none', confirmationSms: true, cancellationSms: true };
	const words = async () => (await reminders.sentTo(ADA.phoneNumber)).map(({ body }) => body);
	const { uid } = await e2e.desk.book(ADA);
	const said = (status: string) =>
		waitFor(
			'the tables to know',
			async () => (await e2e.db.query('SELECT FROM calcom.bookings WHERE status = $1', [status])).rowCount === 1,
		);
	await said('scheduled');
	await reminders.run({ settings });
	await reminders.run({ settings });
	expect(await words()).toEqual([expect.stringMatching(/^Hi Ada, your Level Check is booked for /)]);
	await e2e.desk.cancel(uid);
	await said('cancelled');
	await reminders.run({ settings });
	await reminders.run({ settings });
	expect((await words()).slice(1)).toEqual([expect.stringMatching(/^Hi Ada, your Level Check on .* is cancelled\./)]);
});
