// Requests that no HTTP client would send, byte for byte.
import { connect } from 'node:net';

/** Sends these bytes to the server of an address and resolves with the status of the answer. */
export async function sendRaw(url: string, bytes: string | Buffer): Promise<number> {
	const { hostname, port } = new URL(url);
	return await new Promise((resolve, reject) => {
		const socket = connect(Number(port), hostname);
		let heard = '';
		socket.on('data', (chunk) => {
			heard += chunk.toString('latin1');
			// Only the first line matters, and a kept connection would not end by itself.
			if (heard.includes('\r\n')) socket.end();
		});
		// A server that refuses a head does not read the rest; its answer comes all the same.
		socket.on('error', () => undefined);
		socket.on('close', () => {
			const status = /^HTTP\/1\.[01] (\d{3})/.exec(heard)?.[1];
			if (status === undefined) reject(new Error('No answer.'));
			else resolve(Number(status));
		});
		socket.write(bytes);
	});
}

/** A POST as text, with these lines of headers beside those that it cannot do without. */
export function rawPost(url: string, body: string, lines: string[]): string {
	const { pathname, host } = new URL(url);
	const length = `content-length: ${String(Buffer.byteLength(body))}`;
	const head = [`POST ${pathname} HTTP/1.1`, `host: ${host}`, 'content-type: application/json', length, ...lines];
	return `${head.join('\r\n')}\r\n\r\n${body}`;
}
