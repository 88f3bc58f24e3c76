// The lead capture template in a real n8n on a real PostgreSQL, fed by what happens at Cal.com.
import { deliver, deliverSigned, sign, waitFor } from './support/e2e.mts';
import { type LeadCapture, WORKFLOW, openLeadCapture, recorded } from './lead-capture/desk.mts';

let desk: LeadCapture;
beforeAll(async () => {
	desk = await openLeadCapture();
});
afterAll(() => desk.e2e.close());
beforeEach(() => desk.reset());

const ada = {
	name: 'Ada Lovelace',
	email: 'ada@student.example',
	phoneNumber: '+31612345678',
	timeZone: 'Europe/Amsterdam',
	language: 'en',
};

describe('a life of a booking at Cal.com', () => {
	test('booked, moved, cancelled', async () => {
		const first = await desk.e2e.desk.book(ada);
		const second = await desk.e2e.desk.reschedule(first.uid);
		await desk.e2e.desk.cancel(second.uid, 'ill');
		await desk.settled(3);
		expect(await desk.bookings()).toMatchObject([
			{ uid: second.uid, uids: [first.uid, second.uid].sort(), status: 'cancelled', reschedule_count: 1 },
		]);
		expect(await desk.activities()).toEqual([
			'Level Check Booked',
			'Level Check Cancelled',
			'Level Check Rescheduled',
		]);
		expect(await desk.rows('SELECT name, email, first_name FROM calcom.leads')).toEqual([
			{ name: 'Ada Lovelace', email: 'ada@student.example', first_name: 'Ada' },
		]);
		const [activity] = await desk.rows("SELECT details FROM calcom.lead_activities WHERE type = 'cancelled'");
		expect(activity?.details).toMatch(/\(Europe\/Amsterdam\).*reason: ill/);
	});

	test('requested and confirmed: one booking, requested first, scheduled then', async () => {
		const requested = await desk.e2e.desk.request(ada);
		await desk.settled(1);
		expect(await desk.bookings()).toMatchObject([
			{ uid: requested.uid, status: 'scheduled', lifecycle: 'requested' },
		]);
		await desk.e2e.desk.confirm(requested.uid);
		await desk.settled(2);
		expect(await desk.bookings()).toMatchObject([
			{ uid: requested.uid, status: 'scheduled', lifecycle: 'scheduled' },
		]);
	});

	test('requested and declined', async () => {
		const requested = await desk.e2e.desk.request(ada);
		await desk.e2e.desk.decline(requested.uid, 'full');
		await desk.settled(2);
		expect(await desk.rows('SELECT status, lifecycle FROM calcom.bookings')).toEqual([
			{ status: 'cancelled', lifecycle: 'rejected' },
		]);
	});

	test('the host asks for another time', async () => {
		const booked = await desk.e2e.desk.book(ada);
		await desk.e2e.at('requestReschedule', booked.uid, 'Holiday');
		await desk.settled(2);
		expect(await desk.rows('SELECT status, reschedule_requested FROM calcom.bookings')).toEqual([
			{ status: 'cancelled', reschedule_requested: true },
		]);
		expect(await desk.activities()).toContain('Level Check Cancelled: New Time Asked For');
	});

	test('held', async () => {
		const booked = await desk.e2e.desk.book(ada);
		await desk.e2e.at('fireMeeting', 'MEETING_ENDED', booked.uid);
		await desk.settled(2);
		expect(await desk.bookings()).toMatchObject([{ status: 'completed' }]);
	});
});

test('a restart of n8n between two deliveries loses nothing: the same webhook, the same secret', async () => {
	const first = await desk.e2e.desk.book(ada);
	await desk.settled(1);
	const before = await desk.e2e.subscription();
	await desk.e2e.restartN8n();
	expect(await desk.e2e.subscription()).toEqual(before);
	const second = await desk.e2e.desk.reschedule(first.uid);
	await desk.settled(2);
	expect(await desk.bookings()).toMatchObject([
		{ uid: second.uid, uids: [first.uid, second.uid].sort(), status: 'scheduled' },
	]);
}, 120_000);

test('a step that fails is told in the inbox and in n8n, and is applied by the retry once it is mended', async () => {
	await desk.e2e.db.query('ALTER TABLE calcom.bookings RENAME TO bookings_away');
	try {
		await desk.e2e.desk.book(ada);
		const [failed] = await waitFor(
			'the failure',
			async () => {
				const found = await desk.rows("SELECT error FROM calcom.webhook_events WHERE status = 'failed'");
				return found.length > 0 && found;
			},
			{ timeout: 30_000 },
		);
		expect(failed?.error).toMatch(/bookings/);
		const execution = await waitFor('the failed run', async () =>
			(await desk.e2e.editor.executions(WORKFLOW, 1)).find(({ status }) => status === 'error'),
		);
		expect((await desk.e2e.editor.execution(execution.id))?.error?.message).toMatch(
			/could not be applied.*retry_events/,
		);
	} finally {
		await desk.e2e.db.query('ALTER TABLE calcom.bookings_away RENAME TO bookings');
	}
	expect(await desk.rows('SELECT status FROM calcom.retry_events()')).toEqual([{ status: 'processed' }]);
	expect(await desk.bookings()).toMatchObject([{ attendee_email: 'ada@student.example', status: 'scheduled' }]);
}, 60_000);

test('a run that fails at the claim is brought to its end by the retry button of n8n', async () => {
	const before = (await desk.e2e.editor.executions(WORKFLOW, 1))[0]?.id;
	await desk.e2e.db.query('ALTER TABLE calcom.webhook_events RENAME TO webhook_events_away');
	let failed: { id: string };
	try {
		await desk.e2e.desk.book(ada);
		failed = await waitFor(
			'the failed run',
			async () =>
				(await desk.e2e.editor.executions(WORKFLOW, 1)).find(
					({ id, status }) => id !== before && status === 'error',
				),
			{ timeout: 30_000 },
		);
	} finally {
		await desk.e2e.db.query('ALTER TABLE calcom.webhook_events_away RENAME TO webhook_events');
	}
	expect((await desk.e2e.editor.execution(failed.id))?.error?.node).toBe('Claim the Delivery');
	await desk.e2e.editor.request(`/executions/${failed.id}/retry`, 'POST', { loadWorkflow: false });
	await desk.settled(1);
	expect(await desk.bookings()).toMatchObject([{ attendee_email: 'ada@student.example', status: 'scheduled' }]);
}, 60_000);

test('a forged delivery leaves no trace in the tables', async () => {
	const { url } = await desk.e2e.subscription();
	const body = recorded[0]!;
	expect((await deliver(url, body, { 'x-cal-signature-256': sign('guessed', body) })).status).toBe(401);
	expect(await desk.tables()).toEqual({ leads: [], bookings: [], activities: [], inbox: [] });
});

test('a name with characters that PostgreSQL refuses does not cost the booking', async () => {
	const body = recorded[0]!.toString().replaceAll('Ada Lovelace', 'Ada\\u0000 Lovelace \\ud83d');
	expect(body).toContain('\\u0000');
	expect((await deliverSigned(await desk.e2e.subscription(), body)).status).toBe(200);
	await desk.settled(1);
	expect(await desk.rows('SELECT name FROM calcom.leads')).toEqual([{ name: 'Ada Lovelace \ufffd' }]);
});

test('a replayed delivery is applied once', async () => {
	const subscription = await desk.e2e.subscription();
	for (let time = 0; time < 3; time += 1) expect((await deliverSigned(subscription, recorded[0]!)).status).toBe(200);
	await desk.settled(1);
	const [inbox] = await desk.rows('SELECT attempts FROM calcom.webhook_events');
	expect(inbox?.attempts).toBe(1);
	expect(await desk.activities()).toHaveLength(1);
});
