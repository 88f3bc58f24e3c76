// The credential's form in the browser: it asks for a secret where one is needed, and says where its help is.
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { editorPage } from '../../playground/src/browser/editor.mts';
import { CalComApi } from '../../credentials/CalComApi.credentials.ts';
import { type E2e, openE2e } from './support/e2e.mts';
import { calComCredential } from './support/trigger-workflow.mts';

let e2e: E2e;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	e2e = await openE2e();
	browser = await openBrowser();
	page = await editorPage(await browser.newContext(), { url: e2e.n8n, cookie: e2e.editor.cookie });
}, 60_000);
afterAll(async () => {
	await browser.close();
	await e2e.close();
});

const field = (name: string) => page.locator(`[data-test-id="parameter-input-${name}"], [data-test-id="${name}"]`);

/** Opens the form of a credential that is saved with this beside the key. */
async function open(name: string, data: Record<string, unknown>): Promise<void> {
	const { id } = await calComCredential(e2e, name, data);
	await page.goto(`${e2e.n8n}/home/credentials/${id}`);
	await field('apiKey').first().waitFor({ timeout: 60_000 });
}

test('says where the key is made, and leads to our page', async () => {
	await open('editor-plain', {});
	await page.getByText(/Made in Cal\.com under Settings > Developer > API keys/).waitFor();
	const help = page.locator(`a[href^="${new CalComApi().documentationUrl}"]`);
	expect(await help.count()).toBeGreaterThan(0);
	await page.getByText(/For HTTP Request and GraphQL nodes\. If none of yours uses this credential/).waitFor();
}, 120_000);

test.each([
	['http://cal.example.com', 1],
	['http://calcom:3000/api/v2', 0],
	['https://cal.example.com', 0],
])(
	'warns of a key that goes in clear: %s',
	async (baseUrl, count) => {
		await open('editor-http', { baseUrl });
		const warning = page.getByText(/is not encrypted, the key included/);
		if (count > 0) await warning.waitFor();
		expect(await warning.count()).toBe(count);
	},
	120_000,
);

test('asks for a webhook secret once somebody registers by hand', async () => {
	await open('editor-plain', {});
	await page.getByText('Webhooks Registered by Hand').waitFor();
	expect(await page.getByText('Webhook Secret', { exact: true }).count()).toBe(0);
	await field('webhooksByHand').locator('.el-switch, [role="switch"]').first().click();
	await page.getByText('Webhook Secret', { exact: true }).waitFor();
	await page.getByText('Previous Webhook Secret', { exact: true }).waitFor();
}, 120_000);

test('goes on showing a secret that was saved before there was a switch', async () => {
	await open('editor-secret', { webhookSecret: 'from before' });
	await page.getByText('Webhook Secret', { exact: true }).waitFor();
	expect(await page.getByText('Webhook Secret', { exact: true }).count()).toBe(1);
	expect(await page.getByText('Previous Webhook Secret', { exact: true }).count()).toBe(1);
}, 120_000);

test('the Cal.com nodes work whatever HTTP Request nodes may do with it', async () => {
	const credential = await calComCredential(e2e, 'editor-no-http', { allowedHttpRequestDomains: 'none' });
	const answer = (await e2e.editor.request('/dynamic-node-parameters/resource-locator-results', 'POST', {
		nodeTypeAndVersion: { name: 'n8n-nodes-calcom-sync.calCom', version: 1 },
		credentials: { calComApi: credential },
		path: 'parameters.any',
		methodName: 'searchEventTypes',
		currentNodeParameters: { authentication: 'apiKey' },
	})) as { data: { results: unknown[] } };
	expect(answer.data.results.length).toBeGreaterThan(0);
}, 60_000);
