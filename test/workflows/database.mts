// A PostgreSQL with the templates' tables, and the steps of the lead capture template run on it directly.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import { startPostgres } from '../../playground/src/postgres.mts';
import { removeData } from '../../playground/src/postgres-place.mts';

const SCHEMA = join(import.meta.dirname, '../../workflows/sql/schema.sql');

export interface TestDatabase {
	pool: pg.Pool;
	/** The five steps of the lead capture template; false when the claim found the event taken. */
	apply(event: CalComEvent, claimant?: string): Promise<boolean>;
	/** The rows that people see, without ids and clocks, in an order that does not depend on when they came. */
	tables(): Promise<Tables>;
	empty(): Promise<void>;
	setUp(): Promise<void>;
	stop(): Promise<void>;
}

export interface Tables {
	leads: Record<string, unknown>[];
	bookings: Record<string, unknown>[];
	activities: Record<string, unknown>[];
	inbox: Record<string, unknown>[];
}

export async function startDatabase(): Promise<TestDatabase> {
	const folder = await mkdtemp(join(tmpdir(), 'calcom-sql-'));
	const postgres = await startPostgres({ dataDir: join(folder, 'data') });
	const pool = new pg.Pool({ connectionString: postgres.url, max: 12 });
	// A session that is just being closed may still hear that the server stops: nothing is lost, and no test is wrong.
	pool.on('error', () => undefined);
	const setUp = async () => {
		await pool.query(await readFile(SCHEMA, 'utf8'));
	};
	await setUp();
	return {
		pool,
		setUp,
		async apply(event, claimant = 'test') {
			const payload = JSON.stringify(event);
			const claimed = await pool.query('SELECT * FROM calcom.claim_event($1::jsonb, $2)', [payload, claimant]);
			if (claimed.rowCount === 0) return false;
			for (const step of ['save_lead', 'apply_booking', 'log_activity'])
				await pool.query(`SELECT * FROM calcom.${step}($1::jsonb)`, [payload]);
			await pool.query("SELECT calcom.finish_event($1, 'processed')", [event.eventKey]);
			return true;
		},
		async tables() {
			const rows = async (sql: string) => (await pool.query<Record<string, unknown>>(sql)).rows;
			return {
				leads: await rows(
					'SELECT email, name, first_name, last_name, phone, time_zone, locale, tag, status, assigned_teacher, internal_note FROM calcom.leads ORDER BY email',
				),
				bookings: (
					await rows(
						'SELECT b.*, l.email AS lead_email FROM calcom.bookings b LEFT JOIN calcom.leads l ON l.id = b.lead_id ORDER BY uid',
					)
				).map(withoutClocks),
				activities: await rows(
					`SELECT a.event_key, a.type, a.title, a.details, a.occurred_at, l.email, b.uid
					FROM calcom.lead_activities a LEFT JOIN calcom.leads l ON l.id = a.lead_id LEFT JOIN calcom.bookings b ON b.id = a.booking_id ORDER BY a.event_key`,
				),
				inbox: await rows('SELECT event_key, status, error FROM calcom.webhook_events ORDER BY event_key'),
			};
		},
		async empty() {
			await pool.query(
				'TRUNCATE calcom.leads, calcom.bookings, calcom.lead_activities, calcom.webhook_events, calcom.staff, calcom.services, calcom.settings CASCADE',
			);
		},
		async stop() {
			await pool.end();
			await postgres.stop();
			await removeData(join(folder, 'data'));
			await rm(folder, { recursive: true, force: true });
		},
	};
}

const CLOCKS = new Set(['id', 'lead_id', 'created_at', 'updated_at']);

const withoutClocks = (row: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(row).filter(([name]) => !CLOCKS.has(name)));
