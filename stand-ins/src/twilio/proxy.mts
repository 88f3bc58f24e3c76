// An HTTPS proxy on loopback: what is for some hosts it hands to a server of our own, the rest it passes on.
import { type IncomingMessage, createServer, request } from 'node:http';
import { type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';

const ESTABLISHED = 'HTTP/1.1 200 Connection Established\r\n\r\n';

export interface ProxyOptions {
	host: string;
	/** 0 picks a free one. */
	port: number;
	/** Host names that are ours. */
	ours: readonly string[];
	/** Gets the bare connection of whoever wants one of ours; TLS begins on it. */
	accept: (socket: Duplex) => void;
	/** A proxy that everything else has to go through: `http://user:password@host:port`. */
	upstream: string | undefined;
}

export interface Proxy {
	port: number;
	/** Stops listening and breaks every connection. */
	close(): Promise<void>;
}

/** A connection to where the client wants to go, straight or through another proxy. */
async function reach(target: string, upstream: string | undefined): Promise<Duplex> {
	const { hostname, port } = new URL(`http://${target}`);
	if (upstream === undefined) {
		const socket = connect({ host: hostname, port: Number(port || 80) });
		return await new Promise((resolve, reject) => {
			socket.once('connect', () => resolve(socket));
			socket.once('error', reject);
		});
	}
	const proxy = new URL(upstream);
	const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
	const asked = request({
		host: proxy.hostname,
		port: proxy.port || 80,
		method: 'CONNECT',
		path: target,
		headers: login === ':' ? {} : { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` },
	});
	return await new Promise((resolve, reject) => {
		asked.once('connect', (response, socket) => {
			if (response.statusCode === 200) resolve(socket);
			else reject(new Error(`${proxy.host} answers ${String(response.statusCode)}`));
		});
		asked.once('error', reject);
		asked.end();
	});
}

export async function startProxy({ host, port, ours, accept, upstream }: ProxyOptions): Promise<Proxy> {
	const open = new Set<Socket>();
	const server = createServer((_request, response) => {
		response.writeHead(501).end('This proxy opens tunnels for https only.');
	});
	server.on('connection', (socket) => {
		open.add(socket);
		socket.once('close', () => open.delete(socket));
	});
	const tunnel = async (asked: IncomingMessage, socket: Duplex, head: Buffer) => {
		// Whoever hangs up early must not take the proxy down.
		socket.on('error', () => socket.destroy());
		const target = asked.url ?? '';
		if (ours.includes(new URL(`http://${target}`).hostname)) {
			socket.write(ESTABLISHED);
			if (head.length > 0) socket.unshift(head);
			accept(socket);
			return;
		}
		const far = await reach(target, upstream);
		far.on('error', () => socket.destroy());
		socket.once('close', () => far.destroy());
		socket.write(ESTABLISHED);
		far.write(head);
		socket.pipe(far).pipe(socket);
	};
	server.on('connect', (asked, socket: Duplex, head: Buffer) => {
		tunnel(asked, socket, head).catch((error: unknown) => {
			socket.end(`HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\n\r\n${String(error)}`);
		});
	});
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, resolve);
	});
	const address = server.address();
	if (address === null || typeof address === 'string') throw new Error('The proxy listens nowhere.');
	return {
		port: address.port,
		async close() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of open) socket.destroy();
			await closed;
		},
	};
}
