// The demo: `npx -y pnpm@10 demo`. See README.md beside this file.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import getPort from 'get-port';
import { build, isBuilt } from './src/build.mts';
import { checkFree } from './src/ports.mts';
import { openDesk } from './src/desk.mts';
import { LOOKS, differences, readFound } from './src/expected.mts';
import { openOffice } from './src/office.mts';
import { liveOnce, newcomer } from './src/once.mts';
import { deliveryLine, startPage } from './src/page/live.mts';
import { DATA, ROOT, type Playground, startPlayground } from './src/playground.mts';
import type { Row } from './src/rows.mts';
import { enterServices, serviceDifferences, settleOnce } from './src/services.mts';
import { CALLER_HEADER } from './src/templates.mts';
import { asTable, harmless, openTerminal } from './src/terminal.mts';
import { Trouble, explain } from './src/trouble.mts';
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
const terminal = openTerminal();

function readOptions() {
	try {
		const { values } = parseArgs({
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

function checkNode(): void {
	const major = Number(process.versions.node.split('.')[0]);
	if (major >= 24) return;
	throw new Trouble(
		`n8n needs Node 24; this is ${process.versions.node}.`,
		'Start with `npx -y pnpm@10 demo`: that brings the right Node along.',
	);
}

/** Aborted when the person or the system asks the program to end. */
function listenForTheEnd(): AbortSignal {
	const asked = new AbortController();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
		process.on(signal, () => {
			if (!asked.signal.aborted) terminal.line(`  ${terminal.paint('dim', 'Stopping …')}`);
			asked.abort();
		});
	}
	return asked.signal;
}

/** Resolves when the signal is aborted. */
const aborted = (signal: AbortSignal) =>
	new Promise<void>((resolve) => {
		if (signal.aborted) resolve();
		else signal.addEventListener('abort', () => resolve(), { once: true });
	});

async function runOnce(playground: Playground): Promise<boolean> {
	const { db, calcom, twilio } = playground;
	const desk = openDesk(calcom);
	const office = openOffice(playground, desk);
	const done = await liveOnce({ desk, office, calcom, twilio, db }, await newcomer(db), terminal.step);
	const service = await settleOnce({ db, calcom, office }, terminal.step);
	const found = await readFound(db, done);
	const sms = readSms(twilio);
	for (const { title } of LOOKS) showTable(title, found[title] ?? []);
	showTable(
		'services',
		(await readServices(db, calcom)).map(({ name, price, status, ours }) => ({
			name,
			price,
			status,
			description: ours,
		})),
	);
	showTable(
		'SMS',
		sms
			.toReversed()
			.map(({ inbound, phone, status, text }) => ({ '': inbound ? 'from' : 'to', phone, status, text })),
	);
	terminal.line();
	const wrong = [...differences(done, found, sms), ...serviceDifferences(service)];
	for (const sentence of wrong) terminal.line(`  ${terminal.paint('red', '✗')} ${sentence}`);
	if (wrong.length > 0) await showWhy(playground);
	if (wrong.length === 0)
		terminal.line(`  ${terminal.paint('green', '✓')} Every row and every SMS is as it should be.`);
	return wrong.length === 0;
}

function showTable(title: string, rows: Row[]): void {
	terminal.line();
	terminal.line(`  ${terminal.paint('bold', title)}`);
	for (const line of asTable(rows, Object.keys(rows[0] ?? { 'no rows': null }))) terminal.line(`  ${line}`);
}

/** What n8n answered to the deliveries, and the errors its workflows ended with. */
async function showWhy(playground: Playground): Promise<void> {
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

async function showLive(playground: Playground, wantedPort: number | undefined, asked: AbortSignal): Promise<void> {
	const { calcom, db, editorLogin, n8n } = playground;
	const page = await startPage(playground, wantedPort ?? (await getPort({ port: PAGE_PORT, host: '127.0.0.1' })));
	await playground.lock.announce(page.url);
	calcom.on('delivery', (delivery) => terminal.delivery(deliveryLine(delivery, playground)));
	const stopWatching = await watchRows(db, terminal.change);
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

async function main(): Promise<number> {
	const options = readOptions();
	if (options.help) {
		terminal.line(HELP);
		return 0;
	}
	checkNode();
	terminal.line();
	terminal.line(`  ${terminal.paint('bold', 'From a Cal.com booking to rows: the playground')}`);
	if (!(await isBuilt(ROOT))) await terminal.step('Build the package', () => build(ROOT));

	if (options.port !== undefined)
		await checkFree(
			options.port,
			'the page',
			'Choose another one with `--port`, or leave it out and a free one is picked.',
		);
	const asked = listenForTheEnd();
	const playground = await startPlayground({
		dir: join(DATA, 'demo'),
		fresh: options.fresh,
		onStep: terminal.onStep,
		signal: asked,
	});
	for (const { name, reason } of playground.published.problems) {
		terminal.line(`  ${terminal.paint('yellow', '!')} "${name}" is not switched on. ${harmless(reason)}`);
	}
	try {
		await enterServices(playground.db);
		if (!options.once) await showLive(playground, options.port, asked);
		else if (!(await Promise.race([runOnce(playground), aborted(asked).then(() => false)]))) return 1;
	} finally {
		await terminal.step('Stop n8n, Cal.com, Twilio and PostgreSQL', playground.stop);
	}
	return 0;
}

try {
	process.exitCode = await main();
} catch (error) {
	terminal.still();
	const asked = error instanceof Error && error.name === 'AbortError';
	if (!asked) terminal.trouble(explain(error));
	if (!asked && process.env['DEBUG']) console.error(error);
	process.exitCode = asked ? 130 : 1;
}
