// The steps of the calendar template run on a database directly, and its rows as people see them.
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import type { TestDatabase } from '../database.mts';

export type Row = Record<string, unknown>;

/** What the template's Settings node says unless a test says otherwise. */
export const SETTINGS = {
	clientKey: 'clientId',
	subjectKey: 'subjectId',
	guessableIds: '',
	timeZone: '',
	currency: 'EUR',
	addHostsToStaff: true,
};

export interface Calendar {
	/** The three steps of the template; false when the claim found the event taken. */
	apply(event: CalComEvent, settings?: Partial<typeof SETTINGS>, claimant?: string): Promise<boolean>;
	/** The appointments, links told by what they lead to, without ids and clocks. */
	rows(): Promise<Row[]>;
	query(sql: string, values?: unknown[]): Promise<Row[]>;
	/** These columns of the one appointment that there is. */
	only(columns: string): Promise<Row | undefined>;
	/** The new lead's number. */
	addLead(email: string): Promise<string>;
}

export function openCalendar(db: TestDatabase): Calendar {
	const query = async (sql: string, values: unknown[] = []) => (await db.pool.query<Row>(sql, values)).rows;
	return {
		query,
		async apply(event, settings = {}, claimant = 'test') {
			const payload = JSON.stringify(event);
			const claimed = await query("SELECT * FROM calcom.claim_event($1::jsonb, $2, 'calendar-events')", [
				payload,
				claimant,
			]);
			if (claimed.length === 0) return false;
			await query('SELECT * FROM calcom.apply_calendar_event($1::jsonb, $2::jsonb)', [
				payload,
				JSON.stringify({ ...SETTINGS, ...settings }),
			]);
			await query("SELECT calcom.finish_event($1, 'processed', NULL, 'calendar-events')", [event.eventKey]);
			return true;
		},
		async only(columns) {
			const found = await query(`SELECT ${columns} FROM calcom.calendar_events`);
			expect(found).toHaveLength(1);
			return found[0];
		},
		async addLead(email) {
			const [lead] = await query('INSERT INTO calcom.leads (email) VALUES ($1) RETURNING id', [email]);
			return String(lead?.['id']);
		},
		async rows() {
			const found = await query(
				`SELECT e.*, l.email AS client_email, s.email AS staff_email, v.name AS service_name
				FROM calcom.calendar_events AS e
				LEFT JOIN calcom.leads AS l ON l.id::text = e.client_id
				LEFT JOIN calcom.staff AS s ON s.id::text = e.staff_id
				LEFT JOIN calcom.services AS v ON v.id = e.service_id
				ORDER BY e.booking_uid`,
			);
			return found.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !CHANGING.has(name))));
		},
	};
}

/** Numbers that depend on what came first; `client_email` and the like tell where a link leads. */
const CHANGING = new Set([
	'id',
	'booking_id',
	'client_id',
	'staff_id',
	'service_id',
	'derived',
	'created_at',
	'updated_at',
]);
