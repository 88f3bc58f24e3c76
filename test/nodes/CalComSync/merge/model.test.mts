// The merge against the plain model that the end-to-end tests go by: two ways to say the same rules.
import fc from 'fast-check';
import type { ValueKind } from '../../../../nodes/CalComSync/merge/kinds.ts';
import { calcomValue } from '../../../../nodes/CalComSync/merge/kinds.ts';
import { mergeField } from '../../../../nodes/CalComSync/merge/merge.ts';
import { readRecordValue } from '../../../../nodes/CalComSync/merge/transforms.ts';
import { depth } from '../../../support/depth.mts';
import type { Choice, Field, Pair, Policy, Service } from '../../../support/sync-model.mts';
import { sync } from '../../../support/sync-model.mts';

const KINDS: Record<Field, ValueKind> = {
	name: 'text',
	slug: 'text',
	description: 'text',
	duration_minutes: 'number',
	active: 'boolean',
};
const SERVICE: Service = { name: 'Cut', slug: 'cut', description: null, duration_minutes: 30, active: true };
const text = fc.constantFrom('Cut', ' Cut ', 'Premium Cut', 'first\nsecond', 'first\r\nsecond', '', '  ', null);
const VALUES: Record<Field, fc.Arbitrary<unknown>> = {
	name: text,
	slug: text,
	description: text,
	duration_minutes: fc.constantFrom(0, 30, 45, 60),
	active: fc.boolean(),
};

const cases = fc.constantFrom<Field>('name', 'description', 'duration_minutes', 'active').chain((field) =>
	fc.record({
		field: fc.constant(field),
		ours: VALUES[field],
		theirs: VALUES[field],
		base: fc.option(VALUES[field], { nil: undefined }),
		policy: fc.constantFrom<Policy>('flag', 'calcom', 'record'),
		choice: fc.option(fc.constantFrom<Choice>('ours', 'theirs'), { nil: undefined }),
	}),
);

const canonical = (field: Field, value: unknown) => calcomValue(value, KINDS[field]).canonical;

test('the merge and the model say the same of every two-way field', () => {
	fc.assert(
		fc.property(cases, ({ field, ours, theirs, base, policy, choice }) => {
			const pair: Pair = {
				ours: { ...SERVICE, [field]: ours },
				theirs: { ...SERVICE, [field]: theirs },
				base: base === undefined ? {} : { [field]: base },
			};
			const night = sync(pair, policy, choice === undefined ? {} : { [field]: choice });

			const read = readRecordValue(ours, KINDS[field], 'none');
			if (!read.ok) throw new Error(read.reason);
			const result = mergeField(
				{ field, mode: 'twoWay', calcomWritable: true, recordWritable: true },
				{
					ours: read.value,
					theirs: calcomValue(theirs, KINDS[field]),
					base: base === undefined ? undefined : canonical(field, base),
				},
				{ policy, force: false, newer: null, ...(choice === undefined ? {} : { choice }) },
			);

			expect(result.outcome === 'conflict').toBe(night.conflicts.includes(field));
			expect(result.outcome === 'toCalCom').toBe(night.sent);
			const [mine, yours] = [canonical(field, pair.ours[field]), canonical(field, pair.theirs?.[field])];
			const written = result.value?.canonical ?? null;
			expect(mine).toEqual(result.outcome === 'toRecord' ? written : canonical(field, ours));
			expect(yours).toEqual(result.outcome === 'toCalCom' ? written : canonical(field, theirs));
			if (field in pair.base) expect(result.base).toEqual(canonical(field, pair.base[field]));
			else expect(result.base).toBeUndefined();
		}),
		{ numRuns: depth(200, 3_000) },
	);
});
