// Two sets of the templates' tables, row by row: every column but ids, clocks, and what says who did the work.
import type pg from 'pg';
import { z } from 'zod';

type Row = Record<string, unknown>;

interface Table {
	/** Selects all rows; links are told by what they lead to. */
	sql: string;
	/** The columns that name a row. */
	key: string[];
	/** Columns that differ from run to run. */
	changing: string[];
	/** The column with the uid of the booking, where a row is of one. */
	booking?: string;
	/** Columns that Cal.com's API does not tell, or tells otherwise than the webhook that was lost. */
	untold: string[];
	/** The same of a booking that does not take place: Cal.com tells no more where it would have been. */
	untoldOfCancelled?: string[];
	/** Rows that a booking which lost a delivery may be without. */
	mayMiss?: (row: Row) => boolean;
	/** A history: of steps that later ones overtook Cal.com's API tells nothing, so their lines can be missing. */
	history?: true;
}

const TABLES: Record<string, Table> = {
	leads: {
		sql: 'SELECT * FROM calcom.leads',
		key: ['email'],
		changing: ['id', 'created_at', 'updated_at'],
		untold: ['calcom_state'],
	},
	bookings: {
		sql: 'SELECT b.*, l.email AS lead FROM calcom.bookings AS b LEFT JOIN calcom.leads AS l ON l.id = b.lead_id',
		key: ['uid'],
		changing: ['id', 'lead_id', 'created_at', 'updated_at'],
		booking: 'uid',
		untold: [
			'calcom_state',
			'last_event',
			'last_event_at',
			'description',
			'event_type_title',
			'price',
			'currency',
			'metadata',
			'rejection_reason',
			'reschedule_reason',
			'reschedule_count',
			'previous_start',
			'booking_url',
			'reschedule_url',
			'cancel_url',
		],
		untoldOfCancelled: ['meeting_url'],
	},
	calendar_events: {
		sql: `SELECT e.*, b.uid AS booking, l.email AS client, s.email AS staff
			FROM calcom.calendar_events AS e LEFT JOIN calcom.bookings AS b ON b.id = e.booking_id
			LEFT JOIN calcom.leads AS l ON l.id::text = e.client_id LEFT JOIN calcom.staff AS s ON s.id::text = e.staff_id`,
		key: ['booking_uid'],
		changing: ['id', 'booking_id', 'client_id', 'staff_id', 'derived', 'created_at', 'updated_at'],
		booking: 'booking_uid',
		untold: ['price', 'currency', 'metadata', 'reschedule_count', 'previous_start'],
		untoldOfCancelled: ['meeting_url'],
	},
	lead_activities: {
		sql: `SELECT a.*, l.email AS lead, b.uid AS booking FROM calcom.lead_activities AS a
			LEFT JOIN calcom.leads AS l ON l.id = a.lead_id LEFT JOIN calcom.bookings AS b ON b.id = a.booking_id`,
		key: ['event_key'],
		changing: ['id', 'lead_id', 'booking_id', 'created_at'],
		booking: 'booking',
		untold: ['occurred_at', 'title', 'details'],
		history: true,
	},
	webhook_events: {
		sql: `SELECT i.event_key, i.event, i.category, i.source, i.booking_uid, i.tag, i.occurred_at, i.status, i.error, b.uid AS booking
			FROM calcom.webhook_events AS i LEFT JOIN calcom.bookings AS b ON b.uids @> ARRAY[booking_uid]`,
		key: ['event_key'],
		changing: [],
		booking: 'booking',
		untold: ['occurred_at', 'source'],
		history: true,
	},
	event_claims: {
		sql: `SELECT c.event_key, consumer, c.status, c.error, c.occurred_at, b.uid AS booking
			FROM calcom.event_claims AS c JOIN calcom.webhook_events AS i USING (event_key) LEFT JOIN calcom.bookings AS b ON b.uids @> ARRAY[booking_uid]`,
		key: ['event_key', 'consumer'],
		changing: [],
		booking: 'booking',
		untold: ['occurred_at'],
		history: true,
	},
	// Of appointments as they stand now: what was planned for an earlier start, and silenced, depends on the moment.
	reminders: {
		sql: `SELECT r.*, CASE r.kind WHEN 'confirmation' THEN 'goes at once' ELSE r.status END AS state
			FROM calcom.reminders AS r JOIN calcom.bookings AS b ON b.uid = r.booking_uid AND b.start_time = r.start_time
			WHERE r.status <> 'silenced' AND calcom.takes_place(b)`,
		key: ['booking_uid', 'start_time', 'kind', 'recipient'],
		changing: [
			'id',
			'due_at',
			'status',
			'attempts',
			'message_sid',
			'claimed_at',
			'claimed_by',
			'sending_at',
			'sent_at',
			'body',
			'error_code',
			'created_at',
			'updated_at',
		],
		booking: 'booking_uid',
		untold: [],
		// Of a request that was confirmed Cal.com's API does not say that it was news.
		mayMiss: ({ kind }) => kind === 'confirmation',
	},
};

export interface Compared {
	/** Rows that must be there, per table. */
	rows: Record<string, number>;
	/** What is wrong, one line each: table, row, what. */
	differences: string[];
	/** Bookings of which a delivery did not make it, and that were read from Cal.com or made up for by later ones. */
	healed: number;
	/** Lines of the histories that are missing because later steps had overtaken them. */
	overtaken: number;
}

const text = (value: unknown) => JSON.stringify(value) ?? 'nothing';

/** Cal.com's API says of everybody whether they were absent, a webhook only of those who were. */
const plain = (column: string, value: unknown) =>
	column === 'attendees' || column === 'attendee' ? text(value).replaceAll('"noShow":false,', '') : text(value);

/**
 * Every difference of `found` from `wanted`. Where every delivery was applied, everything must be the same. Of a
 * booking that lost one, what Cal.com's API does not tell may differ, and nothing else.
 */
export async function compareTables(found: pg.Pool, wanted: pg.Pool): Promise<Compared> {
	const lost = await bookingsThatLostOne(found, wanted);
	const overtakenKeys = await overtakenEvents(wanted);
	const compared: Compared = { rows: {}, differences: [], healed: lost.size, overtaken: 0 };
	for (const [name, table] of Object.entries(TABLES)) {
		const nameOf = (row: Row) => table.key.map((column) => text(row[column])).join(' ');
		const read = async (pool: pg.Pool) => grouped((await pool.query<Row>(table.sql)).rows, nameOf);
		const [ours, theirs] = [await read(found), await read(wanted)];
		compared.rows[name] = theirs.size;
		for (const row of new Set([...theirs.keys(), ...ours.keys()])) {
			const [is, should] = [ours.get(row) ?? [], theirs.get(row) ?? []];
			const tell = (what: string) => compared.differences.push(`${name} ${row}: ${what}`);
			const [a, b] = [is[0], should[0]];
			const isHealed = lost.has(String(table.booking === undefined ? '' : b?.[table.booking]));
			if (is.length === 0 && table.history && isHealed && overtakenKeys.has(String(b?.['event_key'])))
				compared.overtaken += 1;
			else if (is.length === 0 && isHealed && b && table.mayMiss?.(b)) continue;
			else if (is.length !== should.length) tell(is.length < should.length ? 'missing' : 'too many');
			if (!a || !b) continue;
			const left = new Set([
				...table.changing,
				...(isHealed || table.booking === undefined ? table.untold : []),
				...(isHealed && b['status'] === 'cancelled' ? (table.untoldOfCancelled ?? []) : []),
			]);
			for (const column of Object.keys(b)) {
				if (left.has(column) || plain(column, a[column]) === plain(column, b[column])) continue;
				tell(`${column} is ${text(a[column])} instead of ${text(b[column])}`);
			}
		}
	}
	return compared;
}

const claimsSchema = z.array(z.object({ claim: z.string(), booking: z.string().nullable() }));

/** Present uids of the bookings of which not every claim was made by a delivery. */
async function bookingsThatLostOne(found: pg.Pool, wanted: pg.Pool): Promise<Set<string>> {
	const claims = async (pool: pg.Pool) =>
		claimsSchema.parse(
			(
				await pool.query(`SELECT concat_ws(' ', c.event_key, c.consumer, i.source) AS claim, b.uid AS booking
				FROM calcom.event_claims AS c JOIN calcom.webhook_events AS i USING (event_key) LEFT JOIN calcom.bookings AS b ON b.uids @> ARRAY[booking_uid]
				WHERE c.claimed_by <> 'retry' AND c.claimed_by NOT IN (SELECT claimed_by FROM calcom.backfill_runs)`)
			).rows,
		);
	const made = new Set((await claims(found)).map(({ claim }) => claim));
	return new Set((await claims(wanted)).flatMap(({ claim, booking }) => (made.has(claim) ? [] : (booking ?? []))));
}

/** Keys of the events that a later one of the same booking follows. */
async function overtakenEvents(pool: pg.Pool): Promise<Set<string>> {
	const { rows } = await pool.query<{ event_key: string }>(`SELECT DISTINCT early.event_key
		FROM calcom.webhook_events AS early JOIN calcom.bookings AS b ON b.uids @> ARRAY[early.booking_uid]
		JOIN calcom.webhook_events AS late ON late.booking_uid = ANY (b.uids) AND late.occurred_at > early.occurred_at`);
	return new Set(rows.map(({ event_key }) => event_key));
}

function grouped(rows: Row[], nameOf: (row: Row) => string): Map<string, Row[]> {
	const groups = new Map<string, Row[]>();
	for (const row of rows) {
		const group = groups.get(nameOf(row));
		if (group) group.push(row);
		else groups.set(nameOf(row), [row]);
	}
	return groups;
}
