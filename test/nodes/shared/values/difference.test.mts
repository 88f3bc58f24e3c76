import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { contains, notTaken, planUpdate, reportUpdate, same } from '../../../../nodes/shared/values/difference.ts';
import type { UpdateRules } from '../../../../nodes/shared/values/difference.ts';

const DIFFERENCES: UpdateRules = { onlyDifferences: true, protectedFields: [] };

describe('same', () => {
	test.each([
		[null, undefined, true],
		['', null, true],
		[false, undefined, true],
		[[], null, true],
		[{ disabled: false }, {}, true],
		[{ disabled: true }, null, false],
		[{ type: 'range', rolling: false }, { type: 'range' }, true],
		[{ day: 3 }, { day: 3, week: 10 }, false],
		[[1, 2], [2, 1], false],
		[[{ a: 1 }], [{ a: 1 }], true],
		[0, null, false],
		[Number.NaN, null, true],
		[30, 30, true],
		['30', 30, false],
		[{ a: 1 }, [1], false],
	])('%j and %j: %s', (a, b, expected) => {
		expect(same(a, b)).toBe(expected);
		expect(same(b, a)).toBe(expected);
	});
});

describe('contains', () => {
	test.each([
		[{ type: 'address', address: 'A', public: true }, { type: 'address', address: 'A' }, true],
		[{ type: 'address', address: 'A' }, { type: 'address', address: 'A', public: true }, false],
		[[{ id: 1, name: 'x' }], [{ id: 1 }], true],
		[[{ id: 1 }, { id: 2 }], [{ id: 1 }], false],
		[null, '', true],
		['text', '', false],
	])('%j holds %j: %s', (actual, wanted, expected) => {
		expect(contains(actual, wanted)).toBe(expected);
	});
});

const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null), fc.array(fc.integer()), fc.object());
const record = fc.dictionary(fc.string(), value, { maxKeys: 8 });
const rulesFor = (fields: string[]) =>
	fc.record({ onlyDifferences: fc.boolean(), protectedFields: fc.subarray(fields) });

describe('what an update sends', () => {
	test('equal values are left out, others are sent, protected ones never', () => {
		const plan = planUpdate(
			{ title: 'New', slug: 'old', price: 5, description: undefined },
			{ title: 'Old', slug: 'old', price: 0, description: 'kept' },
			{ onlyDifferences: true, protectedFields: ['price'] },
		);
		expect(plan).toEqual({ send: { title: 'New' }, settled: { slug: 'unchanged', price: 'protected' } });
	});

	test('all values are sent when differences do not matter', () => {
		const plan = planUpdate({ title: 'Old' }, { title: 'Old' }, { onlyDifferences: false, protectedFields: [] });
		expect(plan.send).toEqual({ title: 'Old' });
	});

	test('what would be reset without it goes along, unless it is protected', () => {
		const wanted = { schedulingType: 'collective', hosts: [1] };
		const current = { schedulingType: 'roundRobin', hosts: [1] };
		const together = { schedulingType: ['hosts'] };
		expect(planUpdate(wanted, current, DIFFERENCES, { together }).send).toEqual(wanted);
		expect(planUpdate(wanted, wanted, DIFFERENCES, { together }).send).toEqual({});
		const isProtected = { onlyDifferences: true, protectedFields: ['hosts'] };
		expect(planUpdate(wanted, current, isProtected, { together })).toEqual({
			send: { schedulingType: 'collective' },
			settled: { hosts: 'protected' },
		});
	});

	test('protected fields are never sent, and every given field is accounted for once', () => {
		const cases = fc
			.tuple(record, record)
			.chain(([wanted, current]) =>
				fc.tuple(fc.constant(wanted), fc.constant(current), rulesFor(Object.keys(wanted))),
			);
		fc.assert(
			fc.property(cases, ([wanted, current, rules]) => {
				const plan = planUpdate(wanted, current, rules);
				const sent = Object.keys(plan.send);
				for (const field of rules.protectedFields) expect(sent).not.toContain(field);
				const all = [...sent, ...Object.keys(plan.settled)].sort();
				expect(all).toEqual(Object.keys(wanted).sort());
			}),
		);
	});

	test('once sent, nothing is left to send', () => {
		fc.assert(
			fc.property(record, record, (wanted, current) => {
				const after = { ...current, ...planUpdate(wanted, current, DIFFERENCES).send };
				expect(planUpdate(wanted, after, DIFFERENCES).send).toEqual({});
			}),
		);
	});

	test('fields that are not given never appear', () => {
		fc.assert(
			fc.property(record, record, (wanted, current) => {
				const { send } = planUpdate(wanted, current, DIFFERENCES);
				expect(Object.keys(send).every((field) => Object.hasOwn(wanted, field))).toBe(true);
			}),
		);
	});
});

describe('what became of it', () => {
	test('changed, unchanged, protected and not taken, by what Cal.com shows', () => {
		const before = { title: 'Old', slug: 'old', hidden: false, price: 0 };
		const wanted = { title: 'New', slug: 'old', hidden: true, price: 5, nonsense: 1 };
		const plan = planUpdate(wanted, before, { onlyDifferences: true, protectedFields: ['price'] });
		const after = { ...before, title: 'New' };
		expect(notTaken(plan.send, after)).toEqual(['hidden', 'nonsense']);
		expect(reportUpdate(plan, before, after)).toEqual({
			sent: true,
			fields: {
				title: 'changed',
				slug: 'unchanged',
				hidden: 'notTaken',
				price: 'protected',
				nonsense: 'notTaken',
			},
			changes: { title: { from: 'Old', to: 'New' } },
		});
	});

	test('what is sent although it is equal did not change', () => {
		const plan = planUpdate({ title: 'Old' }, { title: 'Old' }, { onlyDifferences: false, protectedFields: [] });
		expect(reportUpdate(plan, { title: 'Old' }, { title: 'Old' })).toMatchObject({
			sent: true,
			fields: { title: 'unchanged' },
			changes: {},
		});
	});

	test('a Cal.com that takes everything leaves nothing untaken; one that takes nothing changes nothing', () => {
		fc.assert(
			fc.property(record, record, (wanted, current) => {
				const plan = planUpdate(wanted, current, DIFFERENCES);
				const taken = reportUpdate(plan, current, { ...current, ...plan.send });
				expect(Object.values(taken.fields)).not.toContain('notTaken');
				const dropped = reportUpdate(plan, current, current);
				expect(Object.values(dropped.fields)).not.toContain('changed');
			}),
		);
	});
});
