// The reminders' rows against what Twilio was really asked to send.
import { z } from 'zod';
import type { ScaledRig } from './rig.mts';

const rowSchema = z.object({
	booking_uid: z.string(),
	kind: z.string(),
	status: z.string(),
	message_sid: z.string().nullable(),
});

export interface SmsFound {
	/** SMS that Twilio took. */
	sent: number;
	/** What is wrong, a sentence each. */
	wrong: string[];
}

/** Nobody got the same SMS twice, every row that says "sent" was sent, and every SMS has its row. */
export async function checkSms({ db, twilio }: ScaledRig): Promise<SmsFound> {
	const rows = z
		.array(rowSchema)
		.parse((await db.query('SELECT booking_uid, kind, status, message_sid FROM calcom.reminders')).rows);
	const messages = twilio.outbox.filter(({ direction }) => direction === 'outbound-api');
	const wrong: string[] = [];
	const seen = new Set<string>();
	for (const { to, body } of messages) {
		const text = `${to}: ${body}`;
		if (seen.has(text)) wrong.push(`sent twice: ${text}`);
		seen.add(text);
	}
	const sids = new Set(messages.map(({ sid }) => sid));
	const known = new Set(rows.map(({ message_sid }) => message_sid));
	for (const { sid, to } of messages) if (!known.has(sid)) wrong.push(`no row knows of ${sid} to ${to}`);
	for (const { booking_uid, kind, status, message_sid } of rows) {
		if (['sent', 'delivered'].includes(status) && !sids.has(message_sid ?? ''))
			wrong.push(`${kind} of ${booking_uid} says ${status}, and was not sent`);
		if (['claimed', 'failed'].includes(status)) wrong.push(`${kind} of ${booking_uid} is ${status}`);
		if (kind === 'confirmation' && status === 'pending')
			wrong.push(`the confirmation of ${booking_uid} still waits`);
	}
	return { sent: messages.length, wrong };
}
