import { createHash } from 'node:crypto';
import { finite, isFields } from './readers';

/** A JSON value as it travels through n8n. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

/**
 * Deeper than anything a booking holds, and far from where a recursive reader further on (n8n's own
 * saving of execution data among them) runs out of stack.
 */
const MAX_DEPTH = 100;

/**
 * A copy of a value as JSON: nothing below 100 levels, no `__proto__` key (it would change the
 * prototype of whatever object it is copied to), null for what JSON does not know.
 */
export function toJson(value: unknown, depth = 0): Json {
	if (typeof value === 'string' || typeof value === 'boolean') return value;
	if (typeof value === 'number') return finite(value);
	if (depth >= MAX_DEPTH) return null;
	if (Array.isArray(value)) return value.map((item) => toJson(item, depth + 1));
	return isFields(value) ? toJsonObject(value, depth) : null;
}

/** An object as JSON; see {@link toJson}. */
export function toJsonObject(value: unknown, depth = 0): JsonObject {
	const copy: JsonObject = {};
	if (!isFields(value)) return copy;
	for (const key of Object.keys(value)) {
		if (key !== '__proto__' && value[key] !== undefined) copy[key] = toJson(value[key], depth + 1);
	}
	return copy;
}

/** The first 32 hex digits of a text's SHA-256. */
export function shortHash(text: string): string {
	return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A hash of a value that does not depend on the order of its keys. */
export function hashOf(value: unknown): string {
	return shortHash(canonical(value, 0));
}

function canonical(value: unknown, depth: number): string {
	if (depth >= MAX_DEPTH) return '…';
	if (Array.isArray(value)) return `[${value.map((item) => canonical(item, depth + 1)).join(',')}]`;
	if (!isFields(value)) return JSON.stringify(value) ?? 'null';
	const members = Object.keys(value)
		.sort()
		.map((key) => `${JSON.stringify(key)}:${canonical(value[key], depth + 1)}`);
	return `{${members.join(',')}}`;
}
