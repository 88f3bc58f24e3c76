// The reminder template in a real n8n: from the booking at Cal.com to the SMS that Twilio delivers.
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, caller, openReminders } from './support/reminders.mts';

let e2e: E2e;
let reminders: Reminders;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e);
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

const MINUTE = 60_000;
const before = (start: string, hours: number, minutes = 0) =>
	new Date(Date.parse(start) - hours * 60 * MINUTE + minutes * MINUTE).toISOString();
const ada = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: '+31612345678',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};
const brief = async () =>
	(await reminders.rows()).map(({ booking_uid, kind, status, reason }) => ({ booking_uid, kind, status, reason }));
/** How often Twilio was asked to send something. */
const sendings = async () => (await e2e.twilio.requests()).filter(({ method }) => method === 'POST').length;
const statusOf = (phone: string, status: string) =>
	waitFor(`${status} for ${phone}`, async () =>
		(await reminders.rows()).some((row) => row.recipient === phone && row.status === status),
	);

test('booked at Cal.com: sent in time, delivered; moved: sent for the new time; cancelled: silent', async () => {
	const settings = { times: '24h, 2h' };
	const both = (uid: string, one: object, two: object) => [
		{ booking_uid: uid, kind: '24h', ...one },
		{ booking_uid: uid, kind: '2h', ...two },
	];
	const waiting = { status: 'pending', reason: null };
	const delivered = { status: 'delivered', reason: null };
	const first = await e2e.desk.book(ada);
	const known = (uid: string, status: string) =>
		waitFor('the booking in the tables', async () => {
			const found = await e2e.db.query('SELECT FROM calcom.bookings WHERE uid = $1 AND status = $2', [
				uid,
				status,
			]);
			return found.rowCount === 1;
		});
	await known(first.uid, 'scheduled');

	await reminders.run({ settings, at: before(first.start, 24, -5) });
	expect(await brief()).toEqual(both(first.uid, waiting, waiting));
	expect(await e2e.twilio.outbox()).toEqual([]);

	await reminders.run({ settings, at: before(first.start, 24, 1) });
	await statusOf(ada.phoneNumber, 'delivered');
	expect(await brief()).toEqual(both(first.uid, delivered, waiting));
	const [sms, ...more] = await e2e.twilio.outbox();
	expect(more).toEqual([]);
	const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: ada.timeZone });
	expect(sms).toMatchObject({ to: ada.phoneNumber, from: e2e.twilio.number, status: 'delivered' });
	expect(sms?.body).toMatch(
		/^Hi Ada, a reminder of your Level Check on \w+day \d+ \w+ at \d\d:\d\d, http.*Your School$/,
	);
	expect(sms?.body).toContain(`at ${time.format(new Date(first.start))}`);

	// Long after: nobody hears of it again.
	await reminders.run({ settings, at: before(first.start, 24, 30) });
	expect(await e2e.twilio.outbox()).toHaveLength(1);

	const second = await e2e.desk.reschedule(first.uid);
	await known(second.uid, 'scheduled');
	await reminders.run({ settings, at: before(second.start, 24, 2) });
	await waitFor('the second SMS', async () => (await reminders.sentTo(ada.phoneNumber)).length === 2);
	await waitFor(
		'its delivery',
		async () => (await brief()).filter(({ status }) => status === 'delivered').length === 2,
	);
	expect(
		(await brief()).toSorted(
			(a, b) => (a.booking_uid === first.uid ? -1 : 1) - (b.booking_uid === first.uid ? -1 : 1),
		),
	).toEqual([
		...both(first.uid, delivered, { status: 'silenced', reason: 'the booking was moved' }),
		...both(second.uid, delivered, waiting),
	]);

	await e2e.desk.cancel(second.uid);
	await known(second.uid, 'cancelled');
	await reminders.run({ settings, at: before(second.start, 2, 1) });
	expect((await brief()).find((row) => row.booking_uid === second.uid && row.kind === '2h')).toMatchObject({
		status: 'silenced',
		reason: 'the booking was cancelled',
	});
	expect(await e2e.twilio.outbox()).toHaveLength(2);
});

test('who cannot be reached is marked with the reason and left, and the others get theirs', async () => {
	await e2e.twilio.at('fate', '+31612000002', { status: 'undelivered', errorCode: 30005 });
	await e2e.twilio.at('optOut', '+31612000004');
	const people: [uid: string, phone: string | null, expected: Record<string, unknown>][] = [
		['a-good', '+31612000001', { status: 'delivered', reason: null }],
		[
			'b-gone',
			'+31612000002',
			{ status: 'failed', reason: 'the number does not exist (30005)', error_code: 30005 },
		],
		[
			'c-landline',
			'+15005550009',
			{ status: 'failed', reason: 'a landline, or not a mobile number (21614)', error_code: 21614 },
		],
		['d-stopped', '+31612000004', { status: 'skipped', reason: 'opted out of SMS (21610)', error_code: 21610 }],
		['e-none', null, { status: 'skipped', reason: 'no phone number', attempts: 0 }],
		[
			'f-local',
			'06 12345678',
			{ status: 'skipped', reason: 'the phone number is not international, like +31612345678', attempts: 0 },
		],
		['g-odd', '+15005550001', { status: 'failed', reason: 'not a phone number (21211)', error_code: 21211 }],
		['h-good', '+31612000008', { status: 'delivered', reason: null }],
	];
	for (const [uid, phone] of people) await reminders.book({ uid, attendees: [caller(uid, phone)] });
	await reminders.run();
	await e2e.twilio.at('settled');
	const wanted = people.map(([uid, , expected]) => ({ booking_uid: uid, ...expected }));
	await statusOf('+31612000008', 'delivered');
	await waitFor('every report', async () => (await reminders.rows()).every(({ status }) => status !== 'sent'));
	expect(await reminders.rows()).toMatchObject(wanted);

	const had = await sendings();
	await reminders.pass(60);
	await reminders.run();
	expect(await sendings()).toBe(had);
	expect(await reminders.rows()).toMatchObject(wanted);

	// Who has opted out is known from then on, also for another booking.
	await reminders.book({ uid: 'i-again', attendees: [caller('again', '+31612000004')] });
	await reminders.run();
	expect(await sendings()).toBe(had);
	expect((await reminders.rows()).at(-1)).toMatchObject({
		status: 'skipped',
		reason: 'opted out of SMS',
		attempts: 0,
	});
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

test('a cancellation that comes between claim and send silences it', async () => {
	await reminders.book({ uid: 'first', attendees: [caller('First', '+31612000001')] });
	await reminders.book({ uid: 'second', minute: 1, attendees: [caller('Second', '+31612000002')] });
	await e2e.twilio.at('slow', 1_500);
	const running = reminders.run();
	await waitFor('the first request', async () => (await sendings()) === 1);
	const rows = await reminders.rows();
	expect(rows.map(({ status }) => status)).toEqual(['claimed', 'claimed']);
	const later = rows.find(({ sending_at }) => sending_at === null)?.booking_uid ?? '';
	await reminders.book({ uid: later, event: 'BOOKING_CANCELLED', minute: 5 });
	await running;
	expect(await brief()).toContainEqual({
		booking_uid: later,
		kind: '24h',
		status: 'silenced',
		reason: 'the booking was cancelled',
	});
	expect(await e2e.twilio.outbox()).toHaveLength(1);
});

test('once switched on, booking and cancelling are told as well, each once', async () => {
	const settings = { times: 'none', confirmationSms: true, cancellationSms: true };
	const words = async () => (await reminders.sentTo(ada.phoneNumber)).map(({ body }) => body);
	const { uid } = await e2e.desk.book(ada);
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

/** Sent, and on its way at Twilio: what a report can be about. */
async function underWay(number: string): Promise<string> {
	await e2e.twilio.at('hold', true);
	await reminders.book({ uid: 'on-its-way', attendees: [caller('Ada', number)] });
	await reminders.run();
	const [row] = await reminders.rows();
	expect(row).toMatchObject({ status: 'sent', message_sid: expect.stringMatching(/^SM/) });
	return row?.message_sid ?? '';
}
/** Calls as Twilio would; resolves with the status of the answer. */
const report = async (form: Record<string, string>, headers: Record<string, string> = {}) =>
	(await fetch(`${e2e.n8n}/webhook/calcom-sms-status`, { method: 'POST', body: new URLSearchParams(form), headers }))
		.status;
const statusOfFirst = async () => (await reminders.rows())[0]?.status;
const early = async () => (await e2e.db.query('SELECT FROM calcom.sms_statuses')).rowCount;
const asked = async () => (await e2e.twilio.requests()).filter(({ path }) => /\/Messages\/(SM|MM)/.test(path)).length;

test('a forged report: what Twilio does not know is refused, and of what it knows only its own word counts', async () => {
	const sid = await underWay('+31612000001');
	const madeUp = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered' };
	expect(await report(madeUp)).toBe(403);
	expect(await report(madeUp, { 'x-twilio-signature': 'Zm9yZ2Vk' })).toBe(403);
	expect(await early()).toBe(0);

	// A message that there is, with a status that it has not, and an opt-out that nobody asked for.
	for (const [MessageStatus, ErrorCode] of [
		['delivered', ''],
		['failed', '21610'],
	] as const)
		expect(await report({ MessageSid: sid, MessageStatus, ErrorCode })).toBe(204);
	expect(await statusOfFirst()).toBe('sent');
	expect((await e2e.db.query('SELECT FROM calcom.sms_opt_outs')).rowCount).toBe(0);

	// What came in at Twilio is no SMS of ours.
	await e2e.twilio.at('webhook', null);
	await e2e.twilio.at('reply', '+31612000001', 'Hello');
	const [inbound] = await e2e.twilio.inbox();
	expect(await report({ MessageSid: inbound?.sid ?? '', MessageStatus: 'delivered' })).toBe(403);

	await e2e.twilio.at('hold', false);
	await statusOf('+31612000001', 'delivered');
	expect(await report({ MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30005' })).toBe(204);
	expect(await statusOfFirst()).toBe('delivered');
});

test('reports out of order and twice: a message that was delivered stays so', async () => {
	const sid = await underWay('+31612000001');
	for (const status of ['delivered', 'sent', 'queued', 'sent', 'delivered'] as const)
		await e2e.twilio.at('advance', sid, status);
	expect(await statusOfFirst()).toBe('delivered');
	expect((await e2e.twilio.calls()).map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
	expect(await early()).toBe(0);
});

describe('Twilio does not answer when it is asked whether a report is true', () => {
	/** Everything but the last says no; the report is of the delivery. */
	async function reportDuring(count: number, status: number): Promise<string> {
		const sid = await underWay('+31612000001');
		await e2e.twilio.at('failNext', count, status);
		await e2e.twilio.at('advance', sid, 'delivered');
		expect((await e2e.twilio.calls()).map((call) => call.status)).toEqual([503]);
		return sid;
	}
	const lastRun = async () => (await e2e.editor.executions('e2e-reminders', 1))[0];

	test.each([429, 500])('for a moment (%d): 503, and taken when it does', async (status) => {
		await reportDuring(3, status);
		await statusOf('+31612000001', 'delivered');
		expect(await asked()).toBe(4);
	});

	test.each([401, 503])(
		'at all (%d): 503, nothing is written, and the run fails until it is run again',
		async (status) => {
			await reportDuring(6, status);
			expect(await statusOfFirst()).toBe('sent');
			await waitFor('the run to fail', async () => (await lastRun())?.status === 'error', { timeout: 60_000 });
			expect(await asked()).toBe(6);
			expect(await statusOfFirst()).toBe('sent');
			const failed = await e2e.editor.execution((await lastRun())?.id ?? '');
			expect(failed?.error?.message).toMatch(/credentials|Service unavailable/i);

			await e2e.editor.request(`/executions/${String(failed?.id)}/retry`, 'POST', { loadWorkflow: false });
			await statusOf('+31612000001', 'delivered');
		},
		90_000,
	);

	test('because nobody has said whose account it is: nothing is asked, and the run says what is missing', async () => {
		const sid = await underWay('+31612000001');
		await reminders.save({ settings: { twilioAccountSid: '' } });
		await e2e.editor.activate('e2e-reminders');
		try {
			expect(await report({ MessageSid: sid, MessageStatus: 'delivered' })).toBe(503);
			await waitFor('the run to fail', async () => (await lastRun())?.status === 'error');
			const failed = await e2e.editor.execution((await lastRun())?.id ?? '');
			expect(failed?.error?.message).toMatch(/Account SID .* is missing in Settings/);
			expect([await asked(), await statusOfFirst()]).toEqual([0, 'sent']);
		} finally {
			await reminders.save();
			await e2e.editor.activate('e2e-reminders');
		}
	});
});
