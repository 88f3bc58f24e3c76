// Lead capture: from the delivery to committed rows in PostgreSQL, beside an empty trigger that writes nothing, in one
// real n8n. A delivery counts when its execution is saved, which is after the last of its rows is committed.
// Every delivery is of a booking of its own; at the end the tables are counted: nothing lost, nothing doubled.
// Exit code 1 when the target is missed by more than the noise of the run (see support/statistics.mts).
//
//   node test/bench/lead-capture.bench.mts [--rounds 30] [--size 40] [--package FOLDER]
import { parseArgs } from 'node:util';
import pg from 'pg';
import { z } from 'zod';
import { ofAnotherBooking, readDeliveries } from './support/deliveries.mts';
import { enterLeadCapture } from './support/lead-capture.mts';
import { report } from './support/report.mts';
import { startRig } from './support/rig.mts';
import { compete } from './support/rounds.mts';
import { emptyTrigger } from './support/workflows.mts';

const [OURS, EMPTY] = ['lead capture', 'empty trigger'];

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '30' },
		size: { type: 'string', default: '40' },
		package: { type: 'string' },
	},
});
const [rounds, size] = [Number(values.rounds), Number(values.size)];

const countSchema = z.object({
	processed: z.number(),
	repeated: z.number(),
	bookings: z.number(),
	activities: z.number(),
});

/** Throws when the tables do not hold exactly what was delivered. */
async function checkTables(url: string, delivered: number): Promise<void> {
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

const rig = await startRig({ name: 'lead-capture', packageDir: values.package });
try {
	const { executions, pid } = rig;
	const postgres = await rig.postgres();
	const contestants = [await enterLeadCapture(rig, postgres, OURS), await rig.enter(EMPTY, emptyTrigger(), 'empty')];

	const recorded = readDeliveries();
	let made = 0;
	const bodies = () =>
		Array.from({ length: size }, () => {
			const next = recorded[made % recorded.length];
			if (!next) throw new Error('There are no recorded deliveries.');
			return ofAnotherBooking(next, (made += 1));
		});
	const results = await compete({ contestants, pid, executions, rounds, bodies });
	report(results, [{ ours: OURS, against: EMPTY, atLeast: 0.6 }]);
	await checkTables(postgres.url, made);
} finally {
	await rig.stop();
}
