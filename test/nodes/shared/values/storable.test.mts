import fc from 'fast-check';
import { openJson } from '../../../../nodes/shared/values/openJson.ts';
import { storable, storableData } from '../../../../nodes/shared/values/storable.ts';

test.each([
	['plain text', '"Ada"', '"Ada"'],
	['NUL', String.raw`"A\u0000da"`, '"Ada"'],
	['the first half of an emoji', String.raw`"Ada \ud83d"`, String.raw`"Ada \ufffd"`],
	['the second half of an emoji', String.raw`"\uDE00 Ada"`, String.raw`"\ufffd Ada"`],
	['two first halves', String.raw`"\ud83d\ud83d\ude00"`, String.raw`"\ufffd\ud83d\ude00"`],
	['a whole emoji', String.raw`"\ud83d\ude00"`, String.raw`"\ud83d\ude00"`],
	['a backslash before a u', String.raw`"C:\\u0000"`, String.raw`"C:\\u0000"`],
	['a backslash before NUL', String.raw`"C:\\\u0000"`, String.raw`"C:\\"`],
])('%s', (_, json, expected) => {
	expect(storable(json)).toBe(expected);
});

test('what comes out is JSON whose texts a database can store, and texts that it could store are not touched', () => {
	const text = fc.string({ unit: 'binary', maxLength: 12 });
	fc.assert(
		fc.property(fc.dictionary(text, fc.oneof(text, fc.array(text))), (value) => {
			const json = JSON.stringify(value);
			const stored = storable(json);
			// JSON.stringify escapes just these two kinds of characters this way.
			expect(JSON.stringify(JSON.parse(stored))).not.toMatch(/(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/);
			if (!/\\u(?:0000|d[89a-f])/i.test(json)) expect(stored).toBe(json);
		}),
	);
});

test('JSON inside a text is cleaned when it is opened', () => {
	expect(openJson(String.raw`{"name":"A\u0000da"}`)).toEqual({ name: 'Ada' });
});

test('data that are open already are cleaned too, and else left as they are', () => {
	expect(storableData({ name: 'A\u0000da \ud83d', more: [1, null] })).toEqual({
		name: 'Ada \ufffd',
		more: [1, null],
	});
	const clean = { name: 'Ada \u{1f600}' };
	expect(storableData(clean)).toBe(clean);
	expect(storableData(undefined)).toBeUndefined();
});
