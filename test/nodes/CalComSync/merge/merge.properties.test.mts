import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../../nodes/shared/values/json.ts';
import { calcomValue, sameCanonical } from '../../../../nodes/CalComSync/merge/kinds.ts';
import type { Value } from '../../../../nodes/CalComSync/merge/kinds.ts';
import { mergeField } from '../../../../nodes/CalComSync/merge/merge.ts';
import type { FieldRule, FieldValues, MergeOptions, MergeOutcome } from '../../../../nodes/CalComSync/merge/merge.ts';
import { fillsBlanks, ownerOf } from '../../../../nodes/CalComSync/merge/modes.ts';
import type { ConflictPolicy, Mode, Side } from '../../../../nodes/CalComSync/merge/modes.ts';

const MODES: readonly Mode[] = ['calcom', 'record', 'calcomFillBlanks', 'recordFillBlanks', 'twoWay', 'ignore'];
const side = fc.constantFrom<Side>('ours', 'theirs');
// Few values, so that sides and base are often equal; a few with structure.
const value = fc
	.constantFrom<Json>(null, '', 'A', 'B', 'C', 0, 30, true, ['a', 'b'], ['b', 'a'], { day: 1 }, { day: 2, week: 3 })
	.map((raw): Value => calcomValue(raw, 'json'));
const base = fc.option(
	value.map(({ canonical }) => canonical),
	{ nil: undefined },
);

const rule: fc.Arbitrary<FieldRule> = fc.record({
	field: fc.constantFrom('title', 'slug', 'hidden'),
	mode: fc.constantFrom(...MODES),
	calcomWritable: fc.boolean(),
	recordWritable: fc.boolean(),
});
const present: fc.Arbitrary<FieldValues & { ours: Value }> = fc.record({ ours: value, theirs: value, base });
const values: fc.Arbitrary<FieldValues> = fc.record({
	ours: fc.option(value, { nil: undefined }),
	theirs: value,
	base,
});
const options: fc.Arbitrary<MergeOptions> = fc
	.record({
		policy: fc.constantFrom<ConflictPolicy>('calcom', 'record', 'recent', 'flag'),
		force: fc.boolean(),
		newer: fc.option(side),
		choice: fc.option(side, { nil: undefined }),
	})
	.map(({ choice, ...rest }) => (choice === undefined ? rest : { ...rest, choice }));

const isBlank = (side: Value | undefined): boolean => (side?.canonical ?? null) === null;

/** Both sides and the base as they are once a result is carried out. */
function carriedOut(before: FieldValues, result: ReturnType<typeof mergeField>): FieldValues {
	const { outcome, value: written } = result;
	return {
		ours: outcome === 'toRecord' && written !== null ? written : before.ours,
		theirs: outcome === 'toCalCom' && written !== null ? written : before.theirs,
		base: result.base,
	};
}

const MIRRORED_MODE: Record<Mode, Mode> = {
	calcom: 'record',
	record: 'calcom',
	calcomFillBlanks: 'recordFillBlanks',
	recordFillBlanks: 'calcomFillBlanks',
	twoWay: 'twoWay',
	ignore: 'ignore',
};
const MIRRORED_POLICY: Record<ConflictPolicy, ConflictPolicy> = {
	calcom: 'record',
	record: 'calcom',
	recent: 'recent',
	flag: 'flag',
};
const MIRRORED_OUTCOME: Record<MergeOutcome, MergeOutcome> = {
	toCalCom: 'toRecord',
	toRecord: 'toCalCom',
	notSettable: 'protected',
	protected: 'notSettable',
	unchanged: 'unchanged',
	conflict: 'conflict',
	missing: 'missing',
};
const OTHER: Record<Side, Side> = { ours: 'theirs', theirs: 'ours' };

describe('merging', () => {
	test('never writes a field that its owner does not own, nor one that may not be written', () => {
		fc.assert(
			fc.property(rule, values, options, (of, before, how) => {
				const { outcome } = mergeField(of, before, how);
				if (outcome !== 'toCalCom' && outcome !== 'toRecord') return;
				expect(outcome === 'toCalCom' ? of.calcomWritable : of.recordWritable).toBe(true);
				const owner = ownerOf(of.mode);
				const source = outcome === 'toCalCom' ? before.ours : before.theirs;
				const ownersValue = owner === 'ours' ? before.ours : before.theirs;
				const follows = owner === null || owner === (outcome === 'toCalCom' ? 'ours' : 'theirs');
				const fills = fillsBlanks(of.mode) && isBlank(ownersValue) && !isBlank(source);
				expect(follows || fills).toBe(true);
			}),
		);
	});

	test('a two-way field is never written over a value that the base does not know, unless someone said so', () => {
		fc.assert(
			fc.property(values, fc.boolean(), (before, force) => {
				const twoWay: FieldRule = {
					field: 'title',
					mode: 'twoWay',
					calcomWritable: true,
					recordWritable: true,
				};
				const { outcome } = mergeField(twoWay, before, { policy: 'flag', force, newer: 'ours' });
				const lost = { toCalCom: before.theirs, toRecord: before.ours };
				if (outcome !== 'toCalCom' && outcome !== 'toRecord') return;
				const overwritten = lost[outcome]?.canonical ?? null;
				expect(overwritten === null || sameCanonical(overwritten, before.base ?? null)).toBe(true);
			}),
		);
	});

	test('done twice changes nothing more', () => {
		fc.assert(
			fc.property(rule, values, options, (of, before, how) => {
				const once = mergeField(of, before, how);
				const after = carriedOut(before, once);
				const twice = mergeField(of, after, { ...how, force: false });
				expect(['toCalCom', 'toRecord']).not.toContain(twice.outcome);
				expect(twice.base).toStrictEqual(once.base);
				expect(carriedOut(after, twice)).toStrictEqual(after);
			}),
		);
	});

	test('leaves both sides equal for every owned field that may be written', () => {
		fc.assert(
			fc.property(rule, present, options, (of, before, how) => {
				if (ownerOf(of.mode) === null) return;
				const result = mergeField({ ...of, calcomWritable: true, recordWritable: true }, before, how);
				const after = carriedOut(before, result);
				expect(after.ours?.canonical).toStrictEqual(after.theirs.canonical);
				expect(result.base).toStrictEqual(after.theirs.canonical);
			}),
		);
	});

	test('is the mirror image of itself with the sides swapped', () => {
		fc.assert(
			fc.property(rule, present, options, (of, before, how) => {
				const { choice, ...rest } = how;
				const mirrored = mergeField(
					{
						...of,
						mode: MIRRORED_MODE[of.mode],
						calcomWritable: of.recordWritable,
						recordWritable: of.calcomWritable,
					},
					{ ours: before.theirs, theirs: before.ours, base: before.base },
					{
						...rest,
						policy: MIRRORED_POLICY[how.policy],
						newer: how.newer === null ? null : OTHER[how.newer],
						...(choice === undefined ? {} : { choice: OTHER[choice] }),
					},
				);
				const result = mergeField(of, before, how);
				expect(mirrored).toStrictEqual({ ...result, outcome: MIRRORED_OUTCOME[result.outcome] });
			}),
		);
	});

	test('of an ignored field there is no trace, whatever it holds', () => {
		fc.assert(
			fc.property(rule, values, options, (of, before, how) => {
				const result = mergeField({ ...of, mode: 'ignore' }, before, how);
				expect(result).toStrictEqual({ outcome: 'unchanged', value: null, base: undefined });
			}),
		);
	});

	test('a conflict touches neither side and keeps the base', () => {
		fc.assert(
			fc.property(rule, values, options, (of, before, how) => {
				const result = mergeField(of, before, how);
				if (result.outcome !== 'conflict') return;
				expect(of.mode).toBe('twoWay');
				expect(result).toStrictEqual({ outcome: 'conflict', value: null, base: before.base });
			}),
		);
	});
});
