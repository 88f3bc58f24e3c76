// n8n's list of nodes in the browser: the Cal.com node with its trigger, beside n8n's own, and among the tools of an agent.
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { editorPage, openCanvas } from '../../playground/src/browser/editor.mts';
import { CalCom } from '../../nodes/CalCom/CalCom.node.ts';
import { CalComTrigger } from '../../nodes/CalComTrigger/CalComTrigger.node.ts';
import { differs } from '../compat/differences.mts';
import { link, node, start } from './support/action-workflow.mts';
import { type E2e, openE2e } from './support/e2e.mts';

const ID = 'editor-creator';

let e2e: E2e;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	e2e = await openE2e();
	await e2e.editor.saveWorkflow({
		id: ID,
		name: ID,
		nodes: [start, node('Agent', '@n8n/n8n-nodes-langchain.agent', 2.2, {}, { position: [320, 0] })],
		connections: { Start: link('Agent') },
		settings: { executionOrder: 'v1' },
	});
	browser = await openBrowser();
	page = await editorPage(await browser.newContext(), { url: e2e.n8n, cookie: e2e.editor.cookie });
}, 60_000);
afterAll(async () => {
	await browser.close();
	await e2e.editor.deleteWorkflow(ID);
	await e2e.close();
});

const creator = (): Locator => page.locator('[data-test-id="node-creator"]');

/** Opens the list with a click on `button`, and searches it. */
async function search(button: Locator, text: string): Promise<void> {
	await openCanvas(page, `${e2e.n8n}/workflow/${ID}`);
	await button.click();
	await page.locator('[data-test-id="node-creator-search-bar"]').fill(text);
}

/** What the list shows of a node: its name, its words, and whether the sign of community nodes is beside it. */
interface Entry {
	name: string;
	words: string;
	community: boolean;
}

/** Once one of this name is shown. */
async function entries(name: string): Promise<Entry[]> {
	await creator().getByText(name, { exact: true }).first().waitFor();
	return await creator()
		.locator('[data-test-id="item-iterator-item"]')
		.evaluateAll((items) =>
			items.map((item) => {
				const read = (what: string) =>
					item.querySelector(`[data-test-id="node-creator-item-${what}"]`)?.textContent.trim() ?? '';
				const community = item.querySelector('[data-icon="box"]') !== null;
				return { name: read('name'), words: read('description'), community };
			}),
		);
}

const operations = new CalCom().description.properties
	.filter(({ name }) => name === 'operation')
	.flatMap(({ options = [] }) => options);
const triggerEvents = new CalComTrigger().description.properties.find(({ name }) => name === 'events')?.options ?? [];

test('node and trigger are one entry, which can be told from the trigger of n8n, with every action', async () => {
	await search(page.locator('[data-test-id="node-creator-plus-button"]').first(), 'cal.com');
	const found = await entries('Cal.com');
	const shown = (words: string) => (differs('nodeList') ? '' : words);
	expect(found.filter(({ name }) => name === 'Cal.com')).toEqual([
		{ name: 'Cal.com', words: shown('Handle Cal.com events via webhooks'), community: false },
		{ name: 'Cal.com', words: shown(new CalComTrigger().description.description), community: true },
	]);
	expect(found.filter(({ community }) => community).map(({ name }) => name)).toEqual([
		'Cal.com',
		'Cal.com Sync',
		'Cal.com Poll',
		'Cal.com Tool',
		'Cal.com Sync Tool',
	]);

	const items = creator().locator('[data-test-id="item-iterator-item"]');
	await items
		.filter({ has: page.locator('[data-icon="box"]') })
		.first()
		.click();
	await creator()
		.getByText(`Actions (${String(operations.length)})`)
		.waitFor();
	await creator()
		.getByText(`Triggers (${String(triggerEvents.length)})`)
		.waitFor();
	await creator().getByText('Get many bookings', { exact: true }).click();
	await page.locator('[data-test-id="ndv"], [data-test-id="node-parameters"]').first().waitFor();
	expect(await page.getByText('Get Many', { exact: true }).count()).toBeGreaterThan(0);
}, 120_000);

test('an agent is offered the Cal.com tool', async () => {
	const tools = page.getByTestId('canvas-node-input-handle').filter({ hasText: 'Tool' });
	await search(tools.getByTestId('canvas-handle-plus'), 'cal.com');
	expect((await entries('Cal.com Tool')).filter(({ community }) => community).map(({ name }) => name)).toEqual(
		expect.arrayContaining(['Cal.com Tool', 'Cal.com Sync Tool']),
	);
}, 120_000);
