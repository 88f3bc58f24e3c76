import { DateTime } from 'luxon';
import type { Json } from '../../shared/values/json';
import { toJson } from '../../shared/values/json';
import { openJson } from '../../shared/values/openJson';
import { isFields, number } from '../../shared/values/readers';
import { instant } from '../../shared/values/time';
import type { ValueKind } from './kinds';
import { cleanJson, cleanText } from './kinds';
import { readPgArray } from './pgArray';

/** What a record's column says in Cal.com's terms, or why it cannot be read; never called with a blank one. */
export type Reading = { ok: true; value: Json } | { ok: false; reason: string };

const SHOWN = 40;
const SEPARATOR = /[,;\n]/;
const TRUE = ['true', 't', 'yes', 'y', 'on', '1'];
const FALSE = ['false', 'f', 'no', 'n', 'off', '0'];

/** Which of two words says true: the spellings of booleans that databases and sheets use. */
export const BOOLEAN_WORDS: ReadonlyMap<string, readonly [string, string]> = new Map(
	TRUE.flatMap((yes, index) => {
		const no = FALSE[index] ?? yes;
		return [yes, no].map((word) => [word, [yes, no]] as const);
	}),
);

const read = (value: Json): Reading => ({ ok: true, value });

function shown(value: unknown): string {
	const text = typeof value === 'object' ? JSON.stringify(toJson(value)) : String(value);
	return `"${text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text}"`;
}

const refuse = (value: unknown, what: string): Reading => ({ ok: false, reason: `${shown(value)} is not ${what}` });

/** What a database driver or a Code node puts in place of JSON: dates as objects, big numbers. */
export function plain(value: unknown): unknown {
	if (typeof value === 'bigint') return String(value);
	if (DateTime.isDateTime(value)) return value.toUTC().toISO() ?? 'Invalid date';
	// A date of another realm (a Code node's sandbox) is no instance of this realm's Date.
	if (Object.prototype.toString.call(value) === '[object Date]') {
		const millis = Number(value);
		return DateTime.fromMillis(millis, { zone: 'utc' }).toISO() ?? 'Invalid date';
	}
	return value;
}

function readNumber(value: unknown): Reading {
	const found = number(value);
	if (found === null) return refuse(value, 'a number. Write it with digits only, e.g. 30 or 29.5');
	if (Math.abs(found) > Number.MAX_SAFE_INTEGER) return refuse(value, 'a number that can be kept exactly');
	return read(found);
}

function readBoolean(value: unknown): Reading {
	const word = typeof value === 'object' ? '' : String(value).trim().toLowerCase();
	if (TRUE.includes(word)) return read(true);
	if (FALSE.includes(word)) return read(false);
	return refuse(value, 'a yes or no. Write true or false');
}

function readInstant(value: unknown): Reading {
	const found = instant(value);
	return found === null ? refuse(value, 'a date and time. Write it like 2026-11-24T08:00:00Z') : read(found);
}

function readText(value: unknown): Reading {
	if (typeof value === 'object') return refuse(value, 'a text');
	return read(cleanText(String(value)));
}

function readList(value: unknown): Reading {
	if (Array.isArray(value)) return read(cleanJson(value));
	if (typeof value === 'number') return read([value]);
	if (typeof value !== 'string') return refuse(value, 'a list');
	const text = value.trim();
	const opened = openJson(text);
	if (Array.isArray(opened)) return read(cleanJson(opened));
	if (isFields(opened) && Object.keys(opened).length > 0) return refuse(value, 'a list. Write it like a, b, c');
	const items = readPgArray(text) ?? text.split(SEPARATOR);
	return read(withNumbers(items.map(cleanText).filter((item) => item !== '')));
}

/** Numbers come out of text as text. Only when all items are numbers are they taken for numbers. */
function withNumbers(items: string[]): Json {
	const numbers = items.map(Number);
	return numbers.every((found, index) => String(found) === items[index]) ? numbers : items;
}

/** How a record's column is read, by the kind of the Cal.com field. */
export const READERS: Readonly<Record<ValueKind, (value: unknown) => Reading>> = {
	text: readText,
	number: readNumber,
	boolean: readBoolean,
	instant: readInstant,
	list: readList,
	json: (value) => read(cleanJson(openJson(value))),
};
