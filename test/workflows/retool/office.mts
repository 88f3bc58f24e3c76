// What people start in Retool, checked and carried out on a database directly, with a clock of the test's own.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import type { TestDatabase } from '../database.mts';
import { type EventChanges, bookingEvent, person } from '../event-builder.mts';

export type Row = Record<string, unknown>;
export type Body = Record<string, unknown>;

/** The booking of the tests begins on 2026-12-01 at 09:00 UTC, 10:00 in Amsterdam, and takes half an hour. */
export const BEFORE = '2026-11-30T12:00:00Z';
export const DURING = '2026-12-01T09:10:00Z';
export const AFTER = '2026-12-02T12:00:00Z';
export const MAIL = 'ada@student.example';

export const created = (changes: Partial<EventChanges> = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, ...changes });
export const requested = bookingEvent({ event: 'BOOKING_REQUESTED', uid: 'A', minute: 0 });
export const cancelled = bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'A', minute: 5 });
export const declined = bookingEvent({ event: 'BOOKING_REJECTED', uid: 'A', minute: 5 });
export const group = created({
	attendees: [person('Ada Lovelace', MAIL), person('Bob Noyce', 'Bob@student.example')],
	booking: { seats: 4 },
});

export type Office = ReturnType<typeof openOffice>;

export function openOffice(db: TestDatabase) {
	const query = async (sql: string, values: unknown[] = []): Promise<Row[]> =>
		(await db.pool.query<Row>(sql, values)).rows;
	const only = async (sql: string, values: unknown[] = []): Promise<Row> => {
		const [row, ...more] = await query(sql, values);
		if (!row || more.length > 0) throw new Error(`Expected one row of ${sql}`);
		return row;
	};
	const check = (body: unknown, at = BEFORE, settings: Body = {}) =>
		only('SELECT * FROM calcom.check_action($1::jsonb, $2, $3::jsonb, $4)', [
			JSON.stringify(body),
			'test',
			JSON.stringify(settings),
			at,
		]);
	const carryOut = (actionId: unknown, events: CalComEvent[] = [], at = BEFORE) =>
		only('SELECT * FROM calcom.apply_action($1, $2::jsonb, $3)', [actionId, JSON.stringify(events), at]);
	return {
		query,
		only,
		check,
		carryOut,
		/** A whole action as the template does it: Cal.com answers with these events. */
		async act(body: Body, at = BEFORE, events: CalComEvent[] = []): Promise<Row> {
			const checked = await check(body, at);
			return checked['go'] === 'answer' ? checked : await carryOut(checked['action_id'], events, at);
		},
		booking: () => only('SELECT * FROM calcom.bookings'),
		activities: () =>
			query(
				"SELECT type, title, details FROM calcom.lead_activities WHERE event_key LIKE 'RETOOL:%' ORDER BY id",
			),
	};
}
