// What Twilio reports of an SMS to the reminder template in a real n8n: false, out of order, or while Twilio is silent.
import { depth } from '../support/depth.mts';
import { impatient } from '../support/template.mts';
import { NUMBER, type Reports, reportsTo } from './reminders/reports.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';
import { type Reminders, openReminders } from './support/reminders.mts';

const ID = 'e2e-reports';

let e2e: E2e;
let reminders: Reminders;
let reports: Reports;
beforeAll(async () => {
	e2e = await openE2e();
	reminders = await openReminders(e2e, ID, impatient);
	reports = reportsTo(e2e, reminders);
});
afterAll(async () => {
	await e2e.twilio.at('clear');
	await reminders.close();
	await e2e.close();
});
beforeEach(async () => {
	await e2e.twilio.at('clear');
	await e2e.resetTables();
});

test('a forged report: what Twilio does not know is refused, and of what it knows only its own word counts', async () => {
	const sid = await reports.underWay();
	const madeUp = { MessageSid: `SM${'0'.repeat(32)}`, MessageStatus: 'delivered' };
	const signed = { 'x-twilio-signature': 'Zm9yZ2Vk' };
	expect(await Promise.all([reports.report(madeUp), reports.report(madeUp, signed)])).toEqual([403, 403]);
	expect(await reports.early()).toBe(0);

	// A message that there is, with a status that it has not, and an opt-out that nobody asked for.
	for (const [MessageStatus, ErrorCode] of [
		['delivered', ''],
		['failed', '21610'],
	] as const)
		expect(await reports.report({ MessageSid: sid, MessageStatus, ErrorCode })).toBe(204);
	expect(await reports.statusOfFirst()).toBe('sent');
	expect((await e2e.db.query('SELECT FROM calcom.sms_opt_outs')).rowCount).toBe(0);

	// What came in at Twilio is no SMS of ours.
	await e2e.twilio.at('webhook', null);
	await e2e.twilio.at('reply', NUMBER, 'Hello');
	const [inbound] = await e2e.twilio.inbox();
	expect(await reports.report({ MessageSid: inbound?.sid ?? '', MessageStatus: 'delivered' })).toBe(403);

	await e2e.twilio.at('hold', false);
	await reports.untilDelivered();
	expect(await reports.report({ MessageSid: sid, MessageStatus: 'undelivered', ErrorCode: '30005' })).toBe(204);
	expect(await reports.statusOfFirst()).toBe('delivered');
});

test('reports out of order and twice: a message that was delivered stays so', async () => {
	const sid = await reports.underWay();
	for (const status of ['delivered', 'sent', 'queued', 'sent', 'delivered'] as const)
		await e2e.twilio.at('advance', sid, status);
	expect(await reports.statusOfFirst()).toBe('delivered');
	const ofThis = (await e2e.twilio.calls()).filter(({ body }) => body.includes(sid));
	expect(ofThis.map(({ status }) => status)).toEqual([204, 204, 204, 204, 204]);
	expect(await reports.early()).toBe(0);
});

describe('Twilio does not answer when it is asked whether a report is true', () => {
	/** Everything but the last says no; the report is of the delivery. */
	async function reportDuring(count: number, status: number): Promise<string> {
		const sid = await reports.underWay();
		await e2e.twilio.at('failNext', count, status);
		await e2e.twilio.at('advance', sid, 'delivered');
		expect((await e2e.twilio.calls()).map((call) => call.status)).toEqual([503]);
		return sid;
	}
	const lastRun = async () => (await e2e.editor.executions(ID, 1))[0];

	test.each(depth([429], [429, 500]))('for a moment (%d): 503, and taken when it does', async (status) => {
		await reportDuring(3, status);
		await reports.untilDelivered();
		expect(await reports.asked()).toBe(4);
	});

	test.each(depth([503], [401, 503]))(
		'at all (%d): 503, nothing is written, and the run fails until it is run again',
		async (status) => {
			await reportDuring(6, status);
			expect(await reports.statusOfFirst()).toBe('sent');
			await waitFor('the run to fail', async () => (await lastRun())?.status === 'error');
			expect(await reports.asked()).toBe(6);
			expect(await reports.statusOfFirst()).toBe('sent');
			const failed = await e2e.editor.execution((await lastRun())?.id ?? '');
			expect(failed?.error?.message).toMatch(/credentials|Service unavailable/i);

			await e2e.editor.request(`/executions/${String(failed?.id)}/retry`, 'POST', { loadWorkflow: false });
			await reports.untilDelivered();
		},
		90_000,
	);

	test('because nobody has said whose account it is: nothing is asked, and the run says what is missing', async () => {
		const sid = await reports.underWay();
		await reminders.save({ settings: { twilioAccountSid: '' } });
		await e2e.editor.activate(ID);
		try {
			expect(await reports.report({ MessageSid: sid, MessageStatus: 'delivered' })).toBe(503);
			await waitFor('the run to fail', async () => (await lastRun())?.status === 'error');
			const failed = await e2e.editor.execution((await lastRun())?.id ?? '');
			expect(failed?.error?.message).toMatch(/Account SID .* is missing in Settings/);
			expect([await reports.asked(), await reports.statusOfFirst()]).toEqual([0, 'sent']);
		} finally {
			await reminders.save({ change: impatient });
			await e2e.editor.activate(ID);
		}
	});
});
