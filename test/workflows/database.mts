// A PostgreSQL with the templates' tables, and the steps of the lead capture template run on it directly.
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import { SCHEMA, copyDatabase } from './server/server.mts';

export interface TestDatabase {
	pool: pg.Pool;
	/** The five steps of the lead capture template; false when the claim found the event taken. */
	apply(event: CalComEvent, claimant?: string): Promise<boolean>;
	/** The rows that people see, without ids and clocks, in an order that does not depend on when they came. */
	tables(): Promise<Tables>;
	/** Empties every table but the signing key, which is made once. Numbers go on. */
	empty(): Promise<void>;
	/** Resolves when a session waits for a lock, or sleeps; at once when `unless` is over. */
	untilSomebodyWaits(on: 'Lock' | 'PgSleep', unless?: Promise<unknown>): Promise<void>;
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
	const server = process.env['TEST_POSTGRES'];
	if (server === undefined) throw new Error('There is no PostgreSQL to test on: run this with `pnpm unit`.');
	const copy = await copyDatabase(server);
	const pool = new pg.Pool({ connectionString: copy.url, max: 12 });
	// A session that is just being closed may still hear that the server stops: nothing is lost, and no test is wrong.
	pool.on('error', () => undefined);
	const setUp = async () => {
		await pool.query(await readFile(SCHEMA, 'utf8'));
	};
	let names: string[] | null = null;
	let emptied = 0;
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
			names ??= await tablesOf(pool);
			emptied += 1;
			const withoutChecks = `BEGIN; SET LOCAL session_replication_role = replica; ${names.map((name) => `DELETE FROM ${name}`).join('; ')}; COMMIT`;
			// Of few rows this takes a tenth of what TRUNCATE takes, which makes new files for all tables and indexes.
			await pool.query(emptied % ANEW_AFTER === 0 ? `TRUNCATE ${names.join(', ')}` : withoutChecks);
		},
		async untilSomebodyWaits(on, unless) {
			let over = false;
			const end = () => {
				over = true;
			};
			unless?.then(end, end);
			const waiting =
				'SELECT FROM pg_stat_activity WHERE datname = current_database() AND $1 IN (wait_event, wait_event_type)';
			while (!over && (await pool.query(waiting, [on])).rowCount === 0) await sleep(5);
		},
		async stop() {
			await pool.end();
			await copy.drop();
		},
	};
}

/** Deleted rows keep their place until then. */
const ANEW_AFTER = 400;

async function tablesOf(pool: pg.Pool): Promise<string[]> {
	const { rows } = await pool.query<{ name: string }>(
		"SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'calcom' AND tablename <> 'signing_key'",
	);
	return rows.map(({ name }) => name);
}

const CLOCKS = new Set(['id', 'lead_id', 'created_at', 'updated_at']);

const withoutClocks = (row: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(row).filter(([name]) => !CLOCKS.has(name)));
