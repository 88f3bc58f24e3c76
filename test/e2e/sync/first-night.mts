// The first night of a sync, run once and found again by every test that begins after it.
import { z } from 'zod';
import type { E2e } from '../support/e2e.mts';
import type { Sync } from './workflow.mts';

const keptSchema = z.tuple([z.object({ kept: z.string() })]);

/**
 * Brings both sides in step as the first night does: with a run the first time, and with the rows of that run when the
 * same event types are met again.
 */
export function firstNights({ db }: E2e): (sync: Sync) => Promise<void> {
	let rows: string | undefined;
	return async (sync) => {
		if (rows !== undefined) {
			await db.query(
				'INSERT INTO calcom.services OVERRIDING SYSTEM VALUE SELECT * FROM jsonb_populate_recordset(NULL::calcom.services, $1)',
				[rows],
			);
			await db.query(
				"SELECT setval(pg_get_serial_sequence('calcom.services', 'id'), max(id)) FROM calcom.services",
			);
			return;
		}
		await sync.run();
		const { rows: found } = await db.query(
			'SELECT jsonb_agg(service ORDER BY id)::text AS kept FROM calcom.services AS service',
		);
		rows = keptSchema.parse(found)[0].kept;
	};
}
