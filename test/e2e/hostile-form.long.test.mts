// What strangers type into the form of template 07, and what services are called, on the pages that n8n makes of it: in
// Chromium, as the next person to look at it would see it.
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../../playground/src/browser/chromium.mts';
import { CORE_TEXTS, EXPRESSIONS, MARKUP, SQL, storable } from '../support/hostile-values.mts';
import { ADA, type Booking, openBooking } from './booking/desk.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import type { FormPage } from './support/form.mts';

let e2e: E2e;
let desk: Booking;
let browser: Browser;
let page: Page;
/** What happened in the browser and should not. */
const trouble: string[] = [];

beforeAll(async () => {
	e2e = await openE2e();
	desk = await openBooking(e2e, 'e2e-hostile-form');
	browser = await openBrowser();
	page = await browser.newPage();
	page.on('dialog', (dialog) => {
		trouble.push(`dialog: ${dialog.message()}`);
		void dialog.dismiss();
	});
	await page.route(
		(url) => url.origin !== e2e.n8n,
		async (route) => {
			const url = route.request().url();
			// n8n's own pages ask for their font there.
			if (!url.startsWith('https://fonts.googleapis.com/')) trouble.push(`request: ${url}`);
			await route.abort();
		},
	);
}, 120_000);
afterAll(async () => {
	await browser.close();
	await desk.close();
	await e2e.close();
});
beforeEach(() => desk.begin());
afterEach(() => {
	expect(trouble.splice(0)).toEqual([]);
});

/** `$&` and its like stand for something where a program puts a text in place of another. */
const DOLLARS = ['$&', '$$', "$'$`", '$1 ${1} $<a>'].map((value) => ({ name: value, value }));
const TYPED = [
	...new Map(
		[...DOLLARS, ...MARKUP, ...EXPRESSIONS, ...SQL, ...CORE_TEXTS].map(({ name, value }) => [
			name,
			storable(value),
		]),
	),
];

/** A page as the browser has it: its elements with the names of their attributes, and what stands in it. */
async function look({ url }: FormPage) {
	await page.goto(url);
	return await page.evaluate(() => ({
		title: document.title,
		outline: [...document.querySelectorAll('body *')]
			.filter(({ tagName }) => tagName !== 'OPTION')
			.map((element) => [element.tagName, ...element.getAttributeNames().sort()].join(' ')),
		options: [...document.querySelectorAll('option:not([disabled])')].map(({ textContent }) => textContent),
		fields: [...document.querySelectorAll<HTMLInputElement>('[id^=field-]')].map(({ value }) => value),
		card: document.querySelector('.card')?.textContent ?? '',
	}));
}

/** A line of a form holds no line breaks; a text box has one kind of them. */
const inLine = (text: string) => text.replaceAll(/[\r\n]/g, '');
const inBox = (text: string) => text.replaceAll(/\r\n?/g, '\n').replace(/^\n/, '');

type Seen = Awaited<ReturnType<typeof look>>;

/** The same page but for what is text in it. */
function expectSame(about: string, seen: Seen, plain: Seen): void {
	expect([about, seen.title, seen.outline]).toEqual([about, plain.title, plain.outline]);
}

let asked = 0;
const email = () => `${String(asked++)}@student.example`;

/** Up to the details, with a time that is stolen once they are there: so that they are shown again. */
async function typeTwice(name: string, phone: string, notes: string) {
	const address = email();
	const times = await (await desk.openForm()).submit('Level check');
	const details = await times.submit(times.options[0] ?? '');
	desk.cal.stealNextSlots(1);
	const again = await details.submit(name, address, phone, notes);
	const filled = await again.submit(again.options[0] ?? '');
	const seen = { address, again: await look(again), filled: await look(filled) };
	const end = await filled.submit(ADA.name, address, '', '');
	return { ...seen, end: await look(end) };
}

test('what was typed stands in its fields again as it was typed, and is nothing but text', async () => {
	const plain = await typeTwice(ADA.name, ADA.phone, 'Beginner');
	expect(plain.filled.fields).toEqual([ADA.name, plain.address, ADA.phone, 'Beginner']);
	expect(plain.end.card).toContain('You are booked');
	for (let at = 0; at < TYPED.length; at += 3) {
		const [first, second, third] = [0, 1, 2].map((more) => TYPED[(at + more) % TYPED.length] ?? ['', '']);
		const [name = '', phone = '', notes = ''] = [first?.[1], second?.[1], third?.[1]];
		const seen = await typeTwice(name, phone, notes);
		expect(seen.filled.fields).toEqual([inLine(name), seen.address, inLine(phone), inBox(notes)]);
		const about = [first?.[0], second?.[0], third?.[0]].join(', ');
		for (const part of ['again', 'filled', 'end'] as const) expectSame(about, seen[part], plain[part]);
		const [request] = (await desk.requests()).filter((row) => row['attendee_email'] === seen.address);
		const kept = [request?.['attendee_name'], request?.['notes']].map((text) => inBox(String(text ?? '')));
		expect([about, kept]).toEqual([about, [inBox(name).trim(), inBox(notes).trim()]]);
	}
}, 900_000);

describe('a service', () => {
	const NAMES = new Map([...DOLLARS, ...MARKUP].map(({ name, value }) => [name, storable(value).trim()]));

	const addAll = async () => {
		for (const [at, value] of [...NAMES.values()].entries()) await desk.addService(value, `s-${at}`, 1_000 + at);
	};

	async function bookOnForm(service: string) {
		await e2e.db.query("UPDATE calcom.services SET name = $1 WHERE slug = 'level-check'", [service]);
		const times = await (await desk.openForm()).submit(service);
		const details = await times.submit(times.options[0] ?? '');
		return await look(await details.submit(ADA.name, email(), '', ''));
	}

	test('is offered under the name that it has', async () => {
		const plain = await look(await desk.openForm());
		await addAll();
		const seen = await look(await desk.openForm());
		expectSame('services', seen, plain);
		expect(seen.options.toSorted()).toEqual(['Level check', ...NAMES.values()].toSorted());
	}, 120_000);

	test('is booked and confirmed under the name that it has', async () => {
		const plain = await bookOnForm('Level check');
		for (const [name, value] of NAMES) {
			const seen = await bookOnForm(value);
			expectSame(name, seen, plain);
			expect([name, seen.card]).toEqual([name, expect.stringContaining(`${value}, `)]);
		}
	}, 600_000);

	test('that is none: the page says which there are', async () => {
		const plain = await look(await (await desk.openForm()).submit('Tango'));
		expect(plain.card).toContain('service must be one of: Level check');
		await addAll();
		for (const { name, value } of [...DOLLARS, ...MARKUP].slice(0, 6)) {
			const seen = await look(await (await desk.openForm()).submit(`Not ${value}`));
			expectSame(name, seen, plain);
			for (const known of NAMES.values())
				expect([name, seen.card]).toEqual([name, expect.stringContaining(known)]);
		}
	}, 600_000);
});
