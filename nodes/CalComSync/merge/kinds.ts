import type { Json } from '../../shared/values/json';
import { toJson } from '../../shared/values/json';
import { openJson } from '../../shared/values/openJson';
import { boolean, isFields, number } from '../../shared/values/readers';
import { storable } from '../../shared/values/storable';
import { instant } from '../../shared/values/time';

/** What a field holds, and by that how two values of it are compared. A list is a set: its order does not matter. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'instant' | 'list' | 'json';

/** A value of one side. Both parts are in Cal.com's terms: minutes, hidden, a list. */
export interface Value {
	/**
	 * What two values are compared by and what the base holds: null when blank (null, "", blank text, [], {}), text
	 * without the spaces around it and with one kind of line end, instants in UTC, lists sorted and without doubles,
	 * objects without the members that mean nothing.
	 */
	canonical: Json;
	/** What is written to the other side. */
	raw: Json;
}

const UNSTORABLE = /[\0\ud800-\udfff]/;

function stored(value: string): string {
	return UNSTORABLE.test(value) ? String(JSON.parse(storable(JSON.stringify(value)))) : value;
}

/** Text as both sides can store it, without the spaces around it; lines end with a line feed. */
export function cleanText(value: string): string {
	const kept = stored(value);
	return (kept.includes('\r') ? kept.replace(/\r\n?/g, '\n') : kept).trim().normalize('NFC');
}

/** A copy as JSON that databases can store; null for what JSON does not know. */
export function cleanJson(value: unknown): Json {
	if (typeof value === 'string') return stored(value);
	if (typeof value !== 'object' || value === null) return toJson(value);
	const copy = toJson(value);
	const text = JSON.stringify(copy);
	const kept = storable(text);
	return kept === text ? copy : toJson(JSON.parse(kept));
}

/** Whether a value of any kind is blank as it comes: null, missing, or text with nothing in it. */
export function isBlank(value: unknown): boolean {
	return value === null || value === undefined || (typeof value === 'string' && value.trim() === '');
}

function isEmpty(value: Json): boolean {
	return typeof value === 'object' && value !== null && Object.keys(value).length === 0;
}

/** Objects with sorted keys and without members that say nothing: Cal.com leaves those out or fills them in. */
function pruned(value: Json): Json {
	if (Array.isArray(value)) return value.map(pruned);
	if (!isFields(value)) return value;
	const members = Object.keys(value)
		.sort()
		.map((key): [string, Json] => [key, pruned(value[key] ?? null)]);
	return Object.fromEntries(
		members.filter(([, member]) => member !== null && member !== '' && member !== false && !isEmpty(member)),
	);
}

/** What text stands for: a text column holds "5" and "true" where Cal.com holds 5 and true. */
function scalar(value: string): Json {
	const written = cleanText(value);
	if (written === 'true' || written === 'false') return written === 'true';
	if (written === '' || written === 'null') return null;
	const number = Number(written);
	return Number.isFinite(number) && String(number) === written ? number : written;
}

function canonicalJson(value: Json): Json {
	const opened = typeof value === 'string' ? openJson(value) : value;
	if (typeof opened === 'string') return scalar(opened);
	const bare = pruned(opened === value ? value : cleanJson(opened));
	return isEmpty(bare) ? null : bare;
}

/** An item of a list: "30" of a text column is the 30 of Cal.com. */
function canonicalItem(item: Json): Json {
	return typeof item === 'object' ? canonicalJson(item) : cleanText(String(item)) || null;
}

function canonicalList(items: readonly Json[]): Json {
	const byText = new Map<string, Json>();
	for (const item of items.map(canonicalItem)) {
		if (item !== null) byText.set(JSON.stringify(item), item);
	}
	if (byText.size === 0) return null;
	return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}

const isScalar = (value: unknown): value is string | number | boolean =>
	['string', 'number', 'boolean'].includes(typeof value);

/** The canonical form of a value that is not blank; undefined when it is not of the kind. */
const CANONICAL: Readonly<Record<ValueKind, (value: Json) => Json | undefined>> = {
	text: (value) => (isScalar(value) ? cleanText(String(value)) || null : undefined),
	number: (value) => number(value) ?? undefined,
	boolean: (value) => boolean(value) ?? undefined,
	instant: (value) => instant(value) ?? undefined,
	list: (value) => (Array.isArray(value) ? canonicalList(value) : undefined),
	json: canonicalJson,
};

/** The canonical form of a value in Cal.com's terms; what is not of the kind is compared as it is. */
export function canonicalOf(value: Json, kind: ValueKind): Json {
	if (isBlank(value)) return null;
	const canonical = CANONICAL[kind](value);
	return canonical === undefined ? canonicalJson(value) : canonical;
}

/**
 * A value as Cal.com gives it. Nothing that Cal.com sends fails.
 *
 * @param value of the object, or worked out from it; undefined and null are blank
 */
export function calcomValue(value: unknown, kind: ValueKind): Value {
	return valueOf(cleanJson(value), kind);
}

/** The same of what {@link cleanJson} gave. */
export function valueOf(json: Json, kind: ValueKind): Value {
	if (isBlank(json)) return { canonical: null, raw: json === null ? null : '' };
	const canonical = canonicalOf(json, kind);
	const isTidied = typeof json === 'string' && typeof canonical === 'string' && kind !== 'json';
	return { canonical, raw: isTidied ? canonical : json };
}

/** The same value, compared by a part of it only: answers carry more than requests. */
export function comparedBy(value: Value, kind: ValueKind, part: (raw: unknown) => unknown): Value {
	return { canonical: canonicalOf(cleanJson(part(value.raw)), kind), raw: value.raw };
}

/** Whether two canonical values are equal. The order of keys does not matter: databases change it. */
export function sameCanonical(a: Json, b: Json): boolean {
	if (a === b) return true;
	if (Array.isArray(a) || Array.isArray(b)) {
		if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
		return a.every((item, index) => sameCanonical(item, b[index] ?? null));
	}
	if (!isFields(a) || !isFields(b)) return false;
	const keys = Object.keys(a);
	if (keys.length !== Object.keys(b).length) return false;
	return keys.every((key) => Object.hasOwn(b, key) && sameCanonical(a[key] ?? null, b[key] ?? null));
}
