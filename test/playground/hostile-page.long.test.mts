// Names, notes, messages and titles of people who mean harm on the playground's page, in Chromium: text, and nothing else.
import getPort from 'get-port';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import type { Journey } from '../../playground/src/page/journey.mts';
import { type PageState, servePage } from '../../playground/src/page/server.mts';
import { TABLES } from '../../playground/src/rows.mts';
import { HOSTILE_TEXTS, MARKUP, storable } from '../support/hostile-values.mts';

const AT = '2026-12-03T09:30:00.000Z';

/** All but the 100 KB: a page with them in each of its places is slow, and shows nothing else. */
const HOSTILE = [...new Set(HOSTILE_TEXTS.map(({ value }) => storable(value)).filter((text) => text.length < 10_000))];
const PLAIN = HOSTILE.map((_, at) => `Ada ${String(at)}`);
const BEFORE = HOSTILE.map((_, at) => `Before ${String(at)}`);

/** Each text in each place where one can come from outside. */
const stateOf = (texts: readonly string[]): PageState => ({
	bookings: texts.map((text) => ({ uid: text, title: text, status: 'accepted', start: AT, attendee: text })),
	deliveries: texts.map((text) => ({
		...{ id: text, event: text, to: text, status: 200, answer: text, ms: 40, sentAt: AT },
	})),
	rows: Object.fromEntries(
		TABLES.map(({ name, key, columns }) => [
			name,
			texts.map((text, at) =>
				Object.fromEntries(columns.map((column) => [column, column === key ? String(at) : text])),
			),
		]),
	),
	sms: texts.map((text) => ({
		...{
			sid: text,
			inbound: true,
			phone: text,
			text,
			status: 'received',
			errorCode: null,
			at: AT,
			optedOut: false,
		},
	})),
	services: texts.flatMap((text) => {
		const service = { id: text, name: text, slug: text, price: text, error: text, syncedAt: AT };
		const sides = { ours: text, theirs: text };
		return [
			{ ...service, ...sides, status: 'error', conflicts: [] },
			{ ...service, ...sides, status: 'conflict', conflicts: [{ field: text, ...sides }] },
		];
	}),
	health: {
		days: [],
		problems: texts.map((text) => ({ urgency: 1, area: text, what: text, why: text, since: AT })),
		failed: texts.map((text) => ({ event: text, consumer: text, error: text, attempts: 1, since: AT })),
		stuck: texts.map((text) => ({ event: text, consumer: text, attempts: 1, since: AT })),
	},
});

const journeyOf = (says: string): Journey => ({
	id: 1,
	stations: [{ name: 'booked', state: 'done', ms: 1, says }],
	isOver: true,
});

let browser: Browser;
beforeAll(async () => {
	browser = await openBrowser();
}, 60_000);
afterAll(() => browser.close());

/** The page of a playground in which everything that comes from outside is these texts. Close it. */
async function open(texts: readonly string[]) {
	const [says = ''] = texts;
	let state = stateOf(BEFORE);
	let said = '';
	const nothing = () => Promise.reject(new Error(said));
	const server = await servePage({
		port: await getPort({ host: '127.0.0.1' }),
		desk: {
			...{ book: nothing, request: nothing, reschedule: nothing, cancel: nothing, confirm: nothing },
			...{ decline: nothing, bookings: () => Promise.resolve([]) },
		},
		office: {
			...{ bookSoon: nothing, edit: nothing, settle: nothing, sync: nothing, reply: nothing },
			remind: () => Promise.resolve(said),
		},
		again: () => Promise.resolve({ status: 200, text: said }),
		state: () => Promise.resolve(state),
		journey: () => journeyOf(says),
		links: [{ title: says, url: 'http://127.0.0.1:1' }],
		login: { email: says, password: says },
		secret: { name: says, value: says },
		problems: [{ name: says, reason: says }],
	});
	const page = await browser.newPage();
	const trouble: string[] = [];
	page.on('pageerror', ({ message }) => trouble.push(message));
	page.on('console', (message) => {
		if (message.type() === 'error') trouble.push(message.text());
	});
	page.on('dialog', (dialog) => {
		trouble.push(dialog.message());
		void dialog.dismiss();
	});
	page.on('request', (request) => {
		if (!request.url().startsWith(`${server.url}/`)) trouble.push(request.url());
	});
	await page.goto(server.url);
	await page.locator('#bookings td').first().waitFor({ state: 'attached' });
	// What changes is shown in a place of its own.
	state = stateOf(texts);
	await page.locator('#changes li.flash').first().waitFor({ state: 'attached' });
	return {
		page,
		trouble,
		say: (text: string) => {
			said = text;
		},
		async close(): Promise<void> {
			await page.close();
			await server.stop();
		},
	};
}

/** Its elements with the names of their attributes, and how often each text is all that a cell holds. */
const look = async (page: Page) =>
	await page.evaluate(() => {
		const cells: Record<string, number> = Object.create(null);
		for (const { textContent } of document.querySelectorAll('td'))
			cells[textContent ?? ''] = (cells[textContent ?? ''] ?? 0) + 1;
		return {
			title: document.title,
			outline: [...document.querySelectorAll('*')].map((element) =>
				[element.tagName, ...element.getAttributeNames().sort()].join(' '),
			),
			links: [...document.querySelectorAll('a')].map(({ href }) => href),
			cells: Object.entries(cells),
		};
	});

test('all of it stands there as it was typed, and the page is the same as with plain names', async () => {
	const [plain, hostile] = [await open(PLAIN), await open(HOSTILE)];
	try {
		const [expected, seen] = [await look(plain.page), await look(hostile.page)];
		const [before, after] = [new Map(expected.cells), new Map(seen.cells)];
		for (const [at, text] of HOSTILE.entries()) {
			const places = before.get(PLAIN[at] ?? '') ?? 0;
			expect(places).toBeGreaterThan(40);
			expect([text, after.get(text)]).toEqual([text, places]);
		}
		expect([seen.title, seen.links]).toEqual([expected.title, expected.links]);
		expect(seen.outline).toEqual(expected.outline);
		expect([plain.trouble, hostile.trouble]).toEqual([[], []]);
	} finally {
		await plain.close();
		await hostile.close();
	}
}, 120_000);

test('so do answers and errors that are said beside a button', async () => {
	const { page, trouble, say, close } = await open(['Ada']);
	try {
		const { outline } = await look(page);
		for (const { value } of MARKUP) {
			say(value);
			const actions = ['remind', 'sync', 'repeat'];
			for (const action of actions) await page.locator(`button[data-action=${action}]`).first().click();
			const said = page.locator('.said').filter({ hasText: value.replaceAll(/\s+/g, ' ') });
			await said.nth(actions.length - 1).waitFor();
			expect([value, (await look(page)).outline]).toEqual([value, outline]);
		}
		// The browser itself notes the answer of an error.
		expect(trouble.filter((text) => !text.includes('409'))).toEqual([]);
	} finally {
		await close();
	}
}, 120_000);
