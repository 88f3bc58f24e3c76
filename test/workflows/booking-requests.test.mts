// What becomes of a request for a booking, on a real PostgreSQL.
import type { ErrorCode } from '../../nodes/shared/api/errorCodes.ts';
import { startDatabase, type TestDatabase } from './database.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(async () => {
	await db.empty();
	// Services are asked for by their number, too.
	await db.pool.query(
		"SELECT setval(pg_get_serial_sequence(name, 'id'), 1, false) FROM unnest(ARRAY['calcom.booking_requests', 'calcom.services', 'calcom.leads']) AS name",
	);
	await db.pool.query(
		`INSERT INTO calcom.services (name, slug, active, calcom_event_type_id)
		VALUES ('Level check', 'level-check', true, 23), ('Retired', 'retired', false, 4), ('Not linked', 'not-linked', true, NULL)`,
	);
});

type Fields = Record<string, unknown>;

const SETTINGS = { timeZone: 'Europe/Amsterdam', timesOfASeries: 0, giveUpAfter: 3 };
const WISH = {
	channel: 'voice',
	action: 'book',
	service: 'level check',
	start: '2099-11-24T09:00',
	name: 'Ada Lovelace',
	email: 'ada@student.example',
};
const AWAY = 'Nothing answers at cal.school.example';
const TAKEN = 'This time is not free';

const one = async (sql: string, values: unknown[]): Promise<Fields> => {
	const { rows } = await db.pool.query<{ request: Fields }>(sql, values);
	return rows[0]?.request ?? {};
};
const json = (value: unknown) => JSON.stringify(value);
const read = (request: Fields, settings: Fields = SETTINGS) =>
	one('SELECT calcom.read_request($1, $2) AS request', [json(request), json(settings)]);
const start = async (request: Fields = WISH, claimant = 'run 1', settings: Fields = SETTINGS) =>
	await one('SELECT calcom.start_request($1, $2, $3) AS request', [
		json(await read(request, settings)),
		json(settings),
		claimant,
	]);
const failed = (id: unknown, message: string, code: ErrorCode | '' | null = null) =>
	one('SELECT calcom.request_failed($1, $2, $3, $4) AS request', [id, message, json(SETTINGS), code]);
const booked = (id: unknown, ...uids: string[]) =>
	one('SELECT calcom.request_booked($1, $2) AS request', [
		id,
		json(uids.map((uid) => ({ uid, status: 'accepted', host: { name: 'Anna' } }))),
	]);
const claim = (claimant = 'schedule') =>
	one('SELECT request FROM calcom.claim_waiting_request($1) AS request', [claimant]);
const row = async (): Promise<Fields> =>
	(await db.pool.query<Fields>('SELECT * FROM calcom.booking_requests ORDER BY id')).rows.at(-1) ?? {};
const due = () => db.pool.query('UPDATE calcom.booking_requests SET next_try_at = now()');

describe('what can be booked', () => {
	test('is active and linked to an event type', async () => {
		const { rows } = await db.pool.query('SELECT name, event_type_id FROM calcom.bookable_services');
		expect(rows).toEqual([{ name: 'Level check', event_type_id: '23' }]);
	});

	test.each(['Level check', 'LEVEL CHECK', 'level-check', '1', ' level check ', ''])(
		'is found as "%s"',
		async (service) => {
			expect(await read({ ...WISH, service })).toMatchObject({
				serviceId: 1,
				eventTypeId: 23,
				service: 'Level check',
			});
		},
	);

	test.each(['Retired', 'not-linked', 'Tango', '2'])('is not "%s"', async (service) => {
		expect(await read({ ...WISH, service })).toMatchObject({ problem: 'service must be one of: Level check' });
	});
});

describe('a time', () => {
	test.each([
		['with an offset', '2099-07-01T09:00:00+02:00', undefined, '2099-07-01T07:00:00Z'],
		['in UTC', '2099-07-01T09:00:00Z', undefined, '2099-07-01T09:00:00Z'],
		['of the settings’ zone', '2026-12-01T09:00', undefined, '2026-12-01T08:00:00Z'],
		['of the caller’s zone', '2026-12-01T09:00', 'America/New_York', '2026-12-01T14:00:00Z'],
		['with seconds and a space', '2099-07-01 09:00:00 +02:00', undefined, '2099-07-01T07:00:00Z'],
		['with a short offset', '2099-07-01T09:00+0200', undefined, '2099-07-01T07:00:00Z'],
		['after the clocks went back', '2099-10-25T12:00', undefined, '2099-10-25T11:00:00Z'],
	])('%s', async (_, given, timeZone, instant) => {
		expect(await read({ ...WISH, start: given, ...(timeZone ? { timeZone } : {}) })).toMatchObject({
			start: instant,
		});
	});

	test.each([
		'UTC+2',
		'GMT-5',
		'Eastern Time (US & Canada)',
		'Mars/Base',
		'BST',
		'EST',
		'+02:00',
		'XYZ5',
		'<+02>-2',
		'W. Europe Standard Time',
		'Europe',
		"Europe/'; DROP",
	])('is never read in a zone that people mean otherwise: %s is asked for again', async (timeZone) => {
		for (const action of ['book', 'slots'])
			expect(await read({ ...WISH, action, timeZone })).toMatchObject({
				problem: expect.stringMatching(
					/^there is no time zone ".*": timeZone must be a name like Europe\/Amsterdam$/,
				),
			});
	});

	test.each(['Europe/Kyiv', 'America/Argentina/Buenos_Aires', 'Etc/GMT+2', 'UTC', 'Japan', 'America/Port-au-Prince'])(
		'is read in %s',
		async (timeZone) => {
			expect(await read({ ...WISH, timeZone })).not.toHaveProperty('problem');
		},
	);

	test.each([
		'05-01-2027',
		'05/01/2027',
		'05.01.2027',
		'15/12/2026',
		'tomorrow',
		'now',
		'1 May',
		'Monday',
		'2099-13-01',
		'2099-02-30',
		'20990101',
		'infinity',
		'epoch',
		'2099-07-02T',
	])('a day that can be read in two ways, or in none, is asked for again: %s', async (day) => {
		expect(await read({ action: 'slots', day })).toMatchObject({ problem: 'day must be a date, as 2026-11-24' });
		expect(await read({ ...WISH, start: day })).toMatchObject({
			problem: 'start must be a date and time, as 2026-11-24T09:00',
		});
	});

	test('a day is searched from its first hour, today from now', async () => {
		expect(await read({ action: 'slots', day: '2099-07-02' })).toMatchObject({
			searchFrom: '2099-07-01T22:00:00Z',
		});
		const { searchFrom } = await read({ action: 'slots', day: '2020-01-01' });
		expect(Date.now() - Date.parse(String(searchFrom))).toBeLessThan(60_000);
	});
});

describe('a request', () => {
	test('is written down before it is booked', async () => {
		expect(await start()).toMatchObject({ outcome: 'book', status: 'booking', eventTypeId: 23, clientId: null });
	});

	test('has its client and subject signed when the caller with the secret names them, and never from the form', async () => {
		const ids = { clientId: 'C-7', subjectId: 'S-1' };
		const { rows } = await db.pool.query(
			"SELECT calcom.signed_id('C-7') AS client, calcom.signed_id('S-1') AS subject",
		);
		expect(await start({ ...WISH, ...ids, channel: 'voice', requestId: 'x' })).toMatchObject({
			clientId: rows[0].client,
			subjectId: rows[0].subject,
		});
		expect(await start({ ...WISH, ...ids, channel: 'form', requestId: 'y' })).toMatchObject({
			clientId: null,
			subjectId: null,
		});
	});

	test('is the same one when it comes again, and only one run has it at a time', async () => {
		const [first, second] = await Promise.all([
			start(WISH, 'run 1'),
			start({ ...WISH, email: 'ADA@student.example' }, 'run 2'),
		]);
		expect([first['outcome'], second['outcome']].sort()).toEqual(['book', 'busy']);
		expect(first['id']).toBe(second['id']);
		await booked(first['id'], 'A');
		expect(await start(WISH, 'run 3')).toMatchObject({ id: first['id'], outcome: 'book' });
		await db.pool.query("UPDATE calcom.booking_requests SET claimed_at = now() - interval '3 minutes'");
		expect(await start(WISH, 'run 4')).toMatchObject({ outcome: 'book' });
	});

	test('another time is another request', async () => {
		expect((await start())['id']).not.toBe((await start({ ...WISH, start: '2099-11-24T10:00' }))['id']);
	});

	// A node that could not even begin hands its input on as if that were its result.
	test('is not booked when Cal.com was not asked', async () => {
		const asked = await start();
		const passedOn = json([{ request: asked }]);
		await expect(one('SELECT calcom.request_booked($1, $2) AS request', [asked['id'], passedOn])).rejects.toThrow(
			'The step before this one was not done',
		);
		expect(await row()).toMatchObject({ status: 'booking', booking_uid: null });
	});

	test('keeps the uids of a series', async () => {
		const { id } = await start({ ...WISH, times: 3 });
		expect(await booked(id, 'A', 'B', 'C')).toMatchObject({
			outcome: 'booked',
			uid: 'A',
			uids: ['A', 'B', 'C'],
			times: 3,
		});
		expect(await row()).toMatchObject({ status: 'booked', host_name: 'Anna', times: 3, next_try_at: null });
	});

	test.each([
		['the wish', { times: 2 }, { timesOfASeries: 5 }, 2],
		['the settings', {}, { timesOfASeries: 5 }, 5],
		['the event type', {}, { timesOfASeries: 0 }, 0],
		['the event type, when it is nonsense', { times: 'many' }, {}, 0],
	])('how often a series takes place says %s', async (_, wish, settings, times) => {
		expect(await start({ ...WISH, ...wish }, 'run', { ...SETTINGS, ...settings })).toMatchObject({ times });
	});

	test('without a time it is for a person', async () => {
		const wish = { ...WISH, channel: 'form', start: '', day: '2099-11-24', whyNoTime: 'Cal.com was away' };
		expect(await start(wish)).toMatchObject({ outcome: 'keep', requiresManualBooking: true, day: '2099-11-24' });
		const { rows } = await db.pool.query('SELECT reason FROM calcom.requests_to_book_by_hand');
		expect(rows).toEqual([{ reason: 'Cal.com was away' }]);
		expect(await claim()).toEqual({});
	});
});

describe('what cannot be booked', () => {
	test.each([
		['TIME_NOT_FREE', 'taken', false],
		['SEATS_FULL', 'taken', false],
		['TIME_NOT_BOOKABLE', 'taken', false],
		['INVALID_VALUES', 'refused', true],
		['ANSWER_NOT_ACCEPTED', 'refused', true],
		['TIME_SKIPPED', 'refused', true],
		['CONNECTION_REFUSED', 'waiting', true],
		['SERVER_ERROR', 'waiting', true],
		['RATE_LIMITED', 'waiting', true],
		['API_KEY_INVALID', 'waiting', true],
		['UNEXPECTED', 'waiting', true],
		['', 'waiting', true],
		[null, 'waiting', true],
	] satisfies [ErrorCode | '' | null, string, boolean][])(
		'%j is %s, whatever the words',
		async (code, outcome, byHand) => {
			const { id } = await start();
			expect(await failed(id, TAKEN, code)).toMatchObject({
				outcome,
				requiresManualBooking: byHand,
				reason: TAKEN,
			});
		},
	);

	test('what waits is tried ever later, then given up', async () => {
		const { id } = await start();
		await failed(id, AWAY);
		expect(await claim()).toEqual({});
		await due();
		expect(await claim()).toMatchObject({ id, outcome: 'book' });
		const { rows } = await db.pool.query<{ id: string }>(
			'SELECT id FROM calcom.booking_requests WHERE next_try_at > now()',
		);
		expect(rows).toHaveLength(1);
		await failed(id, AWAY);
		await due();
		expect(await claim()).toMatchObject({ id });
		expect(await failed(id, AWAY)).toMatchObject({ outcome: 'given_up', requiresManualBooking: true });
		await due();
		expect(await claim()).toEqual({});
	});

	test('a time that is gone when nobody is there any more stays for a person', async () => {
		const { id } = await start();
		await failed(id, AWAY);
		expect(await failed(id, TAKEN, 'TIME_NOT_FREE')).toMatchObject({
			outcome: 'taken',
			requiresManualBooking: true,
		});
	});

	test('what has begun meanwhile is given up, with both reasons', async () => {
		const { id } = await start();
		await failed(id, AWAY);
		await due();
		await db.pool.query("UPDATE calcom.booking_requests SET start_time = now() - interval '1 minute'");
		expect(await claim()).toEqual({});
		expect(await row()).toMatchObject({
			status: 'given_up',
			requires_manual_booking: true,
			reason: `The time has passed before it could be booked: ${AWAY}`,
		});
	});

	test('booked after all, it needs nobody', async () => {
		const { id } = await start();
		await failed(id, AWAY);
		await booked(id, 'A');
		expect(await row()).toMatchObject({ status: 'booked', requires_manual_booking: false, reason: null });
	});
});

describe('who asks very often', () => {
	const wish = (hour: number, more: Fields = {}) => ({
		...WISH,
		start: `2099-11-24T${String(hour).padStart(2, '0')}:00`,
		...more,
	});
	const problem = async (request: Fields, settings: Fields = SETTINGS) => (await read(request, settings))['problem'];
	const AGAIN =
		/^There are several requests from you within the last hour already\. Please ask again after \d\d:\d\d, or call us\.$/;
	beforeEach(async () => {
		for (let hour = 0; hour < 6; hour += 1)
			await start(wish(hour, { phone: '+31 6 1234 5678' }), `run ${String(hour)}`);
	});

	test.each<[string, Fields]>([
		['the same address', {}],
		['the same address, written otherwise', { email: ' ADA@student.example ' }],
		['the same number from another address', { email: 'other@student.example', phone: '+31612345678' }],
		['the same address with another number', { phone: '+31687654321' }],
	])('%s is asked to come back later, and nothing is written', async (_, more) => {
		expect(await problem(wish(9, more))).toMatch(AGAIN);
		expect((await db.pool.query('SELECT FROM calcom.booking_requests')).rowCount).toBe(6);
	});

	test.each<[string, Fields, Fields]>([
		['somebody else', { email: 'grace@student.example' }, {}],
		['somebody else without an address', { email: '', phone: '+31600000000' }, {}],
		['the same wish once more', { start: '2099-11-24T03:00' }, {}],
		['who only looks for times', { action: 'slots' }, {}],
		['more than that, where more are allowed', {}, { requestsPerHour: 7 }],
		['any number, where there is no limit', {}, { requestsPerHour: 0 }],
	])('%s may', async (_, more, settings) => {
		expect(await problem(wish(9, more), { ...SETTINGS, ...settings })).toBeUndefined();
	});

	test('an hour after the first of the six there is room for one more', async () => {
		await db.pool.query(
			"UPDATE calcom.booking_requests SET created_at = now() - interval '61 minutes' WHERE id = (SELECT min(id) FROM calcom.booking_requests)",
		);
		expect(await problem(wish(9))).toBeUndefined();
		await start(wish(9));
		expect(await problem(wish(10))).toMatch(AGAIN);
	});

	test('what comes in with a problem of its own keeps that one, and nobody passes one in', async () => {
		expect(await problem(wish(9, { name: '' }))).toBe('name is missing');
		expect(await problem({ ...WISH, email: 'grace@student.example', problem: 'made up' })).toBeUndefined();
	});
});

test('twenty runs that claim at once never get the same request', async () => {
	const starts = Array.from(
		{ length: 30 },
		(_, at) => `2099-11-24T${String(at % 10).padStart(2, '0')}:${at < 10 ? '00' : at < 20 ? '15' : '30'}`,
	);
	for (const time of starts) await failed((await start({ ...WISH, start: time }))['id'], AWAY);
	await due();
	const claims = await Promise.all(Array.from({ length: 20 }, (_, at) => claim(`run ${String(at)}`)));
	const ids = claims.map(({ id }) => id).filter(Boolean);
	expect(new Set(ids).size).toBe(ids.length);
	for (let next = await claim('last'); next['id']; next = await claim('last')) ids.push(next['id']);
	expect(new Set(ids).size).toBe(30);
	expect(ids).toHaveLength(30);
});
