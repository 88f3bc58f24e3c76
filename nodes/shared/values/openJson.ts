import { storable } from './storable';

/** How often a proxy or a template may have encoded a value again. */
const MAX_ENCODINGS = 2;

/**
 * Opens a string that holds a JSON object or array, encoded once or twice; anything else comes back as it is.
 *
 * Some proxies, and Cal.com itself for `metadata`, put JSON text where an object belongs.
 * Only for reading: a signature is checked over the bytes received, never over what this returns.
 *
 * @example openJson('{"a":1}') // { a: 1 }
 * @example openJson('"{\\"a\\":1}"') // { a: 1 }
 * @example openJson('{not json') // '{not json'
 */
export function openJson(value: unknown): unknown {
	let opened = value;
	for (let round = 0; round < MAX_ENCODINGS && typeof opened === 'string'; round++) {
		if (!mayHoldObject(opened)) return value;
		try {
			opened = JSON.parse(storable(opened));
		} catch {
			// A text that only looks like JSON is a text: what was sent is kept.
			return value;
		}
	}
	return typeof opened === 'object' && opened !== null ? opened : value;
}

/** Parsing is tried only where an object, an array or a string that holds one can come out of it. */
function mayHoldObject(text: string): boolean {
	const first = text.trimStart().charAt(0);
	return first === '{' || first === '[' || first === '"';
}
