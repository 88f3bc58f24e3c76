// The panels of the nodes in the browser: what they say before anything has run.
import type { Browser, Locator, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { editorPage, openCanvas, openPanel } from '../../playground/src/browser/editor.mts';
import { CALCOM, link, node, start } from './support/action-workflow.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { triggerWorkflow } from './support/trigger-workflow.mts';

const LISTENS = 'editor-listens';
const STEPS = 'editor-steps';
const UPDATE = { resource: 'eventType', operation: 'update' };

let e2e: E2e;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	e2e = await openE2e();
	const calComApi = e2e.credentials['calComApi'];
	if (!calComApi) throw new Error('The playground has no Cal.com credential.');
	const credentials = { calComApi };
	await e2e.editor.saveWorkflow(triggerWorkflow(e2e, LISTENS, {}).workflow);
	await e2e.editor.saveWorkflow({
		id: STEPS,
		name: STEPS,
		nodes: [
			start,
			node('Update', CALCOM, 1, UPDATE, { credentials, position: [240, 0] }),
			node('Note', 'n8n-nodes-base.set', 3.4, {}, { position: [480, 0] }),
			node('Sync', `${CALCOM}Sync`, 1, {}, { credentials, position: [720, 0] }),
			node('Poll', `${CALCOM}PollTrigger`, 1, {}, { credentials, position: [0, 240] }),
		],
		connections: { Start: link('Update'), Update: link('Note'), Note: link('Sync') },
		settings: { executionOrder: 'v1' },
	});
	browser = await openBrowser();
	const context = await browser.newContext({ viewport: { width: 1600, height: 900 } });
	page = await editorPage(context, { url: e2e.n8n, cookie: e2e.editor.cookie });
}, 60_000);
afterAll(async () => {
	await browser.close();
	for (const id of [LISTENS, STEPS]) await e2e.editor.deleteWorkflow(id);
	await e2e.close();
});

async function open(workflow: string, name: string): Promise<void> {
	await openCanvas(page, `${e2e.n8n}/workflow/${workflow}`);
	await openPanel(page, name);
}

const shown = async (text: string | RegExp, within: Locator | Page = page): Promise<void> =>
	await within.getByText(text).first().waitFor();

test('the trigger says what to do, where its address stands, and how to see data without booking', async () => {
	await open(LISTENS, 'Cal.com Trigger');
	const beside = page.locator('[data-test-id="trigger-header"]').locator('xpath=../..');
	await shown('Listen for a booking', beside);
	await shown(/Press Execute step, then book something on your Cal\.com page/, beside);
	await shown(/Fetch Test Event of the Cal\.com Poll Trigger, or Booking: Get Many of the Cal\.com node/, beside);
	await shown(/at the address under Webhook URLs, at the top of Parameters/);
	await shown('Webhook URLs');

	// While it listens, n8n's words stand beside it; ours stay.
	await page.locator('[data-test-id="node-execute-button"]').first().click();
	await page.locator('[data-test-id="trigger-listening"]').waitFor();
	const output = page.locator('[data-test-id="output-panel"]');
	await shown(/book something on your Cal\.com page.*Fetch Test Event of the Cal\.com Poll Trigger/, output);
	await page.keyboard.press('Escape');
	await shown('Now book something on your Cal.com page');
	await page.getByTestId('stop-execution-waiting-for-webhook-button').click();
}, 120_000);

test('the Poll Trigger fetches: its button has the name that the Cal.com Trigger calls it by', async () => {
	await open(STEPS, 'Poll');
	await shown('See what is in Cal.com now');
	await shown('Fetch Test Event');
}, 120_000);

test('before anything has run, a title is offered as a text and a length as a number', async () => {
	await open(STEPS, 'Note');
	const icon = async (field: string) => {
		const item = page.locator('[data-test-id="run-data-schema-item"]', { hasText: new RegExp(`^${field}$`) });
		return await item.first().locator('[data-icon]').first().getAttribute('data-icon');
	};
	await shown('lengthInMinutes');
	expect([await icon('title'), await icon('lengthInMinutes'), await icon('hidden')]).toEqual([
		'type',
		'hash',
		'square-check',
	]);
}, 120_000);

test('Cal.com Sync asks what it is to do before it shows the table of fields', async () => {
	await open(STEPS, 'Sync');
	const top = async (label: string) => (await page.getByText(label, { exact: true }).first().boundingBox())?.y ?? 0;
	await shown('Fields');
	const chosen = await page
		.locator('input')
		.evaluateAll((all) => all.map((one) => (one instanceof HTMLInputElement ? one.value : '')));
	expect(chosen).toContain('Dry Run');
	expect(await top('Apply')).toBeGreaterThan(0);
	expect(await top('Apply')).toBeLessThan(await top('Fields'));
}, 120_000);
