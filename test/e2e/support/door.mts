// A door in front of a server: shut, connections break and new ones are refused, as when the server is away.
import { type AddressInfo, type Socket, connect, createServer } from 'node:net';
import { z } from 'zod';
import type { E2e } from './e2e.mts';

export interface Gate {
	port: number;
	shut(): Promise<void>;
	open(): Promise<void>;
}

/** Listens on loopback and passes everything on to `port`. Shut it at the end. */
export async function openGate(port: number): Promise<Gate> {
	const sockets = new Set<Socket>();
	const keep = (socket: Socket) => {
		sockets.add(socket);
		// A connection that breaks is what the gate is for.
		socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
	};
	const server = createServer((socket) => {
		const inner = connect(port, '127.0.0.1');
		keep(socket);
		keep(inner);
		socket.pipe(inner).pipe(socket);
		socket.on('close', () => inner.destroy());
		inner.on('close', () => socket.destroy());
	});
	const listen = (wanted: number) =>
		new Promise<void>((resolve, reject) => {
			server.once('error', reject).listen(wanted, '127.0.0.1', () => {
				server.off('error', reject);
				resolve();
			});
		});
	await listen(0);
	const own = z.custom<AddressInfo>((address) => typeof address === 'object').parse(server.address()).port;
	return {
		port: own,
		async shut() {
			const closed = new Promise((resolve) => server.close(resolve));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
		open: () => listen(own),
	};
}

/** A gate in front of the templates' database, and a credential that goes through it. */
export async function gateToPostgres(e2e: E2e, name: string) {
	const place = new URL(z.string().parse(e2e.db.options.connectionString));
	const gate = await openGate(Number(place.port));
	const credential = await e2e.editor.saveCredential({
		name,
		type: 'postgres',
		data: {
			host: '127.0.0.1',
			port: gate.port,
			database: place.pathname.slice(1),
			user: place.username,
			password: place.password,
			ssl: 'disable',
		},
	});
	return { gate, credential };
}
