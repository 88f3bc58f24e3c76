// n8n's editor in the browser, as the owner who has just signed in.
import { type BrowserContext, type Page, selectors } from 'playwright-core';

// What `getByTestId` looks for: n8n's editor spells it this way.
selectors.setTestIdAttribute('data-test-id');

export interface Signed {
	/** http://127.0.0.1:port */
	url: string;
	/** `name=value` of the session. */
	cookie: string;
}

/** A page of the editor, signed in. */
export async function editorPage(context: BrowserContext, { url, cookie }: Signed): Promise<Page> {
	const [name = '', value = ''] = cookie.split('=');
	await context.addCookies([{ name, value, url }]);
	return await context.newPage();
}

/** Opens a canvas, and closes what pops up at a first visit. */
export async function openCanvas(page: Page, url: string): Promise<void> {
	await page.goto(url);
	await page.locator('[data-test-id="canvas-node"]').first().waitFor({ timeout: 60_000 });
	await closePopUps(page);
}

/** Key 1 fits everything into view. */
export async function fitCanvas(page: Page): Promise<void> {
	await page
		.locator('.vue-flow__pane')
		.first()
		.click({ position: { x: 8, y: 120 } });
	await page.keyboard.press('1');
	await page.waitForTimeout(1_500);
}

/** Opens a node's panel from the canvas that is shown. */
export async function openPanel(page: Page, nodeName: string): Promise<void> {
	const node = page.locator(`[data-test-id="canvas-node"][data-node-name="${nodeName}"]`);
	await node.waitFor({ timeout: 60_000 });
	await node.dblclick();
	await page.locator('[data-test-id="ndv"], [data-test-id="node-parameters"]').first().waitFor();
}

async function closePopUps(page: Page): Promise<void> {
	await page.waitForTimeout(1_000);
	await page.keyboard.press('Escape');
}
