// Years of bookings brought in by the backfill template as it is shipped, in a real n8n, from a stand-in of Cal.com that
// keeps to Cal.com's limit of requests, while webhooks come in; then the same once more. Prints requests, times, memory
// and how long the webhooks took. Exit code 1 when a row is missing, doubled or wrong, or when the second run changes one.
//
//   node test/bench/backfill.bench.mts [--bookings 10000] [--limit 120] [--seed 1] [--kill]
//
// --kill ends n8n in mid-run as a power cut would, and starts the backfill again.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { build, isBuilt } from '../../playground/src/build.mts';
import { DATA, type Playground, ROOT, startPlayground } from '../../playground/src/playground.mts';
import { attachCredentials } from '../../playground/src/templates.mts';
import { readTemplate, withSettings } from '../support/template.mts';
import { differences, digestOf, expectedPages, linesOf, truthOf } from './support/backfill-truth.mts';
import { cpuMs, familyCpuMs, parentOf } from './support/cpu.mts';
import { openExecutions } from './support/executions.mts';
import { fillHistory } from 'stand-ins/calcom/history';
import { forgetMost, memoryOf } from './support/memory.mts';
import { type Ran, type Run, seconds, spread, tell } from './support/backfill-report.mts';
import { openWebhookWait } from './support/webhook-wait.mts';

const SLUG = '06-backfill-and-reconcile';
const ID = 'bench-backfill';
const START = 'Start the Backfill';
/** As the template has it. */
const PAGE_SIZE = 50;
const QUIET_WEBHOOKS = 15;
const LOOK_MS = 500;
/** Its own, so that a playground can run beside it. */
const PORTS = { n8n: 5_796, calcom: 5_797, postgres: 54_396 };

const { values } = parseArgs({
	// Options of the other benches come along.
	strict: false,
	options: {
		bookings: { type: 'string', default: '10000' },
		// Cal.com's own default for a key.
		limit: { type: 'string', default: '120' },
		seed: { type: 'string', default: '1' },
		kill: { type: 'boolean', default: false },
	},
});
const [bookings, limit, seed] = [Number(values.bookings), Number(values.limit), Number(values.seed)];

async function openBench(playground: Playground) {
	const { n8n, db, calcom, editor, credentials } = playground;
	const executions = openExecutions(n8n.userFolder);
	const pid = () => Number(readFileSync(join(n8n.userFolder, 'n8n.pid'), 'utf8'));
	const key = calcom.state.apiKeys.find((one) => one.key === calcom.apiKey);
	if (!key) throw new Error('The stand-in does not know the key that n8n has.');
	key.limit = limit;
	fillHistory(calcom, bookings, seed);
	const workflow = withSettings(await readTemplate(SLUG), { dryRun: false });
	await editor.saveWorkflow(attachCredentials({ ...workflow, id: ID, name: ID }, credentials));
	const { rows } = await db.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
	const server = parentOf(rows[0]?.pid ?? 0);

	const newest = async () =>
		(await db.query<Run>('SELECT * FROM calcom.backfill_runs ORDER BY id DESC LIMIT 1')).rows[0] ?? null;
	const lists = () => calcom.requests.entries.filter(({ path }) => path.includes('/bookings?'));
	const press = () => editor.request(`/workflows/${ID}/run`, 'POST', { triggerToStartFrom: { name: START } });

	/** Starts a backfill and waits until it is done, or `stop` says that it is enough. Starts it again where it rests. */
	async function run(stop: (run: Run) => boolean = () => false): Promise<Ran> {
		const since = executions.last();
		const [before, cpu, database] = [memoryOf(pid()), cpuMs(pid()) ?? 0, familyCpuMs(server) ?? 0];
		const standIn = process.cpuUsage();
		forgetMost(pid());
		const firstRequest = lists().length;
		const began = performance.now();
		await press();
		let [pressed, idle, told] = [1, 0, 0];
		for (let found: Run | null = null; ; await sleep(LOOK_MS)) {
			if (!n8n.running()) throw new Error(`n8n has ended:\n${n8n.log()}`);
			const { all, underWay } = executions.count(ID, since);
			found = await newest();
			const over = found !== null && all > 0 && (stop(found) || (found.status === 'done' && underWay === 0));
			if (found && (over || (found.status === 'running' && found.pages >= told + 100))) {
				told = found.pages;
				console.log(
					`  page ${String(found.pages)} after ${seconds(performance.now() - began)} s: ${String(memoryOf(pid()).now)} MB`,
				);
			}
			if (over) break;
			// It has come to an end without being done.
			idle = all > 0 && underWay === 0 ? idle + 1 : 0;
			if (idle < 10) continue;
			await press();
			[pressed, idle] = [pressed + 1, 0];
		}
		const found = await newest();
		if (!found) throw new Error('The backfill has not begun.');
		const own = process.cpuUsage(standIn);
		return {
			...found,
			ms: performance.now() - began,
			pressed,
			executions: executions.count(ID, since).all,
			requests: lists().slice(firstRequest),
			memory: { before: before.now, most: memoryOf(pid()).most, after: memoryOf(pid()).now },
			cpu: {
				n8n: (cpuMs(pid()) ?? 0) - cpu,
				database: (familyCpuMs(server) ?? 0) - database,
				standIn: (own.user + own.system) / 1000,
			},
		};
	}
	return { run, pid, lists, executions };
}

const answered = ({ requests }: Pick<Ran, 'requests'>) => requests.filter(({ status }) => status === 200).length;

let right = true;
function check(what: string, holds: boolean): void {
	console.log(`${holds ? 'right' : 'WRONG'}: ${what}`);
	right &&= holds;
}

if (!(await isBuilt(ROOT))) await build(ROOT);
const dir = join(DATA, 'bench', 'backfill');
const playground = await startPlayground({
	dir,
	fresh: true,
	ports: PORTS,
	// Both that the backfill applies facts for: what a webhook has told one of them alone is new to the other.
	switchOn: (slug) => slug === '01-lead-capture' || slug === '02-calendar-events',
});
try {
	const { db, calcom, n8n } = playground;
	const bench = await openBench(playground);
	const starts = calcom.state.bookings.map(({ start }) => start);
	const expected = expectedPages(starts, PAGE_SIZE);
	console.log(`${String(bookings)} bookings (seed ${String(seed)}), at most ${String(limit)} requests a minute`);
	const webhooks = openWebhookWait(calcom, db);
	console.log(`a webhook, nothing else going on: ${spread(await webhooks.take(QUIET_WEBHOOKS))}`);

	let isOver = false;
	const meanwhile = webhooks.takeUntil(() => isOver);
	if (values.kill === true) {
		const enough = Math.ceil(expected / 3);
		const before = await bench.run(({ pages }) => {
			// A webhook that is under way would die with n8n, and nobody here would apply it again.
			isOver = pages >= enough / 2;
			return pages >= enough;
		});
		await meanwhile;
		process.kill(bench.pid(), 'SIGKILL');
		await n8n.restart();
		const lastRead = bench.lists().at(-1)?.path;
		const at = (await db.query<{ pages: number }>('SELECT pages FROM calcom.backfill_runs')).rows[0]?.pages ?? 0;
		tell('until it was killed', before, limit);
		console.log(`killed after page ${String(at)}`);
		const after = await bench.run();
		const again = after.requests[0]?.path === lastRead ? 1 : 0;
		tell('after that', after, limit);
		console.log(`it went on with page ${String(at + 1)}; pages read a second time: ${String(again)}`);
		check(`read ${String(after.read)} bookings in all, each once`, after.read === calcom.state.bookings.length);
		const pages = answered({ requests: bench.lists() });
		check(`${String(expected)} pages expected, ${String(pages)} read: at most one twice`, pages - expected <= 1);
	} else {
		const ran = await bench.run();
		isOver = true;
		const taken = await meanwhile;
		tell('first run', ran, limit);
		console.log(`a webhook meanwhile: ${spread(taken)}`);
		const pages = answered(ran);
		check(`${String(expected)} pages expected, ${String(pages)} read`, pages === expected);
		check('every booking read once', ran.read === calcom.state.bookings.length);
		check('nothing failed, started by hand once', ran.failed === 0 && ran.pressed === 1);
	}

	const before = await digestOf(db);
	for (const { name, rows, missing, tooMany } of differences(
		truthOf(calcom),
		await linesOf(db),
		webhooks.maybeTold,
	)) {
		check(
			`${name}: ${String(rows)} rows, ${String(missing.length)} missing, ${String(tooMany.length)} too many or wrong`,
			missing.length + tooMany.length === 0,
		);
		for (const line of [
			...missing.slice(0, 3).map((one) => `- ${one}`),
			...tooMany.slice(0, 3).map((one) => `+ ${one}`),
		])
			console.log(`    ${line}`);
	}

	const second = await bench.run();
	tell('second run', second, limit);
	check('nothing new in it', second.applied === 0);
	const after = await digestOf(db);
	check('no row of any table is another', JSON.stringify(after) === JSON.stringify(before));
	bench.executions.close();
} finally {
	await playground.stop();
}
if (!right) process.exitCode = 1;
