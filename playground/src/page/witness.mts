// Where the page looks for how far a booking has come: Cal.com's deliveries, the inbox, and the reminders.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Office } from '../office.mts';
import type { Playground } from '../playground.mts';
import type { Witness } from './journey.mts';

/** The templates that write rows of what is delivered, and claim it in the inbox. */
const WRITERS = new Set(['01-lead-capture', '02-calendar-events']);
const REMINDERS = '03-appointment-reminders';

const inboxSchema = z.object({
	received: z.date().nullable(),
	begun: z.number(),
	done: z.number(),
	processed: z.date().nullable(),
	error: z.string().nullable(),
});
const smsSchema = z.object({ at: z.date(), text: z.string() });

export function witnessOf(
	{
		calcom,
		db,
		published,
		receiver,
	}: Pick<Playground, 'db' | 'published' | 'receiver'> & { calcom: Pick<Playground['calcom'], 'on'> },
	office: Pick<Office, 'remind'>,
): Witness {
	return {
		onDelivery: (listener) =>
			calcom.on('delivery', (delivery) => {
				// What is about no booking is somebody else's.
				if (delivery.uid !== null) listener(delivery);
			}),
		writers: (deliveries) =>
			new Set(
				deliveries
					.map(({ subscriberUrl }) => receiver(subscriberUrl))
					.filter((slug) => WRITERS.has(slug ?? '')),
			).size,
		inbox: (uid, since) => inboxOf(db, uid, since),
		remind: published.on.includes(REMINDERS) ? office.remind : null,
		sms: async (uid, since) => {
			const { rows } = await db.query(
				`SELECT sent_at AS at, body AS text FROM calcom.reminders
				WHERE booking_uid = $1 AND sent_at >= $2 AND body IS NOT NULL ORDER BY sent_at LIMIT 1`,
				[uid, since],
			);
			return rows.length === 0 ? null : smsSchema.parse(rows[0]);
		},
	};
}

async function inboxOf(db: Pool, uid: string, since: Date): ReturnType<Witness['inbox']> {
	const { rows } = await db.query(
		`SELECT min(inbox.received_at) AS received, count(*)::int AS begun,
			count(*) FILTER (WHERE claim.status <> 'processing')::int AS done,
			max(claim.processed_at) AS processed, min(coalesce(claim.error, 'it failed')) FILTER (WHERE claim.status = 'failed') AS error
		FROM calcom.webhook_events AS inbox JOIN calcom.event_claims AS claim USING (event_key)
		WHERE inbox.booking_uid = $1 AND inbox.received_at >= $2`,
		[uid, since],
	);
	const { received, ...rest } = inboxSchema.parse(rows[0]);
	return received === null ? null : { received, ...rest };
}
