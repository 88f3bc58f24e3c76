// The rows that people look at: which tables, which columns, and what has changed since the last look.
import type { Pool } from 'pg';
import { z } from 'zod';

export interface TableView {
	name: string;
	/** What the table holds, for somebody who sees it for the first time. */
	says: string;
	/** Column that names a row. */
	key: string;
	columns: string[];
	/** Newest rows first by this column. */
	newest: string;
}

export const TABLES: TableView[] = [
	{
		name: 'leads',
		says: 'One row per person, found by email.',
		key: 'id',
		columns: ['id', 'name', 'email', 'phone', 'time_zone', 'status', 'assigned_teacher', 'updated_at'],
		newest: 'updated_at',
	},
	{
		name: 'bookings',
		says: 'One row per booking. It stays the same row when the booking moves, and remembers every uid it had.',
		key: 'id',
		columns: [
			'id',
			'status',
			'lifecycle',
			'title',
			'start_time',
			'previous_start',
			'attendee_name',
			'cancellation_reason',
			'uids',
		],
		newest: 'updated_at',
	},
	{
		name: 'calendar_events',
		says: 'The calendar: each booking with its client, teacher and service. What a person enters here stays.',
		key: 'id',
		columns: [
			'id',
			'status',
			'title',
			'start_time',
			'client_id',
			'staff_id',
			'service_id',
			'price',
			'reschedule_count',
		],
		newest: 'updated_at',
	},
	{
		name: 'reminders',
		says: 'One row per booking, time and number: planned, sent, delivered, or the reason why not.',
		key: 'id',
		columns: ['id', 'kind', 'status', 'reason', 'recipient', 'due_at', 'start_time', 'attempts', 'body'],
		newest: 'updated_at',
	},
	{
		name: 'messages',
		says: 'What people answered to an SMS, and what came of it.',
		key: 'id',
		columns: ['id', 'body', 'meaning', 'status', 'answer', 'phone', 'booking_uid', 'error'],
		newest: 'id',
	},
	{
		name: 'lead_activities',
		says: 'What happened, in order, for the person who calls the lead back.',
		key: 'id',
		columns: ['id', 'title', 'details', 'occurred_at'],
		newest: 'id',
	},
	{
		name: 'webhook_events',
		says: 'The inbox: one row per fact. A second delivery of the same fact finds its row here and changes nothing.',
		key: 'event_key',
		columns: ['event', 'status', 'attempts', 'received_at', 'error', 'event_key'],
		newest: 'received_at',
	},
];

const rowSchema = z.record(z.unknown());
export type Row = z.infer<typeof rowSchema>;
/** Table name -> its newest rows. */
export type Snapshot = Record<string, Row[]>;

/** Reads the newest rows of every table; tables that do not exist yet are empty. */
export async function readRows(db: Pool, limit = 25): Promise<Snapshot> {
	const snapshot: Snapshot = {};
	for (const { name, columns, newest } of TABLES) {
		const exists = await db.query("SELECT to_regclass('calcom.' || $1) IS NOT NULL AS found", [name]);
		const found = z.object({ found: z.boolean() }).parse(exists.rows[0]).found;
		// Names come from the table above, never from outside.
		const rows = found
			? await db.query(`SELECT ${columns.join(', ')} FROM calcom.${name} ORDER BY ${newest} DESC LIMIT $1`, [
					limit,
				])
			: null;
		// Dates become text here, as they are in the page.
		snapshot[name] = z.array(rowSchema).parse(JSON.parse(JSON.stringify(rows?.rows ?? [])));
	}
	return snapshot;
}

export interface Change {
	table: string;
	/** Value of the table's key column. */
	key: string;
	kind: 'new' | 'changed';
	row: Row;
	/** Columns that differ; all of them for a new row. */
	columns: string[];
}

/** What is new or different in `after`. Rows that only fell off the end of the list are no change. */
export function changesBetween(before: Snapshot, after: Snapshot): Change[] {
	return TABLES.flatMap(({ name, key, columns }) => {
		const known = new Map((before[name] ?? []).map((row) => [String(row[key]), row]));
		return [...(after[name] ?? [])].reverse().flatMap((row): Change[] => {
			const old = known.get(String(row[key]));
			const differing = columns.filter(
				(column) => !old || JSON.stringify(old[column]) !== JSON.stringify(row[column]),
			);
			if (differing.length === 0) return [];
			return [{ table: name, key: String(row[key]), kind: old ? 'changed' : 'new', row, columns: differing }];
		});
	});
}
