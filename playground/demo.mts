// What the command does once it runs: `npx -y pnpm@10 demo`. See README.md beside this file.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import getPort from 'get-port';
import { build, isBuilt } from './src/build.mts';
import { checkFree } from './src/ports.mts';
import { openDesk } from './src/desk.mts';
import { LOOKS, differences, readFound } from './src/expected.mts';
import { openOffice } from './src/office.mts';
import { type Running, findRunning, howToStop, inTheWay } from './src/lock.mts';
import { liveOnce, newcomer } from './src/once.mts';
import { deliveryLine, startPage } from './src/page/live.mts';
import { DATA, ROOT, type Playground, startPlayground } from './src/playground.mts';
import type { Row } from './src/rows.mts';
import { enterServices, serviceDifferences, settleOnce } from './src/services.mts';
import { CALLER_HEADER } from './src/templates.mts';
import { type Surroundings, goodbye } from './src/start.mts';
import { type Terminal, asTable, harmless, seconds } from './src/terminal.mts';
import { Trouble } from './src/trouble.mts';
import { readServices, readSms } from './src/views.mts';
import { watchRows } from './src/watch.mts';

const HELP = `Shows a Cal.com booking arrive in a real n8n, become rows in a real PostgreSQL, and be reminded of by SMS.

  npx -y pnpm@10 demo              start, open the page it prints, stop with Ctrl-C
  npx -y pnpm@10 demo --once       live one booking's life, check the rows and the SMS, stop

  --port N    port of the page (default: 4680, or a free one)
  --fresh     throw away what earlier runs kept (databases, n8n, login)
  --help      this text

Everything lies in node_modules/.cache/calcom-playground, and nothing listens beyond 127.0.0.1.`;

const PAGE_PORT = 4_680;
/** Publishing looks for work every 15 s unless told otherwise: the person waits. */
const QUICKER = { N8N_WORKFLOW_PUBLICATION_OUTBOX_POLL_INTERVAL_MS: '500', N8N_WORKFLOW_PUBLICATION_CONCURRENCY: '10' };

function readOptions(args: string[]) {
	try {
		const { values } = parseArgs({
			args,
			options: {
				once: { type: 'boolean', default: false },
				fresh: { type: 'boolean', default: false },
				help: { type: 'boolean', short: 'h', default: false },
				port: { type: 'string' },
			},
		});
		const port = values.port === undefined ? undefined : Number(values.port);
		if (port !== undefined && !(Number.isInteger(port) && port > 0 && port < 65_536)) {
			throw new Error(`--port ${String(values.port)} is no port number`);
		}
		return { ...values, port };
	} catch (cause) {
		throw new Trouble(cause instanceof Error ? cause.message : String(cause), 'See what there is: --help', {
			cause,
		});
	}
}

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal) =>
	new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

async function runOnce(playground: Playground, terminal: Terminal): Promise<boolean> {
	const { db, calcom, twilio } = playground;
	const desk = openDesk(calcom);
	const office = openOffice(playground, desk);
	const done = await liveOnce({ desk, office, calcom, twilio, db }, await newcomer(db), terminal.step);
	const service = await settleOnce({ db, calcom, office }, terminal.step);
	const found = await readFound(db, done);
	const sms = readSms(twilio);
	for (const { title } of LOOKS) showTable(terminal, title, found[title] ?? []);
	showTable(
		terminal,
		'services',
		(await readServices(db, calcom)).map(({ name, price, status, ours }) => ({
			name,
			price,
			status,
			description: ours,
		})),
	);
	showTable(
		terminal,
		'SMS',
		sms
			.toReversed()
			.map(({ inbound, phone, status, text }) => ({ '': inbound ? 'from' : 'to', phone, status, text })),
	);
	terminal.line();
	const wrong = [...differences(done, found, sms), ...serviceDifferences(service)];
	for (const sentence of wrong) terminal.line(`  ${terminal.paint('red', '✗')} ${sentence}`);
	if (wrong.length > 0) await showWhy(playground, terminal);
	if (wrong.length === 0)
		terminal.line(`  ${terminal.paint('green', '✓')} Every row and every SMS is as it should be.`);
	return wrong.length === 0;
}

function showTable(terminal: Terminal, title: string, rows: Row[]): void {
	terminal.line();
	terminal.line(`  ${terminal.paint('bold', title)}`);
	for (const line of asTable(rows, Object.keys(rows[0] ?? { 'no rows': null }))) terminal.line(`  ${line}`);
}

/** What n8n answered to the deliveries, and the errors its workflows ended with. */
async function showWhy(playground: Playground, terminal: Terminal): Promise<void> {
	const { calcom, editor, workflows } = playground;
	terminal.line();
	for (const delivery of calcom.deliveries) terminal.delivery(deliveryLine(delivery, playground));
	for (const [slug, workflow] of Object.entries(workflows)) {
		for (const { status, id } of await editor.executions(workflow, 5)) {
			const error = status === 'error' ? (await editor.execution(id))?.error : null;
			if (error) terminal.line(`  ${slug} failed in "${error.node ?? '?'}": ${harmless(error.message)}`);
		}
	}
}

async function showLive(
	playground: Playground,
	{ terminal, asked }: Surroundings,
	wantedPort: number | undefined,
	ready: () => void,
): Promise<void> {
	const { calcom, db, editorLogin, n8n } = playground;
	const page = await startPage(playground, wantedPort ?? (await getPort({ port: PAGE_PORT, host: '127.0.0.1' })));
	await playground.lock.announce(page.url);
	calcom.on('delivery', (delivery) => terminal.delivery(deliveryLine(delivery, playground)));
	const stopWatching = await watchRows(db, terminal.change);
	ready();
	terminal.line();
	terminal.line(`  ${terminal.paint('bold', 'Open')}      ${page.url}`);
	terminal.line(
		`  ${terminal.paint('bold', 'n8n')}       ${n8n.url}   ${editorLogin.email}   ${editorLogin.password}`,
	);
	terminal.line(`  ${terminal.paint('bold', 'Database')}  ${playground.postgres.url}`);
	terminal.line(`  ${terminal.paint('bold', 'Webhooks')}  ${CALLER_HEADER.name}: ${playground.webhookSecret}`);
	terminal.line(
		`  ${terminal.paint('dim', 'Ctrl-C stops everything. Deliveries and rows appear below as they change.')}`,
	);
	terminal.line();
	try {
		await aborted(asked);
	} finally {
		await page.stop();
		await stopWatching();
	}
}

/** Says where the playground is that runs already. */
function showRunning(running: Running, terminal: Terminal): void {
	const what = running.url ? 'The playground is already running' : 'The playground is already starting';
	terminal.line();
	terminal.line(
		`  ${terminal.paint('green', '✓')} ${what}${running.url ? '.' : ': its terminal shows its address soon.'}`,
	);
	terminal.line();
	if (running.url) terminal.line(`  ${terminal.paint('bold', 'Open')}      ${running.url}`);
	terminal.line(`  ${terminal.paint('bold', 'Stop')}      ${howToStop(running)}`);
}

/**
 * @param dir keeps everything
 * @returns the exit code
 */
export async function demo(
	{ terminal, asked }: Surroundings,
	args = process.argv.slice(2),
	dir = join(DATA, 'demo'),
): Promise<number> {
	const options = readOptions(args);
	if (options.help) {
		terminal.line(HELP);
		return 0;
	}
	const running = await findRunning(dir);
	if (running) {
		// Who wanted a proof or a new beginning has not got it.
		if (options.once || options.fresh) throw inTheWay(running);
		showRunning(running, terminal);
		return 0;
	}
	const began = performance.now();
	const isFirst = options.fresh || !existsSync(dir);
	terminal.line(
		`  ${terminal.paint('dim', isFirst ? 'The first start takes about a minute.' : 'It takes about half a minute.')}`,
	);
	if (!(await isBuilt(ROOT)))
		await terminal.step('Build the package', () => build(ROOT, asked), 'about 20 s, when its sources have changed');

	if (options.port !== undefined)
		await checkFree(
			options.port,
			'the page',
			'Choose another one with `--port`, or leave it out and a free one is picked.',
		);
	const playground = await startPlayground({
		dir,
		fresh: options.fresh,
		n8nEnv: QUICKER,
		onStep: terminal.onStep,
		signal: asked,
	});
	const ready = () =>
		terminal.line(`  ${terminal.paint('green', '✓')} Ready after ${seconds(performance.now() - began)}`);
	let isRight = true;
	try {
		for (const { name, reason } of playground.published.problems) {
			terminal.line(`  ${terminal.paint('yellow', '!')} "${name}" is not switched on. ${harmless(reason)}`);
		}
		await enterServices(playground.db);
		if (!options.once) await showLive(playground, { terminal, asked }, options.port, ready);
		else isRight = await Promise.race([runOnce(playground, terminal), aborted(asked).then(() => false)]);
	} finally {
		await terminal.step('Stop n8n, Cal.com, Twilio and PostgreSQL', playground.stop, 'up to 15 s');
	}
	if (asked.aborted) return goodbye(terminal, options.once);
	return isRight ? 0 : 1;
}
