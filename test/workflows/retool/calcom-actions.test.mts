// What people start in Retool and Cal.com has to do, on a real PostgreSQL.
import type { ErrorCode } from '../../../nodes/shared/api/errorCodes.ts';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { type EventChanges, bookingEvent } from '../event-builder.mts';
import {
	AFTER,
	BEFORE,
	type Body,
	DURING,
	MAIL,
	type Office,
	type Row,
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

describe('what Cal.com has to do', () => {
	test('the check tells it everything', async () => {
		await db.apply(created());
		const start = '2026-12-03T10:00';
		expect(await office.check({ action: 'reschedule', booking_uid: 'A', start, reason: 'ill' })).toMatchObject({
			go: 'reschedule',
			booking_uid: 'A',
			start,
			time_zone: 'Europe/Amsterdam',
			reason: 'ill',
			moved_by: 'owner@school.example',
		});
		await office.query('DELETE FROM calcom.action_log');
		const settings = { cancelReason: 'Cancelled by us' };
		expect(await office.check({ action: 'cancel', booking_uid: 'A' }, BEFORE, settings)).toMatchObject({
			go: 'cancel',
			scope: 'booking',
			seat_uid: '',
			reason: 'Cancelled by us',
		});
	});

	const event = (name: string, uid: string, changes: Partial<EventChanges> = {}) =>
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
			const answered = await office.act({ action, booking_uid: 'A', ...more }, at, [answer]);
			expect(answered).toMatchObject({
				code: 200,
				answer: { ok: true, action, booking: { status: expect.any(String) } },
			});
			expect(await office.booking()).toMatchObject(row);
			await db.apply({ ...answer, source: 'webhook' });
			expect(await office.booking()).toMatchObject(row);
			expect(await office.activities()).toEqual([
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
			await office.check({ action: 'no_show', booking_uid: 'A', attendee_email: 'BOB@student.example' }, AFTER),
		).toMatchObject({ go: 'no_show', absentee: 'Bob@student.example' });
		const [log] = await office.query('SELECT action_id FROM calcom.action_log');
		await office.carryOut(log?.['action_id'], [], AFTER);
		expect(await office.booking()).toMatchObject({ status: 'scheduled' });
	});

	// A node that could not even begin hands its input on as if that were its result.
	test('what Cal.com was not asked for is not written down as done', async () => {
		await db.apply(created());
		const checked = await office.check({ action: 'cancel', booking_uid: 'A' });
		const passedOn = JSON.stringify([checked]);
		await expect(
			office.query('SELECT * FROM calcom.apply_action($1, $2::jsonb)', [checked['action_id'], passedOn]),
		).rejects.toThrow('The step before this one was not done');
		expect(await office.booking()).toMatchObject({ status: 'scheduled' });
		expect(await office.query("SELECT FROM calcom.action_log WHERE status = 'done'")).toEqual([]);
	});

	test('of a series, every booking that Cal.com answers with', async () => {
		for (const uid of ['A', 'B']) await db.apply(created({ uid }));
		await office.act({ action: 'cancel', booking_uid: 'A', scope: 'series' }, BEFORE, [
			cancelled,
			event('BOOKING_CANCELLED', 'B'),
		]);
		expect(await office.query('SELECT uid, status FROM calcom.bookings ORDER BY uid')).toEqual([
			{ uid: 'A', status: 'cancelled' },
			{ uid: 'B', status: 'cancelled' },
		]);
	});

	test('an answer that the table cannot take is no failure: Cal.com has done it', async () => {
		await db.apply(created());
		const odd = event('BOOKING_RESCHEDULED', 'A', { booking: { start: 'not a time' } });
		expect(await office.act({ action: 'cancel', booking_uid: 'A' }, BEFORE, [odd])).toMatchObject({
			code: 200,
			answer: { ok: true, note: expect.stringContaining('next delivery') },
		});
	});

	const PROBLEMS: [code: ErrorCode | '' | null, status: number][] = [
		['CONNECTION_REFUSED', 502],
		['RATE_LIMITED', 502],
		['API_KEY_INVALID', 502],
		['SERVER_ERROR', 502],
		['UNEXPECTED', 502],
		['', 502],
		[null, 502],
		['TIME_NOT_FREE', 409],
		['BOOKING_CANCELLED', 409],
		['BOOKING_NOT_BEGUN', 409],
		['INVALID_VALUES', 400],
		['CANCELLATION_REASON_REQUIRED', 400],
		['TIME_SKIPPED', 400],
		['SEAT_NOT_FOUND', 400],
		['NOT_FOUND', 404],
	];
	test.each(PROBLEMS)('%j is %i whatever the words, and may be tried again', async (errorCode, code) => {
		// No sentence counts: this one is in the words of three other errors.
		const said = 'This time is not free, was cancelled already, and was not found';
		await db.apply(created());
		const body = { action: 'cancel', booking_uid: 'A', action_id: 'mine' };
		await office.check(body);
		const failed = await office.only('SELECT * FROM calcom.action_failed($1, $2, $3, $4)', [
			'mine',
			said,
			'Look at it',
			errorCode,
		]);
		expect(failed).toMatchObject({
			code,
			answer: {
				ok: false,
				message: said,
				details: 'Look at it',
				...(errorCode ? { error_code: errorCode } : {}),
				booking: { uid: 'A', status: 'scheduled' },
			},
		});
		expect(await office.activities()).toEqual([]);
		expect(await office.check(body)).toMatchObject({ go: 'cancel', action_id: 'mine' });
		expect(await office.only('SELECT status, attempts FROM calcom.action_log')).toEqual({
			status: 'processing',
			attempts: 2,
		});
	});
});
