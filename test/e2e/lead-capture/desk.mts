// The lead capture template of the running playground: its rows, and waiting until it has nothing left to do.
import { z } from 'zod';
import { readIndex, readRecordings } from '../../nodes/shared/events/recordings.mts';
import { type E2e, openE2e, waitFor } from '../support/e2e.mts';

export const WORKFLOW = 'calcom-01';
type Row = Record<string, unknown>;

export interface LeadCapture {
	e2e: E2e;
	rows(sql: string): Promise<Row[]>;
	bookings(): Promise<Row[]>;
	/** Titles of the timeline. */
	activities(): Promise<unknown[]>;
	/** All that people see, in an order that does not depend on when it came. */
	tables(): Promise<Record<string, Row[]>>;
	/** Waits until no run is under way. */
	idle(): Promise<unknown>;
	/** Waits until as many deliveries as that are processed, and none is under way. */
	settled(processed: number): Promise<unknown>;
	/** Begins anew. A second copy of a delivery may still be on its way to find that it was applied. */
	reset(): Promise<void>;
}

export async function openLeadCapture(): Promise<LeadCapture> {
	const e2e = await openE2e();
	const rows = async (sql: string): Promise<Row[]> => (await e2e.db.query<Row>(sql)).rows;
	const idle = () =>
		waitFor(
			'all executions to end',
			async () =>
				(await e2e.editor.executions(WORKFLOW, 100)).every(
					({ status }) => status !== 'running' && status !== 'new',
				),
			{ timeout: 60_000 },
		);
	return {
		e2e,
		rows,
		bookings: () =>
			rows(
				'SELECT uid, uids, status, lifecycle, attendee_email, attendee_count, reschedule_count FROM calcom.bookings ORDER BY id',
			),
		activities: async () =>
			(await rows('SELECT title FROM calcom.lead_activities ORDER BY title')).map((row) => row['title']),
		tables: async () => ({
			leads: await rows(
				'SELECT email, name, first_name, last_name, phone, time_zone, locale FROM calcom.leads ORDER BY email',
			),
			bookings: await rows(
				'SELECT uid, uids, status, lifecycle, title, start_time, end_time, location_type, location_label, meeting_url, attendee_email, attendees, attendee_count, guests, responses, metadata, cancellation_reason, rejection_reason, notes, reschedule_count, last_event FROM calcom.bookings ORDER BY uid',
			),
			activities: await rows(
				'SELECT a.event_key, a.title, a.details, a.occurred_at, l.email FROM calcom.lead_activities a LEFT JOIN calcom.leads l ON l.id = a.lead_id ORDER BY a.event_key',
			),
			inbox: await rows('SELECT event_key, status FROM calcom.webhook_events ORDER BY event_key'),
		}),
		idle,
		settled: (processed) =>
			waitFor(
				`${String(processed)} processed deliveries`,
				async () => {
					const [inbox] = await rows(
						"SELECT count(*) FILTER (WHERE status = 'processed')::int AS processed, count(*)::int AS all FROM calcom.webhook_events",
					);
					return inbox?.['processed'] === processed && inbox['all'] === processed;
				},
				{ timeout: 60_000 },
			),
		async reset() {
			await idle();
			await e2e.resetTables();
		},
	};
}

/** The recorded life of a school's bookings: the kinds of delivery that the template listens to. */
export const LISTENS = [
	'BOOKING_CREATED',
	'BOOKING_REQUESTED',
	'BOOKING_RESCHEDULED',
	'BOOKING_CANCELLED',
	'BOOKING_REJECTED',
	'BOOKING_NO_SHOW_UPDATED',
	'MEETING_ENDED',
];
const known = new Map(readIndex().map((row) => [row.number, row.secret]));
const triggerSchema = z.object({ triggerEvent: z.string() });
export const recorded = readRecordings()
	.filter(
		({ number, bytes }) =>
			known.get(number) === 'whsec-all-0001' &&
			LISTENS.includes(triggerSchema.parse(JSON.parse(bytes.toString())).triggerEvent),
	)
	.map(({ bytes }) => bytes);
