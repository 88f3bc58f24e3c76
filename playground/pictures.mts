// Takes the pictures of the docs from the real editor: each template's canvas, the trigger's panel, the page.
// Run by hand: node playground/pictures.mts [folder]      (default: docs/images)
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import getPort from 'get-port';
import type { Page } from 'playwright-core';
import { openBrowser } from './src/browser/chromium.mts';
import { editorPage, fitCanvas, openCanvas, openPanel } from './src/browser/editor.mts';
import { openDesk } from './src/desk.mts';
import { openOffice } from './src/office.mts';
import { liveOnce, newcomer } from './src/once.mts';
import { PEOPLE } from './src/people.mts';
import { DATA, ROOT, type Playground, startPlayground } from './src/playground.mts';
import { startPage } from './src/page/live.mts';
import { enterServices } from './src/services.mts';
import { openTerminal } from './src/terminal.mts';
import { explain } from './src/trouble.mts';

const MARGIN = 16;
/** Canvases are wide: their notes can be read in a large picture only. */
const CANVAS = { width: 2400, height: 1300 };
const PANEL = { width: 1600, height: 900 };
const terminal = openTerminal();

async function canvasPicture(page: Page, url: string, file: string): Promise<void> {
	await openCanvas(page, url);
	await fitCanvas(page);
	await page.screenshot({ path: file, clip: await around(page) });
}

/** The part of the canvas that holds nodes and notes, with a margin. */
async function around(page: Page) {
	const boxes = await page.locator('.vue-flow__node').evaluateAll((nodes) =>
		nodes.map((node) => {
			const { left, top, right, bottom } = node.getBoundingClientRect();
			return { left, top, right, bottom };
		}),
	);
	const x = Math.min(...boxes.map(({ left }) => left)) - MARGIN;
	const y = Math.min(...boxes.map(({ top }) => top)) - MARGIN;
	const width = Math.max(...boxes.map(({ right }) => right)) + MARGIN - x;
	const height = Math.max(...boxes.map(({ bottom }) => bottom)) + MARGIN - y;
	return { x, y, width, height };
}

async function panelPicture(page: Page, url: string, nodeName: string, file: string, run = false): Promise<void> {
	await openCanvas(page, url);
	await openPanel(page, nodeName);
	if (run) {
		await page.locator('[data-test-id="node-execute-button"]').click();
		await page
			.locator('[data-test-id="ndv-output-panel"] table, [data-test-id="ndv-data-container"]')
			.first()
			.waitFor();
	}
	await page.waitForTimeout(run ? 4_000 : 1_500);
	await page.screenshot({ path: file });
}

/** A node of ours as the pictures show it. */
interface Example {
	name: string;
	type: string;
	parameters: Record<string, unknown>;
	/** The picture's file, without ending. */
	file: string;
	/** Records that go in: then the node is run, and the picture shows what comes out. */
	records?: Record<string, unknown>[];
}

function examples({ calcom }: Playground): Example[] {
	const eventType = calcom.state.eventTypes.find(({ slug }) => slug === 'level-check');
	if (!eventType) throw new Error('The playground has no Level Check.');
	const eventTypeId = { __rl: true, mode: 'list', value: String(eventType.id), cachedResultName: eventType.title };
	return [
		{
			name: 'Book a Level Check',
			type: 'calCom',
			parameters: { resource: 'booking', operation: 'create', eventTypeId },
			file: 'action-node',
		},
		{
			name: 'Services and Event Types',
			type: 'calComSync',
			parameters: { apply: 'dryRun' },
			file: 'sync-node',
			records: calcom.state.eventTypes
				.filter(({ ownerId }) => ownerId === 1)
				.slice(0, 4)
				.map(({ id, title, slug, description, lengthInMinutes }, index) => ({
					id: index + 1,
					name: index === 1 ? `${title} & Style` : title,
					slug,
					description,
					duration_minutes: lengthInMinutes,
					active: true,
					calcom_event_type_id: id,
					sync_state: JSON.stringify({ v: 1, id: String(id), base: { title, slug, lengthInMinutes } }),
				})),
		},
		{ name: 'Missed Bookings', type: 'calComPollTrigger', parameters: {}, file: 'poll-trigger' },
	];
}

const link = (node: string) => ({ main: [[{ node, type: 'main', index: 0 }]] });

/** Nodes that hand on these records. */
const given = (records: Record<string, unknown>[]) => [
	{
		id: 'start',
		name: 'Start',
		type: 'n8n-nodes-base.manualTrigger',
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
	},
	{
		id: 'records',
		name: 'Records',
		type: 'n8n-nodes-base.code',
		typeVersion: 2,
		position: [240, 0],
		parameters: { jsCode: `return ${JSON.stringify(records.map((json) => ({ json })))};` },
	},
];

/** A workflow that shows the node; returns the address of its canvas. */
async function exampleCanvas({ n8n, editor, credentials }: Playground, example: Example): Promise<string> {
	const { name, type, parameters, records } = example;
	const credential = credentials['calComApi'];
	if (!credential) throw new Error('The playground has no Cal.com credential.');
	const id = 'picture';
	await editor.saveWorkflow({
		id,
		name,
		nodes: [
			...(records ? given(records) : []),
			{
				id: `${id}-node`,
				name,
				type: `n8n-nodes-calcom-sync.${type}`,
				typeVersion: 1,
				position: [480, 0],
				parameters,
				credentials: { calComApi: credential },
			},
		],
		connections: records ? { Start: link('Records'), Records: link(name) } : {},
		settings: { executionOrder: 'v1' },
	});
	return `${n8n.url}/workflow/${id}`;
}

/** The page after a busy hour: a life that is over, some bookings to come, and a conflict that waits for somebody. */
async function pagePicture(page: Page, playground: Playground, folder: string): Promise<void> {
	const { calcom, db, twilio } = playground;
	const desk = openDesk(calcom);
	const office = openOffice(playground, desk);
	const quietly = <T,>(_name: string, work: () => Promise<T>) => work();
	await enterServices(db);
	await office.sync();
	await liveOnce({ desk, office, calcom, twilio, db }, await newcomer(db), quietly);
	for (const person of PEOPLE.slice(0, 2)) await desk.book(person);
	await office.edit('1', 'theirs');
	await office.edit('1', 'ours');
	const shown = await startPage(playground, await getPort({ host: '127.0.0.1' }));
	try {
		await page.setViewportSize({ width: 1280, height: 1900 });
		await page.goto(shown.url);
		await page.locator('[data-action=book]').click();
		await page.locator('[data-station=sms].done').waitFor({ timeout: 60_000 });
		// The page looks at the rows once a second.
		await page.waitForTimeout(1_500);
		await page.screenshot({ path: join(folder, 'playground.png') });
		await page.setViewportSize({ width: 420, height: 1500 });
		await page.waitForTimeout(500);
		await page.screenshot({ path: join(folder, 'playground-narrow.png') });
	} finally {
		await shown.stop();
	}
}

async function main(): Promise<void> {
	const folder = resolve(process.argv[2] ?? join(ROOT, 'docs', 'images'));
	await mkdir(folder, { recursive: true });
	const playground = await startPlayground({ dir: join(DATA, 'pictures'), onStep: terminal.onStep });
	const browser = await openBrowser();
	try {
		const context = await browser.newContext({ viewport: CANVAS, colorScheme: 'light' });
		const page = await editorPage(context, { url: playground.n8n.url, cookie: playground.editor.cookie });
		for (const [slug, url] of Object.entries(playground.canvases)) {
			await terminal.step(`Canvas of ${slug}`, () => canvasPicture(page, url, join(folder, `${slug}.png`)));
		}
		await page.setViewportSize(PANEL);
		const capture = playground.canvases['01-lead-capture'];
		if (capture) {
			await terminal.step('Panel of the trigger', () =>
				panelPicture(page, capture, 'Cal.com Trigger', join(folder, 'trigger.png')),
			);
		}
		for (const example of examples(playground)) {
			await terminal.step(`Panel of ${example.type}`, async () =>
				panelPicture(
					page,
					await exampleCanvas(playground, example),
					example.name,
					join(folder, `${example.file}.png`),
					example.records !== undefined,
				),
			);
		}
		await terminal.step('Page of the playground', () => pagePicture(page, playground, folder));
	} finally {
		await browser.close();
		await playground.stop();
	}
	terminal.line(`  The pictures lie in ${folder}`);
}

try {
	await main();
} catch (error) {
	terminal.trouble(explain(error));
	process.exitCode = 1;
}
