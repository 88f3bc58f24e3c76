// How long PostgreSQL itself took for each call of the templates' functions, from its own log.
import type pg from 'pg';
import { z } from 'zod';

/** Settings of a server that notes each statement, with its commit, and the time of each commit. */
export const NOTING_TIMES: Readonly<Record<string, string>> = {
	track_commit_timestamp: 'on',
	logging_collector: 'on',
	log_destination: 'jsonlog',
	log_min_duration_statement: '0',
	log_rotation_age: '0',
	log_rotation_size: '0',
};

const readSchema = z.tuple([z.object({ text: z.string() })]);
const lineSchema = z.object({ message: z.string().optional() });
const CALL = /^duration: ([\d.]+) ms {2}(?:statement|execute [^:]*): [^(]*?\bcalcom\.(\w+)\(/;

/** @returns function -> milliseconds of each of its calls */
export async function statementTimes(db: pg.Pool): Promise<Map<string, number[]>> {
	const { rows } = await db.query("SELECT pg_read_file(pg_current_logfile('jsonlog')) AS text");
	const times = new Map<string, number[]>();
	// The last line may be half written.
	for (const line of readSchema.parse(rows)[0].text.split('\n').slice(0, -1)) {
		const [, duration, name] = CALL.exec(lineSchema.parse(JSON.parse(line)).message ?? '') ?? [];
		if (duration !== undefined && name !== undefined)
			times.set(name, [...(times.get(name) ?? []), Number(duration)]);
	}
	return times;
}
