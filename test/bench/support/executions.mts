// Looks into n8n's own database for executions that have ended: asking n8n would slow it down.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';

const POLL_MS = 4;
const TIMEOUT_MS = 120_000;
const counts = z.object({ all: z.number(), underWay: z.number() });
const row = z.object({ ended: z.number(), failed: z.number() });
const newestRow = z.object({ last: z.number() });

export interface Ended {
	/** The highest id so far. */
	last(): number | Promise<number>;
	/**
	 * Resolves when so many executions of the workflow that began after `since` have ended and are saved.
	 * @throws when one did not succeed, when there are more, or when it takes two minutes
	 */
	untilEnded(workflowId: string, since: number, count: number): Promise<void>;
}

export interface Executions extends Ended {
	last(): number;
	/** Of those of the workflow that began after `since`: how many there are, and how many have not ended. */
	count(workflowId: string, since: number): { all: number; underWay: number };
	close(): void;
}

/** Asks again until so many have ended. @param ask how many `ended`, and how many of them `failed` */
async function waitFor(workflowId: string, count: number, ask: () => unknown): Promise<void> {
	for (const deadline = Date.now() + TIMEOUT_MS; ; await sleep(POLL_MS)) {
		const { ended, failed } = row.parse(await ask());
		if (failed > 0) throw new Error(`${String(failed)} executions of ${workflowId} did not succeed.`);
		if (ended > count) throw new Error(`${workflowId} ran ${String(ended)} times for ${String(count)} deliveries.`);
		if (ended === count) return;
		if (Date.now() > deadline)
			throw new Error(`Only ${String(ended)} of ${String(count)} executions of ${workflowId} have ended.`);
	}
}

/** The same where n8n's database is PostgreSQL, as in queue mode. */
export function executionsIn(database: pg.Pool): Ended {
	return {
		async last() {
			const { rows } = await database.query('SELECT coalesce(max(id), 0) AS last FROM execution_entity');
			return z.object({ last: z.number() }).parse(rows[0]).last;
		},
		async untilEnded(workflowId, since, count) {
			await waitFor(workflowId, count, async () => {
				const { rows } = await database.query(
					`SELECT count("stoppedAt")::int AS ended, count(*) FILTER (WHERE "stoppedAt" IS NOT NULL AND status <> 'success')::int AS failed
					FROM execution_entity WHERE id > $1 AND "workflowId" = $2`,
					[since, workflowId],
				);
				return rows[0];
			});
		},
	};
}

export function openExecutions(userFolder: string): Executions {
	const database = new DatabaseSync(join(userFolder, '.n8n', 'database.sqlite'), { readOnly: true });
	const newest = database.prepare('SELECT coalesce(max(id), 0) AS last FROM execution_entity');
	const ofOne = database.prepare(
		`SELECT count(stoppedAt) AS ended, count(CASE WHEN stoppedAt IS NOT NULL AND status <> 'success' THEN 1 END) AS failed
		FROM execution_entity WHERE id > ? AND workflowId = ?`,
	);
	const counted = database.prepare(
		'SELECT count(*) AS "all", count(*) - count(stoppedAt) AS underWay FROM execution_entity WHERE id > ? AND workflowId = ?',
	);
	return {
		count: (workflowId, since) => counts.parse(counted.get(since, workflowId)),
		last: () => newestRow.parse(newest.get()).last,
		untilEnded: (workflowId, since, count) => waitFor(workflowId, count, () => ofOne.get(since, workflowId)),
		close: () => database.close(),
	};
}
