// How long a webhook takes while something else keeps the tables busy: bookings are cancelled one after the other, and
// each time is taken from the first delivery until both templates that hear of it have applied theirs.
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import type { CalCom } from 'stand-ins/calcom';
import { openDesk } from '../../../playground/src/desk.mts';

const POLL_MS = 10;
const PAUSE_MS = 1_000;
/** Lead capture and calendar events. */
const CONSUMERS = 2;

export interface WebhookWait {
	/** Cancels this many and resolves with the milliseconds of each. */
	take(count: number): Promise<number[]>;
	/** Cancels one after the other until the function says that it is enough. */
	takeUntil(enough: () => boolean): Promise<number[]>;
	/** Facts that may have been told before their booking was cancelled. */
	maybeTold: Set<string>;
}

export function openWebhookWait(calcom: CalCom, db: pg.Pool): WebhookWait {
	// Of the same owner: its requests do not count against the key that n8n has.
	const desk = openDesk({ url: calcom.url, apiKey: calcom.makeKey() });
	const inAWeek = new Date(Date.now() + 7 * 86_400_000).toISOString();
	const waiting = calcom.state.bookings.filter(
		({ status, start, fromReschedule, recurringEventId, responses }) =>
			status === 'ACCEPTED' &&
			start > inAWeek &&
			fromReschedule === null &&
			recurringEventId === null &&
			responses,
	);
	const maybeTold = new Set<string>();
	const one = async (uid: string): Promise<number> => {
		maybeTold.add(`BOOKING_CREATED:${uid}`);
		let began = Number.POSITIVE_INFINITY;
		const stop = calcom.on('delivery', (delivery) => {
			if (delivery.uid === uid) began = Math.min(began, performance.now() - delivery.ms);
		});
		await desk.cancel(uid, 'cancelled while the backfill ran');
		stop();
		const arrived = async () =>
			(
				await db.query(
					"SELECT FROM calcom.bookings JOIN calcom.event_claims AS claim ON claim.event_key = 'BOOKING_CANCELLED:' || uid WHERE uid = $1 AND bookings.status = 'cancelled' AND claim.status = 'processed'",
					[uid],
				)
			).rowCount === CONSUMERS;
		while (!(await arrived())) await sleep(POLL_MS);
		return performance.now() - began;
	};
	const takeUntil = async (enough: (taken: number) => boolean): Promise<number[]> => {
		const times: number[] = [];
		while (!enough(times.length)) {
			const booking = waiting.pop();
			if (!booking) return times;
			times.push(await one(booking.uid));
			await sleep(PAUSE_MS);
		}
		return times;
	};
	return { maybeTold, take: (count) => takeUntil((taken) => taken >= count), takeUntil };
}
