// Lead capture as it is shipped: its tables made by its own template, its trigger registered at the stand-in of Cal.com.
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { ROOT } from '../../../playground/src/playground.mts';
import type { Postgres } from '../../../playground/src/postgres.mts';
import {
	attachCredentials,
	manualTrigger,
	playgroundCredentials,
	readTemplates,
	type SavedCredentials,
} from '../../../playground/src/templates.mts';
import type { Rig } from './rig.mts';
import type { Contestant } from './rounds.mts';

/** Makes the tables and switches the template on. */
export async function enterLeadCapture(rig: Rig, postgres: Postgres, name: string): Promise<Contestant> {
	const { editor, calcom } = rig;
	const saved: SavedCredentials = {};
	for (const credential of playgroundCredentials({ postgres, calcom }))
		saved[credential.type] = await editor.saveCredential(credential);
	const templates = await readTemplates(join(ROOT, 'workflows'));
	const template = (slug: string) => {
		const found = templates.find((candidate) => candidate.slug === slug);
		if (!found) throw new Error(`There is no template ${slug}.`);
		return attachCredentials(found.workflow, saved);
	};

	const setUp = template('00-set-up-tables');
	await editor.saveWorkflow(setUp);
	await editor.run(setUp.id, manualTrigger(setUp) ?? '');
	return await rig.enter(name, template('01-lead-capture'), 'calcom');
}

const countSchema = z.object({
	processed: z.number(),
	repeated: z.number(),
	bookings: z.number(),
	activities: z.number(),
});

/** Throws when the tables do not hold exactly what was delivered. */
export async function checkTables(url: string, delivered: number): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		const { rows } = await client.query(`SELECT
			(SELECT count(*)::int FROM calcom.webhook_events WHERE status = 'processed') AS processed,
			(SELECT count(*)::int FROM calcom.webhook_events WHERE attempts > 1) AS repeated,
			(SELECT count(*)::int FROM calcom.bookings) AS bookings,
			(SELECT count(DISTINCT booking_id)::int FROM calcom.lead_activities) AS activities`);
		const found = countSchema.parse(rows[0]);
		console.log(`${String(delivered)} deliveries: ${JSON.stringify(found)}`);
		if (
			found.processed !== delivered ||
			found.repeated > 0 ||
			found.bookings !== delivered ||
			found.activities !== delivered
		) {
			throw new Error('The tables do not hold every delivery exactly once.');
		}
	} finally {
		await client.end();
	}
}
