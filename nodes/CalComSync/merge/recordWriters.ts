import type { Json } from '../../shared/values/json';
import { openJson } from '../../shared/values/openJson';
import type { ValueKind } from './kinds';
import { canonicalOf, isBlank, sameCanonical } from './kinds';
import { readPgArray, writePgArray } from './pgArray';
import { BOOLEAN_WORDS, READERS } from './recordForms';

/** Puts a value that is not blank in the form in which the record holds its own now (`like`). */
type Writer = (value: Json, like: unknown) => Json;

/** Text as a person writes it down, for a column of text. */
function asText(value: Json): string {
	return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** "TRUE" and "True" stay in capitals. */
function inCaseOf(like: string, word: string): string {
	if (like === like.toLowerCase()) return word;
	return like === like.toUpperCase() ? word.toUpperCase() : word.charAt(0).toUpperCase() + word.slice(1);
}

function writeBoolean(value: Json, like: unknown): Json {
	if (typeof value !== 'boolean') return value;
	if (typeof like === 'number') return value ? 1 : 0;
	if (typeof like !== 'string') return value;
	const words = BOOLEAN_WORDS.get(like.trim().toLowerCase());
	return words === undefined ? value : inCaseOf(like.trim(), words[value ? 0 : 1]);
}

/** Comma text where it reads back as the same list, else JSON text: an item may hold a comma. */
function commaText(items: readonly Json[]): string {
	const text = items.map(asText).join(', ');
	const back = READERS.list(text);
	const same = back.ok && sameCanonical(canonicalOf(back.value, 'list'), canonicalOf([...items], 'list'));
	return same ? text : JSON.stringify(items);
}

/** A list as text, in the notation of the text that is there now. */
export function listText(items: readonly Json[], like: unknown): string {
	const now = typeof like === 'string' ? like.trim() : '';
	if (Array.isArray(openJson(now))) return JSON.stringify(items);
	return readPgArray(now) === null ? commaText(items) : writePgArray(items.map(asText));
}

function writeNumber(value: Json, like: unknown): Json {
	return typeof like === 'string' && !isBlank(like) ? asText(value) : value;
}

function writeText(value: Json, like: unknown): Json {
	const number = Number(value);
	return typeof like === 'number' && String(number) === value ? number : value;
}

/** How a record's column is written, by the kind of the Cal.com field. */
export const WRITERS: Readonly<Record<ValueKind, Writer>> = {
	text: writeText,
	number: writeNumber,
	boolean: writeBoolean,
	instant: (value, like) => (typeof like === 'number' && typeof value === 'string' ? Date.parse(value) : value),
	list: (value, like) => (typeof like === 'string' && Array.isArray(value) ? listText(value, like) : value),
	json: (value, like) => (typeof like === 'string' && !isBlank(like) ? asText(value) : value),
};

/** Nothing, in the form of what the record holds now: a text stays a text, so that a column that must have one does. */
export function blankLike(kind: ValueKind, like: unknown): Json {
	if (Array.isArray(like) && kind === 'list') return [];
	if (typeof like !== 'string') return null;
	if (kind === 'list' && !isBlank(like)) return listText([], like);
	return kind === 'text' || isBlank(like) ? '' : null;
}
