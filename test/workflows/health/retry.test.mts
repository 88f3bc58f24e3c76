// Sync health on a real PostgreSQL: retry with growing pauses, giving up, errors of templates, and the digest.
import { z } from 'zod';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';

type Row = Record<string, unknown>;

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

const SETTINGS = { giveUpAfter: 3, retryMinutes: '1, 5, 30' };
const created = (uid = 'A', booking = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid, minute: 0, booking, rest: { bookingType: 'Level Check' } });
/** No row can take it: it fails each time. */
const broken = created('X', { start: 'not a time' });

/** What a run leaves behind that failed, or died, so many minutes ago. */
async function left(event: CalComEvent, status: 'failed' | 'processing', minutes: number, attempts = 1): Promise<void> {
	await query("SELECT calcom.claim_event($1::jsonb, 'n8n')", [JSON.stringify(event)]);
	await query(
		`UPDATE calcom.event_claims SET status = $2, error = CASE $2 WHEN 'failed' THEN 'no connection' END, attempts = $4,
			claimed_at = now() - make_interval(mins => $3) WHERE event_key = $1`,
		[event.eventKey, status, minutes, attempts],
	);
}
const age = (minutes: number) =>
	query('UPDATE calcom.event_claims SET claimed_at = claimed_at - make_interval(mins => $1)', [minutes]);
const retry = (settings: Row = SETTINGS) =>
	only('SELECT * FROM calcom.retry_due($1::jsonb)', [JSON.stringify(settings)]);
const claim = () =>
	only('SELECT status, attempts, error, given_up_at IS NOT NULL AS given_up FROM calcom.event_claims');

describe('the pauses', () => {
	const PAUSES: [attempts: number, settings: Row, minutes: number][] = [
		[1, {}, 1],
		[2, {}, 5],
		[3, {}, 30],
		[4, {}, 120],
		[5, {}, 720],
		[9, {}, 720],
		[0, {}, 1],
		[2, { retryMinutes: ' 0.5,2 ' }, 2],
		[3, { retryMinutes: '' }, 30],
	];
	test.each(PAUSES)('after %i attempts, %j: %f minutes', async (attempts, settings, minutes) => {
		const { pause } = await only('SELECT extract(epoch FROM calcom.retry_pause($1, $2::jsonb))::int AS pause', [
			attempts,
			JSON.stringify(settings),
		]);
		expect(pause).toBe(minutes * 60);
	});
});

describe('the retry', () => {
	const DUE: [what: string, status: 'failed' | 'processing', minutes: number, attempts: number, retried: number][] = [
		['failed just now', 'failed', 0, 1, 0],
		['failed a minute ago', 'failed', 1, 1, 1],
		['failed again four minutes ago', 'failed', 4, 2, 0],
		['failed again five minutes ago', 'failed', 5, 2, 1],
		['under way for a minute', 'processing', 1, 1, 0],
		['silent for two minutes', 'processing', 2, 1, 1],
		['silent again for four minutes', 'processing', 4, 2, 0],
	];
	test.each(DUE)('%s', async (_what, status, minutes, attempts, retried) => {
		await left(created(), status, minutes, attempts);
		expect(await retry()).toEqual({ retried, recovered: retried, given_up: 0, subject: '', text: '' });
		expect(await query('SELECT uid FROM calcom.bookings')).toHaveLength(retried);
		expect((await claim())['status']).toBe(retried ? 'processed' : status);
	});

	test('applies it for each template that failed, and lets the others be', async () => {
		await left(created(), 'failed', 5);
		await query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [JSON.stringify(created())]);
		await query("SELECT calcom.finish_event($1, 'processed', NULL, 'calendar-events')", [created().eventKey]);
		expect(await retry()).toMatchObject({ retried: 1, recovered: 1 });
		expect(await query('SELECT FROM calcom.calendar_events')).toEqual([]);
	});

	test('one event that cannot be applied does not keep the others back', async () => {
		await left(broken, 'failed', 5);
		await left(created(), 'failed', 5);
		expect(await retry()).toMatchObject({ retried: 2, recovered: 1, given_up: 0 });
	});

	test('two at once apply an event once', async () => {
		for (const uid of ['A', 'B', 'C']) await left(created(uid), 'failed', 5);
		const both = await Promise.all([retry(), retry()]);
		expect(both.reduce((sum, { recovered }) => sum + Number(recovered), 0)).toBe(3);
		expect(await query('SELECT attempts FROM calcom.event_claims WHERE attempts <> 2')).toEqual([]);
	});

	test('several at once, on events that two templates failed on, while deliveries come: nobody waits in a circle', async () => {
		const uids = Array.from({ length: 25 }, (_, n) => `N${String(n)}`);
		for (const uid of uids) {
			await left(created(uid), 'failed', 5);
			await query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
				JSON.stringify(created(uid)),
			]);
		}
		await query("UPDATE calcom.event_claims SET status = 'failed', claimed_at = now() - interval '1 hour'");
		const arriving = uids.map((uid) => db.apply(bookingEvent({ event: 'BOOKING_CANCELLED', uid, minute: 5 })));
		await Promise.all([retry(), retry(), retry(), ...arriving]);
		expect(await query("SELECT consumer FROM calcom.event_claims WHERE status <> 'processed'")).toEqual([]);
		expect(await query("SELECT uid FROM calcom.bookings WHERE status <> 'cancelled'")).toEqual([]);
	});

	test('gives up after so many attempts, tells it once, and a person can still have it applied', async () => {
		await left(broken, 'failed', 60);
		expect(await retry()).toMatchObject({ retried: 1, given_up: 0 });
		await age(60);
		expect(await retry()).toMatchObject({
			retried: 1,
			recovered: 0,
			given_up: 1,
			subject: 'Cal.com: an event could not be applied',
			text: expect.stringMatching(/- BOOKING_CREATED:X for lead-capture, after 3 attempts: .*not a time/),
		});
		await age(10_000);
		expect(await retry()).toEqual({ retried: 0, recovered: 0, given_up: 0, subject: '', text: '' });
		expect(await claim()).toMatchObject({ status: 'failed', attempts: 3, given_up: true });
		await query('UPDATE calcom.webhook_events SET payload = $1::jsonb', [JSON.stringify(created('X'))]);
		expect(await query('SELECT status FROM calcom.retry_events()')).toEqual([{ status: 'processed' }]);
	});

	test('tells again when it was given up, tried by a person, and failed again', async () => {
		await left(broken, 'failed', 60, 3);
		expect(await retry()).toMatchObject({ given_up: 1 });
		await query("UPDATE calcom.event_claims SET given_up_at = now() - interval '1 hour'");
		await query('SELECT * FROM calcom.retry_events()');
		expect(await retry()).toMatchObject({ retried: 0, given_up: 1 });
	});

	test('a run that dies each time is given up too', async () => {
		await left(created(), 'processing', 60, 3);
		expect(await retry()).toMatchObject({
			retried: 0,
			given_up: 1,
			text: expect.stringContaining('without a word'),
		});
		expect(await claim()).toMatchObject({ status: 'failed' });
	});

	test('what only n8n can apply is told of at once', async () => {
		await query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'your-own')", [JSON.stringify(created())]);
		await query("SELECT calcom.finish_event($1, 'failed', 'no', 'your-own')", [created().eventKey]);
		expect(await retry()).toMatchObject({ retried: 0, given_up: 1, text: expect.stringContaining('your-own') });
	});

	test('of many, names twenty', async () => {
		for (let n = 0; n < 22; n += 1) await left(created(`N${String(n)}`), 'failed', 60, 3);
		const { subject, text } = await retry();
		expect(subject).toBe('Cal.com: 22 events could not be applied');
		expect(String(text).match(/^- BOOKING/gm)).toHaveLength(20);
		expect(text).toContain('and 2 more');
	});
});

describe('errors of the templates', () => {
	const record = (told: unknown) => query('SELECT calcom.record_workflow_error($1::jsonb)', [JSON.stringify(told)]);
	const failed = {
		execution: {
			id: '231',
			url: 'https://n8n.example/workflow/1/executions/231',
			error: { message: 'Nothing answers', stack: 'at …', node: { name: 'Save', parameters: { secret: 'x' } } },
			lastNodeExecuted: 'Save the Lead',
			mode: 'webhook',
		},
		workflow: { id: 'calcom-01', name: 'Lead capture' },
	};

	test('one per run, without what was in the items', async () => {
		await record(failed);
		await record(failed);
		expect(
			await query('SELECT execution_id, workflow, node, message, details FROM calcom.workflow_errors'),
		).toEqual([
			{
				execution_id: '231',
				workflow: 'Lead capture',
				node: 'Save the Lead',
				message: 'Nothing answers',
				details: { mode: 'webhook' },
			},
		]);
	});

	test('of a trigger, which has no run', async () => {
		const trigger = { error: { message: 'No connection', node: { name: 'Watch' } }, mode: 'trigger' };
		for (let n = 0; n < 2; n += 1) await record({ trigger, workflow: { id: '5', name: 'Service sync' } });
		expect(await query('SELECT execution_id, node, message FROM calcom.workflow_errors')).toEqual(
			Array.from({ length: 2 }, () => ({ execution_id: null, node: 'Watch', message: 'No connection' })),
		);
	});

	test('of what nobody expected', async () => {
		await record({});
		expect(await query('SELECT workflow, message FROM calcom.workflow_errors')).toEqual([
			{ workflow: 'unknown', message: 'unknown error' },
		]);
	});

	test('are listed together until somebody settles them', async () => {
		for (const id of ['1', '2']) await record({ ...failed, execution: { ...failed.execution, id } });
		const listed = () => query("SELECT what, why FROM calcom.health_problems WHERE area = 'workflows'");
		expect(await listed()).toEqual([{ what: 'Lead capture: Save the Lead', why: 'Nothing answers (2 times)' }]);
		await query("UPDATE calcom.workflow_errors SET settled_at = now(), settled_by = 'Eva'");
		expect(await listed()).toEqual([]);
	});
});

describe('the digest', () => {
	const digest = async (settings: Row = {}) =>
		z
			.object({ subject: z.string(), text: z.string(), problems: z.number(), send: z.boolean() })
			.parse(
				await only('SELECT subject, text, problems, send FROM calcom.health_digest($1::jsonb)', [
					JSON.stringify(settings),
				]),
			);

	test('of nothing at all', async () => {
		const { subject, text, problems, send } = await digest();
		expect({ subject, problems, send }).toEqual({ subject: 'Cal.com: all is well', problems: 0, send: true });
		expect(text).toMatch(/To look at\n- nothing/);
		expect(text).toMatch(/- there are none$/);
		expect((await digest({ alwaysSend: false })).send).toBe(false);
	});

	test('tells what came, what failed, and how complete it is', async () => {
		await db.apply(created('A'));
		await db.apply(created('B', { location: null }));
		await left(broken, 'failed', 5);
		const { subject, text, send } = await digest({ alwaysSend: false });
		expect(subject).toBe('Cal.com: 1 thing to look at');
		expect(send).toBe(true);
		expect(text).toContain('- events: BOOKING_CREATED of booking X (lead-capture): no connection (');
		expect(text).toContain('- BOOKING_CREATED: 3 received, 2 applied, 1 failed, 66.7 %');
		expect(text).toMatch(/attendees 100\.0 %, .*location 50\.0 %/);
	});

	test('counts the reminders and names who was not reached', async () => {
		await query(
			`INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, reason)
			VALUES ('A', now() + interval '1 hour', '2h', '+31612345678', now() - interval '1 hour', 'failed', 'landline'),
				('B', now() + interval '1 hour', '2h', '+31612345679', now() - interval '1 hour', 'delivered', NULL)`,
		);
		const { text } = await digest();
		expect(text).toContain('- 1 sent, 1 delivered, 1 failed, 0 skipped');
		expect(text).toContain('- reminders: 2h to +31612345678: failed: landline');
		expect(
			await query(
				'SELECT kind, due::int, failed::int, success_percent::float FROM calcom.reminder_health_by_day',
			),
		).toEqual([{ kind: '2h', due: 2, failed: 1, success_percent: 50 }]);
	});

	const SERVICES: [what: string, row: Row, listed: string | null][] = [
		['in step', { sync_status: 'synced' }, null],
		['in conflict', { sync_status: 'conflict' }, 'changed on both sides'],
		['with an error', { sync_status: 'error', sync_error: 'title did not take' }, 'title did not take'],
		['never synced', { sync_status: 'never' }, null],
		['not in use', { sync_status: 'error', active: false }, null],
	];
	test.each(SERVICES)('a service %s', async (_what, row, listed) => {
		await query(
			"INSERT INTO calcom.services (name, active, sync_status, sync_error) VALUES ('Piano', $1, $2, $3)",
			[row['active'] ?? true, row['sync_status'], row['sync_error'] ?? null],
		);
		const { text, problems } = await digest();
		expect(problems).toBe(listed === null ? 0 : 1);
		if (listed !== null) expect(text).toContain(`- services: Piano: ${listed}`);
	});

	const RUNS: [what: string, status: string, hours: number, dryRun: boolean, listed: string | null][] = [
		['today', 'done', 3, false, null],
		['long ago', 'done', 30, false, 'has not run for more than 26 hours'],
		['and failed', 'failed', 3, false, 'the last run failed'],
		['never but for a dry run', 'done', 300, true, null],
	];
	test.each(RUNS)('a service sync that ran %s', async (_what, status, hours, dryRun, listed) => {
		await query(
			"INSERT INTO calcom.services (name, sync_status, calcom_event_type_id) VALUES ('Piano', 'synced', 7)",
		);
		await query(
			`INSERT INTO calcom.service_sync_runs (execution_id, reason, status, dry_run, started_at)
			VALUES ('1', 'schedule', $1, $2, now() - make_interval(hours => $3))`,
			[status, dryRun, hours],
		);
		const { text, problems } = await digest({ syncOverdueHours: 26 });
		expect(problems).toBe(listed === null ? 0 : 1);
		if (listed !== null) expect(text).toContain(`- services: the service sync: ${listed}`);
	});

	test('of a request that has to be booked by hand', async () => {
		await query(
			`INSERT INTO calcom.booking_requests (request_key, channel, service_name, event_type_id, time_zone, attendee_name, requires_manual_booking, reason)
			VALUES ('1', 'voice', 'Piano', 7, 'UTC', 'Ada', true, 'Cal.com does not answer')`,
		);
		expect((await digest()).text).toContain('- requests: Piano for Ada: Cal.com does not answer');
	});

	test('of an action whose run died', async () => {
		await query(
			`INSERT INTO calcom.action_log (action_id, action, target, digest, body, claimed_at)
			VALUES ('1', 'cancel', 'booking 7', '', '{}', now() - interval '3 minutes')`,
		);
		expect((await digest()).text).toContain('- actions: cancel of booking 7: the run ended without a word');
	});

	test('names twenty problems and counts the rest', async () => {
		for (let n = 0; n < 23; n += 1) await left(created(`N${String(n)}`), 'failed', 5);
		const { subject, text } = await digest();
		expect(subject).toBe('Cal.com: 23 things to look at');
		expect(text.match(/^- events: /gm)).toHaveLength(20);
		expect(text).toContain('- and 3 more, in the view calcom.health_problems');
	});
});
