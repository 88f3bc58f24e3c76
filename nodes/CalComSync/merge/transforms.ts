import type { Json } from '../../shared/values/json';
import type { ValueKind, Value } from './kinds';
import { isBlank, valueOf } from './kinds';
import type { Wording } from './modes';
import type { Reading } from './recordForms';
import { plain, READERS } from './recordForms';
import { blankLike, listText, WRITERS } from './recordWriters';

export type TransformName = 'none' | 'not' | 'hours' | 'commaText';

/** What a record's column was read as; undefined when the record has no such column. */
export type ReadValue = { ok: true; value: Value | undefined } | { ok: false; reason: string };

/** A way in which a record says something else than Cal.com and means the same. */
export interface Transform extends Wording {
	/** The kinds of Cal.com fields that it makes sense for. */
	readonly kinds: readonly ValueKind[];
	/** From the record's terms to Cal.com's. */
	readonly toCalCom: (value: Json) => Json;
	/** From Cal.com's terms to the record's; `like` is what the record holds now. */
	readonly toRecord: (value: Json, like: unknown) => Json;
}

const MINUTES = 60;
/** Enough for a minute to come back as a minute, and as much as people write. */
const HOUR_DIGITS = 4;

const asIs = (value: Json): Json => value;
const not = (value: Json): Json => (typeof value === 'boolean' ? !value : value);

export const TRANSFORMS: Readonly<Record<TransformName, Transform>> = {
	none: {
		label: 'None',
		description: 'Both hold the same',
		kinds: ['text', 'number', 'boolean', 'instant', 'list', 'json'],
		toCalCom: asIs,
		toRecord: asIs,
	},
	not: {
		label: 'Opposite',
		description: 'Yes in the record is no in Cal.com: active and hidden',
		kinds: ['boolean'],
		toCalCom: not,
		toRecord: not,
	},
	hours: {
		label: 'Hours and Minutes',
		description: 'The record holds hours (0.75) where Cal.com holds minutes (45)',
		kinds: ['number'],
		toCalCom: (value) => (typeof value === 'number' ? Math.round(value * MINUTES) : value),
		toRecord: (value) => (typeof value === 'number' ? Number((value / MINUTES).toFixed(HOUR_DIGITS)) : value),
	},
	commaText: {
		label: 'List as Text',
		description: 'The record holds a text (a, b) where Cal.com holds a list',
		kinds: ['list'],
		toCalCom: asIs,
		toRecord: (value, like) => (Array.isArray(value) && !Array.isArray(like) ? listText(value, like) : value),
	},
};

/** Whether a transform can be used with a field of this kind. */
export function transformFits(transform: TransformName, kind: ValueKind): boolean {
	return TRANSFORMS[transform].kinds.includes(kind);
}

function transformed(reading: Reading, { toCalCom }: Transform, kind: ValueKind): ReadValue {
	return reading.ok ? { ok: true, value: valueOf(toCalCom(reading.value), kind) } : reading;
}

/**
 * Reads a record's column in Cal.com's terms. Tolerant of how databases and sheets give values: numbers and booleans
 * as text, PostgreSQL arrays, JSON text, dates as objects, any line end.
 *
 * @returns the value (undefined without such a column), or why it cannot be read, as a text for the person:
 * a value of the wrong kind is never taken for a blank one, which would blank the other side
 */
export function readRecordValue(value: unknown, kind: ValueKind, transform: TransformName): ReadValue {
	if (value === undefined) return { ok: true, value: undefined };
	if (isBlank(value)) return { ok: true, value: valueOf(value === null ? null : '', kind) };
	return transformed(READERS[kind](plain(value)), TRANSFORMS[transform], kind);
}

/**
 * A value in the record's terms and in the form that the record holds now: comma text stays comma text, "t" stays
 * "t" or "f", a blank text stays a text.
 *
 * @param like what the record holds now; undefined when it has no such column
 */
export function toRecordValue(value: Value, kind: ValueKind, transform: TransformName, like: unknown): Json {
	const now = plain(like);
	if (value.canonical === null) return blankLike(kind, now);
	return WRITERS[kind](TRANSFORMS[transform].toRecord(value.raw, now), now);
}
