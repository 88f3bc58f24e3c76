// The reminder template in a real n8n: from the booking at Cal.com to the SMS that Twilio delivers.
import { ADA, before } from './reminders/ada.mts';
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
	const first = await e2e.desk.book(ADA);
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
	await statusOf(ADA.phoneNumber, 'delivered');
	expect(await brief()).toEqual(both(first.uid, delivered, waiting));
	const [sms, ...more] = await e2e.twilio.outbox();
	expect(more).toEqual([]);
	const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: ADA.timeZone });
	expect(sms).toMatchObject({ to: ADA.phoneNumber, from: e2e.twilio.number, status: 'delivered' });
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
	await waitFor('the second SMS', async () => (await reminders.sentTo(ADA.phoneNumber)).length === 2);
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

test('a cancellation that comes between claim and send silences it', async () => {
	await reminders.book({ uid: 'first', attendees: [caller('First', '+31612000001')] });
	await reminders.book({ uid: 'second', minute: 1, attendees: [caller('Second', '+31612000002')] });
	await e2e.twilio.at('slow', 800);
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
