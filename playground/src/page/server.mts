// The playground's page: loopback only, for the browser of the person who started it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ServerType, serve } from '@hono/node-server';
import { Hono } from 'hono';
import { z } from 'zod';
import type { Desk, DeskBooking } from '../desk.mts';
import { TABLES, type Snapshot } from '../rows.mts';
import type { DeliveryLine } from '../terminal.mts';
import type { PostAnswer } from './again.mts';

const HOST = '127.0.0.1';

/** What the page shows. */
export interface PageState {
	deliveries: (DeliveryLine & { id: string })[];
	bookings: DeskBooking[];
	rows: Snapshot;
}

export interface PageOptions {
	port: number;
	desk: Desk;
	/** Sends a delivery of the list once more: as it was, or with a changed body under the old signature. */
	again: (delivery: string, forged: boolean) => Promise<PostAnswer>;
	/** Read once a second while a page is open. */
	state: () => Promise<PageState>;
	/** Named links into n8n's editor. */
	links: { title: string; url: string }[];
	login: { email: string; password: string };
}

const actionSchema = z.discriminatedUnion('action', [
	z.object({ action: z.enum(['book', 'request']) }),
	z.object({ action: z.enum(['reschedule', 'cancel', 'confirm', 'decline']), uid: z.string().min(1).max(100) }),
	z.object({ action: z.enum(['repeat', 'forge']), delivery: z.string().min(1).max(100) }),
]);

const FILES = [
	{ path: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
	{ path: '/page.js', file: 'page.js', type: 'text/javascript; charset=utf-8' },
	{ path: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
];

/** The page's routes. Answers only requests that were addressed to this machine by its own pages. */
export function pageApp({ port, desk, again, state, links, login }: PageOptions): Hono {
	const app = new Hono();
	const own = new Set([`${HOST}:${String(port)}`, `localhost:${String(port)}`]);

	app.use(async (c, next) => {
		// Another site's name that resolves to 127.0.0.1, or another site's script, gets nothing.
		const origin = c.req.header('origin');
		if (!own.has(c.req.header('host') ?? '') || (origin && !own.has(origin.replace(/^http:\/\//, '')))) {
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
	app.get('/api/about', (c) => c.json({ links, login, tables: TABLES }));
	app.get('/api/state', async (c) => c.json(await state()));
	app.post('/api/actions', async (c) => {
		// A form of another site cannot send JSON without asking first.
		if (!c.req.header('content-type')?.startsWith('application/json'))
			return c.json({ error: 'JSON, please.' }, 415);
		const parsed = actionSchema.safeParse(await c.req.json().catch(() => null));
		if (!parsed.success) return c.json({ error: 'The page asked for something unknown. Reload it.' }, 400);
		const wanted = parsed.data;
		try {
			if ('delivery' in wanted)
				return c.json({ answer: await again(wanted.delivery, wanted.action === 'forge') });
			const booking = 'uid' in wanted ? await desk[wanted.action](wanted.uid) : await desk[wanted.action]();
			return c.json({ booking });
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
