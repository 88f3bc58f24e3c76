// Lead capture in queue mode (main, two webhook processes, two workers, Redis, PostgreSQL): from the delivery to committed
// rows, beside an empty trigger in the same n8n. A delivery counts when its execution is saved, which is after the last
// of its rows is committed; at the end the tables are counted: nothing lost, nothing doubled.
// Exit code 1 when the target is missed by more than the noise of the run (see support/statistics.mts).
//
//   node test/bench/queue-lead-capture.bench.mts [--rounds 12] [--size 40]
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type ScaledRig, startScaledRig } from '../scaled/support/rig.mts';
import { cpuMs } from './support/cpu.mts';
import { furtherBookings } from './support/deliveries.mts';
import { executionsIn } from './support/executions.mts';
import { checkTables } from './support/lead-capture.mts';
import { report } from './support/report.mts';
import { type Contestant, compete } from './support/rounds.mts';
import { emptyTrigger } from './support/workflows.mts';

const [OURS, EMPTY] = ['lead capture', 'empty trigger'];

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: { rounds: { type: 'string', default: '12' }, size: { type: 'string', default: '40' } },
});
const [rounds, size] = [Number(values.rounds), Number(values.size)];

function leadCapture({ cal, slugOf }: ScaledRig): Contestant {
	const webhook = cal.state.webhooks.find((one) => slugOf(one) === '01-lead-capture');
	if (!webhook) throw new Error('Lead capture has registered no webhook.');
	return { name: OURS, workflowId: 'calcom-01', url: webhook.subscriberUrl, secret: webhook.secret };
}

async function empty({ editor, n8n }: ScaledRig): Promise<Contestant> {
	const workflow = emptyTrigger();
	await editor.saveWorkflow(workflow);
	await editor.activate(workflow.id);
	const url = `${n8n.url}/webhook/${String(workflow.nodes[0]?.webhookId)}/empty`;
	return { name: EMPTY, workflowId: workflow.id, url, secret: null };
}

/** Of all of its processes. */
function cpu({ n8n }: ScaledRig): number | null {
	const all = n8n.parts.map((part) => cpuMs(part.pid()));
	return all.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
const rig = await startScaledRig({
	name: 'lead-capture',
	confirmationSms: false,
	remindEvery: 300,
	packages: [join(import.meta.dirname, 'empty-trigger')],
});
try {
	const bookings = furtherBookings();
	const results = await compete({
		contestants: [leadCapture(rig), await empty(rig)],
		cpu: () => cpu(rig),
		executions: executionsIn(rig.executions),
		rounds,
		bodies: () => bookings.many(size),
	});
	report(results, [{ ours: OURS, against: EMPTY, atLeast: 0.6 }]);
	await checkTables(rig.postgres.url, bookings.made());
} finally {
	await rig.stop();
}
