// The actions of template 08 in a real n8n, as a Retool app calls them, on bookings of the Cal.com stand-in.
import { z } from 'zod';
import { CALLER_HEADER, attachCredentials } from '../../playground/src/templates.mts';
import { impatient, readTemplate } from '../support/template.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

const WORKFLOW = 'e2e-actions';
const SECRET = { [CALLER_HEADER.name]: CALLER_HEADER.value };
type Row = Record<string, unknown>;

const answerSchema = z.object({
	ok: z.boolean(),
	message: z.string(),
	action: z.string().nullish(),
	booking: z.record(z.unknown()).nullish(),
	repeated: z.boolean().optional(),
});

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
	const template = impatient(await readTemplate('08-retool-actions'));
	await e2e.editor.saveWorkflow(attachCredentials({ ...template, id: WORKFLOW, name: WORKFLOW }, e2e.credentials));
	await e2e.editor.activate(WORKFLOW);
});
beforeEach(() => e2e.resetTables());
afterAll(async () => {
	await e2e.editor.deleteWorkflow(WORKFLOW);
	await e2e.close();
});

const post = async (body: string, headers: Record<string, string> = SECRET): Promise<Response> =>
	await fetch(`${e2e.n8n}/webhook/calcom-actions`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', ...headers },
		body,
	});
/** What Retool gets: the status and the JSON. */
async function call(body: Row) {
	const response = await post(JSON.stringify(body));
	return { status: response.status, ...answerSchema.parse(await response.json()) };
}

const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> => (await e2e.db.query<Row>(sql, values)).rows;
const timeline = async () =>
	(await rows("SELECT type FROM calcom.lead_activities WHERE event_key LIKE 'RETOOL:%' ORDER BY id")).map(
		({ type }) => type,
	);
/** Waits until template 01 has written down a booking that was just made. */
const known = async <T extends { uid: string }>(booking: T): Promise<T> => {
	await waitFor(`booking ${booking.uid} in the table`, async () => {
		const found = await rows('SELECT FROM calcom.bookings WHERE uid = $1', [booking.uid]);
		return found.length > 0;
	});
	return booking;
};
const statusAtCalCom = async (uid: string) =>
	(await e2e.desk.bookings()).find((booking) => booking.uid === uid)?.status;
/** A lesson of the past, known to Cal.com and to the table. */
async function past(): Promise<string> {
	await e2e.at('seedBookings', 1);
	const lesson = (await e2e.desk.bookings()).find(({ start, status }) => {
		return Date.parse(start) < Date.now() && status === 'accepted';
	});
	if (!lesson) throw new Error('There is no lesson of the past.');
	const answer = await fetch(`${e2e.calcom.url}/bookings/${lesson.uid}`, {
		headers: { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-08-13' },
	});
	const shape = z.object({
		data: z.object({ attendees: z.array(z.object({ name: z.string(), email: z.string() })) }),
	});
	const { attendees } = shape.parse(await answer.json()).data;
	await e2e.db.query(
		`INSERT INTO calcom.bookings (uid, uids, start_time, end_time, attendee_email, attendees, attendee_count, status_from_calcom)
		VALUES ($1, ARRAY[$1], $2, $2::timestamptz + interval '1 hour', $3, $4::jsonb, 1, 'scheduled')`,
		[lesson.uid, lesson.start, attendees[0]?.email, JSON.stringify(attendees)],
	);
	return lesson.uid;
}

describe('who may call', () => {
	test.each([
		['nobody without the secret', {}],
		['nobody with a wrong one', { [CALLER_HEADER.name]: 'guessed' }],
	])('%s', async (_who, headers) => {
		expect((await post('{"action":"cancel"}', headers)).status).toBe(403);
		expect(await rows('SELECT FROM calcom.action_log')).toEqual([]);
	});
});

describe('what is refused', () => {
	test('a request that asks for nothing known', async () => {
		expect(await call({ action: 'explode' })).toMatchObject({ status: 400, ok: false, booking: null });
	});

	test('an unknown booking', async () => {
		expect(await call({ action: 'cancel', booking_uid: 'nowhere' })).toMatchObject({
			status: 404,
			ok: false,
			action: 'cancel',
			message: expect.stringContaining('nowhere'),
		});
	});

	test('what does not fit the booking', async () => {
		const { uid } = await known(await e2e.desk.book());
		expect(await call({ action: 'no_show', booking_uid: uid })).toMatchObject({ status: 409, ok: false });
	});

	test('a time that is not free, in the words of Cal.com', async () => {
		const taken = await e2e.desk.book();
		const { uid, start } = await known(await e2e.desk.book());
		expect(await call({ action: 'reschedule', booking_uid: uid, start: taken.start })).toMatchObject({
			status: 409,
			ok: false,
			message: 'This time is not free',
			booking: { uid, start: start.replace('.000', '') },
		});
		expect(await timeline()).toEqual([]);
	});
});

describe('each action', () => {
	test('assign_teacher', async () => {
		const { uid } = await known(await e2e.desk.book());
		expect(await call({ action: 'assign_teacher', booking_uid: uid, teacher: 'Anna', by: 'Eva' })).toMatchObject({
			status: 200,
			ok: true,
			booking: { uid, assigned_teacher: 'Anna' },
		});
		expect(await timeline()).toEqual(['teacher_assigned']);
	});

	test('confirm', async () => {
		const { uid } = await known(await e2e.desk.request());
		expect(await call({ action: 'confirm', booking_uid: uid })).toMatchObject({
			status: 200,
			booking: { uid, status: 'scheduled', lifecycle: 'scheduled' },
		});
		expect(await statusAtCalCom(uid)).toBe('accepted');
	});

	test('decline', async () => {
		const { uid } = await known(await e2e.desk.request());
		expect(await call({ action: 'decline', booking_uid: uid, reason: 'Fully booked' })).toMatchObject({
			status: 200,
			booking: { uid, status: 'cancelled', lifecycle: 'rejected' },
		});
		expect(await statusAtCalCom(uid)).toBe('rejected');
		await waitFor('the reason, which the delivery tells', async () => {
			const [row] = await rows('SELECT rejection_reason FROM calcom.bookings WHERE uid = $1', [uid]);
			return row?.['rejection_reason'] === 'Fully booked';
		});
	});

	test('cancel, with the reason of the settings when nobody gave one', async () => {
		const { uid } = await known(await e2e.desk.book());
		expect(await call({ action: 'cancel', booking_uid: uid })).toMatchObject({
			status: 200,
			ok: true,
			booking: { uid, status: 'cancelled', cancellation_reason: 'Cancelled by the school' },
		});
		expect(await statusAtCalCom(uid)).toBe('cancelled');
	});

	test('reschedule: the row goes along to the new uid', async () => {
		const { uid } = await known(await e2e.desk.book());
		const start =
			z
				.array(z.string())
				.parse(await e2e.at('freeSlots', 'level-check', 40))
				.at(-1) ?? '';
		const answered = await call({ action: 'reschedule', booking_uid: uid, start, reason: 'ill' });
		expect(answered).toMatchObject({ status: 200, booking: { status: 'scheduled' } });
		expect(Date.parse(String(answered.booking?.['start']))).toBe(Date.parse(start));
		const found = await rows('SELECT uid, uids FROM calcom.bookings WHERE $1 = ANY (uids)', [uid]);
		expect(found).toHaveLength(1);
		expect(found[0]).toMatchObject({ uids: expect.arrayContaining([uid, found[0]?.['uid']]) });
		expect(found[0]?.['uid']).not.toBe(uid);
	});

	test('no_show and complete, of a lesson that is over', async () => {
		const uid = await past();
		expect(await call({ action: 'no_show', booking_uid: uid })).toMatchObject({
			status: 200,
			booking: { uid, status: 'no_show' },
		});
		expect(await call({ action: 'complete', booking_uid: uid })).toMatchObject({
			status: 200,
			booking: { uid, status: 'completed' },
		});
		expect(await timeline()).toEqual(['no_show_by_team', 'completed_by_team']);
	});

	test('resolve_conflict', async () => {
		const [service] = await rows(
			`INSERT INTO calcom.services (name, sync_status, sync_conflict) VALUES ('Piano', 'conflict', '[{"field": "title", "ours": "A", "theirs": "B"}]') RETURNING id`,
		);
		const body = { action: 'resolve_conflict', service_id: service?.['id'], field: 'title', choice: 'theirs' };
		expect(await call(body)).toMatchObject({ status: 200, ok: true });
		expect(await rows('SELECT sync_status, sync_resolution FROM calcom.services')).toEqual([
			{ sync_status: 'pending', sync_resolution: { title: { choose: 'theirs', ours: 'A', theirs: 'B' } } },
		]);
	});
});

describe('when something goes wrong', () => {
	test('a double click is one', async () => {
		const { uid } = await known(await e2e.desk.book());
		const body = { action: 'cancel', booking_uid: uid, by: 'Eva' };
		const both = await Promise.all([call(body), call(body)]);
		const statuses = both.map(({ status }) => status).sort();
		expect([
			[200, 200],
			[200, 409],
		]).toContainEqual(statuses);
		expect(await call(body)).toMatchObject({ status: 200, repeated: true });
		expect(await timeline()).toEqual(['cancelled_by_team']);
	});

	test('Cal.com does not answer: told so, and done at the next click', async () => {
		const { uid } = await known(await e2e.desk.book());
		await e2e.at('goDown');
		try {
			expect(await call({ action: 'cancel', booking_uid: uid })).toMatchObject({
				status: 502,
				ok: false,
				message: expect.stringMatching(/^Nothing answers at/),
				booking: { uid, status: 'scheduled' },
			});
		} finally {
			await e2e.at('comeBack');
		}
		expect(await call({ action: 'cancel', booking_uid: uid })).toMatchObject({ status: 200, ok: true });
	});

	test('what was answered is not kept in n8n: the secret stands in its headers', async () => {
		const { uid } = await known(await e2e.desk.book());
		expect(await call({ action: 'cancel', booking_uid: uid })).toMatchObject({ status: 200 });
		expect(await call({ action: 'dance', booking_uid: uid })).toMatchObject({ status: 400 });
		expect(await e2e.keptRuns(WORKFLOW)).toEqual([]);
	});

	test('the database does not answer: told so, and the run shows as failed', async () => {
		const { uid } = await known(await e2e.desk.book());
		const rename = 'ALTER FUNCTION calcom.check_action(jsonb, text, jsonb, timestamptz) RENAME TO away';
		await e2e.db.query(rename);
		try {
			expect(await call({ action: 'complete', booking_uid: uid })).toMatchObject({ status: 502, ok: false });
		} finally {
			await e2e.db.query('ALTER FUNCTION calcom.away(jsonb, text, jsonb, timestamptz) RENAME TO check_action');
		}
		const [last] = await waitFor('the run to end', async () => {
			const all = await e2e.editor.executions(WORKFLOW, 1);
			return all.length > 0 && all[0]?.status !== 'running' ? all : null;
		});
		expect(last?.status).toBe('error');
	});
});
