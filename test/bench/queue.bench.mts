// n8n as it is scaled in production (main, two webhook processes, two workers, Redis, PostgreSQL) under a load of
// shuffled deliveries, some of them doubled: how many a second, how long to the answer and to the committed row, and
// whether every row of the tables is as a reference has it that applies each delivery once, in order, without n8n.
// With --kill a further load for each of: a worker, a webhook process, main, PostgreSQL and Redis, each killed (SIGKILL)
// in the middle of it; after its restart and one run of template 06 the tables are held against the reference again.
// With --in-turn one further load, in which all five are killed one after the other.
// Exit code 1 when a row is lost, doubled or wrong.
//
//   node test/bench/queue.bench.mts [--deliveries 2000] [--doubled 0.3] [--in-flight 32] [--seed N] [--kill] [--in-turn] [--killed 200]
import { parseArgs } from 'node:util';
import { seededRandom } from 'stand-ins/random';
import { compareTables } from '../scaled/support/compare.mts';
import { VICTIMS, killUnderLoad } from '../scaled/support/kills.mts';
import { type Latency, answerTimes, latencyOf, rowTimes } from '../scaled/support/latency.mts';
import { openLives } from '../scaled/support/lives.mts';
import { mix, outcomes, sendAll } from '../scaled/support/load.mts';
import { startScaledRig } from '../scaled/support/rig.mts';
import { checkSms } from '../scaled/support/sms.mts';

const SHOWN = 20;

const { values } = parseArgs({
	options: {
		deliveries: { type: 'string', default: '2000' },
		doubled: { type: 'string', default: '0.3' },
		'in-flight': { type: 'string', default: '32' },
		seed: { type: 'string', default: String(Date.now() % 100_000) },
		kill: { type: 'boolean', default: false },
		'in-turn': { type: 'boolean', default: false },
		killed: { type: 'string', default: '200' },
		// `bench` hands its options to all benches; these mean nothing here.
		rounds: { type: 'string' },
		size: { type: 'string' },
	},
});
const [deliveries, doubled] = [Number(values.deliveries), Number(values.doubled)];
const [inFlight, killed] = [Number(values['in-flight']), Number(values.killed)];

const all = Object.keys(VICTIMS);
const kills = [...(values.kill ? all.map((one) => [one]) : []), ...(values['in-turn'] ? [all] : [])];

const ms = ({ median, p99 }: Latency) => `median ${median.toFixed(0)} ms, 99th percentile ${p99.toFixed(0)} ms`;
const wrong: string[] = [];
const complain = (about: string, lines: string[]) => {
	if (lines.length === 0) return;
	wrong.push(about);
	console.log(`  ${about}: ${String(lines.length)} wrong`);
	for (const line of lines.slice(0, SHOWN)) console.log(`    ${line}`);
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(130));
console.log(`seed ${values.seed}`);
const rig = await startScaledRig({
	name: 'bench',
	// An SMS and Twilio's reports of it are work too: the throughput is told without it.
	confirmationSms: kills.length > 0,
	remindEvery: kills.length > 0 ? 20 : 300,
	onStep: (name, took) => {
		console.log(`  ${name}: ${(took / 1000).toFixed(1)} s`);
	},
});
try {
	const random = seededRandom(Number(values.seed));
	const lives = openLives(rig.cal, random);
	const compare = async (about: string) => {
		await rig.remind();
		await rig.reference.plan();
		const { rows, differences, healed, overtaken } = await compareTables(rig.db, rig.reference.pool);
		console.log(
			`  rows compared: ${JSON.stringify(rows)}; bookings healed ${String(healed)}, lines of overtaken steps missing ${String(overtaken)}`,
		);
		complain(about, differences);
		const sms = await checkSms(rig);
		if (kills.length > 0) console.log(`  SMS sent: ${String(sms.sent)}`);
		complain(`${about}, SMS`, sms.wrong);
	};

	const warmUp = await lives.live(20);
	await rig.reference.apply(warmUp);
	await sendAll(warmUp, 4);
	await rig.quiet();

	const told = await lives.live(deliveries);
	await rig.reference.apply(told);
	const load = mix(told, doubled, random);
	const began = performance.now();
	const sent = await sendAll(load, inFlight);
	const seconds = (performance.now() - began) / 1000;
	await rig.quiet();
	const took = outcomes(sent);
	const lags = await rowTimes(rig, sent);
	console.log(
		`${String(told.length)} deliveries and ${String(load.length - told.length)} copies, shuffled, ${String(inFlight)} at a time: ${JSON.stringify(took)}`,
	);
	console.log(`  answered: ${(load.length / seconds).toFixed(1)} a second; ${ms(latencyOf(answerTimes(sent)))}`);
	console.log(`  delivery to committed row: ${ms(latencyOf(lags))}`);
	if (took['200'] !== load.length) complain('answers', [JSON.stringify(took)]);
	await compare('tables');

	for (const names of kills) {
		const name = names.join(', ');
		const more = await lives.live(killed);
		await rig.reference.apply(more);
		const under = mix(more, doubled, random);
		const answers = await killUnderLoad(rig, names, under, inFlight);
		const before = await compareTables(rig.db, rig.reference.pool);
		console.log(`kill -9 of ${name} in ${String(under.length)} deliveries: ${JSON.stringify(outcomes(answers))}`);
		console.log(`  before the reconcile run ${String(before.differences.length)} differences`);
		await rig.reconcile();
		await compare(`after the kill of ${name}`);
	}
	const restarted = rig.n8n.parts
		.filter((part) => part.restarts() > 0)
		.map((part) => `${part.name} ${String(part.restarts())}`);
	if (restarted.length > 0) console.log(`ended by themselves and were started again: ${restarted.join(', ')}`);
} finally {
	await rig.stop();
}
console.log(wrong.length === 0 ? 'Every row is right.' : `Wrong: ${wrong.join('; ')}`);
process.exitCode = wrong.length === 0 ? 0 : 1;
