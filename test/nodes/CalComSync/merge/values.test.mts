import { describe, expect, test } from '@jest/globals';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import type { Json } from '../../../../nodes/shared/values/json.ts';
import { calcomValue, canonicalOf, comparedBy, sameCanonical } from '../../../../nodes/CalComSync/merge/kinds.ts';
import type { ValueKind } from '../../../../nodes/CalComSync/merge/kinds.ts';
import {
	readRecordValue,
	toRecordValue,
	TRANSFORMS,
	transformFits,
} from '../../../../nodes/CalComSync/merge/transforms.ts';
import type { TransformName } from '../../../../nodes/CalComSync/merge/transforms.ts';

const NAMES = Object.keys(TRANSFORMS) as TransformName[];

describe('a Cal.com value is compared as', () => {
	test.each<[ValueKind, unknown, Json]>([
		['text', ' Premium Cut\r\nfor men ', 'Premium Cut\nfor men'],
		['text', '', null],
		['text', '  \n', null],
		['text', undefined, null],
		['text', 'e\u0301', '\u00e9'],
		['text', 'A\0da \ud83d', 'Ada \ufffd'],
		['text', 7, '7'],
		['number', 30, 30],
		['number', -0, 0],
		['number', '30.00', 30],
		['number', 'soon', 'soon'],
		['boolean', false, false],
		['boolean', null, null],
		['instant', '2026-11-24T09:00:00+01:00', '2026-11-24T08:00:00.000Z'],
		['list', ['b', 'a ', 'b', '', null], ['a', 'b']],
		['list', [60, 30], ['30', '60']],
		['list', [], null],
		['list', ['\t', ' '], null],
		['text', '\0', null],
		['list', [{ b: 1, a: '' }], [{ b: 1 }]],
		['json', {}, null],
		['json', { b: 1, a: { off: false, list: [] } }, { b: 1 }],
		['json', [{ b: 1, a: null }, {}], [{ b: 1 }, {}]],
		['json', '{"b":1}', { b: 1 }],
		['json', '5', 5],
		['json', 'true', true],
		['json', '007', '007'],
		['json', false, false],
		['json', 'null', null],
	])('%s %j: %j', (kind, value, canonical) => {
		expect(calcomValue(value, kind).canonical).toStrictEqual(canonical);
	});

	test('a part of it, where answers carry more than requests', () => {
		const answer = calcomValue([{ type: 'address', id: 1 }], 'json');
		const withoutIds = (raw: unknown): unknown =>
			Array.isArray(raw) ? raw.map((item: object) => ({ ...item, id: null })) : raw;
		expect(comparedBy(answer, 'json', withoutIds)).toStrictEqual({
			canonical: [{ type: 'address' }],
			raw: [{ type: 'address', id: 1 }],
		});
	});
});

describe('equal values', () => {
	test.each<[Json, Json, boolean]>([
		[{ a: 1, b: [1, { c: 2, d: 3 }] }, { b: [1, { d: 3, c: 2 }], a: 1 }, true],
		[{ a: 1 }, { a: 1, b: 2 }, false],
		[{ a: 1 }, { b: 1 }, false],
		[[1], [1, 2], false],
		[[], {}, false],
		[null, {}, false],
		['1', 1, false],
	])('%j and %j: %s', (a, b, expected) => {
		expect(sameCanonical(a, b)).toBe(expected);
		expect(sameCanonical(b, a)).toBe(expected);
	});
});

const foreignDate: unknown = runInNewContext('new Date(Date.UTC(2026, 10, 24, 8))');

describe("a record's column is read as", () => {
	test.each<[ValueKind, TransformName, unknown, Json]>([
		['text', 'none', ' Haircut\r\n', 'Haircut'],
		['text', 'none', '', null],
		['text', 'none', null, null],
		['text', 'none', 42, '42'],
		['number', 'none', '30', 30],
		['number', 'none', ' 30.00 ', 30],
		['number', 'none', 29.5, 29.5],
		['number', 'none', 45n, 45],
		['number', 'none', '', null],
		['number', 'hours', '0.75', 45],
		['number', 'hours', 0.33, 20],
		['number', 'hours', null, null],
		['boolean', 'none', 't', true],
		['boolean', 'none', 'FALSE', false],
		['boolean', 'none', 1, true],
		['boolean', 'none', '0', false],
		['boolean', 'none', 'Yes', true],
		['boolean', 'none', 'off', false],
		['boolean', 'none', '', null],
		['boolean', 'not', 't', false],
		['boolean', 'not', false, true],
		['boolean', 'not', null, null],
		['instant', 'none', '2026-11-24 09:00:00+01', '2026-11-24T08:00:00.000Z'],
		['instant', 'none', new Date('2026-11-24T08:00:00Z'), '2026-11-24T08:00:00.000Z'],
		['instant', 'none', foreignDate, '2026-11-24T08:00:00.000Z'],
		['instant', 'none', DateTime.fromISO('2026-11-24T09:00:00+01:00'), '2026-11-24T08:00:00.000Z'],
		['instant', 'none', 1795507200000, '2026-11-24T08:00:00.000Z'],
		['list', 'none', ['b', 'a'], ['a', 'b']],
		['list', 'none', '["b","a"]', ['a', 'b']],
		['list', 'none', '{b,"a, c",NULL}', ['a, c', 'b']],
		['list', 'none', '{}', null],
		['list', 'none', 30, ['30']],
		['list', 'commaText', 'b@x.org; a@x.org,\n', ['a@x.org', 'b@x.org']],
		['list', 'commaText', ' , ', null],
		['json', 'none', '{"b":1,"a":null}', { b: 1 }],
		['json', 'none', '"{\\"b\\":1}"', { b: 1 }],
		['json', 'none', { b: 1 }, { b: 1 }],
		['json', 'none', '{not json', '{not json'],
	])('%s (%s) %p: %j', (kind, transform, value, canonical) => {
		expect(readRecordValue(value, kind, transform)).toMatchObject({ ok: true, value: { canonical } });
	});

	test('nothing where there is no such column', () => {
		expect(readRecordValue(undefined, 'text', 'none')).toStrictEqual({ ok: true, value: undefined });
	});

	test.each<[ValueKind, TransformName, unknown, string]>([
		['number', 'none', 'abc', '"abc" is not a number. Write it with digits only, e.g. 30 or 29.5'],
		['number', 'none', '1,5', '"1,5" is not a number. Write it with digits only, e.g. 30 or 29.5'],
		['number', 'hours', 'an hour', '"an hour" is not a number. Write it with digits only, e.g. 30 or 29.5'],
		['number', 'none', Number.NaN, '"NaN" is not a number. Write it with digits only, e.g. 30 or 29.5'],
		['number', 'none', '9007199254740993', '"9007199254740993" is not a number that can be kept exactly'],
		['number', 'none', true, '"true" is not a number. Write it with digits only, e.g. 30 or 29.5'],
		['boolean', 'not', 'maybe', '"maybe" is not a yes or no. Write true or false'],
		['boolean', 'none', { t: 1 }, '"{"t":1}" is not a yes or no. Write true or false'],
		['instant', 'none', 'tomorrow', '"tomorrow" is not a date and time. Write it like 2026-11-24T08:00:00Z'],
		[
			'instant',
			'none',
			new Date(Number.NaN),
			'"Invalid date" is not a date and time. Write it like 2026-11-24T08:00:00Z',
		],
		['text', 'none', { a: 'x'.repeat(50) }, `"{"a":"${'x'.repeat(34)}…" is not a text`],
		['list', 'commaText', { a: 1 }, '"{"a":1}" is not a list'],
		['list', 'none', '{"a":1}', '"{"a":1}" is not a list. Write it like a, b, c'],
	])('no %s (%s): %p', (kind, transform, value, reason) => {
		expect(readRecordValue(value, kind, transform)).toStrictEqual({ ok: false, reason });
	});

	test.each<[ValueKind, unknown, Json]>([
		['list', '60, 30, 30', [60, 30, 30]],
		['list', '60, 007', ['60', '007']],
		['list', ['b', 'a'], ['b', 'a']],
		['json', '{"b":1,"a":null}', { b: 1, a: null }],
		['text', ' a ', 'a'],
		['text', '  ', ''],
		['text', null, null],
	])('a %s, and is sent to Cal.com as it is: %j as %j', (kind, value, raw) => {
		expect(readRecordValue(value, kind, 'none')).toMatchObject({ ok: true, value: { raw } });
	});
});

describe('a value is written in the form that the record holds', () => {
	test.each<[ValueKind, TransformName, unknown, unknown, Json]>([
		['text', 'none', 'New', 'Old', 'New'],
		['text', 'none', null, 'Old', ''],
		['text', 'none', '', 'Old', ''],
		['text', 'none', '', null, null],
		['text', 'none', null, '', ''],
		['text', 'none', '12', 5, 12],
		['text', 'none', '012', 5, '012'],
		['number', 'none', 45, 30, 45],
		['number', 'none', 45, '30', '45'],
		['number', 'none', 45, '', 45],
		['number', 'none', null, '30', null],
		['number', 'hours', 45, '0.5', '0.75'],
		['number', 'hours', 20, undefined, 0.3333],
		['boolean', 'none', true, 'f', 't'],
		['boolean', 'none', false, 'YES', 'NO'],
		['boolean', 'none', true, 'No', 'Yes'],
		['boolean', 'none', true, 0, 1],
		['boolean', 'not', true, true, false],
		['boolean', 'not', true, 'on', 'off'],
		['boolean', 'none', true, null, true],
		['instant', 'none', '2026-11-24T08:00:00Z', '2026-11-20 08:00:00+00', '2026-11-24T08:00:00.000Z'],
		['instant', 'none', '2026-11-24T08:00:00Z', 1795500000000, 1795507200000],
		['list', 'none', ['b', 'a'], ['c'], ['b', 'a']],
		['list', 'none', ['b', 'a'], 'c, d', 'b, a'],
		['list', 'none', ['b', 'a'], '["c"]', '["b","a"]'],
		['list', 'none', ['b', 'a "q"'], '{c}', '{"b","a \\"q\\""}'],
		['list', 'none', ['b'], null, ['b']],
		['list', 'commaText', ['b', 'a'], null, 'b, a'],
		['list', 'commaText', ['b', 'a'], ['c'], ['b', 'a']],
		['list', 'commaText', ['Doe, Ann', 'b'], 'c', '["Doe, Ann","b"]'],
		['list', 'none', [], ['c'], []],
		['list', 'none', [], '{c}', '{}'],
		['list', 'none', [], 'c, d', ''],
		['list', 'commaText', [], null, null],
		['json', 'none', { a: 1 }, '{"b":2}', '{"a":1}'],
		['json', 'none', { a: 1 }, { b: 2 }, { a: 1 }],
		['json', 'none', {}, { b: 2 }, null],
		['json', 'none', 5, 'x', '5'],
	])('%s (%s): %j over %j: %j', (kind, transform, value, like, expected) => {
		expect(toRecordValue(calcomValue(value, kind), kind, transform, like)).toStrictEqual(expected);
	});
});

const PLACE = fc.constantFrom<unknown>(
	undefined,
	null,
	'',
	' ',
	'x',
	'a, b',
	'30',
	't',
	'No',
	'{a,b}',
	'["a"]',
	'{"a":1}',
	30,
	0,
	true,
);
const LIKE = fc.oneof(PLACE, fc.constantFrom<unknown>([], ['a'], { a: 1 }, new Date(0)));
const ITEM = fc.oneof(fc.string(), fc.integer(), fc.constantFrom('a, b', '{a}', '"', '[1]', 'null', 'NULL', '1;2'));
const OF_KIND: Record<ValueKind, fc.Arbitrary<unknown>> = {
	text: fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.constant(null)),
	number: fc.oneof(fc.integer({ min: -100_000, max: 100_000 }), fc.constant(null)),
	boolean: fc.oneof(fc.boolean(), fc.constant(null)),
	instant: fc
		.date({ min: new Date('1980-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })
		.map((date) => date.toISOString()),
	list: fc.array(ITEM, { maxLength: 4 }),
	json: fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.json({ maxDepth: 2 })),
};

describe.each(Object.keys(OF_KIND) as ValueKind[])('every %s', (kind) => {
	test.each(NAMES.filter((name) => transformFits(name, kind)))(
		'comes back as it went, by transform %s',
		(transform) => {
			fc.assert(
				fc.property(OF_KIND[kind], LIKE, (given, like) => {
					const value = calcomValue(given, kind);
					const written = toRecordValue(value, kind, transform, like);
					const read = readRecordValue(written, kind, transform);
					expect(read).toMatchObject({ ok: true, value: { canonical: value.canonical } });
				}),
			);
		},
	);

	test.each(NAMES.filter((name) => transformFits(name, kind)))(
		'is the same after it was read and written in its own form, by transform %s',
		(transform) => {
			fc.assert(
				fc.property(fc.oneof(OF_KIND[kind], LIKE), (column) => {
					const read = readRecordValue(column, kind, transform);
					if (!read.ok || read.value === undefined) return;
					const again = readRecordValue(toRecordValue(read.value, kind, transform, column), kind, transform);
					expect(again).toMatchObject({ ok: true, value: { canonical: read.value.canonical } });
				}),
			);
		},
	);

	test('reading never throws, and a canonical value is canonical', () => {
		const anything = fc.oneof(fc.anything({ withBigInt: true, withDate: true }), OF_KIND[kind]);
		fc.assert(
			fc.property(anything, fc.constantFrom(...NAMES), (column, transform) => {
				const read = readRecordValue(column, kind, transform);
				if (!read.ok) expect(read.reason).not.toBe('');
				const { canonical } = calcomValue(column, kind);
				expect(sameCanonical(canonicalOf(canonical, kind), canonical)).toBe(true);
			}),
		);
	});
});

test('transforms are offered for the kinds that they make sense for', () => {
	const fitting = NAMES.map((name) => [
		name,
		(Object.keys(OF_KIND) as ValueKind[]).filter((kind) => transformFits(name, kind)),
	]);
	expect(Object.fromEntries(fitting)).toEqual({
		none: ['text', 'number', 'boolean', 'instant', 'list', 'json'],
		not: ['boolean'],
		hours: ['number'],
		commaText: ['list'],
	});
});
