// The calendar template beside lead capture in a real n8n: the same deliveries, each template applies each of them once.
import { readRecordings } from '../nodes/shared/events/recordings.mts';
import { freeStart, postBooking } from './support/book.mts';
import { type E2e, deliverSigned, openE2e, waitFor } from './support/e2e.mts';

const SLUG = '02-calendar-events';
const WORKFLOWS = ['calcom-01', 'calcom-02'];
/** As the stand-in of Cal.com numbers them. */
const [GROUP_CLASS, LEVEL_CHECK] = [14, 23];
const CONSUMERS = ['calendar-events', 'lead-capture'];

let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.activate(SLUG);
});
afterAll(async () => {
	await e2e.deactivate(SLUG);
	await e2e.close();
});
beforeEach(async () => {
	await idle();
	await e2e.resetTables();
});

const ended = ({ status }: { status: string }) => status !== 'running' && status !== 'new';
const idle = () =>
	waitFor(
		'all executions to end',
		async () => (await Promise.all(WORKFLOWS.map((id) => e2e.editor.executions(id, 100)))).flat().every(ended),
		{ timeout: 30_000 },
	);
const rows = async (sql: string, values: unknown[] = []): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql, values)).rows;
/** Waits until both templates are through with so many deliveries, each of them once. */
const processed = async (deliveries: number) => {
	await waitFor(`${String(deliveries)} deliveries applied by both`, async () => {
		const [claims] = await rows(
			"SELECT count(*)::int AS all, count(*) FILTER (WHERE status = 'processed')::int AS done FROM calcom.event_claims",
		);
		return claims?.['all'] === deliveries * 2 && claims['done'] === deliveries * 2;
	});
	expect(
		await rows(
			"SELECT consumer, count(*)::int AS claims, max(attempts) AS attempts FROM calcom.event_claims WHERE status = 'processed' GROUP BY consumer ORDER BY consumer",
		),
	).toEqual(CONSUMERS.map((consumer) => ({ consumer, claims: deliveries, attempts: 1 })));
};

const attendee = (name: string) => ({
	name,
	email: `${name.toLowerCase()}@student.example`,
	timeZone: 'Europe/Amsterdam',
	language: 'en',
	phoneNumber: '+31612345678',
});

test('booked, moved, held: one appointment, with its client, subject, host, service and price', async () => {
	await rows(
		"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price) VALUES ('Level Check', $1, 'north', 45)",
		[LEVEL_CHECK],
	);
	const [first, second] = [await freeStart(e2e, 'level-check', 1), await freeStart(e2e, 'level-check', 3)];
	const [signed] = await rows("SELECT calcom.signed_id('C-7') AS client, calcom.signed_id('S-1') AS subject");
	const metadata = { clientId: signed?.['client'], subjectId: signed?.['subject'] };
	const booked = await postBooking(e2e, '/bookings', {
		start: first,
		eventTypeId: LEVEL_CHECK,
		attendee: attendee('Ada'),
		metadata,
	});
	await processed(1);
	const linked = {
		client_id: 'C-7',
		client_linked_by: 'signed',
		subject_id: 'S-1',
		branch_id: 'north',
		price: '45',
		currency: 'EUR',
		booking_type: 'Level Check',
		attendee_email: 'ada@student.example',
	};
	expect(await rows('SELECT * FROM calcom.calendar_events')).toMatchObject([
		{ ...linked, booking_uid: booked.uid, status: 'scheduled', start_time: new Date(first) },
	]);
	expect(
		await rows('SELECT s.name FROM calcom.calendar_events e JOIN calcom.staff s ON s.id::text = e.staff_id'),
	).toHaveLength(1);

	const moved = await postBooking(e2e, `/bookings/${booked.uid}/reschedule`, { start: second });
	await processed(2);
	expect(await rows('SELECT * FROM calcom.calendar_events')).toMatchObject([
		{
			...linked,
			booking_uid: moved.uid,
			uids: [booked.uid, moved.uid].sort(),
			start_time: new Date(second),
			previous_start: new Date(first),
			reschedule_count: 1,
		},
	]);
	expect(await rows('SELECT phase, client, amount::float FROM calcom.appointments')).toEqual([
		{ phase: 'upcoming', client: 'C-7', amount: 45 },
	]);

	await e2e.at('fireMeeting', 'MEETING_ENDED', moved.uid);
	await processed(3);
	expect(await rows('SELECT status, client_id FROM calcom.calendar_events')).toEqual([
		{ status: 'completed', client_id: 'C-7' },
	]);
	expect(await rows('SELECT visits, upcoming FROM calcom.visits_per_client')).toEqual([
		{ visits: '1', upcoming: '0' },
	]);
});

test('cancelled: the reason stands there, and what a person set stays', async () => {
	const booked = await e2e.desk.book(attendee('Ada'));
	await processed(1);
	await rows("UPDATE calcom.calendar_events SET client_id = 'C-9', internal_note = 'knows the way'");
	await e2e.desk.cancel(booked.uid, 'ill');
	await processed(2);
	expect(await rows('SELECT * FROM calcom.calendar_events')).toMatchObject([
		{
			booking_uid: booked.uid,
			status: 'cancelled',
			cancellation_reason: 'ill',
			client_id: 'C-9',
			client_linked_by: 'hand',
			internal_note: 'knows the way',
		},
	]);
});

test('without a client in the metadata it is the lead with that email', async () => {
	await e2e.desk.book(attendee('Ada'));
	await processed(1);
	const found = await rows(
		'SELECT l.email, e.client_linked_by FROM calcom.calendar_events e JOIN calcom.leads l ON l.id::text = e.client_id',
	);
	expect(found).toEqual([{ email: 'ada@student.example', client_linked_by: 'email' }]);
	expect(await rows('SELECT FROM calcom.unlinked_appointments')).toHaveLength(0);
});

test('a group: every seat in one appointment, and one that is given up leaves it', async () => {
	const start = await freeStart(e2e, 'group-class', 2);
	const seats = [];
	for (const name of ['Ada', 'Bob', 'Cem'])
		seats.push(await postBooking(e2e, '/bookings', { start, eventTypeId: GROUP_CLASS, attendee: attendee(name) }));
	await processed(3);
	const uid = seats[0]?.uid ?? '';
	expect(await rows('SELECT booking_uid, attendee_count, status FROM calcom.calendar_events')).toEqual([
		{ booking_uid: uid, attendee_count: 3, status: 'scheduled' },
	]);
	await postBooking(e2e, `/bookings/${uid}/cancel`, { seatUid: seats[1]?.seatUid, cancellationReason: 'ill' });
	await processed(4);
	expect(await rows('SELECT booking_uid, attendee_count, status FROM calcom.calendar_events')).toEqual([
		{ booking_uid: uid, attendee_count: 2, status: 'scheduled' },
	]);
	expect(await rows('SELECT client_email FROM calcom.client_visits ORDER BY 1')).toEqual([
		{ client_email: 'ada@student.example' },
		{ client_email: 'cem@student.example' },
	]);
});

test('the same delivery three times at once to both: applied once by each', async () => {
	const body = readRecordings()[0]?.bytes ?? '';
	const subscriptions = await Promise.all(['01-lead-capture', SLUG].map((slug) => e2e.subscription(slug)));
	const answers = await Promise.all(
		[...subscriptions, ...subscriptions, ...subscriptions].map((to) => deliverSigned(to, body)),
	);
	expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
	await idle();
	await processed(1);
	expect(await rows('SELECT attendee_email FROM calcom.calendar_events')).toEqual([
		{ attendee_email: 'ada@student.example' },
	]);
});

test('a step that fails is told per template, and retry_events mends it', async () => {
	// Only the calendar needs this table.
	await rows('ALTER TABLE calcom.staff RENAME TO staff_away');
	try {
		await e2e.desk.book(attendee('Ada'));
		await waitFor(
			'the failure',
			async () => (await rows("SELECT FROM calcom.event_claims WHERE status = 'failed'")).length === 1,
			{ timeout: 30_000 },
		);
		await idle();
		expect(await rows('SELECT consumer, status, error FROM calcom.event_claims ORDER BY consumer')).toEqual([
			{ consumer: 'calendar-events', status: 'failed', error: expect.stringMatching(/staff/) },
			{ consumer: 'lead-capture', status: 'processed', error: null },
		]);
		expect(await rows('SELECT status FROM calcom.webhook_events')).toEqual([{ status: 'failed' }]);
		expect(await rows('SELECT FROM calcom.calendar_events')).toEqual([]);
		const [run] = await e2e.editor.executions('calcom-02', 1);
		expect((await e2e.editor.execution(run?.id ?? ''))?.error?.message).toMatch(
			/could not be applied.*retry_events/,
		);
	} finally {
		await rows('ALTER TABLE calcom.staff_away RENAME TO staff');
	}
	expect(await rows('SELECT status FROM calcom.retry_events()')).toEqual([{ status: 'processed' }]);
	expect(await rows('SELECT attendee_email, status, client_linked_by FROM calcom.calendar_events')).toEqual([
		{ attendee_email: 'ada@student.example', status: 'scheduled', client_linked_by: 'email' },
	]);
	expect(await rows('SELECT status, error FROM calcom.webhook_events')).toEqual([
		{ status: 'processed', error: null },
	]);
});
