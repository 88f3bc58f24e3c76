// The lead capture template in a real n8n on a real PostgreSQL, fed by what happens at Cal.com.
import fc from 'fast-check';
import { readIndex, readRecordings } from '../nodes/shared/events/recordings.mts';
import { attachCredentials } from '../../playground/src/templates.mts';
import { type E2e, deliver, deliverSigned, openE2e, sign, waitFor } from './support/e2e.mts';
import { readTemplate, withNodes } from '../support/template.mts';
import { calComCredential } from './support/trigger-workflow.mts';

const WORKFLOW = 'calcom-01';
let e2e: E2e;
beforeAll(async () => {
	e2e = await openE2e();
});
afterAll(() => e2e.close());
beforeEach(async () => {
	// A second copy of a delivery may still be on its way to find that it was applied.
	await idle();
	await e2e.resetTables();
});

const idle = () =>
	waitFor(
		'all executions to end',
		async () =>
			(await e2e.editor.executions(WORKFLOW, 100)).every(
				({ status }) => status !== 'running' && status !== 'new',
			),
		{ timeout: 60_000 },
	);

const rows = async (sql: string): Promise<Record<string, unknown>[]> =>
	(await e2e.db.query<Record<string, unknown>>(sql)).rows;
const bookings = () =>
	rows(
		'SELECT uid, uids, status, lifecycle, attendee_email, attendee_count, reschedule_count FROM calcom.bookings ORDER BY id',
	);
const activities = async () =>
	(await rows('SELECT title FROM calcom.lead_activities ORDER BY title')).map((row) => row.title);

/** Waits until as many deliveries as that are processed, and none is under way. */
const settled = (processed: number) =>
	waitFor(
		`${String(processed)} processed deliveries`,
		async () => {
			const [inbox] = await rows(
				"SELECT count(*) FILTER (WHERE status = 'processed')::int AS processed, count(*)::int AS all FROM calcom.webhook_events",
			);
			return inbox?.processed === processed && inbox.all === processed;
		},
		{ timeout: 60_000 },
	);

const ada = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: '+31612345678',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

describe('a life of a booking at Cal.com', () => {
	test('booked, moved, cancelled', async () => {
		const first = await e2e.desk.book(ada);
		const second = await e2e.desk.reschedule(first.uid);
		await e2e.desk.cancel(second.uid, 'ill');
		await settled(3);
		expect(await bookings()).toMatchObject([
			{ uid: second.uid, uids: [first.uid, second.uid].sort(), status: 'cancelled', reschedule_count: 1 },
		]);
		expect(await activities()).toEqual(['Level Check Booked', 'Level Check Cancelled', 'Level Check Rescheduled']);
		expect(await rows('SELECT name, email, first_name FROM calcom.leads')).toEqual([
			{ name: 'Ada Lovelace', email: 'ada@student.example', first_name: 'Ada' },
		]);
		const [activity] = await rows("SELECT details FROM calcom.lead_activities WHERE type = 'cancelled'");
		expect(activity?.details).toMatch(/\(Europe\/Amsterdam\).*reason: ill/);
	});

	test('requested and confirmed: one booking, requested first, scheduled then', async () => {
		const requested = await e2e.desk.request(ada);
		await settled(1);
		expect(await bookings()).toMatchObject([{ uid: requested.uid, status: 'scheduled', lifecycle: 'requested' }]);
		await e2e.desk.confirm(requested.uid);
		await settled(2);
		expect(await bookings()).toMatchObject([{ uid: requested.uid, status: 'scheduled', lifecycle: 'scheduled' }]);
	});

	test('requested and declined', async () => {
		const requested = await e2e.desk.request(ada);
		await e2e.desk.decline(requested.uid, 'full');
		await settled(2);
		expect(await rows('SELECT status, lifecycle FROM calcom.bookings')).toEqual([
			{ status: 'cancelled', lifecycle: 'rejected' },
		]);
	});

	test('the host asks for another time', async () => {
		const booked = await e2e.desk.book(ada);
		await e2e.at('requestReschedule', booked.uid, 'Holiday');
		await settled(2);
		expect(await rows('SELECT status, reschedule_requested FROM calcom.bookings')).toEqual([
			{ status: 'cancelled', reschedule_requested: true },
		]);
		expect(await activities()).toContain('Level Check Cancelled: New Time Asked For');
	});

	test('held', async () => {
		const booked = await e2e.desk.book(ada);
		await e2e.at('fireMeeting', 'MEETING_ENDED', booked.uid);
		await settled(2);
		expect(await bookings()).toMatchObject([{ status: 'completed' }]);
	});
});

/** The recorded life of a school's bookings: the kinds of delivery that the template listens to. */
const LISTENS = [
	'BOOKING_CREATED',
	'BOOKING_REQUESTED',
	'BOOKING_RESCHEDULED',
	'BOOKING_CANCELLED',
	'BOOKING_REJECTED',
	'BOOKING_NO_SHOW_UPDATED',
	'MEETING_ENDED',
];
const known = new Map(readIndex().map((row) => [row.number, row.secret]));
const recorded = readRecordings()
	.filter(
		({ number, bytes }) =>
			known.get(number) === 'whsec-all-0001' &&
			LISTENS.includes((JSON.parse(bytes.toString()) as { triggerEvent: string }).triggerEvent),
	)
	.map(({ bytes }) => bytes);

const tables = async () => ({
	leads: await rows(
		'SELECT email, name, first_name, last_name, phone, time_zone, locale FROM calcom.leads ORDER BY email',
	),
	bookings: await rows(
		'SELECT uid, uids, status, lifecycle, title, start_time, end_time, location_type, location_label, meeting_url, attendee_email, attendees, attendee_count, guests, responses, metadata, cancellation_reason, rejection_reason, notes, reschedule_count, last_event FROM calcom.bookings ORDER BY uid',
	),
	activities: await rows(
		'SELECT a.event_key, a.title, a.details, a.occurred_at, l.email FROM calcom.lead_activities a LEFT JOIN calcom.leads l ON l.id = a.lead_id ORDER BY a.event_key',
	),
	inbox: await rows('SELECT event_key, status FROM calcom.webhook_events ORDER BY event_key'),
});

describe('the recorded deliveries', () => {
	const send = async (bodies: Buffer[], atOnce: number) => {
		const subscription = await e2e.subscription();
		const waiting = [...bodies];
		const worker = async () => {
			for (let body = waiting.shift(); body; body = waiting.shift())
				expect((await deliverSigned(subscription, body)).status).toBe(200);
		};
		await Promise.all(Array.from({ length: atOnce }, worker));
		await idle();
	};

	test('in order, then shuffled and doubled: the tables end the same', async () => {
		await send(recorded, 1);
		await settled(recorded.length);
		const reference = await tables();
		expect(reference.inbox).toHaveLength(recorded.length);
		for (const seed of [1, 2]) {
			await e2e.resetTables();
			const doubled = [...recorded, ...recorded];
			const [shuffled] = fc.sample(fc.shuffledSubarray(doubled, { minLength: doubled.length }), {
				numRuns: 1,
				seed,
			});
			await send(shuffled ?? [], 8);
			await settled(recorded.length);
			expect(await tables()).toEqual(reference);
		}
	}, 180_000);
});

test('200 deliveries, 20 at a time, a third of them doubled: every row is right', async () => {
	const subscription = await e2e.subscription();
	const template = recorded[0]!.toString();
	const people = Array.from({ length: 150 }, (_, at) => {
		const body = JSON.parse(template) as {
			createdAt: string;
			payload: { uid: string; bookingId: number; attendees: { email: string; name: string }[] };
		};
		Object.assign(body.payload, {
			uid: `load-${String(at).padStart(3, '0')}`,
			bookingId: 10_000 + at,
			iCalUID: null,
		});
		Object.assign(body.payload.attendees[0]!, {
			email: `p${String(at % 40)}@student.example`,
			name: `Person ${String(at % 40)}`,
		});
		return JSON.stringify(body);
	});
	const all = [...people, ...people.slice(0, 50)];
	const began = performance.now();
	const waiting = [...all];
	await Promise.all(
		Array.from({ length: 20 }, async () => {
			for (let body = waiting.shift(); body; body = waiting.shift())
				expect((await deliverSigned(subscription, body)).status).toBe(200);
		}),
	);
	await settled(150);
	console.log(
		`200 deliveries, 20 at a time: ${((performance.now() - began) / 1000).toFixed(1)} s until the last row`,
	);
	expect((await rows('SELECT count(*)::int AS n FROM calcom.leads'))[0]?.n).toBe(40);
	expect(await rows('SELECT uid, attendee_name FROM calcom.bookings ORDER BY uid')).toEqual(
		people.map((_, at) => ({
			uid: `load-${String(at).padStart(3, '0')}`,
			attendee_name: `Person ${String(at % 40)}`,
		})),
	);
	expect((await rows('SELECT count(*)::int AS n FROM calcom.lead_activities'))[0]?.n).toBe(150);
}, 120_000);

test('a restart of n8n between two deliveries loses nothing: the same webhook, the same secret', async () => {
	const first = await e2e.desk.book(ada);
	await settled(1);
	const before = await e2e.subscription();
	await e2e.restartN8n();
	expect(await e2e.subscription()).toEqual(before);
	const second = await e2e.desk.reschedule(first.uid);
	await settled(2);
	expect(await bookings()).toMatchObject([
		{ uid: second.uid, uids: [first.uid, second.uid].sort(), status: 'scheduled' },
	]);
}, 120_000);

test('a step that fails is told in the inbox and in n8n, and is applied by the retry once it is mended', async () => {
	await e2e.db.query('ALTER TABLE calcom.bookings RENAME TO bookings_away');
	try {
		await e2e.desk.book(ada);
		const [failed] = await waitFor(
			'the failure',
			async () => {
				const found = await rows("SELECT error FROM calcom.webhook_events WHERE status = 'failed'");
				return found.length > 0 && found;
			},
			{ timeout: 30_000 },
		);
		expect(failed?.error).toMatch(/bookings/);
		const execution = await waitFor('the failed run', async () =>
			(await e2e.editor.executions(WORKFLOW, 1)).find(({ status }) => status === 'error'),
		);
		expect((await e2e.editor.execution(execution.id))?.error?.message).toMatch(
			/could not be applied.*retry_events/,
		);
	} finally {
		await e2e.db.query('ALTER TABLE calcom.bookings_away RENAME TO bookings');
	}
	expect(await rows('SELECT status FROM calcom.retry_events()')).toEqual([{ status: 'processed' }]);
	expect(await bookings()).toMatchObject([{ attendee_email: 'ada@student.example', status: 'scheduled' }]);
}, 60_000);

test('a run that fails at the claim is brought to its end by the retry button of n8n', async () => {
	const before = (await e2e.editor.executions(WORKFLOW, 1))[0]?.id;
	await e2e.db.query('ALTER TABLE calcom.webhook_events RENAME TO webhook_events_away');
	let failed: { id: string };
	try {
		await e2e.desk.book(ada);
		failed = await waitFor(
			'the failed run',
			async () =>
				(await e2e.editor.executions(WORKFLOW, 1)).find(
					({ id, status }) => id !== before && status === 'error',
				),
			{ timeout: 30_000 },
		);
	} finally {
		await e2e.db.query('ALTER TABLE calcom.webhook_events_away RENAME TO webhook_events');
	}
	expect((await e2e.editor.execution(failed.id))?.error?.node).toBe('Claim the Delivery');
	await e2e.editor.request(`/executions/${failed.id}/retry`, 'POST', { loadWorkflow: false });
	await settled(1);
	expect(await bookings()).toMatchObject([{ attendee_email: 'ada@student.example', status: 'scheduled' }]);
}, 60_000);

test('a forged delivery leaves no trace in the tables', async () => {
	const { url } = await e2e.subscription();
	const body = recorded[0]!;
	expect((await deliver(url, body, { 'x-cal-signature-256': sign('guessed', body) })).status).toBe(401);
	expect(await tables()).toEqual({ leads: [], bookings: [], activities: [], inbox: [] });
});

test('a name with characters that PostgreSQL refuses does not cost the booking', async () => {
	const body = recorded[0]!.toString().replaceAll('Ada Lovelace', 'Ada\\u0000 Lovelace \\ud83d');
	expect(body).toContain('\\u0000');
	expect((await deliverSigned(await e2e.subscription(), body)).status).toBe(200);
	await settled(1);
	expect(await rows('SELECT name FROM calcom.leads')).toEqual([{ name: 'Ada Lovelace \ufffd' }]);
});

test('a replayed delivery is applied once', async () => {
	const subscription = await e2e.subscription();
	for (let time = 0; time < 3; time += 1) expect((await deliverSigned(subscription, recorded[0]!)).status).toBe(200);
	await settled(1);
	const [inbox] = await rows('SELECT attempts FROM calcom.webhook_events');
	expect(inbox?.attempts).toBe(1);
	expect(await activities()).toHaveLength(1);
});

// As when n8n's own database is away for a moment: n8n then hands the step's input on as if it were its result.
describe('a step cannot even begin, because its credential cannot be loaded', () => {
	const AWAY = 'e2e-step-away';
	const claims = () => rows('SELECT consumer, status FROM calcom.event_claims ORDER BY consumer');
	afterEach(() => e2e.editor.deleteWorkflow(AWAY));

	test.each([
		['01-lead-capture', 'Save the Lead'],
		['01-lead-capture', 'Apply the Booking'],
		['01-lead-capture', 'Log the Activity'],
		['02-calendar-events', 'Apply to the Calendar'],
	])(
		'%s, %s: the event is not called processed, and a retry applies all of it',
		async (slug, step) => {
			const calComApi = await calComCredential(e2e, AWAY, { webhookSecret: 'whsec-away' });
			const template = attachCredentials(await readTemplate(slug), { ...e2e.credentials, calComApi });
			const workflow = withNodes(
				{ ...template, id: AWAY, name: AWAY },
				{
					'Cal.com Trigger': (node) => ({
						...node,
						webhookId: AWAY,
						parameters: { registration: 'byHand', events: LISTENS },
					}),
					[step]: (node) => ({
						...node,
						credentials: { postgres: { id: 'gone', name: 'gone' } },
						maxTries: 2,
					}),
				},
			);
			await e2e.editor.saveWorkflow(workflow);
			await e2e.editor.activate(AWAY);
			const body = recorded[0]!;
			const answer = await deliver(`${e2e.n8n}/webhook/${AWAY}/calcom`, body, {
				'x-cal-signature-256': sign('whsec-away', body),
			});
			expect(answer.status).toBe(200);
			const [run] = await waitFor(
				'the run',
				async () => {
					const found = await e2e.editor.executions(AWAY, 1);
					return found[0] && !['running', 'new'].includes(found[0].status) && found;
				},
				{ timeout: 60_000 },
			);
			expect(run?.status).toBe('error');
			expect((await claims()).map(({ status }) => status)).toEqual(['failed']);
			expect(await rows('SELECT FROM calcom.lead_activities WHERE booking_id IS NULL')).toEqual([]);

			await rows('SELECT * FROM calcom.retry_events()');
			expect((await claims()).map(({ status }) => status)).toEqual(['processed']);
			const table = slug === '01-lead-capture' ? 'lead_activities' : 'calendar_events';
			expect(await rows(`SELECT FROM calcom.${table} WHERE booking_id IS NOT NULL`)).toHaveLength(1);
		},
		120_000,
	);
});
