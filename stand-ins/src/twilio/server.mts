// The TLS server behind the proxy: it logs, is slow and fails on purpose, and else leaves it to the API.
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Storm } from '../faults.mts';
import { newApi } from './api.mts';
import type { Certificates } from './certificate.mts';
import { failure } from './errors.mts';
import type { World } from './world.mts';

/** A request to one of Twilio's APIs. */
export interface LoggedRequest {
	method: string;
	host: string;
	/** Query included. */
	path: string;
	/** What was posted, by field. */
	form: Record<string, string>;
	/** Null when there was no answer. */
	status: number | null;
	at: string;
}

/** Trouble that was asked for. */
export interface Weather {
	storm: Storm;
	/** Milliseconds that every answer is kept back. */
	slow: number;
}

/** The API in bad weather. */
function newApp(world: World, weather: Weather, requests: LoggedRequest[]): Hono<{ Bindings: HttpBindings }> {
	const app = new Hono<{ Bindings: HttpBindings }>();
	const api = newApi(world);
	app.all('*', async (context) => {
		const { hostname, pathname, search } = new URL(context.req.url);
		const text = await context.req.text();
		const entry: LoggedRequest = {
			method: context.req.method,
			host: hostname,
			path: pathname + search,
			form: Object.fromEntries(new URLSearchParams(text)),
			status: null,
			at: world.now().toISOString(),
		};
		requests.push(entry);
		const ask = () => {
			const { method, raw, url } = context.req;
			return api.request(url, { method, headers: raw.headers, ...(text === '' ? {} : { body: text }) });
		};
		const trouble = weather.storm.next(entry.method, `${hostname}${entry.path}`);
		if (weather.slow > 0) await sleep(weather.slow);
		const answer = trouble === null || trouble.lost ? await ask() : null;
		if (trouble?.status === 'cut') {
			context.env.incoming.socket.destroy();
			return context.body(null);
		}
		if (trouble !== null) {
			const { body, status } = failure(trouble.status);
			entry.status = status;
			return context.json(body, status as ContentfulStatusCode);
		}
		entry.status = answer?.status ?? null;
		return answer ?? context.body(null);
	});
	return app;
}

export interface SecureServer {
	/** Begins TLS on a bare connection. */
	accept(socket: Duplex): void;
	close(): void;
}

export function newServer(
	world: World,
	weather: Weather,
	requests: LoggedRequest[],
	{ key, cert }: Certificates,
): SecureServer {
	const { fetch } = newApp(world, weather, requests);
	// The cast tells the listener that ours is no HTTP/2 server.
	const listener = getRequestListener((request, bindings) => fetch(request, bindings as HttpBindings), {
		overrideGlobalObjects: false,
	});
	const server = createServer({ key, cert }, (request, response) => void listener(request, response));
	return {
		accept: (socket) => void server.emit('connection', socket),
		close: () => server.closeAllConnections(),
	};
}
