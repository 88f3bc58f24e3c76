import type { Json } from '../../shared/values/json';
import type { Value } from './kinds';
import { sameCanonical } from './kinds';
import type { ConflictPolicy, Mode, Side } from './modes';
import { fillsBlanks, ownerOf } from './modes';

export interface FieldRule {
	/** Cal.com's name of the field, and its key in the base. */
	field: string;
	mode: Mode;
	/** Whether Cal.com lets the field be set. */
	calcomWritable: boolean;
	/** Whether the record's column may be written. */
	recordWritable: boolean;
}

export interface FieldValues {
	/** The record's value; undefined when the record has no such column. */
	ours: Value | undefined;
	/** Cal.com's value. */
	theirs: Value;
	/** The value last agreed, in its canonical form; undefined when the sides never agreed. */
	base: Json | undefined;
}

export interface MergeOptions {
	policy: ConflictPolicy;
	/** Whether a field that one side owns is written even when both sides look equal. */
	force: boolean;
	/** The side that was changed last, for the policy "recent"; null when nobody knows. */
	newer: Side | null;
	/** What a person decided about this field, should it be a conflict. */
	choice?: Side;
}

/**
 * What a merge says about a field:
 * - `unchanged`: both sides hold the same;
 * - `toCalCom`, `toRecord`: the value is to be written there;
 * - `conflict`: changed on both sides, neither is touched;
 * - `protected`: the record would have to be written and may not be, nothing is touched;
 * - `notSettable`: Cal.com would have to be written and does not let it be, nothing is touched;
 * - `missing`: the record has no such column, nothing is touched.
 */
export type MergeOutcome = 'unchanged' | 'toCalCom' | 'toRecord' | 'conflict' | 'protected' | 'notSettable' | 'missing';

export interface FieldResult {
	outcome: MergeOutcome;
	/** What is to be written, for `toCalCom` and `toRecord`. */
	value: Value | null;
	/** The base once the outcome is carried out; undefined when the sides have never agreed. */
	base: Json | undefined;
}

const BLANK: Value = { canonical: null, raw: null };

/** Which side's value both are to hold; null when that cannot be said. */
type Winner = Side | null;

function twoWayWinner(ours: Value, theirs: Value, base: Json | undefined, options: MergeOptions): Winner {
	if (base === undefined) {
		if (ours.canonical === null) return 'theirs';
		if (theirs.canonical === null) return 'ours';
	} else {
		if (sameCanonical(ours.canonical, base)) return 'theirs';
		if (sameCanonical(theirs.canonical, base)) return 'ours';
	}
	return options.choice ?? CONFLICT_WINNER[options.policy](options);
}

const CONFLICT_WINNER: Readonly<Record<ConflictPolicy, (options: MergeOptions) => Winner>> = {
	calcom: () => 'theirs',
	record: () => 'ours',
	recent: ({ newer }) => newer,
	flag: () => null,
};

/** The owner, unless it is blank and takes the other side's value. */
function owningSide(owner: Side, fillBlanks: boolean, ours: Value, theirs: Value): Side {
	const [own, other] = owner === 'ours' ? [ours, theirs] : [theirs, ours];
	if (!fillBlanks || own.canonical !== null || other.canonical === null) return owner;
	return owner === 'ours' ? 'theirs' : 'ours';
}

/** Both sides are to hold the winner's value: what that takes. */
function follow(winner: Side, rule: FieldRule, ours: Value, theirs: Value, base: Json | undefined): FieldResult {
	if (winner === 'theirs') {
		if (!rule.recordWritable) return { outcome: 'protected', value: null, base };
		return { outcome: 'toRecord', value: theirs, base: theirs.canonical };
	}
	if (!rule.calcomWritable) return { outcome: 'notSettable', value: null, base };
	return { outcome: 'toCalCom', value: ours, base: ours.canonical };
}

/**
 * Merges one field: says which side is to be written, if any. Nothing is ever written to the side that owns the
 * field, except that a blank owner takes the other's value where the mode says so. Swapping the sides and all that
 * names them gives the mirror image of the result.
 *
 * An ignored field is `unchanged`, whatever it holds, and has no base.
 */
export function mergeField(rule: FieldRule, values: FieldValues, options: MergeOptions): FieldResult {
	if (rule.mode === 'ignore') return { outcome: 'unchanged', value: null, base: undefined };
	const { theirs, base } = values;
	const owner = ownerOf(rule.mode);
	// A column that Cal.com owns is filled when the record lacks it; of any other, nobody knows what the record means.
	if (values.ours === undefined && owner !== 'theirs') return { outcome: 'missing', value: null, base };
	const ours = values.ours ?? BLANK;
	if (sameCanonical(ours.canonical, theirs.canonical)) {
		const agreed: FieldResult = { outcome: 'unchanged', value: null, base: theirs.canonical };
		const isOwnerSilent = owner === null || values.ours === undefined;
		if (!options.force || isOwnerSilent || (fillsBlanks(rule.mode) && theirs.canonical === null)) return agreed;
		const again = follow(owner, rule, ours, theirs, base);
		return again.value === null ? agreed : again;
	}
	const winner =
		owner === null
			? twoWayWinner(ours, theirs, base, options)
			: owningSide(owner, fillsBlanks(rule.mode), ours, theirs);
	return winner === null ? { outcome: 'conflict', value: null, base } : follow(winner, rule, ours, theirs, base);
}
