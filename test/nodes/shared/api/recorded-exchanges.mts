import { readdirSync, readFileSync } from 'node:fs';

/** One request to Cal.com's API v2 and its answer, as recorded. */
export interface Exchange {
	file: string;
	method: string;
	/** With the query, and the `/v2` of the base URL. */
	path: string;
	requestBody: unknown;
	status: number;
	headers: Record<string, string>;
	body: unknown;
}

const FOLDER = new URL('../../../fixtures/recorded/api/', import.meta.url);

const FILES = readdirSync(FOLDER)
	.filter((name) => name.endsWith('.json'))
	.sort();
const texts = new Map<string, string>();

function textOf(file: string): string {
	const text = texts.get(file) ?? readFileSync(new URL(file, FOLDER), 'utf8');
	texts.set(file, text);
	return text;
}

/** Reads a recording by the beginning of its file name: `exchange('053')`. What it gives is the caller's own. */
export function exchange(start: string): Exchange {
	const file = FILES.find((name) => name.startsWith(start));
	if (file === undefined) throw new Error(`No recording starts with ${start}`);
	const { request, response } = JSON.parse(textOf(file));
	return {
		file,
		method: request.method,
		path: request.path,
		requestBody: request.body,
		status: response.status,
		headers: response.headers ?? {},
		body: response.body,
	};
}

/** Every recording, by file name. */
export function allExchanges(): Exchange[] {
	return FILES.map((name) => exchange(name));
}
