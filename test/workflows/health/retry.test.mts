// Sync health on a real PostgreSQL: retry with growing pauses, giving up, and errors of templates.
import { depth } from '../../support/depth.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import { type Row, type Ward, broken, created, openWard } from './ward.mts';

let db: TestDatabase;
let ward: Ward;
beforeAll(async () => {
	db = await startDatabase();
	ward = openWard(db);
});
afterAll(() => db.stop());
beforeEach(() => db.empty());

const SETTINGS = { giveUpAfter: 3, retryMinutes: '1, 5, 30' };
const age = (minutes: number) =>
	ward.query('UPDATE calcom.event_claims SET claimed_at = claimed_at - make_interval(mins => $1)', [minutes]);
const retry = (settings: Row = SETTINGS) =>
	ward.only('SELECT * FROM calcom.retry_due($1::jsonb)', [JSON.stringify(settings)]);
const claim = () =>
	ward.only('SELECT status, attempts, error, given_up_at IS NOT NULL AS given_up FROM calcom.event_claims');

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
		const { pause } = await ward.only(
			'SELECT extract(epoch FROM calcom.retry_pause($1, $2::jsonb))::int AS pause',
			[attempts, JSON.stringify(settings)],
		);
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
		await ward.left(created(), status, minutes, attempts);
		expect(await retry()).toEqual({ retried, recovered: retried, given_up: 0, subject: '', text: '' });
		expect(await ward.query('SELECT uid FROM calcom.bookings')).toHaveLength(retried);
		expect((await claim())['status']).toBe(retried ? 'processed' : status);
	});

	test('applies it for each template that failed, and lets the others be', async () => {
		await ward.left(created(), 'failed', 5);
		await ward.query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [JSON.stringify(created())]);
		await ward.query("SELECT calcom.finish_event($1, 'processed', NULL, 'calendar-events')", [created().eventKey]);
		expect(await retry()).toMatchObject({ retried: 1, recovered: 1 });
		expect(await ward.query('SELECT FROM calcom.calendar_events')).toEqual([]);
	});

	test('one event that cannot be applied does not keep the others back', async () => {
		await ward.left(broken, 'failed', 5);
		await ward.left(created(), 'failed', 5);
		expect(await retry()).toMatchObject({ retried: 2, recovered: 1, given_up: 0 });
	});

	test('two at once apply an event once', async () => {
		for (const uid of ['A', 'B', 'C']) await ward.left(created(uid), 'failed', 5);
		const both = await Promise.all([retry(), retry()]);
		expect(both.reduce((sum, { recovered }) => sum + Number(recovered), 0)).toBe(3);
		expect(await ward.query('SELECT attempts FROM calcom.event_claims WHERE attempts <> 2')).toEqual([]);
	});

	test('several at once, on events that two templates failed on, while deliveries come: nobody waits in a circle', async () => {
		const uids = Array.from({ length: depth(8, 25) }, (_, n) => `N${String(n)}`);
		for (const uid of uids) {
			await ward.left(created(uid), 'failed', 5);
			await ward.query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
				JSON.stringify(created(uid)),
			]);
		}
		await ward.query("UPDATE calcom.event_claims SET status = 'failed', claimed_at = now() - interval '1 hour'");
		const arriving = uids.map((uid) => db.apply(bookingEvent({ event: 'BOOKING_CANCELLED', uid, minute: 5 })));
		await Promise.all([retry(), retry(), retry(), ...arriving]);
		expect(await ward.query("SELECT consumer FROM calcom.event_claims WHERE status <> 'processed'")).toEqual([]);
		expect(await ward.query("SELECT uid FROM calcom.bookings WHERE status <> 'cancelled'")).toEqual([]);
	});

	test('gives up after so many attempts, tells it once, and a person can still have it applied', async () => {
		await ward.left(broken, 'failed', 60);
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
		await ward.query('UPDATE calcom.webhook_events SET payload = $1::jsonb', [JSON.stringify(created('X'))]);
		expect(await ward.query('SELECT status FROM calcom.retry_events()')).toEqual([{ status: 'processed' }]);
	});

	test('tells again when it was given up, tried by a person, and failed again', async () => {
		await ward.left(broken, 'failed', 60, 3);
		expect(await retry()).toMatchObject({ given_up: 1 });
		await ward.query("UPDATE calcom.event_claims SET given_up_at = now() - interval '1 hour'");
		await ward.query('SELECT * FROM calcom.retry_events()');
		expect(await retry()).toMatchObject({ retried: 0, given_up: 1 });
	});

	test('a run that dies each time is given up too', async () => {
		await ward.left(created(), 'processing', 60, 3);
		expect(await retry()).toMatchObject({
			retried: 0,
			given_up: 1,
			text: expect.stringContaining('without a word'),
		});
		expect(await claim()).toMatchObject({ status: 'failed' });
	});

	test('what only n8n can apply is told of at once', async () => {
		await ward.query("SELECT calcom.claim_event($1::jsonb, 'n8n', 'your-own')", [JSON.stringify(created())]);
		await ward.query("SELECT calcom.finish_event($1, 'failed', 'no', 'your-own')", [created().eventKey]);
		expect(await retry()).toMatchObject({ retried: 0, given_up: 1, text: expect.stringContaining('your-own') });
	});

	test('of many, names twenty', async () => {
		for (let n = 0; n < 22; n += 1) await ward.left(created(`N${String(n)}`), 'failed', 60, 3);
		const { subject, text } = await retry();
		expect(subject).toBe('Cal.com: 22 events could not be applied');
		expect(String(text).match(/^- BOOKING/gm)).toHaveLength(20);
		expect(text).toContain('and 2 more');
	});
});

describe('errors of the templates', () => {
	const record = (told: unknown) =>
		ward.query('SELECT calcom.record_workflow_error($1::jsonb)', [JSON.stringify(told)]);
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
			await ward.query('SELECT execution_id, workflow, node, message, details FROM calcom.workflow_errors'),
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
		expect(await ward.query('SELECT execution_id, node, message FROM calcom.workflow_errors')).toEqual(
			Array.from({ length: 2 }, () => ({ execution_id: null, node: 'Watch', message: 'No connection' })),
		);
	});

	test('of what nobody expected', async () => {
		await record({});
		expect(await ward.query('SELECT workflow, message FROM calcom.workflow_errors')).toEqual([
			{ workflow: 'unknown', message: 'unknown error' },
		]);
	});

	test('are listed together until somebody settles them', async () => {
		for (const id of ['1', '2']) await record({ ...failed, execution: { ...failed.execution, id } });
		const listed = () => ward.query("SELECT what, why FROM calcom.health_problems WHERE area = 'workflows'");
		expect(await listed()).toEqual([{ what: 'Lead capture: Save the Lead', why: 'Nothing answers (2 times)' }]);
		await ward.query("UPDATE calcom.workflow_errors SET settled_at = now(), settled_by = 'Eva'");
		expect(await listed()).toEqual([]);
	});
});
