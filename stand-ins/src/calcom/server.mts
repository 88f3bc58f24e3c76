import { serve } from '@hono/node-server';
import type { HttpBindings, ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { authenticate, keyIn, limitFor } from './auth.mts';
import { ApiError, badRequest, coded, internalError, notFound, tooManyRequests } from './errors.mts';
import type { Route, Versions } from './http.mts';
import { isObject, without } from './json.mts';
import type { Json, JsonObject } from './json.mts';
import { isFromAPage, isJson } from '../from-a-page.mts';
import type { Storm } from '../faults.mts';
import { RateLimit } from './rate-limit.mts';
import { RequestLog } from './request-log.mts';
import type { World } from './world.mts';

const PREFIX = /^\/(?:api\/)?v2(?=\/|$)/;

export interface ServerOptions {
	world: World;
	routes: Route[];
	rateLimit: number | undefined;
	requests: RequestLog;
	/** Trouble that was asked for. */
	storm: Storm;
}

function answersTo(versions: Versions, except: readonly string[], asked: string | undefined): boolean {
	if (versions === 'any') return true;
	if (versions === 'old') return asked === undefined || !except.includes(asked);
	return asked !== undefined && versions.includes(asked);
}

const pathWithQuery = (url: string): string => {
	const { pathname, search } = new URL(url);
	return pathname + search;
};

function failure(status: number): ApiError {
	if (status === 429) return tooManyRequests();
	return status >= 500 ? internalError(status) : coded(status, 'PLANNED_FAILURE', 'This failure was asked for.');
}

/** Reads the body the way Cal.com's parser does, before anything knows the route. */
async function readBody(context: Context): Promise<JsonObject> {
	const text = await context.req.text();
	// Cal.com's parser leaves everything else alone, and the route finds nothing.
	if (text.trim() === '' || !isJson(context.req.header('content-type'))) return {};
	try {
		const body: unknown = JSON.parse(text);
		return isObject(body) ? body : {};
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw badRequest(error.message.replace(/ \(line \d+ column \d+\)$/, ''));
	}
}

/** The HTTP face of the stand-in: prefix, rate limit, keys, versions and error envelopes around the routes. */
export function newApp({ world, routes, rateLimit, requests, storm }: ServerOptions): Hono {
	const app = new Hono({ getPath: (request) => new URL(request.url).pathname.replace(PREFIX, '/v2') });
	const limits = new RateLimit();

	const send = (context: Context, status: number, body: Json) => {
		context.header('Content-Type', 'application/json; charset=utf-8');
		return context.body(JSON.stringify(body), status as ContentfulStatusCode);
	};
	const sendError = (context: Context, error: ApiError) => {
		if (error.error === null) return send(context, error.status, error.bare);
		const envelope = {
			status: 'error',
			timestamp: world.now().toISOString(),
			path: pathWithQuery(context.req.url),
		};
		return send(context, error.status, { ...envelope, error: error.error });
	};
	const unknown = (context: Context) => notFound(`Cannot ${context.req.method} ${pathWithQuery(context.req.url)}`);

	app.use(async (context, next) => {
		const told = { host: context.req.header('host'), origin: context.req.header('origin') };
		// The real one answers browsers; this one has nothing to say to them.
		if (isFromAPage(told)) return send(context, 403, { message: 'No web page may ask this stand-in.' });
		return await next();
	});
	app.use(async (context, next) => {
		const done = requests.begin(context.req.method, pathWithQuery(context.req.url), world.now());
		await next();
		done(context.res.status);
	});
	app.use(async (context, next) => {
		const trouble = storm.next(context.req.method, pathWithQuery(context.req.url));
		if (trouble === null) return await next();
		if (trouble.lost) await next();
		await trouble.until?.();
		if (trouble.status === 'cut') (context.env as HttpBindings).incoming.socket.destroy();
		if (trouble.status === 429) {
			context.header('X-RateLimit-Limit-Default', String(rateLimit ?? 120));
			context.header('X-RateLimit-Remaining-Default', '0');
			context.header('X-RateLimit-Reset-Default', String(trouble.resetSeconds));
		}
		// Hono wants an answer even where nobody is left to read it.
		context.res = sendError(context, failure(trouble.status === 'cut' ? 500 : trouble.status));
	});

	for (const route of routes) {
		app.on(route.method, `/v2${route.path}`, async (context, next) => {
			if (!answersTo(route.versions, route.except ?? [], context.req.header('cal-api-version')))
				return await next();
			const sent = route.method === 'GET' ? {} : await readBody(context);
			const body = route.method === 'PATCH' ? without(sent, world.ignoredField) : sent;
			const key = keyIn(context.req.header('authorization'));
			const limit = limitFor(world.state, key, rateLimit);
			const allowance = limits.take(`${key ?? 'anonymous'} ${route.bucket ?? ''}`, limit, world.now().getTime());
			for (const [name, value] of Object.entries(allowance.headers))
				context.header(route.bucket ? name.replace('Default', route.bucket) : name, value);
			if (!allowance.ok) throw tooManyRequests();
			const reply = await route.handle({
				world,
				path: pathWithQuery(context.req.url),
				params: context.req.param(),
				query: new URL(context.req.url).searchParams,
				body,
				userId: authenticate(world.state, key, route.access),
			});
			return send(context, reply.status, reply.body);
		});
	}

	app.notFound((context) => sendError(context, unknown(context)));
	app.onError((error, context) => {
		if (error instanceof ApiError) return sendError(context, error);
		// A bug of the stand-in answers like a bug of Cal.com; whoever runs it should see why.
		console.error(error);
		return sendError(context, internalError());
	});
	return app;
}

export interface Listening {
	port: number;
	close(): Promise<void>;
}

/** Opens a port on loopback. 0 picks a free one. */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
	return await new Promise((resolve, reject) => {
		const server: ServerType = serve(
			{ fetch: app.fetch, hostname: host, port, overrideGlobalObjects: false },
			(info) => resolve({ port: info.port, close: () => close(server) }),
		);
		server.once('error', reject);
	});
}

async function close(server: ServerType): Promise<void> {
	await new Promise<void>((resolve, reject) => {
		server.close((error) => (error ? reject(error) : resolve()));
		if ('closeAllConnections' in server) server.closeAllConnections();
	});
}
