// Webhook throughput: the Cal.com Trigger beside an empty trigger and beside n8n's built-in Cal.com Trigger, all three
// active in one real n8n, with the same signed recorded deliveries. A delivery counts when its execution is saved.
// Exit code 1 when a target is missed by more than the noise of the run (see support/statistics.mts).
//
//   node test/bench/throughput.bench.mts [--rounds 30] [--size 40] [--package FOLDER] [--profile FOLDER]
//
// --package measures another build, e.g. an unpacked release.
// --profile writes a processor profile of n8n (.cpuprofile, for Chrome's DevTools) when it stops.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cpuMs } from './support/cpu.mts';
import { EVENTS, readDeliveries } from './support/deliveries.mts';
import { report } from './support/report.mts';
import { calComCredential, startRig } from './support/rig.mts';
import { compete } from './support/rounds.mts';
import { emptyTrigger, triggerAlone } from './support/workflows.mts';

const [OURS, EMPTY, BUILT_IN] = ['Cal.com Trigger', 'empty trigger', 'built-in trigger'];

const { values } = parseArgs({
	options: {
		rounds: { type: 'string', default: '30' },
		size: { type: 'string', default: '40' },
		profile: { type: 'string' },
		package: { type: 'string' },
	},
});
const [rounds, size] = [Number(values.rounds), Number(values.size)];

const profiling = { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${resolve(values.profile ?? '.')}` };
const rig = await startRig({
	name: 'throughput',
	packageDir: values.package,
	n8nEnv: values.profile === undefined ? {} : profiling,
});
try {
	const { calcom, editor } = rig;
	const ours = await editor.saveCredential(calComCredential(calcom));
	const builtIn = await editor.saveCredential({
		name: 'Cal',
		type: 'calApi',
		data: { apiKey: calcom.apiKey, host: calcom.origin },
	});
	const parameters = { events: EVENTS };
	const contestants = [
		await rig.enter(
			OURS,
			triggerAlone('bench-ours', {
				type: 'n8n-nodes-calcom-sync.calComTrigger',
				typeVersion: 2,
				parameters,
				credentials: { calComApi: ours },
			}),
			'calcom',
		),
		await rig.enter(EMPTY, emptyTrigger(), 'empty'),
		await rig.enter(
			BUILT_IN,
			triggerAlone('bench-built-in', {
				type: 'n8n-nodes-base.calTrigger',
				typeVersion: 3,
				parameters,
				credentials: { calApi: builtIn },
			}),
			'webhook',
		),
	];
	for (const { name, secret } of contestants) {
		if (name !== EMPTY && secret === null) throw new Error(`The ${name} has registered no webhook with a secret.`);
	}

	const recorded = readDeliveries();
	const sizes = recorded.map(({ body }) => body.length);
	console.log(
		`${String(recorded.length)} recorded deliveries of ${String(Math.min(...sizes))} to ${String(Math.max(...sizes))} bytes`,
	);
	const bodies = (round: number) =>
		Array.from(
			{ length: size },
			(_, at) => recorded[(round * size + at) % recorded.length]?.body ?? Buffer.alloc(0),
		);
	const results = await compete({
		contestants,
		cpu: () => cpuMs(rig.pid),
		executions: rig.executions,
		rounds,
		bodies,
	});
	report(results, [
		{ ours: OURS, against: EMPTY, atLeast: 0.95 },
		{ ours: OURS, against: BUILT_IN, atLeast: 1 },
	]);
} finally {
	await rig.stop();
}
