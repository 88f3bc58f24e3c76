import { isFields } from '../values/readers';
import type { HttpAnswer } from './httpAnswer';

/** What stands where a key was. */
export const LEFT_OUT = '…';

/** A key, where a server repeats what was sent to it: the header's value, or a key by its usual beginning. */
const KEY = /\b(bearer|basic)(?: |%20|\+){1,9}[^\s"',;]{4,}|(?<![a-z])cal_[\w-]{8,}/gi;
/** What is shorter is no key, and stands in many a word. */
const SHORTEST_KEY = 8;
/** Deeper than this nothing of an answer is looked at. */
const DEEPEST = 30;

/** Changes a text of somebody else's for a message of ours. */
export type Hide = (text: string) => string;

/** Leaves out what looks like a key. */
export const withoutKeys: Hide = (text) =>
	text.replace(KEY, (_all, scheme?: string) => (scheme === undefined ? LEFT_OUT : `${scheme} ${LEFT_OUT}`));

/** Leaves out these very keys, whatever they look like. What is no text or too short for a key is no key. */
export function hideKeys(keys: readonly unknown[]): Hide {
	const known = keys
		.flatMap((key) => (typeof key === 'string' ? [key.trim()] : []))
		.filter((key) => key.length >= SHORTEST_KEY)
		.flatMap((key) => [key, encodeURIComponent(key)]);
	return (text) => known.reduce((left, key) => left.replaceAll(key, LEFT_OUT), text);
}

/** The same of JSON: in each of its texts and names. */
export function hideIn(value: unknown, hide: Hide, depth = 0): unknown {
	if (typeof value === 'string') return hide(value);
	if (typeof value !== 'object' || value === null) return value;
	if (depth > DEEPEST) return null;
	if (Array.isArray(value)) return value.map((one) => hideIn(one, hide, depth + 1));
	return Object.fromEntries(Object.entries(value).map(([name, one]) => [hide(name), hideIn(one, hide, depth + 1)]));
}

/** An answer that is to be told of, without these keys. What succeeded is the user's own data, and stays as it is. */
export function answerWithout(hide: Hide, answer: HttpAnswer): HttpAnswer {
	const { statusCode, headers, body } = answer;
	if (statusCode < 300 && isFields(body) && body['status'] === 'success') return answer;
	const { location } = headers;
	return {
		statusCode,
		headers: location === undefined ? headers : { ...headers, location: hideIn(location, hide) },
		body: hideIn(body, hide),
	};
}
