// A PostgreSQL with the templates' tables, a clock of the test's own, and the templates' statements to run on it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { startDatabase } from '../database.mts';
import { allTables, printOfTables } from './tables.mts';
import { PLAN, RECONCILE, TEMPLATES, type Template } from './template-steps.mts';

const SCHEMA = join(import.meta.dirname, '../../../workflows/sql/schema.sql');

/** One delivery to one template. */
export interface Job {
	template: Template['name'];
	event: CalComEvent;
}

export type Tables = Record<string, Record<string, unknown>[]>;

const answerSchema = z.object({ rows: z.array(z.record(z.unknown())) });
const printSchema = z.object({ print: z.string().nullable() });
const tablesSchema = z.object({ tables: z.record(z.array(z.record(z.unknown()))) });

/** One session: everything is done on it in turn. */
export interface Ground {
	query(sql: string, values?: unknown[]): Promise<Record<string, unknown>[]>;
	/** What all tables hold, as a hash. */
	print(): Promise<string>;
	/** Does this SQL: the hash of what the tables hold then. Null: not one row was written. */
	printAfter(sql: string): Promise<string | null>;
	tables(): Promise<Tables>;
	/** The clock of the database. */
	setClock(now: string): Promise<void>;
	/** SQL, to be sent with others in one go. */
	sqlOf(job: Job, execution?: string): string;
	deliver(job: Job, execution?: string): Promise<void>;
	/** The same statements, each by itself: what other runs do can come in between. */
	steps(job: Job, execution: string): (() => Promise<boolean>)[];
	/** Template 06 with what Cal.com says of its bookings. */
	reconcile(events: CalComEvent[]): Promise<unknown>;
	plan(): Promise<void>;
}

export interface Grounds extends Ground {
	/** Another session on the same database. */
	another(): Promise<Ground>;
	empty(): Promise<void>;
	stop(): Promise<void>;
}

const functionOf = (name: string) => `convergence.run_${name.replace('-', '_')}`;

/** The template as one function: its statements word for word, and no more of them once one gave no row. */
function functionFor({ name, steps }: Template, quote: (text: string) => string, sample: CalComEvent): string {
	let used = 0;
	const body = steps.map(({ sql, values }) => {
		const names = values(sample, '1').map(() => `a[${String(++used)}]`);
		return `EXECUTE ${quote(sql)} USING ${names.join(', ')}; GET DIAGNOSTICS n = ROW_COUNT; IF n = 0 THEN RETURN; END IF;`;
	});
	return `CREATE FUNCTION ${functionOf(name)}(a text[]) RETURNS void LANGUAGE plpgsql AS $f$ DECLARE n int; BEGIN ${body.join('\n')} END $f$`;
}

export async function startGround(sample: CalComEvent): Promise<Grounds> {
	const db = await startDatabase();
	const { connectionString } = db.pool.options;
	const clients: pg.Client[] = [];
	const open = async () => {
		const client = new pg.Client({
			connectionString,
			// A schema before PostgreSQL's own, so that now() is the test's.
			options:
				'-c jit=off -c search_path=convergence_clock,pg_catalog,public -c convergence.now=2026-11-20T09:00:00Z',
		});
		await client.connect();
		clients.push(client);
		return client;
	};
	const first = await open();
	await first.query(`
		CREATE SCHEMA convergence_clock;
		CREATE FUNCTION convergence_clock.now() RETURNS timestamptz LANGUAGE sql STABLE AS
			$$ SELECT pg_catalog.current_setting('convergence.now')::pg_catalog.timestamptz $$;
		CREATE SCHEMA convergence;
		DROP SCHEMA calcom CASCADE;`);
	await first.query(await readFile(SCHEMA, 'utf8'));
	const columns = new Map<string, string[]>();
	const { rows } = await first.query<{ table_name: string; column_name: string }>(`
		SELECT c.table_name, c.column_name FROM information_schema.columns c
		JOIN information_schema.tables t USING (table_schema, table_name)
		WHERE table_schema = 'calcom' AND table_type = 'BASE TABLE' ORDER BY 1, 2`);
	for (const { table_name: table, column_name: name } of rows)
		columns.set(table, [...(columns.get(table) ?? []), name]);
	const returning = (type: string, name: string, expression: string) =>
		first.query(
			`CREATE FUNCTION convergence.${name}() RETURNS ${type} LANGUAGE plpgsql AS $f$ BEGIN RETURN ${expression}; END $f$`,
		);
	await returning('jsonb', 'tables', allTables(columns));
	await returning('text', 'print', printOfTables(columns));
	await returning('bigint', 'writes', WRITES);
	for (const template of TEMPLATES)
		await first.query(functionFor(template, (text) => first.escapeLiteral(text), sample));
	return {
		...groundOn(first),
		another: async () => groundOn(await open()),
		empty: () => db.empty(),
		async stop() {
			for (const client of clients) await client.end();
			await db.stop();
		},
	};
}

/** Rows that this transaction has written, counted also where it was taken back. */
const WRITES = `(
	SELECT sum(pg_stat_get_xact_tuples_inserted(oid) + pg_stat_get_xact_tuples_updated(oid) + pg_stat_get_xact_tuples_deleted(oid))
	FROM pg_class WHERE relnamespace = 'calcom'::regnamespace AND relkind = 'r')`;
const NOTE_WRITES = "SELECT set_config('convergence.writes', convergence.writes()::text, true)";
const PRINT = 'SELECT convergence.print() AS print';
const PRINT_OF_WRITES = `SELECT CASE WHEN convergence.writes() > current_setting('convergence.writes')::bigint THEN convergence.print() END AS print`;

function groundOn(client: pg.Client): Ground {
	const query = async (sql: string, values?: unknown[]) => {
		// Several statements in one go give several results: the last one's rows are asked for.
		const answer: unknown = await client.query(sql, values);
		return answerSchema.parse(Array.isArray(answer) ? answer.at(-1) : answer).rows;
	};
	const templateOf = (job: Job) => {
		const template = TEMPLATES.find(({ name }) => name === job.template);
		if (!template) throw new Error(`No template ${job.template}`);
		return template;
	};
	const made = new Map<Job, string>();
	const sqlOf = (job: Job, execution = '1') => {
		const known = execution === '1' ? made.get(job) : undefined;
		if (known !== undefined) return known;
		const values = templateOf(job).steps.flatMap((step) => step.values(job.event, execution));
		const sql = `SELECT ${functionOf(job.template)}(ARRAY[${values.map((value) => client.escapeLiteral(value)).join(', ')}])`;
		if (execution === '1') made.set(job, sql);
		return sql;
	};
	return {
		query,
		sqlOf,
		print: async () => printSchema.parse((await query(PRINT))[0]).print ?? '',
		printAfter: async (sql) =>
			printSchema.parse((await query(`${NOTE_WRITES}; ${sql}; ${PRINT_OF_WRITES}`))[0]).print,
		tables: async () => tablesSchema.parse((await query('SELECT convergence.tables() AS tables'))[0]).tables,
		async setClock(now) {
			await query("SELECT set_config('convergence.now', $1, false)", [now]);
		},
		async deliver(job, execution) {
			await client.query(sqlOf(job, execution));
		},
		steps: (job, execution) =>
			templateOf(job).steps.map(
				({ sql, values }) =>
					async () =>
						(await query(sql, values(job.event, execution))).length > 0,
			),
		reconcile: async (events) =>
			(
				await query(RECONCILE.sql, [
					JSON.stringify(events),
					JSON.stringify(RECONCILE.settings),
					'reconcile',
					'false',
				])
			)[0]?.['reconciled'],
		async plan() {
			await query(PLAN.sql, [JSON.stringify(PLAN.settings)]);
		},
	};
}
