import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { TooLate } from '../../../../../nodes/shared/api/pacing.ts';
import { bookings } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import { exchange } from '../../../shared/api/recorded-exchanges.mts';
import type { AnswerOrFault } from '../../../CalCom/support/fake-execute.mts';
import { booking, json, NOW, open, recorded, seen } from './support.mts';

const past = { start: '2026-11-19T09:00:00.000Z', end: '2026-11-19T09:30:00.000Z' };
const replay = (start: string): AnswerOrFault => {
	const { status, headers, body } = exchange(start);
	return { status, headers, body };
};
const timeout = (): Error => Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' });

async function write(
	changes: Fields,
	answers: AnswerOrFault[],
	object: Fields = booking('uid1'),
	parameters: Record<string, unknown> = {},
) {
	const { side, requests, notes } = await open(answers, parameters);
	const before = seen(object);
	const after = await side.write(bookings.identity(before).id, changes, before, Infinity);
	return { after, id: bookings.identity(after).id, requests, notes };
}

interface Recorded {
	start: string;
	before?: Fields;
	changes: Fields;
	/** Where it is not the recorded one. */
	body?: Fields;
}

const RECORDED: Recorded[] = [
	{
		start: '199',
		before: past,
		changes: { start: '2026-11-30T14:00:00+01:00' },
		body: { start: '2026-11-30T13:00:00.000Z' },
	},
	{ start: '205', changes: { appointmentStatus: 'cancelled' } },
	{ start: '236', changes: { cancelled: true } },
	{
		start: '170',
		changes: { guests: ['ada@student.example', 'late1@student.example', 'late2@student.example'] },
		body: { guests: [{ email: 'late1@student.example' }, { email: 'late2@student.example' }] },
	},
	{
		start: '175',
		changes: { location: 'https://meet.jit.si/cal/0dbb5f8f' },
		body: { location: { type: 'link', link: 'https://meet.jit.si/cal/0dbb5f8f' } },
	},
	{ start: '382', changes: { location: 'x' } },
	{ start: '191', before: past, changes: { absentAttendees: ['Ada@student.example'] } },
	{ start: '191', before: past, changes: { appointmentStatus: 'no_show' } },
	{ start: '193', before: past, changes: { hostAbsent: true } },
	{ start: '194', before: { ...past, absentHost: true }, changes: { hostAbsent: false } },
];

test.each(RECORDED)('the request that is recorded: $start, $changes', async ({ start, before, changes, body }) => {
	const { method, path, requestBody, status } = exchange(start);
	const reason = (requestBody as { cancellationReason?: string }).cancellationReason;
	const uid = path.split('/')[3] ?? '';
	const { side, requests } = await open([replay(start)], { options: { cancellationReason: reason } });
	const written = side.write(uid, changes, seen(booking(uid, before)), Infinity);
	if (status < 300) await written;
	else await expect(written).rejects.toThrow();
	expect(requests).toHaveLength(1);
	expect(requests[0]).toMatchObject({ method, path: path.replace('/v2', ''), version: '2024-08-13' });
	expect(requests[0]?.body).toEqual(body ?? requestBody);
});

test.each<Fields>([{ start: '2026-11-30T13:00:00Z' }, { cancelled: true }, { location: 'Dam 1' }])(
	'what had to wait until it may no longer be right is not sent: %j',
	async (changes) => {
		const limited: AnswerOrFault = { status: 429, headers: { 'x-ratelimit-reset-default': '40' }, body: {} };
		const { side, requests } = await open([limited]);
		const until = Date.parse(NOW) + 5_000;
		await expect(side.write('uid1', changes, seen(booking('uid1')), until)).rejects.toThrow(TooLate);
		expect(requests).toHaveLength(1);
	},
);

describe('a move', () => {
	test('gives the booking a new uid, and it remembers the old one', async () => {
		const { after, id } = await write({ start: '2026-11-30T13:00:00Z' }, [replay('199')], recorded('191'));
		expect(id).toBe('uNPtqVKFzosPaX1um1iQvC');
		expect(bookings.identity(after).formerIds).toEqual(['1kX3Ag346PdugoJxzqiKeC']);
		expect(bookings.valueOf(after, 'end')).toBe('2026-11-30T13:30:00.000Z');
	});

	test('comes first: what else changes goes to the new uid', async () => {
		const changes = { location: 'Dam 1', start: '2026-11-30T13:00:00Z', guests: ['g@x.example'] };
		const next = booking('uid2', { rescheduledFromUid: 'uid1' });
		const { requests } = await write(changes, [json(next), json(next), json(next)]);
		expect(requests.map(({ path }) => path)).toEqual([
			'/bookings/uid1/reschedule',
			'/bookings/uid2/location',
			'/bookings/uid2/guests',
		]);
	});

	test('that worked is not forgotten when what follows fails', async () => {
		const next = booking('uid2', { rescheduledFromUid: 'uid1' });
		const changes = { start: '2026-11-30T13:00:00Z', location: 'Dam 1' };
		const { id, notes } = await write(changes, [json(next), replay('382')]);
		expect(id).toBe('uid2');
		expect(notes().join()).toMatch(/^Booking uid2 was changed in part only\. /);
	});

	test.each<[string, AnswerOrFault]>([
		['no answer came', timeout()],
		['the answer was a 500', { status: 500, body: '<html>' }],
		['another run was faster', replay('145')],
	])('is looked up, never sent again, when %s', async (_name, fault) => {
		const old = booking('uid1', { status: 'cancelled', rescheduledToUid: 'uid2' });
		const next = booking('uid2', { start: '2026-11-30T13:00:00.000Z', rescheduledFromUid: 'uid1' });
		const { id, requests, notes } = await write({ start: '2026-11-30T13:00:00Z' }, [fault, json(old), json(next)]);
		expect(id).toBe('uid2');
		expect(requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET']);
		expect(notes()).toHaveLength(1);
	});

	test('that did not happen fails with what Cal.com said, also when looking fails', async () => {
		const start = { start: '2026-11-30T13:00:00Z' };
		await expect(write(start, [replay('115'), json(booking('uid1'))])).rejects.toThrow('This time is not free');
		await expect(write(start, [timeout(), timeout(), timeout(), timeout(), timeout()])).rejects.toThrow(
			'did not answer in time',
		);
	});
});

describe('cancelling', () => {
	test('leaves all else alone, and gives a reason of its own when there is none', async () => {
		const changes = { start: '2026-11-30T13:00:00Z', location: 'Dam 1', appointmentStatus: 'canceled' };
		const { requests, after } = await write(changes, [replay('142')], recorded('142'));
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			path: '/bookings/o86JMYJQen5LethZNyuHGJ/cancel',
			body: { cancellationReason: 'Cancelled by the organizer' },
		});
		expect(bookings.valueOf(after, 'appointmentStatus')).toBe('cancelled');
	});

	test('what is cancelled already is done', async () => {
		const { after } = await write({ cancelled: true }, [
			replay('155'),
			json(booking('uid1', { status: 'cancelled' })),
		]);
		expect(bookings.valueOf(after, 'cancelled')).toBe(true);
	});

	test('what was moved meanwhile is not', async () => {
		const moved = booking('uid1', { status: 'cancelled', rescheduledToUid: 'uid2' });
		await expect(write({ cancelled: true }, [replay('155'), json(moved)])).rejects.toThrow('cancelled already');
	});

	test('one of a series takes only that one, one with seats everyone', async () => {
		const one = await write({ cancelled: true }, [replay('205')], recorded('205'));
		expect(one.requests[0]?.body).not.toHaveProperty('cancelSubsequentBookings');
		const seated = await write({ cancelled: true }, [replay('226')], recorded('217'));
		expect(seated.requests[0]?.body).not.toHaveProperty('seatUid');
	});
});

describe('guests', () => {
	const emails = (count: number): string[] => Array.from({ length: count }, (_, index) => `g${index}@x.example`);

	test('are added ten at a time, each once', async () => {
		const guests = [...emails(23), 'g0@x.example'];
		const { requests } = await write({ guests }, [
			json(booking('uid1')),
			json(booking('uid1')),
			json(booking('uid1')),
		]);
		expect(requests.map(({ body }) => (body?.guests as unknown[]).length)).toEqual([10, 10, 3]);
	});

	test('who are there already are not invited again', async () => {
		const { requests } = await write({ guests: 'Ada@Student.example' }, []);
		expect(requests).toHaveLength(0);
	});

	test('are looked up after no answer', async () => {
		const there = booking('uid1', { attendees: emails(2).map((email) => ({ email })) });
		const { after } = await write({ guests: emails(2).join(', ') }, [timeout(), json(there)]);
		expect(after).toMatchObject({ attendees: [{ email: 'g0@x.example' }, { email: 'g1@x.example' }] });
	});
});

describe('a place', () => {
	const answered = (value: string): Fields => ({ bookingFieldsResponses: { location: { value } } });

	test.each<[string, Fields, Fields]>([
		['Keizersgracht 1, Amsterdam', {}, { type: 'address', address: 'Keizersgracht 1, Amsterdam' }],
		['https://meet.school.example/1', {}, { type: 'link', link: 'https://meet.school.example/1' }],
		['+31 20 123 4567', {}, { type: 'phone', phone: '+31 20 123 4567' }],
		['+31612345678', answered('phone'), { type: 'attendeePhone', phone: '+31612345678' }],
		['Dam 1', answered('attendeeInPerson'), { type: 'attendeeAddress', address: 'Dam 1' }],
		['Café Central', answered('somewhereElse'), { type: 'attendeeDefined', location: 'Café Central' }],
		['Dam 1', answered('phone'), { type: 'address', address: 'Dam 1' }],
		['Dam 1', answered('constructor'), { type: 'address', address: 'Dam 1' }],
	])('%s', async (location, before, sent) => {
		const { requests } = await write({ location }, [json(booking('uid1'))], booking('uid1', before));
		expect(requests[0]).toMatchObject({ method: 'PATCH', body: { location: sent } });
	});
});

describe('absences', () => {
	const two = {
		...past,
		attendees: [
			{ email: 'a@x.example', absent: true },
			{ email: 'b@x.example', absent: false },
		],
	};

	test.each<[string, Fields, Fields, Fields | null]>([
		[
			'only who changes',
			two,
			{ absentAttendees: ['b@x.example'] },
			{
				attendees: [
					{ email: 'a@x.example', absent: false },
					{ email: 'b@x.example', absent: true },
				],
			},
		],
		['nobody', two, { absentAttendees: null }, { attendees: [{ email: 'a@x.example', absent: false }] }],
		['nobody changes', two, { absentAttendees: ['A@x.example'], hostAbsent: false }, null],
		[
			'host and attendee together',
			two,
			{ absentAttendees: [], hostAbsent: true },
			{
				host: true,
				attendees: [{ email: 'a@x.example', absent: false }],
			},
		],
		[
			'a no-show, the rest of them',
			two,
			{ appointmentStatus: 'no_show' },
			{
				attendees: [{ email: 'b@x.example', absent: true }],
			},
		],
		[
			'a no-show taken back',
			{ ...two, absentHost: true },
			{ appointmentStatus: 'completed' },
			{
				host: false,
				attendees: [{ email: 'a@x.example', absent: false }],
			},
		],
		['named persons over the status', two, { appointmentStatus: 'no_show', hostAbsent: true }, { host: true }],
	])('%s', async (_name, before, changes, body) => {
		const { requests } = await write(changes, [json(booking('uid1'))], booking('uid1', before));
		expect(requests.map((request) => request.body)).toEqual(body === null ? [] : [body]);
	});
});
