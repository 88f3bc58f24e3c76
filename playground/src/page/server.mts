// The playground's page: loopback only, for the browser of the person who started it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { isFromAPage, isJson } from 'stand-ins/from-a-page';
import { z } from 'zod';
import type { Desk, DeskBooking } from '../desk.mts';
import type { Office } from '../office.mts';
import { TABLES, type Snapshot } from '../rows.mts';
import type { DeliveryLine } from '../terminal.mts';
import type { Health, Service, Sms } from '../views.mts';
import type { PostAnswer } from './again.mts';
import type { Journey } from './journey.mts';

const HOST = '127.0.0.1';

/** What the page shows. */
export interface PageState {
	deliveries: (DeliveryLine & { id: string })[];
	bookings: DeskBooking[];
	rows: Snapshot;
	sms: Sms[];
	services: Service[];
	health: Health;
}

export interface PageOptions {
	port: number;
	desk: Desk;
	office: Office;
	/** Sends a delivery of the list once more: as it was, or with a changed body under the old signature. */
	again: (delivery: string, forged: boolean) => Promise<PostAnswer>;
	/** How far the latest booking has come. */
	journey: () => Journey | null;
	/** Read once a second while a page is open. */
	state: () => Promise<PageState>;
	/** Named links into n8n's editor. */
	links: { title: string; url: string }[];
	login: { email: string; password: string };
	/** The header that callers of the templates' own webhooks send. */
	secret: { name: string; value: string };
	/** What is not switched on, and why. */
	problems: { name: string; reason: string }[];
}

const id = z.string().min(1).max(100);
const actionSchema = z.discriminatedUnion('action', [
	z.object({ action: z.enum(['book', 'request']) }),
	z.object({ action: z.enum(['reschedule', 'cancel', 'confirm', 'decline']), uid: id }),
	z.object({ action: z.enum(['repeat', 'forge']), delivery: id }),
	z.object({ action: z.literal('bookSoon'), hours: z.coerce.number().int().min(1).max(48) }),
	z.object({ action: z.enum(['remind', 'sync']) }),
	z.object({ action: z.literal('reply'), phone: id, text: z.string().min(1).max(320) }),
	z.object({ action: z.literal('edit'), service: id, side: z.enum(['ours', 'theirs']) }),
	z.object({ action: z.literal('settle'), service: id, field: id, choice: z.enum(['ours', 'theirs']) }),
]);
type Wanted = z.infer<typeof actionSchema>;

/** What came of an action: the booking it was about, an answer of n8n's, or a sentence. */
type Outcome = { booking: DeskBooking } | { answer: PostAnswer } | { said: string };

async function carryOut(wanted: Wanted, { again, desk, office }: PageOptions): Promise<Outcome> {
	switch (wanted.action) {
		case 'repeat':
		case 'forge':
			return { answer: await again(wanted.delivery, wanted.action === 'forge') };
		case 'book':
		case 'request':
			return { booking: await desk[wanted.action]() };
		case 'bookSoon':
			return { booking: await office.bookSoon(wanted.hours) };
		case 'remind':
		case 'sync':
			return { said: await office[wanted.action]() };
		case 'reply':
			return { said: await office.reply(wanted.phone, wanted.text) };
		case 'edit':
			return { said: await office.edit(wanted.service, wanted.side) };
		case 'settle':
			return { said: await office.settle(wanted.service, wanted.field, wanted.choice) };
		default:
			return { booking: await desk[wanted.action](wanted.uid) };
	}
}

const script = (file: string) => ({ path: `/${file}`, file, type: 'text/javascript; charset=utf-8' });
const SCRIPTS = [
	'page.js',
	'act.js',
	'calcom.js',
	'changes.js',
	'elements.js',
	'health.js',
	'services.js',
	'sms.js',
	'strip.js',
	'tables.js',
];
const FILES = [
	{ path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
	{ path: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
	{ path: '/favicon.svg', file: 'favicon.svg', type: 'image/svg+xml' },
	...SCRIPTS.map(script),
];

/** The page's routes. Answers only requests that were addressed to this machine by its own pages. */
export function pageApp(options: PageOptions): Hono {
	const { port, state, journey, links, login, secret, problems } = options;
	const app = new Hono();
	const own = new Set([`http://${HOST}:${String(port)}`, `http://localhost:${String(port)}`]);

	app.use(async (c, next) => {
		// Another site's name that resolves to 127.0.0.1, or another site's script, gets nothing.
		if (isFromAPage({ host: c.req.header('host'), origin: c.req.header('origin') }, own)) {
			return c.text('This page answers on 127.0.0.1 only.', 403);
		}
		await next();
		c.header('content-security-policy', "default-src 'self'; frame-ancestors 'none'");
		c.header('x-content-type-options', 'nosniff');
		c.header('cache-control', 'no-store');
		return;
	});
	for (const { path, file, type } of FILES) {
		app.get(path, async (c) =>
			c.body(await readFile(join(import.meta.dirname, file)), 200, { 'content-type': type }),
		);
	}
	app.get('/api/about', (c) => c.json({ links, login, secret, problems, tables: TABLES }));
	app.get('/api/state', async (c) => c.json(await state()));
	app.get('/api/journey', (c) => c.json(journey()));
	app.post('/api/actions', async (c) => {
		// A form of another site cannot send JSON without asking first.
		if (!isJson(c.req.header('content-type'))) return c.json({ error: 'JSON, please.' }, 415);
		const parsed = actionSchema.safeParse(await c.req.json().catch(() => null));
		if (!parsed.success) return c.json({ error: 'The page asked for something unknown. Reload it.' }, 400);
		try {
			return c.json(await carryOut(parsed.data, options));
		} catch (error) {
			return c.json({ error: error instanceof Error ? error.message : String(error) }, 409);
		}
	});
	app.onError((error, c) => c.json({ error: error.message }, 500));
	return app;
}

/** Serves the page until stopped. Throws when the port is taken. */
export async function servePage(options: PageOptions): Promise<{ url: string; stop: () => Promise<void> }> {
	const app = pageApp(options);
	const server = await new Promise<ServerType>((resolve, reject) => {
		const made = serve({ fetch: app.fetch, hostname: HOST, port: options.port }, () => resolve(made));
		made.once('error', reject);
	});
	return {
		url: `http://${HOST}:${String(options.port)}`,
		stop: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				// Pages keep connections open.
				if ('closeAllConnections' in server) server.closeAllConnections();
			}),
	};
}
