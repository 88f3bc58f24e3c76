import { openJson } from './openJson';

/*
 * What one field of a delivery may be read as. No reader throws: a value of the wrong kind is null,
 * because one odd field must not cost a booking.
 */

export type Fields = Readonly<Record<string, unknown>>;

const NUMERIC = /^[+-]?\d+(\.\d+)?$/;

/** A string as sent; null when it is blank or no string. */
export function text(value: unknown): string | null {
	return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/** A string without the spaces around it (emails, names, uids); null when it is blank or no string. */
export function trimmed(value: unknown): string | null {
	if (typeof value !== 'string') return null;
	const bare = value.trim();
	return bare === '' ? null : bare;
}

/** An identifier that comes as a string or as a number; null otherwise. */
export function identifier(value: unknown): string | null {
	return typeof value === 'number' && Number.isFinite(value) ? String(value) : trimmed(value);
}

/** A number that JSON can write: it has no infinity, and no zero with a sign. */
export function finite(value: number): number | null {
	return Number.isFinite(value) ? value + 0 : null;
}

/** A finite number, also from a numeric string; null otherwise. */
export function number(value: unknown): number | null {
	if (typeof value === 'number') return finite(value);
	if (typeof value !== 'string') return null;
	const bare = value.trim();
	if (!NUMERIC.test(bare)) return null;
	return finite(Number(bare));
}

/** A boolean, also from "true" and "false"; null otherwise. */
export function boolean(value: unknown): boolean | null {
	if (typeof value === 'boolean') return value;
	if (value === 'true') return true;
	return value === 'false' ? false : null;
}

/** Whether a value is an object with fields (no array, not null). */
export function isFields(value: unknown): value is Fields {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object, opened when it comes as JSON text; null otherwise. */
export function fields(value: unknown): Fields | null {
	const opened = typeof value === 'string' ? openJson(value) : value;
	return isFields(opened) ? opened : null;
}

/** An array, opened when it comes as JSON text; empty otherwise. */
export function list(value: unknown): readonly unknown[] {
	const opened: unknown = typeof value === 'string' ? openJson(value) : value;
	return Array.isArray(opened) ? opened : [];
}

/** An http(s) address without the spaces around it; null for anything else. */
export function httpUrl(value: unknown): string | null {
	const address = trimmed(value);
	return address !== null && /^https?:\/\/\S+$/i.test(address) ? address : null;
}

/** The longest that an address can be: 64 characters, the @, and 255 for its domain. */
const MAX_EMAIL = 320;

/** An email address without the spaces around it; null when it is longer than any, which no database index takes. */
export function email(value: unknown): string | null {
	const address = trimmed(value);
	return address === null || address.length > MAX_EMAIL ? null : address;
}

/** A field that belongs to the object itself: "constructor" and its kind are never found on the prototype. */
export function own(from: Fields, key: string): unknown {
	return Object.hasOwn(from, key) ? from[key] : undefined;
}
