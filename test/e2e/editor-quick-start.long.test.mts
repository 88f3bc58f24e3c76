// The README's two minutes in n8n's editor, by somebody who has no credential at all: import template 10, press the
// big button, look at the row.
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { z } from 'zod';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { editorPage } from '../../playground/src/browser/editor.mts';
import { unless } from '../compat/differences.mts';
import { importFile, readCanvas } from './support/canvas.mts';
import { type Colleague, inviteColleague } from './support/colleague.mts';
import { dataTable } from './support/data-table.mts';
import { type E2e, openE2e, waitFor } from './support/e2e.mts';

const FILE = join(import.meta.dirname, '../../workflows/10-quick-start-data-table.json');
const there = unless('dataTable');

let e2e: E2e;
let colleague: Colleague;
let browser: Browser;
beforeAll(async () => {
	e2e = await openE2e();
	colleague = await inviteColleague(e2e.editor);
	browser = await openBrowser();
}, 120_000);
afterAll(async () => {
	await browser.close();
	await colleague.leave();
	await e2e.close();
});

there(
	'no credential, no database: a row in the data table, and n8n shows it',
	async () => {
		const { editor } = colleague;
		expect(await editor.request('/credentials')).toMatchObject({ data: [] });
		const page = await editorPage(await browser.newContext({ viewport: { width: 1440, height: 900 } }), editor);
		await page.goto(`${e2e.n8n}/workflow/new`);
		await page.getByTestId('workflow-menu').first().click();
		await page.getByRole('menuitem', { name: 'Import' }).hover();
		for (const name of ['From file', 'From URL']) await page.getByRole('menuitem', { name }).waitFor();

		await importFile(page, e2e.n8n, FILE);
		// It has no credential, and needs none as long as the made-up booking is pinned to it.
		expect((await readCanvas(page)).triangles).toEqual(['Cal.com Trigger']);
		await page.getByTestId('execute-workflow-button').click();
		const table = dataTable(editor, 'Cal.com bookings');
		const [row] = await waitFor('the row', async () => (await table.rows())?.length === 1 && (await table.rows()), {
			timeout: 60_000,
		});
		expect(row).toMatchObject({ status: 'accepted', attendee_email: 'sam.sample@example.com' });

		await page.goto(`${e2e.n8n}/home/datatables`);
		await page.getByText('Cal.com bookings').first().click();
		// Who it is and how to reach them is seen without scrolling; what is further to the right n8n does not even draw.
		for (const column of ['attendee_name', 'attendee_email'])
			await page.getByText(z.string().parse(row?.[column])).first().waitFor();
	},
	180_000,
);
