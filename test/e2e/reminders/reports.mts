// What Twilio reports of an SMS, also falsely: made by a test, at the webhook of the reminder template.
import { impatient } from '../../support/template.mts';
import { type E2e, waitFor } from '../support/e2e.mts';
import { type Reminders, caller } from '../support/reminders.mts';

export const NUMBER = '+31612000001';

export function reportsTo(e2e: E2e, reminders: Reminders) {
	const statusOfFirst = async () => (await reminders.rows())[0]?.status;
	return {
		/** Sent, and on its way at Twilio: what a report can be about. Resolves with the SID. */
		async underWay(): Promise<string> {
			await e2e.twilio.at('hold', true);
			await reminders.book({ uid: 'on-its-way', attendees: [caller('Ada', NUMBER)] });
			await reminders.run({ change: impatient });
			const [row] = await reminders.rows();
			expect(row).toMatchObject({ status: 'sent', message_sid: expect.stringMatching(/^SM/) });
			return row?.message_sid ?? '';
		},
		/** Calls as Twilio would; resolves with the status of the answer. */
		async report(form: Record<string, string>, headers: Record<string, string> = {}): Promise<number> {
			const body = new URLSearchParams(form);
			return (await fetch(`${e2e.n8n}/webhook/calcom-sms-status`, { method: 'POST', body, headers })).status;
		},
		statusOfFirst,
		untilDelivered: () => waitFor('the delivery', async () => (await statusOfFirst()) === 'delivered'),
		/** Reports that came before it was known that the SMS is ours. */
		early: async () => (await e2e.db.query('SELECT FROM calcom.sms_statuses')).rowCount,
		/** How often Twilio was asked whether a report is true. */
		asked: async () => (await e2e.twilio.requests()).filter(({ path }) => /\/Messages\/(SM|MM)/.test(path)).length,
	};
}
export type Reports = ReturnType<typeof reportsTo>;
