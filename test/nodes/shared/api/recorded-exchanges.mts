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

/** Reads a recording by the beginning of its file name: `exchange('053')`. */
export function exchange(start: string): Exchange {
	const file = readdirSync(FOLDER).find((name) => name.startsWith(start) && name.endsWith('.json'));
	if (file === undefined) throw new Error(`No recording starts with ${start}`);
	const { request, response } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
	return {
		file,
		method: request.method,
		path: request.path,
		requestBody: request.body,
		status: response.status,
		headers: response.headers,
		body: response.body,
	};
}

/** Every recording, by file name. */
export function allExchanges(): Exchange[] {
	return readdirSync(FOLDER)
		.filter((name) => name.endsWith('.json'))
		.sort()
		.map((name) => exchange(name));
}
