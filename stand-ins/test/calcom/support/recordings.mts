import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { isObject } from '../../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../../src/calcom/json.mts';

const folder = fileURLToPath(new URL('../../../../test/fixtures/recorded/', import.meta.url));

export interface Exchange {
	/** `098-booking-create-plain` */
	name: string;
	method: string;
	/** With query. */
	path: string;
	headers: Record<string, string>;
	body: Json;
	status: number;
	/** Null where they were not kept. */
	responseHeaders: string[] | null;
	answer: Json;
}

export interface RecordedDelivery {
	name: string;
	event: string;
	headerNames: string[];
	contentType: string;
	signed: boolean;
	/** The body, parsed when it is JSON. */
	body: Json;
	text: string;
}

const read = (path: string): string => readFileSync(folder + path, 'utf8');

function objectIn(value: Json | undefined): JsonObject {
	if (!isObject(value)) throw new Error('A recording is not shaped as its INDEX says');
	return value;
}

function textsIn(value: Json | undefined): Record<string, string> {
	return Object.fromEntries(Object.entries(objectIn(value)).map(([key, text]) => [key, String(text)]));
}

function readExchange(file: string): Exchange {
	const { request, response } = objectIn(JSON.parse(read(`api/${file}`)) as Json);
	const { method, path, headers, body } = objectIn(request);
	const { status, headers: responseHeaders, body: answer } = objectIn(response);
	return {
		name: file.replace('.json', ''),
		method: String(method),
		path: String(path),
		headers: textsIn(headers),
		body: body ?? null,
		status: Number(status),
		responseHeaders: isObject(responseHeaders) ? Object.keys(responseHeaders).sort() : null,
		answer: answer ?? null,
	};
}

/** All recorded API exchanges, in the order in which they happened. */
export const exchanges: Exchange[] = readdirSync(`${folder}api`)
	.filter((file) => file.endsWith('.json'))
	.sort()
	.map(readExchange);

function readDelivery(file: string): RecordedDelivery {
	const name = file.replace('.headers.json', '');
	const headers = textsIn(objectIn(JSON.parse(read(`deliveries/${file}`)) as Json)['headers']);
	const contentType = headers['content-type'] ?? '';
	const isJson = contentType === 'application/json';
	const text = read(`deliveries/${name}.body.${isJson ? 'json' : 'txt'}`);
	return {
		name,
		event: /^\d+-([A-Z_]+)/.exec(name)?.[1] ?? '',
		headerNames: Object.keys(headers).sort(),
		contentType,
		signed: headers['x-cal-signature-256'] !== 'no-secret-provided',
		body: isJson ? (JSON.parse(text) as Json) : text,
		text,
	};
}

/** All recorded webhook deliveries. */
export const deliveries: RecordedDelivery[] = readdirSync(`${folder}deliveries`)
	.filter((file) => file.endsWith('.headers.json'))
	.sort()
	.map(readDelivery);
