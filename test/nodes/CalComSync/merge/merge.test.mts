import { describe, expect, test } from '@jest/globals';
import type { Json } from '../../../../nodes/shared/values/json.ts';
import type { Value } from '../../../../nodes/CalComSync/merge/kinds.ts';
import { mergeField } from '../../../../nodes/CalComSync/merge/merge.ts';
import type { FieldRule, MergeOptions, MergeOutcome } from '../../../../nodes/CalComSync/merge/merge.ts';
import type { Mode } from '../../../../nodes/CalComSync/merge/modes.ts';

const FLAG: MergeOptions = { policy: 'flag', force: false, newer: null };
const value = (canonical: Json): Value => ({ canonical, raw: canonical });

const rule = (mode: Mode, limits: Partial<FieldRule> = {}): FieldRule => ({
	field: 'title',
	mode,
	calcomWritable: true,
	recordWritable: true,
	...limits,
});

/** What the record, Cal.com and the base hold; MISSING: no such column; NEVER: no base. */
const MISSING = undefined;
const NEVER = undefined;
type Case = [situation: string, ours: Json | undefined, theirs: Json, base: Json | undefined];

const CASES = {
	equal: ['equal', 'A', 'A', 'A'],
	equalChanged: ['changed to the same on both sides', 'B', 'B', 'A'],
	equalNever: ['equal, never agreed', 'A', 'A', NEVER],
	bothBlank: ['both blank', null, null, NEVER],
	ours: ['changed in the record', 'B', 'A', 'A'],
	theirs: ['changed in Cal.com', 'A', 'B', 'A'],
	both: ['changed on both sides', 'B', 'C', 'A'],
	blankedOurs: ['blanked in the record', null, 'A', 'A'],
	blankedTheirs: ['blanked in Cal.com', 'A', null, 'A'],
	blankNever: ['blank in the record, never agreed', null, 'A', NEVER],
	blankTheirsNever: ['blank in Cal.com, never agreed', 'A', null, NEVER],
	differNever: ['different, never agreed', 'A', 'B', NEVER],
	wasBlank: ['filled in on both sides', 'A', 'B', null],
	missing: ['no such column', MISSING, 'A', 'A'],
	missingBlank: ['no such column and blank in Cal.com', MISSING, null, NEVER],
} satisfies Record<string, Case>;

type Name = keyof typeof CASES;
type Expected = [outcome: MergeOutcome, base: Json | undefined];

const EXPECTED: Record<Exclude<Mode, 'ignore'>, Record<Name, Expected>> = {
	calcom: {
		equal: ['unchanged', 'A'],
		equalChanged: ['unchanged', 'B'],
		equalNever: ['unchanged', 'A'],
		bothBlank: ['unchanged', null],
		ours: ['toRecord', 'A'],
		theirs: ['toRecord', 'B'],
		both: ['toRecord', 'C'],
		blankedOurs: ['toRecord', 'A'],
		blankedTheirs: ['toRecord', null],
		blankNever: ['toRecord', 'A'],
		blankTheirsNever: ['toRecord', null],
		differNever: ['toRecord', 'B'],
		wasBlank: ['toRecord', 'B'],
		missing: ['toRecord', 'A'],
		missingBlank: ['unchanged', null],
	},
	record: {
		equal: ['unchanged', 'A'],
		equalChanged: ['unchanged', 'B'],
		equalNever: ['unchanged', 'A'],
		bothBlank: ['unchanged', null],
		ours: ['toCalCom', 'B'],
		theirs: ['toCalCom', 'A'],
		both: ['toCalCom', 'B'],
		blankedOurs: ['toCalCom', null],
		blankedTheirs: ['toCalCom', 'A'],
		blankNever: ['toCalCom', null],
		blankTheirsNever: ['toCalCom', 'A'],
		differNever: ['toCalCom', 'A'],
		wasBlank: ['toCalCom', 'A'],
		missing: ['missing', 'A'],
		missingBlank: ['missing', NEVER],
	},
	calcomFillBlanks: {
		equal: ['unchanged', 'A'],
		equalChanged: ['unchanged', 'B'],
		equalNever: ['unchanged', 'A'],
		bothBlank: ['unchanged', null],
		ours: ['toRecord', 'A'],
		theirs: ['toRecord', 'B'],
		both: ['toRecord', 'C'],
		blankedOurs: ['toRecord', 'A'],
		blankedTheirs: ['toCalCom', 'A'],
		blankNever: ['toRecord', 'A'],
		blankTheirsNever: ['toCalCom', 'A'],
		differNever: ['toRecord', 'B'],
		wasBlank: ['toRecord', 'B'],
		missing: ['toRecord', 'A'],
		missingBlank: ['unchanged', null],
	},
	recordFillBlanks: {
		equal: ['unchanged', 'A'],
		equalChanged: ['unchanged', 'B'],
		equalNever: ['unchanged', 'A'],
		bothBlank: ['unchanged', null],
		ours: ['toCalCom', 'B'],
		theirs: ['toCalCom', 'A'],
		both: ['toCalCom', 'B'],
		blankedOurs: ['toRecord', 'A'],
		blankedTheirs: ['toCalCom', 'A'],
		blankNever: ['toRecord', 'A'],
		blankTheirsNever: ['toCalCom', 'A'],
		differNever: ['toCalCom', 'A'],
		wasBlank: ['toCalCom', 'A'],
		missing: ['missing', 'A'],
		missingBlank: ['missing', NEVER],
	},
	twoWay: {
		equal: ['unchanged', 'A'],
		equalChanged: ['unchanged', 'B'],
		equalNever: ['unchanged', 'A'],
		bothBlank: ['unchanged', null],
		ours: ['toCalCom', 'B'],
		theirs: ['toRecord', 'B'],
		both: ['conflict', 'A'],
		blankedOurs: ['toCalCom', null],
		blankedTheirs: ['toRecord', null],
		blankNever: ['toRecord', 'A'],
		blankTheirsNever: ['toCalCom', 'A'],
		differNever: ['conflict', NEVER],
		wasBlank: ['conflict', null],
		missing: ['missing', 'A'],
		missingBlank: ['missing', NEVER],
	},
};

function casesOf(mode: Exclude<Mode, 'ignore'>): [...Case, MergeOutcome, Json | undefined][] {
	const names = Object.keys(EXPECTED[mode]) as Name[];
	return names.map((name) => [...(CASES[name] as Case), ...EXPECTED[mode][name]]);
}

const valuesOf = (ours: Json | undefined, theirs: Json, base: Json | undefined) => ({
	ours: ours === undefined ? undefined : value(ours),
	theirs: value(theirs),
	base,
});

describe.each(Object.keys(EXPECTED) as Exclude<Mode, 'ignore'>[])('a field of mode %s', (mode) => {
	test.each(casesOf(mode))('%s: %j, %j, base %j: %s', (_situation, ours, theirs, base, outcome, baseAfterwards) => {
		const values = valuesOf(ours, theirs, base);
		const written = { toRecord: values.theirs, toCalCom: values.ours ?? null };
		expect(mergeField(rule(mode), values, FLAG)).toStrictEqual({
			outcome,
			value: outcome === 'toRecord' || outcome === 'toCalCom' ? written[outcome] : null,
			base: baseAfterwards,
		});
	});

	test.each(casesOf(mode))(
		'%s: %j, %j, base %j, where nothing may be written: nothing is, and the base stays',
		(_situation, ours, theirs, base, outcome, baseAfterwards) => {
			const limits = { calcomWritable: false, recordWritable: false };
			const refused = { toRecord: 'protected', toCalCom: 'notSettable' };
			const isWanted = outcome === 'toRecord' || outcome === 'toCalCom';
			expect(mergeField(rule(mode, limits), valuesOf(ours, theirs, base), FLAG)).toStrictEqual({
				outcome: isWanted ? refused[outcome] : outcome,
				value: null,
				base: isWanted ? base : baseAfterwards,
			});
		},
	);
});

describe('a conflict', () => {
	const conflict = valuesOf('B', 'C', 'A');

	test.each<[MergeOptions, MergeOutcome, Json]>([
		[{ ...FLAG, policy: 'calcom' }, 'toRecord', 'C'],
		[{ ...FLAG, policy: 'record' }, 'toCalCom', 'B'],
		[{ ...FLAG, policy: 'recent', newer: 'ours' }, 'toCalCom', 'B'],
		[{ ...FLAG, policy: 'recent', newer: 'theirs' }, 'toRecord', 'C'],
		[{ ...FLAG, policy: 'recent', newer: null }, 'conflict', 'A'],
		[{ ...FLAG, newer: 'ours' }, 'conflict', 'A'],
		[{ ...FLAG, choice: 'ours' }, 'toCalCom', 'B'],
		[{ ...FLAG, choice: 'theirs' }, 'toRecord', 'C'],
		[{ ...FLAG, policy: 'calcom', choice: 'ours' }, 'toCalCom', 'B'],
	])('under %j: %s', (options, outcome, base) => {
		expect(mergeField(rule('twoWay'), conflict, options)).toMatchObject({ outcome, base });
	});

	test('a choice for the side that may not be written does nothing', () => {
		const readOnly = rule('twoWay', { calcomWritable: false });
		const result = mergeField(readOnly, conflict, { ...FLAG, choice: 'ours' });
		expect(result).toStrictEqual({ outcome: 'notSettable', value: null, base: 'A' });
	});

	test.each<[Mode, Json, Json]>([
		['twoWay', 'B', 'A'],
		['calcom', 'B', 'C'],
		['record', 'B', 'C'],
	])('a choice settles conflicts only: %s, %j, %j', (mode, ours, theirs) => {
		const values = valuesOf(ours, theirs, 'A');
		const without = mergeField(rule(mode), values, FLAG);
		expect(mergeField(rule(mode), values, { ...FLAG, choice: 'theirs' })).toStrictEqual(without);
	});
});

describe('force', () => {
	test.each<[Mode, Json | undefined, Json, MergeOutcome]>([
		['calcom', 'A', 'A', 'toRecord'],
		['record', 'A', 'A', 'toCalCom'],
		['calcomFillBlanks', 'A', 'A', 'toRecord'],
		['recordFillBlanks', 'A', 'A', 'toCalCom'],
		['calcomFillBlanks', null, null, 'unchanged'],
		['recordFillBlanks', null, null, 'unchanged'],
		['twoWay', 'A', 'A', 'unchanged'],
		['calcom', undefined, null, 'unchanged'],
		['twoWay', 'B', 'C', 'conflict'],
	])('%s with %j and %j: %s', (mode, ours, theirs, outcome) => {
		expect(mergeField(rule(mode), valuesOf(ours, theirs, 'A'), { ...FLAG, force: true }).outcome).toBe(outcome);
	});

	test('an equal field that may not be written is unchanged', () => {
		const limits = { calcomWritable: false, recordWritable: false };
		for (const mode of ['calcom', 'record'] as const) {
			const result = mergeField(rule(mode, limits), valuesOf('A', 'A', NEVER), { ...FLAG, force: true });
			expect(result).toStrictEqual({ outcome: 'unchanged', value: null, base: 'A' });
		}
	});
});

test('the base of a database that orders keys its own way is the same base', () => {
	const ours = value({ day: 3, week: 10 });
	const values = { ours, theirs: value({ day: 4 }), base: { week: 10, day: 3 } };
	expect(mergeField(rule('twoWay'), values, FLAG).outcome).toBe('toRecord');
});
