// Waiting for what the workflows write.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';

const PATIENCE_MS = 30_000;

/**
 * Asks until there is a row, or time is up.
 * @returns whether there is one; whoever asks looks at the rows themselves to tell what is missing
 */
export async function untilRow(db: Pool, sql: string, values: unknown[], patienceMs = PATIENCE_MS): Promise<boolean> {
	for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(100)) {
		if ((await db.query(sql, values)).rows.length > 0) return true;
	}
	return false;
}
