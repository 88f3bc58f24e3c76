// What the digest of sync health tells, on a real PostgreSQL.
import { z } from 'zod';
import { type TestDatabase, startDatabase } from '../database.mts';
import { type Row, type Ward, broken, created, openWard } from './ward.mts';

let db: TestDatabase;
let ward: Ward;
beforeAll(async () => {
	db = await startDatabase();
	ward = openWard(db);
});
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('the digest', () => {
	const digest = async (settings: Row = {}) =>
		z
			.object({ subject: z.string(), text: z.string(), problems: z.number(), send: z.boolean() })
			.parse(
				await ward.only('SELECT subject, text, problems, send FROM calcom.health_digest($1::jsonb)', [
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
		await ward.left(broken, 'failed', 5);
		const { subject, text, send } = await digest({ alwaysSend: false });
		expect(subject).toBe('Cal.com: 1 thing to look at');
		expect(send).toBe(true);
		expect(text).toContain('- events: BOOKING_CREATED of booking X (lead-capture): no connection (');
		expect(text).toContain('- BOOKING_CREATED: 3 received, 2 applied, 1 failed, 66.7 %');
		expect(text).toMatch(/attendees 100\.0 %, .*location 50\.0 %/);
	});

	test('counts the reminders and names who was not reached', async () => {
		await ward.query(
			`INSERT INTO calcom.reminders (booking_uid, start_time, kind, recipient, due_at, status, reason)
			VALUES ('A', now() + interval '1 hour', '2h', '+31612345678', now() - interval '1 hour', 'failed', 'landline'),
				('B', now() + interval '1 hour', '2h', '+31612345679', now() - interval '1 hour', 'delivered', NULL)`,
		);
		const { text } = await digest();
		expect(text).toContain('- 1 sent, 1 delivered, 1 failed, 0 skipped');
		expect(text).toContain('- reminders: 2h to +31612345678: failed: landline');
		expect(
			await ward.query(
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
		await ward.query(
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
		await ward.query(
			"INSERT INTO calcom.services (name, sync_status, calcom_event_type_id) VALUES ('Piano', 'synced', 7)",
		);
		await ward.query(
			`INSERT INTO calcom.service_sync_runs (execution_id, reason, status, dry_run, started_at)
			VALUES ('1', 'schedule', $1, $2, now() - make_interval(hours => $3))`,
			[status, dryRun, hours],
		);
		const { text, problems } = await digest({ syncOverdueHours: 26 });
		expect(problems).toBe(listed === null ? 0 : 1);
		if (listed !== null) expect(text).toContain(`- services: the service sync: ${listed}`);
	});

	test('of a request that has to be booked by hand', async () => {
		await ward.query(
			`INSERT INTO calcom.booking_requests (request_key, channel, service_name, event_type_id, time_zone, attendee_name, requires_manual_booking, reason)
			VALUES ('1', 'voice', 'Piano', 7, 'UTC', 'Ada', true, 'Cal.com does not answer')`,
		);
		expect((await digest()).text).toContain('- requests: Piano for Ada: Cal.com does not answer');
	});

	test('of an action whose run died', async () => {
		await ward.query(
			`INSERT INTO calcom.action_log (action_id, action, target, digest, body, claimed_at)
			VALUES ('1', 'cancel', 'booking 7', '', '{}', now() - interval '3 minutes')`,
		);
		expect((await digest()).text).toContain('- actions: cancel of booking 7: the run ended without a word');
	});

	test('names twenty problems and counts the rest', async () => {
		for (let n = 0; n < 23; n += 1) await ward.left(created(`N${String(n)}`), 'failed', 5);
		const { subject, text } = await digest();
		expect(subject).toBe('Cal.com: 23 things to look at');
		expect(text.match(/^- events: /gm)).toHaveLength(20);
		expect(text).toContain('- and 3 more, in the view calcom.health_problems');
	});
});
