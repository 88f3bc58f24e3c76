// Each template imported in n8n's editor by somebody who has one credential of each kind: nothing is left to look up.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { editorPage, fitCanvas } from '../../playground/src/browser/editor.mts';
import { unless } from '../compat/differences.mts';
import { type Canvas, importFile, readCanvas } from './support/canvas.mts';
import { type Colleague, inviteColleague } from './support/colleague.mts';
import { type E2e, openE2e } from './support/e2e.mts';

const FOLDER = join(import.meta.dirname, '../../workflows');
const templates = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
/** A usual laptop. */
const SCREEN = { width: 1440, height: 900 };
/** What can be read, in pixels. */
const LEGIBLE = 6.9;

const there = unless('importing');

let e2e: E2e;
let colleague: Colleague;
let browser: Browser;
let page: Page;
beforeAll(async () => {
	e2e = await openE2e();
	colleague = await inviteColleague(e2e.editor);
	const { editor } = colleague;
	// n8n asks nobody whether they are right before they are used.
	const kinds = {
		calComApi: { apiKey: 'cal_made_up', baseUrl: e2e.calcom.url, edition: 'selfHosted' },
		postgres: { host: '127.0.0.1', port: 9, database: 'none', user: 'nobody', password: 'made-up', ssl: 'disable' },
		twilioApi: { authType: 'authToken', accountSid: `AC${'0'.repeat(32)}`, authToken: 'made-up' },
		httpHeaderAuth: { name: 'x-made-up', value: 'made-up' },
		openAiApi: { apiKey: 'made-up', url: 'http://127.0.0.1:9/v1', header: false },
	};
	for (const [type, data] of Object.entries(kinds)) await editor.saveCredential({ name: type, type, data });
	browser = await openBrowser();
	page = await editorPage(await browser.newContext({ viewport: SCREEN }), editor);
}, 120_000);
afterAll(async () => {
	await browser.close();
	await colleague.leave();
	await e2e.close();
});

/** Nodes whose credential n8n never fills in: the template's note says so (a test of its own holds it to that). */
function leftToTheirOwner(file: string): string[] {
	const nodes = z.array(z.object({ name: z.string(), type: z.string() }));
	const { nodes: all } = z.object({ nodes }).parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
	return all.filter(({ type }) => type === 'n8n-nodes-base.httpRequest').map(({ name }) => name);
}

describe.each(templates)('%s', (file) => {
	let canvas: Canvas;
	beforeAll(async () => {
		await importFile(page, e2e.n8n, join(FOLDER, file));
		await fitCanvas(page);
		canvas = await readCanvas(page);
	}, 180_000);

	there('has no red triangle but at HTTP Request nodes', () => {
		expect(canvas.triangles.sort()).toEqual(leftToTheirOwner(file).sort());
	});

	there('has notes without links, which nothing runs through', () => {
		expect(canvas.links).toEqual([]);
		expect(canvas.disturbed).toEqual([]);
	});

	there('can be read as it opens: what to do, and what each part is', () => {
		expect(canvas.smallest.explanation).toBeGreaterThan(LEGIBLE);
		expect(canvas.smallest.heading).toBeGreaterThan(LEGIBLE);
	});
});
