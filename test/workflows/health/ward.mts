// What failed and what tries it again, on a database directly.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import type { TestDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';

export type Row = Record<string, unknown>;

export const created = (uid = 'A', booking = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid, minute: 0, booking, rest: { bookingType: 'Level Check' } });
/** No row can take it: it fails each time. */
export const broken = created('X', { start: 'not a time' });

export type Ward = ReturnType<typeof openWard>;

export function openWard(db: TestDatabase) {
	const query = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
		(await db.pool.query<Row>(sql, values)).rows;
	return {
		query,
		async only(sql: string, values: unknown[] = []): Promise<Row> {
			const [row, ...more] = await query(sql, values);
			if (!row || more.length > 0) throw new Error(`Expected one row of ${sql}`);
			return row;
		},
		/** What a run leaves behind that failed, or died, so many minutes ago. */
		async left(event: CalComEvent, status: 'failed' | 'processing', minutes: number, attempts = 1): Promise<void> {
			await query("SELECT calcom.claim_event($1::jsonb, 'n8n')", [JSON.stringify(event)]);
			await query(
				`UPDATE calcom.event_claims SET status = $2, error = CASE $2 WHEN 'failed' THEN 'no connection' END, attempts = $4,
					claimed_at = now() - make_interval(mins => $3) WHERE event_key = $1`,
				[event.eventKey, status, minutes, attempts],
			);
		},
	};
}
