// The page as people see it, in Chromium: a booking on its way, answers where a button was pressed, and that everybody can
// use it: by keyboard, by ear, on a phone.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { openSchool } from './support/school.mts';

const DESKTOP = { width: 1280, height: 800 };
const PHONE = { width: 390, height: 844 };
const AXE = readFileSync(
	createRequire(join(import.meta.dirname, '../../playground/package.json')).resolve('axe-core/axe.min.js'),
	'utf8',
);

let school: Awaited<ReturnType<typeof openSchool>>;
let browser: Browser;
let page: Page;
const trouble: string[] = [];

beforeAll(async () => {
	browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());
beforeEach(async () => {
	school = await openSchool();
	trouble.length = 0;
});
afterEach(async () => {
	await page.context().close();
	await school.stop();
});

async function open(options: Parameters<Browser['newContext']>[0] = {}): Promise<void> {
	const context = await browser.newContext({
		viewport: DESKTOP,
		timezoneId: 'Europe/Amsterdam',
		locale: 'en-GB',
		reducedMotion: 'reduce',
		...options,
	});
	page = await context.newPage();
	page.on('pageerror', ({ message }) => trouble.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') trouble.push(message.text());
	});
	await page.goto(school.url);
	await page.locator('#links li').first().waitFor({ state: 'attached' });
}

const button = (name: string) => page.getByRole('button', { name });

/** Books, and waits until the SMS is out and the rows are shown. */
async function book(): Promise<void> {
	await button('Book a Level Check').click();
	await page.locator('#strip [data-station=sms].done').waitFor();
	await page.locator('#changes .flash').first().waitFor();
	await page.locator('#sms .whole').first().waitFor({ state: 'attached' });
}

/** Whether all of it is on the screen, without scrolling. */
const isInSight = async (selector: string): Promise<boolean> =>
	await page
		.locator(selector)
		.first()
		.evaluate((element) => {
			const { top, bottom, left, right } = element.getBoundingClientRect();
			return top >= 0 && left >= 0 && bottom <= window.innerHeight && right <= window.innerWidth;
		});

test('a booking lights up station after station, and its rows come into sight without scrolling', async () => {
	await open();
	await book();
	const times: number[] = [];
	for (const station of await page.locator('#strip .ms').allTextContents()) {
		expect(station).toMatch(/^✓ \d+ ms$/);
		times.push(Number(/\d+/.exec(station)?.[0]));
	}
	expect(times).toHaveLength(5);
	expect(times.toSorted((a, b) => a - b)).toEqual(times);
	for (const selector of ['[data-action=book]', '#strip', '#said', '#changes li'])
		expect([selector, await isInSight(selector)]).toEqual([selector, true]);
	const lines = await page.locator('#changes li').allTextContents();
	expect(lines.some((line) => line.startsWith('+ bookings'))).toBe(true);
	expect(trouble).toEqual([]);
});

test('times say whose they are', async () => {
	await open();
	await book();
	const zone = /CET|GMT\+1/;
	for (const selector of [
		'#bookings td:nth-child(2)',
		'#deliveries td.time',
		'#sms td.time',
		'#rows-bookings td.time',
	])
		expect(await page.locator(selector).first().textContent()).toMatch(zone);
});

test.each([
	['Again', 'Once more, the same bytes: n8n answered 200'],
	['Forge', 'Refused, as it should be: n8n answered 401'],
])('%s answers in the row where it was pressed, and there alone', async (name, answer) => {
	await open();
	await book();
	await button(name).nth(1).click();
	const said = page.locator('#deliveries [role=status]');
	await page.locator('#deliveries').getByText(answer).waitFor();
	expect((await said.allTextContents()).map((text) => text !== '')).toEqual([false, true]);
	expect(await page.locator('#said').textContent()).not.toContain('n8n answered');
	// The list is drawn anew with the next delivery: the answer stays.
	await button('Cancel').first().click();
	await page.locator('#deliveries').getByText('BOOKING_CANCELLED').first().waitFor();
	expect(await page.locator('#deliveries').getByText(answer).count()).toBe(1);
});

test('every button has a name of its own', async () => {
	await open();
	await book();
	await book();
	const names = await page
		.locator('button')
		.evaluateAll((buttons) => buttons.map(({ ariaLabel, textContent }) => ariaLabel ?? textContent));
	const inLists = names.filter((name) => name.includes(': '));
	expect(inLists.length).toBeGreaterThan(8);
	// Also of what came within one second.
	expect(inLists.filter((name) => /^(Again|Forge): /.test(name) && !/, delivery \d+$/.test(name))).toEqual([]);
	expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('all can be reached and used from the keyboard, and nobody loses their place', async () => {
	await open();
	await page.keyboard.press('Tab');
	expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Book a Level Check');
	await page.keyboard.press('Enter');
	await page.locator('#strip [data-station=sms].done').waitFor();
	expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Book a Level Check');
	await button('Forge').first().focus();
	await page.keyboard.press('Enter');
	await page.locator('#deliveries').getByText('Refused').waitFor();
	// A delivery that comes in draws the list anew.
	await page.evaluate(() =>
		fetch('/api/actions', {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: '{"action":"book"}',
		}),
	);
	await page.locator('#deliveries tr').nth(3).waitFor();
	expect(await page.evaluate(() => document.activeElement?.ariaLabel)).toMatch(/^Forge: BOOKING_CREATED/);
});

test.each([
	['by day', {}],
	['by night', { colorScheme: 'dark' as const }],
	['on a phone', { viewport: PHONE, hasTouch: true }],
])('axe finds nothing %s', async (_when, options) => {
	await open(options);
	await book();
	await button('Forge').first().click();
	await page.locator('#deliveries').getByText('Refused').waitFor();
	// All of it, also what a phone shows folded.
	const folded = page.locator('details:not([open]) > summary');
	while ((await folded.count()) > 0) await folded.first().click();
	await page.evaluate(AXE);
	const found = await page.evaluate<string[]>(
		`axe.run(document, { rules: { 'target-size': { enabled: true } } })
			.then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html + ' ' + node.failureSummary)))`,
	);
	expect(found).toEqual([]);
	expect(trouble).toEqual([]);
});

test('a phone has all of it on three screens, none of it wider than the phone', async () => {
	await open({ viewport: PHONE, hasTouch: true });
	for (let booked = 0; booked < 4; booked += 1) await book();
	const { scrollHeight, scrollWidth } = await page.evaluate(() => ({
		scrollHeight: document.documentElement.scrollHeight,
		scrollWidth: document.documentElement.scrollWidth,
	}));
	expect(scrollWidth).toBe(PHONE.width);
	expect(scrollHeight).toBeLessThan(3 * PHONE.height);
	expect(await isInSight('#strip')).toBe(true);
});

test('the tab has a picture', async () => {
	await open();
	const icon = await page.locator('link[rel=icon]').getAttribute('href');
	const response = await page.request.get(`${school.url}${icon ?? ''}`);
	expect([response.status(), response.headers()['content-type']]).toEqual([200, 'image/svg+xml']);
});

test('what is wrong with a booking is said beside the button and in the strip', async () => {
	await open();
	await page.route('**/api/actions', (route) => route.fulfill({ status: 409, json: { error: 'It is taken.' } }));
	await button('Book a Level Check').click();
	await page.locator('#said.bad').waitFor();
	expect(await page.locator('#said').textContent()).toBe('That did not work: It is taken.');
});
