import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Json } from '../../../../nodes/shared/values/json.ts';
import { readState, writeState } from '../../../../nodes/CalComSync/merge/base.ts';
import { calcomValue } from '../../../../nodes/CalComSync/merge/kinds.ts';
import { decisionFor, readResolution, resolutionToFill } from '../../../../nodes/CalComSync/merge/resolution.ts';

const BASE = { title: 'Premium Cut', lengthInMinutes: 45, description: null };

describe('sync_state', () => {
	test.each<[string, unknown]>([
		['text', '{"v":1,"id":"12","base":{"title":"Premium Cut","lengthInMinutes":45,"description":null}}'],
		['an object', { v: 1, id: '12', base: BASE }],
		['text encoded twice', JSON.stringify(JSON.stringify({ v: 1, id: '12', base: BASE }))],
		['with an id as a number', { v: 1, id: 12, base: BASE }],
		['with a version as text', { v: '1', id: '12', base: BASE }],
		['without a version', { id: '12', base: BASE }],
		['the values themselves', { id: 12, ...BASE }],
		['text of the values themselves', JSON.stringify({ id: '12', ...BASE })],
		['with more than is known', { v: 1, id: '12', base: BASE, by: 'hand' }],
	])('is read as %s', (_form, value) => {
		expect(readState(value)).toStrictEqual({ id: '12', base: BASE, problem: null });
	});

	test.each([[undefined], [null], [''], ['  '], ['null'], ['""'], ['{}'], [{}]])(
		'that is blank says nothing: %j',
		(value) => {
			expect(readState(value)).toStrictEqual({ id: null, base: {}, problem: null });
		},
	);

	test.each<[unknown, RegExp]>([
		['{"v":1,"id":"12","base":{"title":"Prem', /is no JSON object/],
		['synced', /is no JSON object/],
		[[1], /is no JSON object/],
		[7, /is no JSON object/],
		[{ v: 2, id: '12', base: BASE }, /is of a version that this node does not know/],
		[{ v: null, base: BASE }, /is of a version that this node does not know/],
		[{ v: 1, id: '12', base: 'Premium Cut' }, /has a "base" that is not an object/],
	])('that cannot be read is an empty base, and that is told: %j', (value, problem) => {
		const state = readState(value);
		expect(state).toMatchObject({ id: null, base: {} });
		expect(state.problem).toMatch(problem);
	});

	test('only fields that are wanted are read', () => {
		expect(readState({ v: 1, id: '12', base: BASE }, ['title']).base).toEqual({ title: 'Premium Cut' });
		expect(readState({ id: '12', ...BASE }, ['title', 'constructor']).base).toEqual({ title: 'Premium Cut' });
	});

	test('is the same text whatever the order of its fields', () => {
		const text = writeState({ id: '12', base: { title: 'Premium Cut', hidden: false } });
		expect(text).toBe('{"v":1,"id":"12","base":{"hidden":false,"title":"Premium Cut"}}');
		expect(writeState({ id: '12', base: { hidden: false, title: 'Premium Cut' } })).toBe(text);
	});

	const id = fc.option(fc.stringMatching(/^[a-zA-Z0-9]{1,20}$/));
	const anyBase = fc.dictionary(
		fc.string().filter((field) => field !== '__proto__'),
		fc.jsonValue({ maxDepth: 3 }).map((value): Json => calcomValue(value, 'json').canonical),
		{ noNullPrototype: true },
	);

	test('comes back as it was written', () => {
		fc.assert(
			fc.property(id, anyBase, fc.boolean(), (of, base, asObject) => {
				const text = writeState({ id: of, base });
				const column: unknown = asObject ? JSON.parse(text) : text;
				expect(readState(column)).toEqual({ id: of, base, problem: null });
				expect(writeState(readState(column))).toBe(text);
			}),
		);
	});

	test('never makes reading throw', () => {
		const anything = fc.oneof(
			fc.anything(),
			fc.jsonValue(),
			fc.json(),
			fc.string(),
			fc.string().map((text) => `{${text}`),
		);
		fc.assert(
			fc.property(anything, (value) => {
				expect(Object.keys(readState(value))).toEqual(['id', 'base', 'problem']);
				expect(Object.keys(readResolution(value))).toEqual(['choices', 'problems']);
			}),
		);
	});

	test.each(['[', '{"base":'])('of any depth can be read: %s', (open) => {
		const close = open === '[' ? ']' : '}';
		const deep = `{"v":1,"base":{"a":${open.repeat(20_000)}1${close.repeat(20_000)}}}`;
		expect(readState(deep).problem).toBeNull();
		expect(readState(open.repeat(20_000)).problem).not.toBeNull();
	});
});

describe('sync_resolution', () => {
	test.each<[unknown, [string, object][]]>([
		[
			{ title: 'ours', hidden: 'theirs' },
			[
				['title', { choose: 'ours' }],
				['hidden', { choose: 'theirs' }],
			],
		],
		['{"title":" Ours "}', [['title', { choose: 'ours' }]]],
		[
			{ title: 'record', hidden: 'Cal.com' },
			[
				['title', { choose: 'ours' }],
				['hidden', { choose: 'theirs' }],
			],
		],
		[
			{ title: { choose: 'theirs', ours: 'A', theirs: null } },
			[['title', { choose: 'theirs', ours: 'A', theirs: null }]],
		],
		[{ title: '', hidden: null, slug: { choose: '', ours: 'A' } }, []],
		[null, []],
		[' ', []],
		['null', []],
	])('%j', (value, choices) => {
		const resolution = readResolution(value);
		expect([...resolution.choices]).toStrictEqual(choices);
		expect(resolution.problems).toEqual([]);
	});

	test.each<[unknown, string]>([
		[{ title: 'both' }, 'sync_resolution of title is neither "ours" nor "theirs"'],
		[{ title: 3 }, 'sync_resolution of title is neither "ours" nor "theirs"'],
		[{ title: { choose: 'constructor' } }, 'sync_resolution of title is neither "ours" nor "theirs"'],
		['ours', 'sync_resolution is no JSON object. Write it like {"title": "ours"}'],
	])('that cannot be read decides nothing, and that is told: %j', (value, problem) => {
		const resolution = readResolution(value);
		expect(resolution.problems).toEqual([problem]);
		expect(resolution.choices.size).toBe(0);
	});

	const ours = calcomValue('Premium Cut', 'text');
	const theirs = calcomValue('Cut Deluxe', 'text');

	test.each<[string, unknown, object]>([
		['a bare choice', { title: 'ours' }, { choice: 'ours', stale: false }],
		[
			'what was seen holds',
			{ title: { choose: 'theirs', ours: 'Premium Cut', theirs: 'Cut Deluxe' } },
			{ choice: 'theirs', stale: false },
		],
		[
			'half of it was seen and holds',
			{ title: { choose: 'ours', theirs: 'Cut Deluxe' } },
			{ choice: 'ours', stale: false },
		],
		[
			'the record was changed since',
			{ title: { choose: 'ours', ours: 'Cut', theirs: 'Cut Deluxe' } },
			{ stale: true },
		],
		[
			'Cal.com was changed since',
			{ title: { choose: 'ours', ours: 'Premium Cut', theirs: 'Cut' } },
			{ stale: true },
		],
		['it was blank before', { title: { choose: 'ours', ours: null, theirs: 'Cut Deluxe' } }, { stale: true }],
		['another field', { slug: 'ours' }, { stale: false }],
	])('%s', (_what, value, decision) => {
		expect(decisionFor(readResolution(value), 'title', { ours, theirs })).toStrictEqual(decision);
	});

	test('a template is filled in with the values seen, and holds as long as they do', () => {
		const list = calcomValue(['b', 'a'], 'list');
		const blank = calcomValue('', 'text');
		const template = resolutionToFill([
			{ field: 'guests', ours: list, theirs: blank },
			{ field: 'title', ours, theirs },
		]);
		expect(template).toEqual({
			guests: { choose: '', ours: ['a', 'b'], theirs: null },
			title: { choose: '', ours: 'Premium Cut', theirs: 'Cut Deluxe' },
		});
		expect(readResolution(template).choices.size).toBe(0);
		const filled = { ...template, guests: { choose: 'ours', ours: ['a', 'b'], theirs: null } };
		const resolution = readResolution(JSON.stringify(filled));
		expect(decisionFor(resolution, 'guests', { ours: list, theirs: blank })).toEqual({
			choice: 'ours',
			stale: false,
		});
		expect(decisionFor(resolution, 'guests', { ours: undefined, theirs: blank })).toEqual({ stale: true });
	});
});
