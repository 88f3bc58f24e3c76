// Sends a request as it is written, also one that `fetch` would put in order first: a header twice, bytes that are no
// ASCII in a header.
import { request } from 'node:http';

/** What a header's value may consist of on its way, and what of a name. */
const SENDABLE_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

export interface RawAnswer {
	status: number;
	text: string;
	/** Milliseconds until the answer was there. */
	ms: number;
}

/** A text as its bytes in UTF-8, each written as one character, as Node wants the values of headers. */
const asBytes = (text: string) => Buffer.from(text).toString('latin1');

/** Whether HTTP can carry such headers at all; a line end, for one, would begin another header. */
export const canBeSent = (headers: readonly [name: string, value: string][]): boolean =>
	headers.every(([, value]) => SENDABLE_VALUE.test(asBytes(value)));

/** Posts JSON, or what claims to be it. Rejects when nobody answers. */
export async function rawPost(
	url: string,
	body: Uint8Array,
	headers: readonly [name: string, value: string][],
): Promise<RawAnswer> {
	const began = performance.now();
	const usual = [
		'Host',
		new URL(url).host,
		'Content-Type',
		'application/json',
		'Content-Length',
		String(body.length),
	];
	const sent = [...usual, ...headers.flatMap(([name, value]) => [name, asBytes(value)])];
	return await new Promise((resolve, reject) => {
		const call = request(url, { method: 'POST', headers: sent }, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk: Buffer) => chunks.push(chunk));
			response.on('error', reject);
			response.on('end', () =>
				resolve({
					status: response.statusCode ?? 0,
					text: Buffer.concat(chunks).toString(),
					ms: performance.now() - began,
				}),
			);
		});
		call.on('error', reject);
		call.end(body);
	});
}
