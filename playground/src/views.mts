// What the page shows beside bookings, deliveries and tables: SMS, services on both sides, and the health of it all.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { CalCom } from 'stand-ins/calcom';
import { type Twilio, addressOf, pair } from 'stand-ins/twilio';

const KEPT = 30;

export interface Sms {
	sid: string;
	/** Whether an attendee wrote it. */
	inbound: boolean;
	/** The attendee's number. */
	phone: string;
	text: string;
	status: string;
	/** Twilio's, or null. */
	errorCode: number | null;
	/** ISO 8601, UTC. */
	at: string;
	/** The attendee wants no more messages. */
	optedOut: boolean;
}

/** Both directions, the newest first. */
export function readSms({ state, number }: Pick<Twilio, 'state' | 'number'>): Sms[] {
	return state.messages
		.slice(-KEPT)
		.reverse()
		.map(({ sid, direction, from, to, body, status, errorCode, createdAt }) => {
			const inbound = direction === 'inbound';
			const phone = addressOf(inbound ? (from ?? '') : to).number;
			const optedOut = state.optedOut.has(pair(number, phone));
			return { sid, inbound, phone, text: body, status, errorCode, at: createdAt, optedOut };
		});
}

const conflictSchema = z.object({ field: z.string(), ours: z.unknown(), theirs: z.unknown() });
const serviceSchema = z.object({
	id: z.string(),
	name: z.string(),
	slug: z.string().nullable(),
	description: z.string().nullable(),
	price: z.string().nullable(),
	currency: z.string().nullable(),
	sync_status: z.string(),
	sync_error: z.string().nullable(),
	last_calcom_sync: z.date().nullable(),
	event_type: z.number().nullable(),
	sync_conflict: z.array(conflictSchema).nullish().catch(null),
});

export interface Service {
	id: string;
	name: string;
	slug: string | null;
	/** What is ours alone, e.g. `45 EUR`. */
	price: string | null;
	status: string;
	error: string | null;
	/** ISO 8601, or null: never. */
	syncedAt: string | null;
	ours: string | null;
	/** Null where there is no event type. */
	theirs: string | null;
	conflicts: { field: string; ours: unknown; theirs: unknown }[];
}

const hasTable = async (db: Pool, name: string): Promise<boolean> => {
	const { rows } = await db.query("SELECT to_regclass('calcom.' || $1) IS NOT NULL AS found", [name]);
	return z.array(z.object({ found: z.boolean() })).parse(rows)[0]?.found ?? false;
};

/** The services, each with its description on both sides and what waits for a decision. */
export async function readServices(db: Pool, { state }: Pick<CalCom, 'state'>): Promise<Service[]> {
	if (!(await hasTable(db, 'services'))) return [];
	const { rows } = await db.query(
		`SELECT s.*, s.id::text AS id, s.price::text AS price, s.calcom_event_type_id::int AS event_type
		FROM calcom.services AS s ORDER BY s.id LIMIT ${String(KEPT)}`,
	);
	return z
		.array(serviceSchema)
		.parse(rows)
		.map((row) => ({
			id: row.id,
			name: row.name,
			slug: row.slug,
			price: row.price === null ? null : [row.price, row.currency ?? ''].join(' ').trim(),
			status: row.sync_status,
			error: row.sync_error,
			syncedAt: row.last_calcom_sync?.toISOString() ?? null,
			ours: row.description,
			theirs: state.eventTypes.find(({ id }) => id === row.event_type)?.description ?? null,
			conflicts: (row.sync_conflict ?? []).map(({ field, ours, theirs }) => ({ field, ours, theirs })),
		}));
}

/** The views of template 09 and the columns that the page shows of them. */
const HEALTH = {
	days: {
		view: 'sync_health_by_day',
		columns:
			"to_char(day, 'YYYY-MM-DD') AS day, event, consumer, received::int, processed::int, failed::int, processing::int, success_percent::float",
	},
	failed: { view: 'failed_events', columns: 'event, consumer, error, attempts::int, claimed_at AS since' },
	stuck: { view: 'stuck_claims', columns: 'event, consumer, attempts::int, claimed_at AS since' },
	problems: { view: 'health_problems', columns: 'urgency, area, what, why, since' },
} as const;

export type Health = Record<keyof typeof HEALTH, Record<string, unknown>[]>;

/** What came and how it ended, per day and event; what failed, what is stuck, and all there is to look at. */
export async function readHealth(db: Pool): Promise<Health> {
	const health: Health = { days: [], failed: [], stuck: [], problems: [] };
	for (const [name, { view, columns }] of Object.entries(HEALTH)) {
		if (!(await hasTable(db, view))) continue;
		const { rows } = await db.query(`SELECT ${columns} FROM calcom.${view} LIMIT ${String(KEPT)}`);
		// Dates become text here, as they are in the page.
		health[z.enum(['days', 'failed', 'stuck', 'problems']).parse(name)] = z
			.array(z.record(z.unknown()))
			.parse(JSON.parse(JSON.stringify(rows)));
	}
	return health;
}
