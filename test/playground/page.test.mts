import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Desk } from '../../playground/src/desk.mts';
import { forgedBody } from '../../playground/src/page/again.mts';
import type { Office } from '../../playground/src/office.mts';
import { pageApp } from '../../playground/src/page/server.mts';

const booking = {
	uid: 'u1',
	title: 'Level Check',
	status: 'accepted',
	start: '2026-12-01T09:00:00.000Z',
	attendee: 'Ada',
};

function open() {
	const done: string[] = [];
	const note = (what: string) => {
		done.push(what);
		return Promise.resolve(booking);
	};
	const desk: Desk = {
		book: () => note('book'),
		request: () => note('request'),
		reschedule: (uid) => note(`reschedule ${uid}`),
		cancel: () => Promise.reject(new Error('It has been cancelled already.')),
		confirm: (uid) => note(`confirm ${uid}`),
		decline: (uid) => note(`decline ${uid}`),
		bookings: () => Promise.resolve([booking]),
	};
	const told = (what: string) => {
		done.push(what);
		return Promise.resolve(`${what}: done`);
	};
	const office: Office = {
		bookSoon: (hours) => note(`book in ${String(hours)} h`),
		remind: () => told('remind'),
		reply: (from, text) => told(`${from} says ${text}`),
		edit: (service, side) => told(`edit ${service} ${side}`),
		settle: () => Promise.reject(new Error('There is no conflict in this service any more.')),
		sync: () => told('sync'),
	};
	const health = { days: [], failed: [], stuck: [], problems: [] };
	const app = pageApp({
		port: 4680,
		desk,
		office,
		again: (delivery, forged) => Promise.resolve({ status: forged ? 401 : 200, text: delivery }),
		state: () => Promise.resolve({ deliveries: [], bookings: [booking], rows: {}, sms: [], services: [], health }),
		journey: () => ({ id: 1, stations: [], isOver: true }),
		links: [],
		login: { email: 'owner@x.example', password: 'p' },
		secret: { name: 'x-secret', value: 'made-up' },
		problems: [{ name: 'Assistant', reason: 'It needs a chat model.' }],
	});
	const ask = (path: string, init: RequestInit = {}, host = '127.0.0.1:4680') =>
		app.request(`http://${host}${path}`, { ...init, headers: { host, ...init.headers } });
	const act = (body: unknown, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
		ask('/api/actions', { method: 'POST', body: JSON.stringify(body), headers });
	return { ask, act, done };
}

const FOLDER = join(import.meta.dirname, '../../playground/src/page');
/** All that the browser may ask for, by its name. */
const served = readdirSync(FOLDER)
	.filter((file) => /\.(js|css|svg)$/.test(file))
	.map((file) => `/${file}`);

describe('the page of the playground', () => {
	test.each(['/', ...served])('serves %s to this machine, with a policy against foreign scripts', async (path) => {
		const response = await open().ask(path);
		expect(response.status).toBe(200);
		expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
	});

	test('how far the latest booking has come', async () => {
		expect(await (await open().ask('/api/journey')).json()).toEqual({ id: 1, stations: [], isOver: true });
	});

	test.each(['evil.example', '127.0.0.1:9', 'localhost.evil.example:4680'])(
		'answers nothing under the name %s',
		async (host) => {
			expect((await open().ask('/api/state', {}, host)).status).toBe(403);
		},
	);

	test("another site's script can start nothing", async () => {
		const { act, done } = open();
		expect(
			(await act({ action: 'book' }, { 'content-type': 'application/json', origin: 'http://evil.example' }))
				.status,
		).toBe(403);
		expect((await act({ action: 'book' }, { 'content-type': 'text/plain' })).status).toBe(415);
		expect(done).toEqual([]);
	});

	test('its own script can', async () => {
		const { act, done } = open();
		const response = await act(
			{ action: 'book' },
			{ 'content-type': 'application/json', origin: 'http://127.0.0.1:4680' },
		);
		expect(await response.json()).toEqual({ booking });
		await act({ action: 'reschedule', uid: 'u1' });
		expect(done).toEqual(['book', 'reschedule u1']);
	});

	test.each([{ action: 'drop' }, { action: 'cancel' }, { action: 'repeat', uid: 'u' }, null])(
		'refuses %j',
		async (body) => {
			const { act, done } = open();
			expect((await act(body)).status).toBe(400);
			expect(done).toEqual([]);
		},
	);

	test('says why something did not work', async () => {
		const response = await open().act({ action: 'cancel', uid: 'u1' });
		expect([response.status, await response.json()]).toEqual([409, { error: 'It has been cancelled already.' }]);
	});

	test.each([
		[{ action: 'remind' }, 'remind'],
		[{ action: 'sync' }, 'sync'],
		[{ action: 'reply', phone: '+31600000001', text: 'STOP' }, '+31600000001 says STOP'],
		[{ action: 'edit', service: '1', side: 'theirs' }, 'edit 1 theirs'],
	])('%j is done at the office, and told in a sentence', async (body, what) => {
		const { act, done } = open();
		expect(await (await act(body)).json()).toEqual({ said: `${what}: done` });
		expect(done).toEqual([what]);
	});

	test('books so near that a reminder is due; a button only has text to send', async () => {
		const { act, done } = open();
		expect(await (await act({ action: 'bookSoon', hours: '24' })).json()).toEqual({ booking });
		expect(done).toEqual(['book in 24 h']);
	});

	test.each([
		{ action: 'reply', phone: '+31600000001', text: '' },
		{ action: 'edit', service: '1', side: 'both' },
		{ action: 'settle', service: '1', field: 'description', choice: 'newest' },
		{ action: 'bookSoon', hours: '-3' },
	])('refuses %j', async (body) => {
		const { act, done } = open();
		expect((await act(body)).status).toBe(400);
		expect(done).toEqual([]);
	});

	test('a choice that comes too late is told', async () => {
		const response = await open().act({ action: 'settle', service: '1', field: 'description', choice: 'ours' });
		expect([response.status, await response.json()]).toEqual([
			409,
			{ error: 'There is no conflict in this service any more.' },
		]);
	});

	test('tells what is not switched on, and what callers of webhooks have to send', async () => {
		expect(await (await open().ask('/api/about')).json()).toMatchObject({
			secret: { name: 'x-secret', value: 'made-up' },
			problems: [{ name: 'Assistant', reason: 'It needs a chat model.' }],
		});
	});

	test('sends deliveries again, as they were or forged', async () => {
		const { act } = open();
		expect(await (await act({ action: 'repeat', delivery: 'd1' })).json()).toEqual({
			answer: { status: 200, text: 'd1' },
		});
		expect(await (await act({ action: 'forge', delivery: 'd1' })).json()).toEqual({
			answer: { status: 401, text: 'd1' },
		});
	});

	test('a forgery always differs from what was signed', () => {
		expect(forgedBody('{"name":"Ada"}')).toBe('{"name":"Somebody Else"}');
		for (const body of ['{}', '{"name":"Somebody Else"}', 'false']) expect(forgedBody(body)).not.toBe(body);
	});
});

describe('names and messages on the page', () => {
	const sources = readdirSync(FOLDER)
		.filter((file) => /\.(js|html|svg)$/.test(file))
		.map((file) => [file, readFileSync(join(FOLDER, file), 'utf8')] as const);
	/** Ways to make HTML or code of a text. */
	const AS_CODE =
		/innerHTML|outerHTML|insertAdjacentHTML|setHTML|createContextualFragment|DOMParser|document\.write|srcdoc|\beval\b|new Function|javascript:|setAttribute\(|\son\w+\s*=\s*["']/i;

	test.each(sources)('%s puts them in as text, never as HTML or code', (_, source) => {
		expect(source).not.toMatch(AS_CODE);
	});

	test('all that the page is made of is looked at, and an address comes from the server alone', () => {
		expect(sources.length).toBeGreaterThan(5);
		const hrefs = sources.flatMap(([file, source]) =>
			(source.match(/\.(?:href|src)\s*=\s*\w+/g) ?? []).map((use) => [file, use]),
		);
		expect(hrefs).toEqual([['page.js', '.href = url']]);
	});

	test.each(['cell.innerHTML = name', '<a onclick="x">', 'eval(text)', "made.setAttribute('onclick', text)"])(
		'the check finds %s',
		(bad) => {
			expect(bad).toMatch(AS_CODE);
		},
	);

	test('nothing that got in could run: the policy allows no script but the page’s own', async () => {
		const policy = (await open().ask('/')).headers.get('content-security-policy') ?? '';
		expect(policy).toContain("default-src 'self'");
		expect(policy).not.toMatch(/unsafe|script-src|data:|\*/);
	});
});
