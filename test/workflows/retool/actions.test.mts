// What people start in Retool, checked and carried out on a real PostgreSQL with a clock of the test's own.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

type Row = Record<string, unknown>;
type Body = Record<string, unknown>;

/** The booking of the tests begins on 2026-12-01 at 09:00 UTC, 10:00 in Amsterdam, and takes half an hour. */
const BEFORE = '2026-11-30T12:00:00Z';
const DURING = '2026-12-01T09:10:00Z';
const AFTER = '2026-12-02T12:00:00Z';
const MAIL = 'ada@student.example';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
});
afterAll(() => db.stop());
beforeEach(async () => {
	await db.empty();
});

const query = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
	(await db.pool.query<Row>(sql, values)).rows;
const only = async (sql: string, values: unknown[] = []): Promise<Row> => {
	const [row, ...more] = await query(sql, values);
	if (!row || more.length > 0) throw new Error(`Expected one row of ${sql}`);
	return row;
};

const check = (body: unknown, at = BEFORE, settings: Body = {}) =>
	only('SELECT * FROM calcom.check_action($1::jsonb, $2, $3::jsonb, $4)', [
		JSON.stringify(body),
		'test',
		JSON.stringify(settings),
		at,
	]);
const carryOut = (actionId: unknown, events: CalComEvent[] = [], at = BEFORE) =>
	only('SELECT * FROM calcom.apply_action($1, $2::jsonb, $3)', [actionId, JSON.stringify(events), at]);

/** A whole action as the template does it: Cal.com answers with these events. */
async function act(body: Body, at = BEFORE, events: CalComEvent[] = []): Promise<Row> {
	const checked = await check(body, at);
	return checked['go'] === 'answer' ? checked : await carryOut(checked['action_id'], events, at);
}

const created = (changes: Partial<Parameters<typeof bookingEvent>[0]> = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, ...changes });
const requested = bookingEvent({ event: 'BOOKING_REQUESTED', uid: 'A', minute: 0 });
const cancelled = bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'A', minute: 5 });
const declined = bookingEvent({ event: 'BOOKING_REJECTED', uid: 'A', minute: 5 });
const group = created({
	attendees: [person('Ada Lovelace', MAIL), person('Bob Noyce', 'Bob@student.example')],
	booking: { seats: 4 },
});
const booking = () => only('SELECT * FROM calcom.bookings');
const activities = () =>
	query("SELECT type, title, details FROM calcom.lead_activities WHERE event_key LIKE 'RETOOL:%' ORDER BY id");

describe('what is refused, and how', () => {
	const on = (action: string, more: Body = {}) => ({ action, booking_uid: 'A', ...more });
	const CASES: [what: string, story: CalComEvent[], body: unknown, at: string, code: number, message: RegExp][] = [
		['no object', [], ['cancel'], BEFORE, 400, /JSON object/],
		['nothing', [], null, BEFORE, 400, /JSON object/],
		['no action', [], {}, BEFORE, 400, /one of assign_teacher, cancel, complete/],
		['an unknown action', [], { action: 'explode' }, BEFORE, 400, /one of/],
		['no booking named', [], { action: 'cancel', booking_uid: ' ' }, BEFORE, 400, /Send "booking_uid"/],
		['an unknown booking', [created()], { action: 'cancel', booking_uid: 'Z' }, BEFORE, 404, /no booking "Z"/],
		['no service named', [], { action: 'resolve_conflict' }, BEFORE, 400, /Send "service_id"/],
		['an unknown service', [], { action: 'resolve_conflict', service_id: 7 }, BEFORE, 404, /no service "7"/],
		['no teacher', [created()], on('assign_teacher'), BEFORE, 400, /"teacher" with a name/],
		['nobody of the staff', [created()], on('assign_teacher', { staff_id: 9 }), BEFORE, 404, /member of staff/],
		['nobody again', [created()], on('assign_teacher', { teacher: '' }), BEFORE, 200, /already/],
		['completed too early', [created()], on('complete'), BEFORE, 409, /not begun/],
		['completed though cancelled', [created(), cancelled], on('complete'), AFTER, 409, /is cancelled/],
		['missed too early', [created()], on('no_show'), BEFORE, 409, /before the booking has begun/],
		['missed though cancelled', [created(), cancelled], on('no_show'), AFTER, 409, /is cancelled/],
		['missed by nobody named', [group], on('no_show'), AFTER, 400, /attendee_email/],
		['missed by a stranger', [group], on('no_show', { attendee_email: 'x@y.z' }), AFTER, 404, /Nobody/],
		['confirmed before', [created()], on('confirm'), BEFORE, 200, /confirmed already/],
		['confirmed though declined', [requested, declined], on('confirm'), BEFORE, 409, /cancelled or declined/],
		['declined before', [requested, declined], on('decline'), BEFORE, 200, /declined already/],
		['declined though confirmed', [created()], on('decline'), BEFORE, 409, /Cancel it instead/],
		['declined though cancelled', [created(), cancelled], on('decline'), BEFORE, 409, /nothing to decline/],
		['cancelled before', [created(), cancelled], on('cancel'), BEFORE, 200, /cancelled already/],
		['cancelled too late', [created()], on('cancel'), AFTER, 409, /is over/],
		['cancelled in part', [created()], on('cancel', { scope: 'half' }), BEFORE, 400, /"scope"/],
		['a seat without its uid', [group], on('cancel', { scope: 'seat' }), BEFORE, 400, /"seat_uid"/],
		['moved to nowhere', [created()], on('reschedule'), BEFORE, 400, /Send "start"/],
		['moved to no time', [created()], on('reschedule', { start: '2026-13-01T10:00' }), BEFORE, 400, /"start"/],
		['moved to words', [created()], on('reschedule', { start: 'tomorrow' }), BEFORE, 400, /"start"/],
		['moved into the past', [created()], on('reschedule', { start: '2026-11-30T12:59' }), BEFORE, 400, /past/],
		[
			'moved in a zone that is none',
			[created()],
			on('reschedule', { start: '2026-12-03T10:00', time_zone: 'Mars/Base' }),
			BEFORE,
			400,
			/no such time zone/,
		],
		['moved to its own time', [created()], on('reschedule', { start: '2026-12-01 10:00' }), BEFORE, 200, /already/],
		['moved though cancelled', [created(), cancelled], on('reschedule'), BEFORE, 409, /is cancelled/],
		['moved too late', [created()], on('reschedule', { start: '2027-01-01T10:00Z' }), AFTER, 409, /is over/],
	];
	test.each(CASES)('%s', async (_what, story, body, at, code, message) => {
		for (const event of story) await db.apply(event);
		const before = await db.tables();
		const checked = await check(body, at);
		expect(checked).toMatchObject({
			go: 'answer',
			code,
			answer: { ok: code === 200, message: expect.stringMatching(message) },
		});
		expect(await db.tables()).toEqual(before);
		expect(await query('SELECT FROM calcom.action_log')).toEqual([]);
	});
});

describe('what people own', () => {
	beforeEach(() => db.apply(created()));

	test('a teacher, with who assigned them; later deliveries leave it alone', async () => {
		const answered = await act({ action: 'assign_teacher', booking_uid: 'A', teacher: ' Anna ', by: 'Eva' });
		expect(answered).toMatchObject({
			code: 200,
			answer: { ok: true, message: 'The teacher is saved.', booking: { uid: 'A', assigned_teacher: 'Anna' } },
		});
		await act({ action: 'assign_teacher', booking_uid: 'A', teacher: 'Bob' });
		await db.apply(
			bookingEvent({ event: 'BOOKING_RESCHEDULED', uid: 'A2', minute: 9, booking: { previousUid: 'A' } }),
		);
		expect(await booking()).toMatchObject({ uid: 'A2', assigned_teacher: 'Bob' });
		expect(await activities()).toEqual([
			{ type: 'teacher_assigned', title: 'Level Check Teacher Assigned', details: 'Anna · by Eva' },
			{ type: 'teacher_assigned', title: 'Level Check Teacher Assigned', details: 'Bob (before: Anna)' },
		]);
		expect(await act({ action: 'assign_teacher', booking_uid: 'A', teacher: null })).toMatchObject({
			answer: { booking: { assigned_teacher: null } },
		});
	});

	test('a member of staff is set on the appointment too, and stays there', async () => {
		await query('SELECT * FROM calcom.apply_calendar_event($1::jsonb)', [JSON.stringify(created())]);
		const { id } = await only("INSERT INTO calcom.staff (name) VALUES ('Anna Bauer') RETURNING id");
		await act({ action: 'assign_teacher', booking_uid: 'A', staff_id: id });
		await query('SELECT * FROM calcom.apply_calendar_event($1::jsonb)', [JSON.stringify(created({ minute: 9 }))]);
		expect(await booking()).toMatchObject({ assigned_teacher: 'Anna Bauer' });
		expect(await only('SELECT staff_id, by_hand FROM calcom.calendar_events')).toEqual({
			staff_id: id,
			by_hand: ['staff_id'],
		});
	});

	test('"completed" stays, whatever comes after', async () => {
		expect(await act({ action: 'complete', booking_uid: 'A' }, DURING)).toMatchObject({
			code: 200,
			answer: { booking: { status: 'completed' } },
		});
		await db.apply(cancelled);
		expect(await booking()).toMatchObject({
			status: 'completed',
			status_by_hand: true,
			status_from_calcom: 'cancelled',
		});
	});
});

describe('what Cal.com has to do', () => {
	test('the check tells it everything', async () => {
		await db.apply(created());
		const start = '2026-12-03T10:00';
		expect(await check({ action: 'reschedule', booking_uid: 'A', start, reason: 'ill' })).toMatchObject({
			go: 'reschedule',
			booking_uid: 'A',
			start,
			time_zone: 'Europe/Amsterdam',
			reason: 'ill',
			moved_by: 'owner@school.example',
		});
		await query('TRUNCATE calcom.action_log');
		const settings = { cancelReason: 'Cancelled by us' };
		expect(await check({ action: 'cancel', booking_uid: 'A' }, BEFORE, settings)).toMatchObject({
			go: 'cancel',
			scope: 'booking',
			seat_uid: '',
			reason: 'Cancelled by us',
		});
	});

	const event = (name: string, uid: string, changes: Partial<Parameters<typeof bookingEvent>[0]> = {}) =>
		bookingEvent({ event: name, uid, minute: 5, ...changes });
	const moved = event('BOOKING_RESCHEDULED', 'B', {
		booking: { previousUid: 'A', start: '2026-12-03T09:00:00.000Z', end: '2026-12-03T09:30:00.000Z' },
	});
	const DONE: [
		action: string,
		first: CalComEvent,
		more: Body,
		at: string,
		answer: CalComEvent,
		row: Row,
		details: string | null,
	][] = [
		[
			'confirm',
			requested,
			{},
			BEFORE,
			created({ minute: 5 }),
			{ status: 'scheduled', lifecycle: 'scheduled' },
			null,
		],
		[
			'decline',
			requested,
			{ reason: 'full' },
			BEFORE,
			declined,
			{ status: 'cancelled', lifecycle: 'rejected' },
			'reason: full',
		],
		[
			'cancel',
			created(),
			{ by: 'Eva' },
			BEFORE,
			cancelled,
			{ status: 'cancelled', lifecycle: 'cancelled' },
			'by Eva',
		],
		[
			'reschedule',
			created(),
			{ start: '2026-12-03T10:00' },
			BEFORE,
			moved,
			{ uid: 'B', uids: ['A', 'B'], reschedule_count: 1 },
			'to Thu 03 Dec 2026 10:00 (Europe/Amsterdam)',
		],
		[
			'no_show',
			created(),
			{},
			DURING,
			created({ minute: 5 }),
			{ status: 'no_show', status_by_hand: false },
			`absent: ${MAIL}`,
		],
	];
	test.each(DONE)(
		'%s: the row is there at once, and the delivery changes no more',
		async (action, first, more, at, answer, row, details) => {
			await db.apply(first);
			const answered = await act({ action, booking_uid: 'A', ...more }, at, [answer]);
			expect(answered).toMatchObject({
				code: 200,
				answer: { ok: true, action, booking: { status: expect.any(String) } },
			});
			expect(await booking()).toMatchObject(row);
			await db.apply({ ...answer, source: 'webhook' });
			expect(await booking()).toMatchObject(row);
			expect(await activities()).toEqual([
				{ type: `${PAST[action] ?? ''}_by_team`, title: expect.any(String), details },
			]);
		},
	);
	const PAST: Record<string, string> = {
		confirm: 'confirmed',
		decline: 'declined',
		cancel: 'cancelled',
		reschedule: 'rescheduled',
		no_show: 'no_show',
	};

	test('one of a group who did not come leaves the booking to the others', async () => {
		await db.apply(group);
		expect(
			await check({ action: 'no_show', booking_uid: 'A', attendee_email: 'BOB@student.example' }, AFTER),
		).toMatchObject({ go: 'no_show', absentee: 'Bob@student.example' });
		const [log] = await query('SELECT action_id FROM calcom.action_log');
		await carryOut(log?.['action_id'], [], AFTER);
		expect(await booking()).toMatchObject({ status: 'scheduled' });
	});

	// A node that could not even begin hands its input on as if that were its result.
	test('what Cal.com was not asked for is not written down as done', async () => {
		await db.apply(created());
		const checked = await check({ action: 'cancel', booking_uid: 'A' });
		const passedOn = JSON.stringify([checked]);
		await expect(
			query('SELECT * FROM calcom.apply_action($1, $2::jsonb)', [checked['action_id'], passedOn]),
		).rejects.toThrow('The step before this one was not done');
		expect(await booking()).toMatchObject({ status: 'scheduled' });
		expect(await query("SELECT FROM calcom.action_log WHERE status = 'done'")).toEqual([]);
	});

	test('of a series, every booking that Cal.com answers with', async () => {
		for (const uid of ['A', 'B']) await db.apply(created({ uid }));
		await act({ action: 'cancel', booking_uid: 'A', scope: 'series' }, BEFORE, [
			cancelled,
			event('BOOKING_CANCELLED', 'B'),
		]);
		expect(await query('SELECT uid, status FROM calcom.bookings ORDER BY uid')).toEqual([
			{ uid: 'A', status: 'cancelled' },
			{ uid: 'B', status: 'cancelled' },
		]);
	});

	test('an answer that the table cannot take is no failure: Cal.com has done it', async () => {
		await db.apply(created());
		const odd = event('BOOKING_RESCHEDULED', 'A', { booking: { start: 'not a time' } });
		expect(await act({ action: 'cancel', booking_uid: 'A' }, BEFORE, [odd])).toMatchObject({
			code: 200,
			answer: { ok: true, note: expect.stringContaining('next delivery') },
		});
	});

	const PROBLEMS: [said: string, code: number][] = [
		['Nothing answers at cal.example', 502],
		['The rate limit of Cal.com is used up', 502],
		['Cal.com does not accept the API key', 502],
		['Cal.com failed to handle the request (500)', 502],
		['This time is not free', 409],
		['This booking is cancelled already', 409],
		['Nobody can be marked absent before the booking has begun', 409],
		['Cal.com did not accept the values: start must be in the future', 400],
		['Cal.com wants a reason when the host cancels', 400],
		['New Start 2027-03-28T02:30 never comes in Europe/Amsterdam: the clocks go forward over it', 400],
		['There is no such seat in this booking, or it is cancelled already', 400],
		['Booking with uid=A was not found in the database', 404],
		['Cal.com did not find what was asked for', 404],
	];
	test.each(PROBLEMS)('"%s" is %i, and may be tried again', async (said, code) => {
		await db.apply(created());
		const body = { action: 'cancel', booking_uid: 'A', action_id: 'mine' };
		await check(body);
		const failed = await only('SELECT * FROM calcom.action_failed($1, $2, $3)', ['mine', said, 'Look at it']);
		expect(failed).toMatchObject({
			code,
			answer: { ok: false, message: said, details: 'Look at it', booking: { uid: 'A', status: 'scheduled' } },
		});
		expect(await activities()).toEqual([]);
		expect(await check(body)).toMatchObject({ go: 'cancel', action_id: 'mine' });
		expect(await only('SELECT status, attempts FROM calcom.action_log')).toEqual({
			status: 'processing',
			attempts: 2,
		});
	});
});

describe('a double click', () => {
	const assign = (teacher: string, more: Body = {}) => ({
		action: 'assign_teacher',
		booking_uid: 'A',
		teacher,
		...more,
	});
	const at = (second: number) => new Date(Date.parse(BEFORE) + second * 1000).toISOString();
	beforeEach(() => db.apply(created()));

	test('finds the first under way', async () => {
		const clicks = await Promise.all(Array.from({ length: 5 }, () => check(assign('Anna'))));
		expect(clicks.filter(({ go }) => go === 'table')).toHaveLength(1);
		expect(clicks.filter(({ code }) => code === 409)).toHaveLength(4);
	});

	test('gets the answer of the first, and counts once', async () => {
		const first = await act(assign('Anna', { action_id: 'click-1' }));
		const second = await act(assign('Anna', { action_id: 'click-1' }), at(3_600));
		expect(second).toMatchObject({ code: 200, answer: { ok: true, repeated: true, action_id: 'click-1' } });
		expect(first['answer']).not.toHaveProperty('repeated');
		expect(await activities()).toHaveLength(1);
	});

	test('without an id: what was asked last, within ten seconds', async () => {
		await act({ action: 'complete', booking_uid: 'A' }, DURING);
		await query("UPDATE calcom.bookings SET status = 'scheduled'");
		const soon = new Date(Date.parse(DURING) + 9_000).toISOString();
		const later = new Date(Date.parse(DURING) + 11_000).toISOString();
		expect(await check({ action: 'complete', booking_uid: 'A' }, soon)).toMatchObject({
			answer: { repeated: true },
		});
		expect(await check({ action: 'complete', booking_uid: 'A' }, later)).toMatchObject({ go: 'table' });
	});

	test('is not what somebody changes there and back', async () => {
		for (const [second, teacher] of ['Anna', 'Bob', 'Anna'].entries()) await act(assign(teacher), at(second));
		expect(await booking()).toMatchObject({ assigned_teacher: 'Anna' });
		expect(await activities()).toHaveLength(3);
	});

	test('by the uid before a move is one too', async () => {
		const body = { action: 'reschedule', start: '2026-12-03T10:00' };
		const moved = bookingEvent({
			event: 'BOOKING_RESCHEDULED',
			uid: 'B',
			minute: 5,
			booking: { previousUid: 'A' },
		});
		await act({ ...body, booking_uid: 'A' }, BEFORE, [moved]);
		expect(await act({ ...body, booking_uid: 'B' }, at(2))).toMatchObject({ answer: { repeated: true } });
	});

	test('an id that was used for something else is refused', async () => {
		await act(assign('Anna', { action_id: 'click-1' }));
		expect(await check(assign('Bob', { action_id: 'click-1' }))).toMatchObject({ code: 409 });
	});

	test('of a run that died is taken over after two minutes', async () => {
		await check(assign('Anna', { action_id: 'click-1' }));
		expect(await check(assign('Anna', { action_id: 'click-1' }), at(119))).toMatchObject({ code: 409 });
		expect(await check(assign('Anna', { action_id: 'click-1' }), at(121))).toMatchObject({ go: 'table' });
	});
});

describe('a conflict of a service', () => {
	const CONFLICT = [
		{ field: 'title', recordField: 'name', base: 'Piano', ours: 'Piano lesson', theirs: 'Piano class' },
		{ field: 'lengthInMinutes', recordField: 'duration_minutes', base: 30, ours: 45, theirs: 60 },
	];
	let id: unknown;
	beforeEach(async () => {
		({ id } = await only(
			"INSERT INTO calcom.services (name, sync_status, sync_conflict) VALUES ('Piano lesson', 'conflict', $1::jsonb) RETURNING id",
			[JSON.stringify(CONFLICT)],
		));
	});
	const settle = (more: Body) => act({ action: 'resolve_conflict', service_id: id, ...more });
	const service = () => only('SELECT sync_status, sync_resolution FROM calcom.services');
	const title = { title: { choose: 'ours', ours: 'Piano lesson', theirs: 'Piano class' } };

	test('one field at a time, with what the person saw', async () => {
		expect(await settle({ field: 'title', choice: 'ours', by: 'Eva' })).toMatchObject({
			code: 200,
			answer: { ok: true, booking: null, service: { name: 'Piano lesson', sync_status: 'pending' } },
		});
		expect(await service()).toEqual({ sync_status: 'pending', sync_resolution: title });
		await settle({ field: 'lengthInMinutes', choice: 'theirs' });
		expect(await service()).toMatchObject({
			sync_resolution: { ...title, lengthInMinutes: { choose: 'theirs', ours: 45, theirs: 60 } },
		});
		expect(await activities()).toMatchObject([
			{ title: 'Piano lesson: Conflict Settled', details: 'title: ours · by Eva' },
			{ details: 'lengthInMinutes: theirs' },
		]);
	});

	test('several fields, or all', async () => {
		await settle({ choices: { title: 'ours', lengthInMinutes: 'theirs' } });
		expect(await service()).toMatchObject({ sync_resolution: { ...title, lengthInMinutes: { choose: 'theirs' } } });
		await settle({ choice: 'theirs' });
		expect(await service()).toMatchObject({
			sync_resolution: { title: { choose: 'theirs' }, lengthInMinutes: { choose: 'theirs' } },
		});
	});

	const REFUSED: [what: string, more: Body, code: number][] = [
		['no choice', { field: 'title' }, 400],
		['a choice that is none', { field: 'title', choice: 'both' }, 400],
		['a field that has no conflict', { field: 'slug', choice: 'ours' }, 409],
		['nothing at all', {}, 400],
	];
	test.each(REFUSED)('%s is refused', async (_what, more, code) => {
		expect(await settle(more)).toMatchObject({ go: 'answer', code });
		expect(await service()).toEqual({ sync_status: 'conflict', sync_resolution: null });
	});

	test('that is no more', async () => {
		await query('UPDATE calcom.services SET sync_conflict = NULL');
		expect(await settle({ field: 'title', choice: 'ours' })).toMatchObject({ code: 409 });
	});

	test('settled the same way before', async () => {
		await settle({ field: 'title', choice: 'ours' });
		await query('TRUNCATE calcom.action_log');
		expect(await settle({ field: 'title', choice: 'ours' })).toMatchObject({ go: 'answer', code: 200 });
	});
});
