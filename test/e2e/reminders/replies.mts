// What people text back, to template 04 in a real n8n: said by a test, and what came of it.
import { ofetch } from 'ofetch';
import { z } from 'zod';
import { attachCredentials } from '../../../playground/src/templates.mts';
import { withValues } from '../../../playground/src/values.mts';
import { impatient, readTemplate } from '../../support/template.mts';
import { type E2e, waitFor } from '../support/e2e.mts';
import { type Reminders, openReminders } from '../support/reminders.mts';
import { ADA, before } from './ada.mts';

const SLUG = '04-reminder-replies';
const LEAD_CAPTURE = 'calcom-01';
export const PHONE = ADA.phoneNumber;

type Row = Record<string, unknown>;
type Person = typeof ADA;

const ended = ({ status }: { status: string }) => status !== 'running' && status !== 'new';
const bookingSchema = z.object({ data: z.object({ status: z.string(), cancellationReason: z.string().optional() }) });

/**
 * Templates 03 and 04 under ids of their own, and Twilio that posts there. Close it.
 * @param id at most 14 characters
 */
export async function openReplies(e2e: E2e, id: string) {
	const reminders: Reminders = await openReminders(e2e, `${id}-3`);
	const own = `${id}-4`;
	const { number, accountSid } = e2e.twilio;
	const places = { n8n: e2e.n8n, twilio: { number, account: { sid: accountSid } } };
	const template = impatient(withValues(SLUG, await readTemplate(SLUG), places));
	await e2e.editor.saveWorkflow(attachCredentials({ ...template, id: own, name: own }, e2e.credentials));
	await e2e.editor.activate(own);
	const hook = `${e2e.n8n}/webhook/calcom-sms-replies`;
	await e2e.twilio.at('webhook', hook);

	const rows = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
		(await e2e.db.query<Row>(sql, values)).rows;
	const idle = () =>
		waitFor('all executions to end', async () =>
			(await Promise.all([LEAD_CAPTURE, own].map((workflow) => e2e.editor.executions(workflow, 100))))
				.flat()
				.every(ended),
		);
	async function booked(person: Person): Promise<{ uid: string; start: string }> {
		const { uid, start } = await e2e.desk.book(person);
		await waitFor(
			'the booking in the tables',
			async () => (await rows('SELECT FROM calcom.bookings WHERE uid = $1', [uid])).length > 0,
		);
		return { uid, start };
	}
	const settings = { times: '24h, 2h' };

	return {
		/** The id of template 04. */
		id: own,
		reminders,
		rows,
		/** Waits until nothing that was told is still being worked on. */
		idle,
		/** Booked at Cal.com, and in the tables. */
		booked,
		/** Booked, and written down as reminded of it the day before: what an answer can be about. */
		async reminded(person: Person = ADA): Promise<{ uid: string; start: string }> {
			const booking = await booked(person);
			await reminders.markSent(before(booking.start, 24, 1), settings);
			return booking;
		},
		/** The same by template 03 and an SMS, which is delivered. */
		async remindedBySms(person: Person = ADA): Promise<{ uid: string; start: string }> {
			const booking = await booked(person);
			await reminders.run({ settings, at: before(booking.start, 24, 1) });
			await waitFor('the reminder', async () =>
				(await reminders.rows()).some(({ status }) => status === 'delivered'),
			);
			return booking;
		},
		/** Answers, and resolves with what they are sent back, once the workflow is through. */
		async answer(body: string, from = PHONE): Promise<string[]> {
			const had = (await reminders.sentTo(from)).length;
			await e2e.twilio.at('reply', from, body);
			await idle();
			return (await reminders.sentTo(from)).slice(had).map((message) => message.body);
		},
		/** Somebody has written to us, and Twilio has not called yet. Resolves with the SID. */
		async written(body: string, from = PHONE): Promise<string> {
			await e2e.twilio.at('webhook', null);
			try {
				await e2e.twilio.at('reply', from, body);
			} finally {
				await e2e.twilio.at('webhook', hook);
			}
			return (await e2e.twilio.inbox()).at(-1)?.sid ?? '';
		},
		/** Calls as Twilio would; resolves with the status of the answer, once the workflow is through. */
		async post(form: Record<string, string>): Promise<number> {
			const answer = await fetch(hook, { method: 'POST', body: new URLSearchParams(form) });
			await idle();
			return answer.status;
		},
		messages: () => rows('SELECT meaning, status, answer_sid, error FROM calcom.messages ORDER BY id'),
		async atCalCom(uid: string) {
			const headers = { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-08-13' };
			return bookingSchema.parse(await ofetch(`${e2e.calcom.url}/bookings/${uid}`, { headers, retry: 0 })).data;
		},
		async close(): Promise<void> {
			await e2e.twilio.at('webhook', null);
			await e2e.twilio.at('clear');
			await e2e.editor.deleteWorkflow(own);
			await reminders.close();
		},
	};
}
export type Replies = Awaited<ReturnType<typeof openReplies>>;
