// What became of a reminder that was sent: what Twilio says, and what it does not. On a real PostgreSQL.
import { ADA, type Desk, minutesAfter, startDesk, utc } from './desk.mts';
import { DUE, SID, after, begun, cancel, claimed, reminderOf } from './one-reminder.mts';

let desk: Desk;
beforeAll(async () => {
	desk = await startDesk();
}, 60_000);
afterAll(() => desk.db.stop());
beforeEach(() => desk.empty());

const NODE_SAYS = {
	refused: { error: 'Bad request - please check your parameters' },
	busy: { error: 'The service is receiving too many requests from you' },
	broken: { error: 'The service was not able to process your request' },
	offline: { error: 'The service refused the connection - perhaps it is offline' },
	cutOff: {
		error: 'The connection to the server was closed unexpectedly, perhaps it is offline. You can retry the request immediately or wait and retry later.',
	},
	timeout: { error: "The connection timed out, consider setting the 'Retry on Fail' option in the node settings" },
	credential: { error: 'Authorization failed - please check your credentials' },
};

const listed = (body: string, at: string, more: object = {}) => ({
	sid: SID,
	to: ADA,
	body,
	direction: 'outbound-api',
	status: 'queued',
	error_code: null,
	date_created: new Date(at).toUTCString().replace('GMT', '+0000'),
	...more,
});
const answer = (messages: object[]) => ({ statusCode: 200, body: { messages } });

describe('what Twilio says', () => {
	test('taken: sent with the SID, as often as it is written down', async () => {
		const id = await begun(desk);
		await desk.sent(id, SID, after(1));
		await desk.sent(id, SID, after(2));
		expect(await reminderOf(desk)).toMatchObject({
			status: 'sent',
			message_sid: SID,
			sending_at: null,
			sent_at: new Date(DUE),
		});
	});

	test.each<[string, object, string, RegExp]>([
		['busy', NODE_SAYS.busy, 'later', /too many requests/],
		['offline', NODE_SAYS.offline, 'later', /refused the connection/],
		['a wrong credential', NODE_SAYS.credential, 'later', /Authorization failed/],
		['broken', NODE_SAYS.broken, 'unknown', /not able to process/],
		['cut off', NODE_SAYS.cutOff, 'unknown', /closed unexpectedly/],
		['silent', NODE_SAYS.timeout, 'unknown', /timed out/],
		['429', { statusCode: 429, body: { code: 20429 } }, 'later', /too many requests \(20429\)/],
		['500', { statusCode: 500, body: {} }, 'unknown', /HTTP 500/],
		['401', { statusCode: 401, body: { code: 20003 } }, 'later', /credential \(20003\)/],
	])('Twilio is %s: tried again later', async (_, said, outcome, reason) => {
		const id = await begun(desk);
		expect(await desk.failed(id, said, after(1))).toMatchObject({ status: 'pending', ask: false });
		const row = await reminderOf(desk);
		expect(row.reason).toMatch(reason);
		expect(row.sending_at === null).toBe(outcome === 'later');
		expect(row.due_at.toISOString()).toBe(after(3));
		expect(await desk.claim(after(2), 'run-2')).toEqual([]);
		expect(await desk.claim(after(3), 'run-2')).toMatchObject([
			{ id, look_up: outcome === 'unknown', attempts: 2 },
		]);
	});

	test('the time between grows, and it ends after maxAttempts', async () => {
		await desk.book({ booking: { start: utc('2026-12-02 12:00') } });
		const day = desk.with({ times: '24h', maxAttempts: 4 });
		await day.plan(utc('2026-11-24 12:00'));
		const waits: number[] = [];
		let at = utc('2026-12-01 12:00');
		for (let run = 1; run <= 4; run++) {
			const [claim] = await day.claim(at, `run-${String(run)}`);
			await day.maySend(claim?.id ?? '', at, `run-${String(run)}`);
			await day.failed(claim?.id ?? '', NODE_SAYS.busy, at, `run-${String(run)}`);
			const { due_at } = await reminderOf(desk);
			waits.push((due_at.getTime() - Date.parse(at)) / 60_000);
			if (run < 4) at = due_at.toISOString();
		}
		expect(waits.slice(0, 3)).toEqual([2, 4, 8]);
		expect(await reminderOf(desk)).toMatchObject({ status: 'failed', attempts: 4 });
		expect((await reminderOf(desk)).reason).toMatch(
			/^given up after 4 attempts: The service is receiving too many/,
		);
	});

	test('it is given up when the next try would be too late to help', async () => {
		const id = await begun(desk);
		expect(await desk.failed(id, NODE_SAYS.busy, after(59))).toMatchObject({ status: 'failed' });
	});

	test('waiting in runs that do not get to it costs no attempt, and ends when it is too late to help', async () => {
		const id = await claimed(desk);
		const three = desk.with({ maxAttempts: 3 });
		for (let run = 2; run <= 6; run++)
			expect(await three.claim(after((run - 1) * 11), `run-${String(run)}`)).toMatchObject([{ id, attempts: 1 }]);
		expect(await three.claim(after(66), 'run-7')).toEqual([]);
		expect(await reminderOf(desk)).toMatchObject({
			id,
			status: 'skipped',
			attempts: 1,
			reason: 'too late to be of use',
		});
	});

	test('runs that die again and again while they send do not go on for ever', async () => {
		const id = await begun(desk);
		for (let run = 2; run <= 6; run++)
			await desk.with({ maxAttempts: 3 }).claim(after((run - 1) * 11), `run-${String(run)}`);
		expect(await reminderOf(desk)).toMatchObject({
			id,
			status: 'failed',
			attempts: 3,
			reason: 'unknown whether it was sent, so it is not sent again',
		});
	});

	test.each<[number, string, string, boolean]>([
		[21610, 'skipped', 'opted out of SMS (21610)', true],
		[21211, 'failed', 'not a phone number (21211)', false],
		[21614, 'failed', 'a landline, or not a mobile number (21614)', false],
		[21408, 'failed', 'SMS to this country are not switched on in Twilio (21408)', false],
		[29999, 'failed', 'Twilio error (29999)', false],
	])('refused with %i: asked why, marked, never tried again', async (code, status, reason, optedOut) => {
		const id = await begun(desk);
		expect(await desk.failed(id, NODE_SAYS.refused, after(1))).toMatchObject({ ask: true, status: 'claimed' });
		expect(await desk.failed(id, { statusCode: 400, body: { code, message: 'no' } }, after(1))).toMatchObject({
			ask: false,
			status,
			reason,
		});
		expect(await reminderOf(desk)).toMatchObject({ status, reason, error_code: code });
		expect(await desk.claim(after(30), 'run-2')).toEqual([]);
		expect((await desk.rows('SELECT phone FROM calcom.sms_opt_outs')).length).toBe(optedOut ? 1 : 0);
	});

	test('refused, and taken when asked why: sent', async () => {
		const id = await begun(desk);
		await desk.failed(id, NODE_SAYS.refused, after(1));
		expect(await desk.failed(id, { statusCode: 201, body: { sid: SID } }, after(1))).toMatchObject({
			status: 'sent',
		});
		expect(await reminderOf(desk)).toMatchObject({ status: 'sent', message_sid: SID });
	});

	test('refused, and no Account SID to ask with: failed, with what to do', async () => {
		const blind = desk.with({ twilioAccountSid: '' });
		const id = await begun(blind);
		expect(await blind.failed(id, NODE_SAYS.refused, after(1))).toMatchObject({
			ask: false,
			status: 'failed',
			reason: 'Twilio refused it. Put the Account SID into the settings to see why.',
		});
	});

	test('somebody who opted out gets no further reminder tried', async () => {
		const id = await begun(desk);
		await desk.failed(id, { statusCode: 400, body: { code: 21610 } }, after(1));
		await desk.book({ uid: 'B', minute: 5, booking: { start: utc('2026-12-04 12:00') } });
		await desk.with({ times: '2h' }).plan(after(2));
		expect(await desk.claim(utc('2026-12-04 10:00'))).toEqual([]);
		expect((await desk.reminders()).map(({ status }) => status)).toEqual(['skipped', 'skipped']);
	});
});

describe('n8n was killed after sending had begun', () => {
	const lost = async () => {
		const id = await begun(desk);
		const { body } = await reminderOf(desk);
		expect(await desk.claim(after(11), 'run-2')).toMatchObject([{ id, look_up: true }]);
		// Not even the run that holds it may send before Twilio was asked.
		expect(await desk.maySend(id, after(11), 'run-2')).toMatchObject({ go: false });
		return { id, body: body ?? '' };
	};

	test.each<[string, (body: string) => object[], string | null]>([
		['has it', (body) => [listed(body, DUE)], 'sent'],
		[
			'has it with the words of a trial account',
			(body) => [listed(`Sent from your Twilio trial account - ${body}`, DUE)],
			'sent',
		],
		['has delivered it', (body) => [listed(body, DUE, { status: 'delivered' })], 'delivered'],
		['could not deliver it', (body) => [listed(body, DUE, { status: 'undelivered', error_code: 30006 })], 'failed'],
		['has nothing', () => [], null],
		['has other words only', () => [listed('Something else', DUE)], null],
		['has the same words of the day before', (body) => [listed(body, minutesAfter(DUE, -24 * 60))], null],
		['has them as a message to us', (body) => [listed(body, DUE, { direction: 'inbound' })], null],
	])('Twilio %s', async (_, messages, status) => {
		const { id, body } = await lost();
		const found = status !== null;
		expect(await desk.lookedUp(id, answer(messages(body)), after(11), 'run-2')).toMatchObject({ found });
		expect(await desk.maySend(id, after(11), 'run-2')).toMatchObject({ go: !found });
		expect(await reminderOf(desk)).toMatchObject({ status: status ?? 'claimed', message_sid: found ? SID : null });
	});

	test.each<[string, object]>([
		['is silent', { error: 'ETIMEDOUT' }],
		['cuts off', { error: { name: 'NodeApiError', message: 'ECONNRESET', node: {} } }],
		['has trouble', { statusCode: 500, body: '<html>' }],
		['answers with something else', { statusCode: 200, body: {} }],
	])('Twilio %s: asked again later, never sent on the off chance', async (_, said) => {
		const { id } = await lost();
		expect(await desk.lookedUp(id, said, after(11), 'run-2')).toMatchObject({ status: 'pending', found: false });
		expect((await reminderOf(desk)).reason).toMatch(
			/^Twilio did not say whether it was sent: (ETIMEDOUT|ECONNRESET|HTTP (5|2)00)$/,
		);
		expect(await desk.maySend(id, after(11), 'run-2')).toMatchObject({ go: false });
		expect(await desk.claim(after(20), 'run-3')).toMatchObject([{ id, look_up: true, attempts: 3 }]);
	});

	test('cancelled meanwhile, and Twilio has nothing: silenced', async () => {
		const { id } = await lost();
		await cancel(desk);
		await desk.plan(after(11));
		await desk.lookedUp(id, answer([]), after(11), 'run-2');
		expect(await desk.maySend(id, after(11), 'run-2')).toMatchObject({
			go: false,
			why: 'the booking was cancelled',
		});
	});

	test('without an Account SID it is not sent again, and the team sees why', async () => {
		await begun(desk);
		expect(await desk.with({ twilioAccountSid: '' }).claim(after(11), 'run-2')).toEqual([]);
		expect(await reminderOf(desk)).toMatchObject({
			status: 'failed',
			reason: 'unknown whether it was sent, so it is not sent again',
		});
	});
});
