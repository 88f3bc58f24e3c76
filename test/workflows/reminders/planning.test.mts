// Which reminders there are, and when they are due: held on a real PostgreSQL.
import { ADA, type Desk, type Settings, minutesAfter, startDesk, utc } from './desk.mts';
import { type EventChanges, person, thin } from '../event-builder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

// Tuesday 10:00 in Amsterdam; booked and planned a week before.
const START = utc('2026-12-01 09:00');
const EARLY = utc('2026-11-24 12:00');
const attendee = (phone: string | null, timeZone = 'Europe/Amsterdam') => ({
	...person('Ada Lovelace', 'ada@student.example', phone),
	timeZone,
});
const summary = async () =>
	(await desk.reminders()).map(({ kind, status, due_at }) => `${kind} ${status} ${due_at.toISOString()}`);
const outcomes = async () => (await desk.reminders()).map(({ kind, status, reason }) => [kind, status, reason]);
const move = (uid: string, previousUid: string, start: string, previousStart: string, minute = 1) =>
	desk.book({ event: 'BOOKING_RESCHEDULED', uid, minute, booking: { start, previousUid, previousStart } });

describe('planning', () => {
	test('makes one reminder 24 hours and one 2 hours before, once', async () => {
		await desk.book();
		expect(await desk.plan(EARLY)).toEqual({ planned: 2, skipped: 0, silenced: 0 });
		expect(await desk.plan(EARLY)).toEqual({ planned: 0, skipped: 0, silenced: 0 });
		expect(await summary()).toEqual([
			'24h pending 2026-11-30T09:00:00.000Z',
			'2h pending 2026-12-01T07:00:00.000Z',
		]);
	});

	test.each<[string, Settings, string[]]>([
		['the times of the settings', { times: '3d, 90m' }, ['3d', '90m']],
		['none', { times: 'none' }, []],
		['times of a booking type, whatever the case', { timesByType: { 'LEVEL CHECK': '1h' } }, ['1h']],
		['times by slug', { timesByType: { 'level-check': '48h; 3 hours' } }, ['3h', '48h']],
		['none for this type', { timesByType: { 'Level Check': 'none' } }, []],
		['times of another type', { timesByType: { Piano: '1h' } }, ['24h', '2h']],
	])('follows %s', async (_, changes, kinds) => {
		await desk.book();
		await desk.with(changes).plan(EARLY);
		expect((await desk.reminders()).map(({ kind }) => kind).sort()).toEqual(kinds);
	});

	test.each<[string, Partial<EventChanges>]>([
		['is only requested', { event: 'BOOKING_REQUESTED' }],
		['was rejected', { event: 'BOOKING_REJECTED' }],
		['was cancelled', { event: 'BOOKING_CANCELLED' }],
		['is over', { booking: { start: utc('2026-11-20 09:00') } }],
	])('makes none for a booking that %s', async (_, changes) => {
		await desk.book(changes);
		await desk.plan(EARLY);
		expect(await desk.reminders()).toEqual([]);
	});

	test.each<[string, string | null, string | null]>([
		['no phone number', null, 'no phone number'],
		['a number without its country', '0612345678', 'the phone number is not international, like +31612345678'],
		[
			'a number that is too long',
			'+316123456789012345',
			'the phone number is not international, like +31612345678',
		],
		['words', 'ask me', 'no phone number'],
		['a good number', ADA, null],
	])('says why somebody with %s gets none', async (_, phone, reason) => {
		await desk.book({ attendees: [attendee(phone)] });
		await desk.plan(EARLY);
		expect((await outcomes()).map(([, status, why]) => [status, why])).toEqual(
			Array.from({ length: 2 }, () => [reason === null ? 'pending' : 'skipped', reason]),
		);
	});

	describe('where the settings let the number of the lead stand in', () => {
		const STRANGER = '+31687654321';
		const recipients = async () => (await desk.reminders()).map(({ recipient }) => recipient);

		test('takes one that a person typed', async () => {
			await desk.book({ attendees: [attendee(null)] });
			await desk.db.pool.query('UPDATE calcom.leads SET phone = $1', [ADA]);
			await desk.with({ usePhoneOfLead: true, times: '2h' }).plan(EARLY);
			expect(await recipients()).toEqual([ADA]);
		});

		test('takes one of another booking only once a person has confirmed it', async () => {
			await desk.book({ uid: 'B', attendees: [attendee(ADA)], booking: { start: utc('2026-12-24 09:00') } });
			await desk.book({ uid: 'A', minute: 1, attendees: [attendee(null)] });
			await desk.with({ usePhoneOfLead: true, times: '2h' }).plan(EARLY);
			expect(await recipients()).toEqual(['ada@student.example', ADA]);
			await desk.db.pool.query("SELECT calcom.confirm_answer(id, 'B', 'the office') FROM calcom.leads");
			await desk.with({ usePhoneOfLead: true, times: '2h' }).plan(EARLY);
			expect((await recipients()).filter((number) => number === ADA)).toHaveLength(2);
		});

		test.each(['before her', 'after her'])(
			'never writes to a stranger who books with her email %s about her own appointment',
			async (when) => {
				const hers = () => desk.book({ uid: 'A', minute: 1, attendees: [attendee(null)] });
				const his = async (minute: number) =>
					desk.book({
						uid: 'S',
						minute,
						attendees: [attendee(STRANGER)],
						booking: { start: utc('2026-12-24 09:00') },
					});
				if (when === 'before her') await his(0);
				await hers();
				if (when === 'after her') await his(2);
				for (const usePhoneOfLead of [true, false])
					await desk.with({ usePhoneOfLead, times: '24h, 2h' }).plan(EARLY);
				const sent = await desk.db.pool.query<{ booking_uid: string }>(
					'SELECT DISTINCT booking_uid FROM calcom.reminders WHERE recipient = $1',
					[STRANGER],
				);
				expect(sent.rows).toEqual([{ booking_uid: 'S' }]);
			},
		);
	});

	test('writes to everyone with a number, once per number, and to no guest without one', async () => {
		const attendees = [
			attendee(ADA),
			person('Her Father', 'father@student.example', ADA),
			person('Bob Stone', 'bob@student.example', '+31687654321'),
			person('', 'guest@student.example'),
		];
		await desk.book({ attendees });
		await desk.with({ times: '2h' }).plan(EARLY);
		expect((await desk.reminders()).map(({ recipient }) => recipient)).toEqual([ADA, '+31687654321']);
	});

	test('tells of each seat that has no number', async () => {
		const seat = { seats: 3 };
		const names = ['ada', 'bob'];
		for (const [minute, name] of names.entries()) {
			const attendees = [person(name, `${name}@student.example`)];
			await desk.book({ minute, booking: seat, attendees, key: `k-${name}` });
		}
		await desk.with({ times: '2h' }).plan(EARLY);
		expect((await desk.reminders()).map(({ recipient, reason }) => [recipient, reason])).toEqual(
			names.map((name) => [`${name}@student.example`, 'no phone number']),
		);
	});

	test('leaves out a reminder whose time had passed when it was booked', async () => {
		await desk.book();
		await desk.plan(minutesAfter(START, -10 * 60));
		expect(await outcomes()).toEqual([
			['24h', 'skipped', 'booked after its time'],
			['2h', 'pending', null],
		]);
	});

	test.each<[Settings, RegExp]>([
		[{ from: ' ' }, /"from" is empty/],
		[{ times: '24h, soon' }, /"soon" is no time before an appointment/],
		[{ quietFrom: '9 pm' }, /"9 pm" is no time of day/],
		[{ timeZone: 'Mars/Olympus' }, /"Mars\/Olympus" is no time zone/],
		[
			{ texts: { en: { reminder: 'Hi {frist_name}' } } },
			/there is no \{frist_name\} in texts.en.reminder.*\{first_name\}/,
		],
	])('stops at settings that cannot work: %j', async (changes, message) => {
		await desk.book();
		await expect(desk.with(changes).plan(EARLY)).rejects.toThrow(message);
	});
});

describe('a booking that changes', () => {
	const LATER = utc('2026-12-03 14:00');

	test('moved: the old reminders fall silent, new ones are made', async () => {
		await desk.book();
		await desk.plan(EARLY);
		await move('B', 'A', LATER, START);
		expect(await desk.plan(EARLY)).toEqual({ planned: 2, skipped: 0, silenced: 2 });
		expect((await desk.reminders()).map((r) => [r.booking_uid, r.kind, r.status, r.reason])).toEqual([
			['A', '24h', 'silenced', 'the booking was moved'],
			['A', '2h', 'silenced', 'the booking was moved'],
			['B', '24h', 'pending', null],
			['B', '2h', 'pending', null],
		]);
	});

	test('a group moved away and back under one uid has its first reminders again', async () => {
		const seats = { seats: 3 };
		await desk.book({ booking: seats });
		await desk.plan(EARLY);
		const group = async (start: string, previousStart: string, minute: number) => {
			const booking = { ...seats, start, previousStart, previousUid: 'A' };
			await desk.book({ event: 'BOOKING_RESCHEDULED', minute, booking, key: `moved ${start}` });
			await desk.plan(EARLY);
		};
		await group(LATER, START, 1);
		await group(START, LATER, 10);
		expect((await desk.reminders()).map((r) => [r.start_time.toISOString(), r.kind, r.status])).toEqual([
			[START, '24h', 'pending'],
			[START, '2h', 'pending'],
			[LATER, '24h', 'silenced'],
			[LATER, '2h', 'silenced'],
		]);
	});

	test('a new uid for the same time brings no second reminder', async () => {
		await desk.book();
		await desk.plan(EARLY);
		const due = utc('2026-12-01 07:01');
		const [claim] = (await desk.claim(due)).filter(({ kind }) => kind === '2h');
		await desk.maySend(claim?.id ?? '', due);
		await desk.sent(claim?.id ?? '', 'SM1', due);
		await move('B', 'A', START, START);
		await desk.plan(due);
		expect((await desk.reminders()).filter(({ kind }) => kind === '2h').map(({ status }) => status)).toEqual([
			'sent',
		]);
	});

	test('cancelled: all fall silent', async () => {
		await desk.book();
		await desk.plan(EARLY);
		await desk.book({ event: 'BOOKING_CANCELLED', minute: 1, booking: thin });
		await desk.plan(EARLY);
		expect(await outcomes()).toEqual([
			['24h', 'silenced', 'the booking was cancelled'],
			['2h', 'silenced', 'the booking was cancelled'],
		]);
	});

	test('set aside by a person in the back office: all fall silent', async () => {
		await desk.book();
		await desk.plan(EARLY);
		await desk.rows("UPDATE calcom.bookings SET status = 'cancelled'");
		await desk.plan(EARLY);
		expect((await outcomes()).map(([, status]) => status)).toEqual(['silenced', 'silenced']);
	});

	test('a seat given up: that person hears nothing any more, the others do', async () => {
		const bob = person('Bob Stone', 'bob@student.example', '+31687654321');
		await desk.book({ booking: { seats: 3 }, key: 'k1' });
		await desk.book({ booking: { seats: 3 }, minute: 1, attendees: [bob], key: 'k2' });
		const two = desk.with({ times: '2h' });
		await two.plan(EARLY);
		const given = {
			...thin,
			seats: 3,
			seatRemoved: true,
			status: 'accepted' as const,
			lifecycle: 'scheduled' as const,
		};
		await desk.book({ event: 'BOOKING_CANCELLED', minute: 2, booking: given, attendees: [bob], key: 'k3' });
		await two.plan(EARLY);
		expect((await desk.reminders()).map(({ recipient, status }) => [recipient, status])).toEqual([
			[ADA, 'pending'],
			['+31687654321', 'silenced'],
		]);
	});

	test('other times in the settings: what waits follows', async () => {
		await desk.book();
		await desk.plan(EARLY);
		await desk.with({ times: '2h, 1h' }).plan(EARLY);
		expect(await outcomes()).toEqual([
			['24h', 'silenced', 'no longer asked for by the booking or the settings'],
			['2h', 'pending', null],
			['1h', 'pending', null],
		]);
	});
});

describe('confirmation and cancellation SMS', () => {
	const on = { confirmationSms: true, cancellationSms: true, times: 'none' };
	const happened = utc('2026-11-20 09:00');

	test.each<[string, Settings, number, string[]]>([
		['off as shipped', { times: 'none' }, 5, []],
		['soon after the booking', on, 5, ['confirmation pending']],
		['not for bookings of long ago', on, 300, []],
	])('%s', async (_, changes, minutes, expected) => {
		await desk.book();
		await desk.with(changes).plan(minutesAfter(happened, minutes));
		expect((await desk.reminders()).map(({ kind, status }) => `${kind} ${status}`)).toEqual(expected);
	});

	test('a cancellation is told, and takes back a confirmation that waits', async () => {
		await desk.book();
		await desk.with(on).plan(minutesAfter(happened, 1));
		await desk.book({ event: 'BOOKING_CANCELLED', minute: 5, booking: thin });
		await desk.with(on).plan(minutesAfter(happened, 6));
		expect(await outcomes()).toEqual([
			['confirmation', 'silenced', 'the booking was cancelled'],
			['cancellation', 'pending', null],
		]);
	});
});

test('a cancellation by SMS is not told a second time', async () => {
	await desk.book();
	await desk.book({ event: 'BOOKING_CANCELLED', minute: 1, booking: thin });
	await desk.rows(
		"INSERT INTO calcom.messages (message_sid, phone, body, meaning, booking_uid, status) VALUES ('SM1', $1, 'X', 'cancel', 'A', 'answered')",
		[ADA],
	);
	await desk.with({ cancellationSms: true }).plan(utc('2026-11-20 09:02'));
	expect(await desk.reminders()).toEqual([]);
});
