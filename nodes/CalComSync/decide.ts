import type { Json } from '../shared/values/json';
import type { Fields } from '../shared/values/readers';
import { isFields, own } from '../shared/values/readers';
import type { Value } from './merge/kinds';
import { calcomValue, comparedBy } from './merge/kinds';
import type { FieldResult, MergeOutcome } from './merge/merge';
import { mergeField } from './merge/merge';
import type { Side } from './merge/modes';
import { fillsBlanks, ownerOf } from './merge/modes';
import type { Decision } from './merge/resolution';
import { decisionFor } from './merge/resolution';
import type { ReadValue } from './merge/transforms';
import { readRecordValue } from './merge/transforms';
import { SWITCH_NAMES } from './pairs';
import type { SyncRecord } from './records';
import type { SyncResource } from './resource';
import type { Pair, Settings } from './settings';

/**
 * What became of a field, beside what the merge says:
 * - `unreadable`: the record's value is of the wrong kind;
 * - `refused`: Cal.com would not take this very change, so it was not sent;
 * - `notTaken`: sent, but Cal.com shows another value;
 * - `failed`: sent, and Cal.com answered with an error.
 */
export type FieldOutcome = MergeOutcome | 'unreadable' | 'refused' | 'notTaken' | 'failed';

export interface FieldDecision {
	pair: Pair;
	ours: Value | undefined;
	theirs: Value;
	/** What both sides last agreed on. */
	before: Json | undefined;
	outcome: FieldOutcome;
	/** What is to be written, for `toCalCom` and `toRecord`. */
	value: Value | null;
	/** The base once the outcome is carried out. */
	base: Json | undefined;
	/** Why it is not in step, in words for the person. */
	reason: string | null;
}

type Deciding = Pick<Settings, 'entry' | 'pairs' | 'policy' | 'force'>;

function walk(value: unknown, path: readonly string[]): unknown {
	return path.reduce<unknown>((level, key) => {
		if (Array.isArray(level)) return level[Number(key)];
		return isFields(level) ? own(level, key) : undefined;
	}, value);
}

/** Cal.com's value of a pair. */
export function theirsOf({ field, path }: Pair, object: Fields, resource: SyncResource): Value {
	const value = calcomValue(path === null ? resource.valueOf(object, field.name) : walk(object, path), field.kind);
	return field.compared === undefined ? value : comparedBy(value, field.kind, field.compared);
}

/** The record's value of a pair, in Cal.com's terms. */
export function oursOf({ column, field, transform }: Pair, record: SyncRecord): ReadValue {
	const read = readRecordValue(own(record.json, column), field.kind, transform);
	if (!read.ok || read.value === undefined || field.compared === undefined) return read;
	return { ok: true, value: comparedBy(read.value, field.kind, field.compared) };
}

/** Which side was changed last; null when one of them does not say, or both at once. */
function newerSide(record: SyncRecord, theirs: string | null): Side | null {
	const ours = record.updatedAt;
	if (ours === null || theirs === null) return null;
	const later = Date.parse(ours) - Date.parse(theirs);
	if (later === 0 || Number.isNaN(later)) return null;
	return later > 0 ? 'ours' : 'theirs';
}

/** The base that counts: one that was agreed with another object is none. */
function baseOf({ state }: SyncRecord, ids: readonly string[]): Readonly<Record<string, Json>> {
	return state.id === null || ids.includes(state.id) ? state.base : {};
}

const NOT_SETTABLE = 'Cal.com does not let it be set';
const STALE = 'your choice was not applied: a value was changed after you made it';

/** Why nothing was done; null when there is nothing to tell. */
function reasonOf(outcome: MergeOutcome, pair: Pair, { stale }: Decision, { columns }: SyncRecord): string | null {
	// When others have the column, this one's is empty and was left out on the way.
	if (outcome === 'missing') return columns.has(pair.column) ? null : `the records have no column "${pair.column}"`;
	if (outcome === 'conflict' && stale) return STALE;
	// A blank of Cal.com's that cannot be filled is no fault: the mode asks for it only where it can be.
	if (outcome !== 'notSettable' || fillsBlanks(pair.mode)) return null;
	const { writable } = pair.field;
	return typeof writable === 'string'
		? `switch "${SWITCH_NAMES[writable]}" on under Allow to write it`
		: NOT_SETTABLE;
}

/** Whether Cal.com would take what the merge wants to send; else why not. */
function permitted(
	pair: Pair,
	result: FieldResult,
	theirs: Value,
	object: Fields,
	resource: SyncResource,
): true | string {
	if (result.outcome !== 'toCalCom' || result.value === null) return true;
	return resource.canSet(pair.field, theirs.canonical, result.value.canonical, object);
}

/** Decides what becomes of each field of a record and its object. Pure: nothing is sent. */
export function decideFields(record: SyncRecord, object: Fields, settings: Deciding): FieldDecision[] {
	const { entry, pairs, policy, force } = settings;
	const { resource } = entry;
	const { id, formerIds = [], updatedAt } = resource.identity(object);
	const base = baseOf(record, [id, ...formerIds]);
	const newer = policy === 'recent' ? newerSide(record, updatedAt) : null;

	return pairs.map((pair) => {
		const { field, mode, calcomWritable, recordWritable } = pair;
		const theirs = theirsOf(pair, object, resource);
		const before = Object.hasOwn(base, field.name) ? base[field.name] : undefined;
		const read = oursOf(pair, record);
		if (!read.ok && ownerOf(mode) !== 'theirs') {
			return {
				pair,
				ours: undefined,
				theirs,
				before,
				outcome: 'unreadable',
				value: null,
				base: before,
				reason: read.reason,
			};
		}
		const ours = read.ok ? read.value : undefined;
		const decision = decisionFor(record.resolution, field.name, { ours, theirs });
		const result = mergeField(
			{ field: field.name, mode, calcomWritable, recordWritable },
			{ ours, theirs, base: before },
			{ policy, force, newer, ...(decision.choice === undefined ? {} : { choice: decision.choice }) },
		);
		const may = permitted(pair, result, theirs, object, resource);
		if (may !== true)
			return { pair, ours, theirs, before, outcome: 'refused', value: null, base: before, reason: may };
		return { pair, ours, theirs, before, ...result, reason: reasonOf(result.outcome, pair, decision, record) };
	});
}

/** What is to be sent to Cal.com, by its names. */
export function changesToSend(decisions: readonly FieldDecision[]): Fields {
	return Object.fromEntries(
		decisions.flatMap(({ pair, outcome, value }) =>
			outcome === 'toCalCom' && value !== null ? [[pair.field.name, value.raw]] : [],
		),
	);
}
