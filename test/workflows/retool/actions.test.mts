// What people start in Retool: what is refused, what the tables do by themselves, and each click once; on a real
// PostgreSQL.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import {
	AFTER,
	BEFORE,
	type Body,
	DURING,
	type Office,
	cancelled,
	created,
	declined,
	group,
	openOffice,
	requested,
} from './office.mts';

let db: TestDatabase;
let office: Office;
beforeAll(async () => {
	db = await startDatabase();
	office = openOffice(db);
});
afterAll(() => db.stop());
beforeEach(() => db.empty());

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
		const checked = await office.check(body, at);
		expect(checked).toMatchObject({
			go: 'answer',
			code,
			answer: { ok: code === 200, message: expect.stringMatching(message) },
		});
		expect(await db.tables()).toEqual(before);
		expect(await office.query('SELECT FROM calcom.action_log')).toEqual([]);
	});
});

describe('what people own', () => {
	beforeEach(() => db.apply(created()));

	test('a teacher, with who assigned them; later deliveries leave it alone', async () => {
		const answered = await office.act({ action: 'assign_teacher', booking_uid: 'A', teacher: ' Anna ', by: 'Eva' });
		expect(answered).toMatchObject({
			code: 200,
			answer: { ok: true, message: 'The teacher is saved.', booking: { uid: 'A', assigned_teacher: 'Anna' } },
		});
		await office.act({ action: 'assign_teacher', booking_uid: 'A', teacher: 'Bob' });
		await db.apply(
			bookingEvent({ event: 'BOOKING_RESCHEDULED', uid: 'A2', minute: 9, booking: { previousUid: 'A' } }),
		);
		expect(await office.booking()).toMatchObject({ uid: 'A2', assigned_teacher: 'Bob' });
		expect(await office.activities()).toEqual([
			{ type: 'teacher_assigned', title: 'Level Check Teacher Assigned', details: 'Anna · by Eva' },
			{ type: 'teacher_assigned', title: 'Level Check Teacher Assigned', details: 'Bob (before: Anna)' },
		]);
		expect(await office.act({ action: 'assign_teacher', booking_uid: 'A', teacher: null })).toMatchObject({
			answer: { booking: { assigned_teacher: null } },
		});
	});

	test('a member of staff is set on the appointment too, and stays there', async () => {
		await office.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb)', [JSON.stringify(created())]);
		const { id } = await office.only("INSERT INTO calcom.staff (name) VALUES ('Anna Bauer') RETURNING id");
		await office.act({ action: 'assign_teacher', booking_uid: 'A', staff_id: id });
		await office.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb)', [
			JSON.stringify(created({ minute: 9 })),
		]);
		expect(await office.booking()).toMatchObject({ assigned_teacher: 'Anna Bauer' });
		expect(await office.only('SELECT staff_id, by_hand FROM calcom.calendar_events')).toEqual({
			staff_id: id,
			by_hand: ['staff_id'],
		});
	});

	test('"completed" stays, whatever comes after', async () => {
		expect(await office.act({ action: 'complete', booking_uid: 'A' }, DURING)).toMatchObject({
			code: 200,
			answer: { booking: { status: 'completed' } },
		});
		await db.apply(cancelled);
		expect(await office.booking()).toMatchObject({
			status: 'completed',
			status_by_hand: true,
			status_from_calcom: 'cancelled',
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
		const clicks = await Promise.all(Array.from({ length: 5 }, () => office.check(assign('Anna'))));
		expect(clicks.filter(({ go }) => go === 'table')).toHaveLength(1);
		expect(clicks.filter(({ code }) => code === 409)).toHaveLength(4);
	});

	test('gets the answer of the first, and counts once', async () => {
		const first = await office.act(assign('Anna', { action_id: 'click-1' }));
		const second = await office.act(assign('Anna', { action_id: 'click-1' }), at(3_600));
		expect(second).toMatchObject({ code: 200, answer: { ok: true, repeated: true, action_id: 'click-1' } });
		expect(first['answer']).not.toHaveProperty('repeated');
		expect(await office.activities()).toHaveLength(1);
	});

	test('without an id: what was asked last, within ten seconds', async () => {
		await office.act({ action: 'complete', booking_uid: 'A' }, DURING);
		await office.query("UPDATE calcom.bookings SET status = 'scheduled'");
		const soon = new Date(Date.parse(DURING) + 9_000).toISOString();
		const later = new Date(Date.parse(DURING) + 11_000).toISOString();
		expect(await office.check({ action: 'complete', booking_uid: 'A' }, soon)).toMatchObject({
			answer: { repeated: true },
		});
		expect(await office.check({ action: 'complete', booking_uid: 'A' }, later)).toMatchObject({ go: 'table' });
	});

	test('is not what somebody changes there and back', async () => {
		for (const [second, teacher] of ['Anna', 'Bob', 'Anna'].entries())
			await office.act(assign(teacher), at(second));
		expect(await office.booking()).toMatchObject({ assigned_teacher: 'Anna' });
		expect(await office.activities()).toHaveLength(3);
	});

	test('by the uid before a move is one too', async () => {
		const body = { action: 'reschedule', start: '2026-12-03T10:00' };
		const moved = bookingEvent({
			event: 'BOOKING_RESCHEDULED',
			uid: 'B',
			minute: 5,
			booking: { previousUid: 'A' },
		});
		await office.act({ ...body, booking_uid: 'A' }, BEFORE, [moved]);
		expect(await office.act({ ...body, booking_uid: 'B' }, at(2))).toMatchObject({ answer: { repeated: true } });
	});

	test('an id that was used for something else is refused', async () => {
		await office.act(assign('Anna', { action_id: 'click-1' }));
		expect(await office.check(assign('Bob', { action_id: 'click-1' }))).toMatchObject({ code: 409 });
	});

	test('of a run that died is taken over after two minutes', async () => {
		await office.check(assign('Anna', { action_id: 'click-1' }));
		expect(await office.check(assign('Anna', { action_id: 'click-1' }), at(119))).toMatchObject({ code: 409 });
		expect(await office.check(assign('Anna', { action_id: 'click-1' }), at(121))).toMatchObject({ go: 'table' });
	});
});

describe('a conflict of a service', () => {
	const CONFLICT = [
		{ field: 'title', recordField: 'name', base: 'Piano', ours: 'Piano lesson', theirs: 'Piano class' },
		{ field: 'lengthInMinutes', recordField: 'duration_minutes', base: 30, ours: 45, theirs: 60 },
	];
	let id: unknown;
	beforeEach(async () => {
		({ id } = await office.only(
			"INSERT INTO calcom.services (name, sync_status, sync_conflict) VALUES ('Piano lesson', 'conflict', $1::jsonb) RETURNING id",
			[JSON.stringify(CONFLICT)],
		));
	});
	const settle = (more: Body) => office.act({ action: 'resolve_conflict', service_id: id, ...more });
	const service = () => office.only('SELECT sync_status, sync_resolution FROM calcom.services');
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
		expect(await office.activities()).toMatchObject([
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
		await office.query('UPDATE calcom.services SET sync_conflict = NULL');
		expect(await settle({ field: 'title', choice: 'ours' })).toMatchObject({ code: 409 });
	});

	test('settled the same way before', async () => {
		await settle({ field: 'title', choice: 'ours' });
		await office.query('DELETE FROM calcom.action_log');
		expect(await settle({ field: 'title', choice: 'ours' })).toMatchObject({ go: 'answer', code: 200 });
	});
});
