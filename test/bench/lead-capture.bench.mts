// Lead capture: from the delivery to committed rows in PostgreSQL, beside an empty trigger that writes nothing, in one
// real n8n. A delivery counts when its execution is saved, which is after the last of its rows is committed.
// Every delivery is of a booking of its own; at the end the tables are counted: nothing lost, nothing doubled.
// Exit code 1 when the target is missed by more than the noise of the run (see support/statistics.mts).
//
//   node test/bench/lead-capture.bench.mts [--rounds 30] [--size 40] [--package FOLDER]
import { parseArgs } from 'node:util';
import { cpuMs } from './support/cpu.mts';
import { furtherBookings } from './support/deliveries.mts';
import { checkTables, enterLeadCapture } from './support/lead-capture.mts';
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

const rig = await startRig({ name: 'lead-capture', packageDir: values.package });
try {
	const { executions, pid } = rig;
	const postgres = await rig.postgres();
	const contestants = [await enterLeadCapture(rig, postgres, OURS), await rig.enter(EMPTY, emptyTrigger(), 'empty')];

	const bookings = furtherBookings();
	const bodies = () => bookings.many(size);
	const results = await compete({ contestants, cpu: () => cpuMs(pid), executions, rounds, bodies });
	report(results, [{ ours: OURS, against: EMPTY, atLeast: 0.6 }]);
	await checkTables(postgres.url, bookings.made());
} finally {
	await rig.stop();
}
