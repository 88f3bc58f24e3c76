// The reverse proxy in front of a scaled n8n: one address; deliveries go to the webhook processes in turn, all else to
// main. Like nginx as shipped it asks the next one when nobody listens at the first, because nothing was sent yet, and
// never sends a delivery a second time.
import { type IncomingMessage, type ServerResponse, createServer, request } from 'node:http';
import { isCode } from '../process-tree.mts';
import { WEBHOOK_PATHS } from './queue-settings.mts';

const HOST = '127.0.0.1';

export interface FrontOptions {
	/** 0 picks a free one. */
	port: number;
	main: number;
	/** Ports of the webhook processes. */
	webhooks: number[];
}

export interface Front {
	url: string;
	/** How many requests went to another process than the one whose turn it was. */
	passedOn(): number;
	/** How many requests nobody took, or that were cut off: 502. */
	failed(): number;
	stop(): Promise<void>;
}

/** The ports to try for a path, in this order; `turn` counts requests. */
export function portsFor(
	path: string,
	turn: number,
	{ main, webhooks }: Pick<FrontOptions, 'main' | 'webhooks'>,
): number[] {
	if (!WEBHOOK_PATHS.some((prefix) => path.startsWith(prefix))) return [main];
	return webhooks.map((_, at) => webhooks[(turn + at) % webhooks.length] ?? main);
}

/** Listens on loopback. */
export async function openFront(options: FrontOptions): Promise<Front> {
	let turn = 0;
	let passedOn = 0;
	let failed = 0;

	const forward = (incoming: IncomingMessage, answer: ServerResponse, body: Buffer, [port, ...others]: number[]) => {
		const fail = (reason: string) => {
			failed += 1;
			if (answer.headersSent) answer.destroy();
			else answer.writeHead(502, { 'content-type': 'text/plain' }).end(reason);
		};
		if (port === undefined) {
			fail('Nobody listens.');
			return;
		}
		const headers = { ...incoming.headers, 'x-forwarded-for': HOST, 'x-forwarded-proto': 'http' };
		const outgoing = request(
			{ host: HOST, port, method: incoming.method, path: incoming.url, headers },
			(inner) => {
				answer.writeHead(inner.statusCode ?? 502, inner.headers);
				inner.pipe(answer);
				inner.on('error', () => answer.destroy());
			},
		);
		outgoing.on('error', (error) => {
			if (isCode(error, 'ECONNREFUSED') && others.length > 0) {
				passedOn += 1;
				forward(incoming, answer, body, others);
			} else fail('The process behind is gone.');
		});
		outgoing.end(body);
	};

	const server = createServer((incoming, answer) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => {
			turn += 1;
			forward(incoming, answer, Buffer.concat(chunks), portsFor(incoming.url ?? '/', turn, options));
		});
		incoming.on('error', () => answer.destroy());
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject).listen(options.port, HOST, resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The front listens at no port.');
	return {
		url: `http://${HOST}:${String(address.port)}`,
		passedOn: () => passedOn,
		failed: () => failed,
		async stop() {
			const closed = new Promise((resolve) => server.close(resolve));
			server.closeAllConnections();
			await closed;
		},
	};
}
