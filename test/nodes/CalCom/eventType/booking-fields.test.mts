import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
	comparedForm,
	isStandard,
	QUESTION_TYPES,
	questionKey,
	questionsOf,
	toFormInput,
} from '../../../../nodes/shared/eventTypes/bookingFields.ts';
import { incompleteForm, mergeForm } from '../../../../nodes/CalCom/actions/eventType/bookingFieldsMerge.ts';
import { same } from '../../../../nodes/shared/values/difference.ts';
import { allExchanges } from '../../shared/api/recorded-exchanges.mts';
import { dataOf, requestBodyOf } from './support.mts';

const formOf = (start: string) => questionsOf(dataOf(start).bookingFields);

describe('the recorded forms', () => {
	test('a standard form needs nothing sent', () => {
		expect(toFormInput(formOf('016'))).toEqual([]);
	});

	test('the shown form goes back as the questions that made it', () => {
		const sent = questionsOf(requestBodyOf('013').bookingFields);
		const back = toFormInput(formOf('035'));
		expect(back.map(questionKey)).toEqual(sent.map(questionKey));
		for (const [index, question] of sent.entries()) expect(back[index]).toMatchObject(question);
		expect(back.every((question) => !('isDefault' in question))).toBe(true);
	});

	test('a name in two parts goes back as it was asked for', () => {
		expect(toFormInput(formOf('298'))).toEqual([
			{ ...questionsOf(requestBodyOf('298').bookingFields)[0], disableOnPrefill: false },
		]);
	});

	test('the form is whole, except in the old shape and in an answer that Cal.com cut', () => {
		const single = allExchanges().filter(
			({ file, status, method, body }) =>
				status < 300 &&
				['POST', 'PATCH', 'GET'].includes(method) &&
				/event-type-(create|patch|get|title)/.test(file) &&
				Array.isArray((body as { data?: { bookingFields?: unknown } }).data?.bookingFields),
		);
		const cut = single.filter(({ body }) => {
			const { bookingFields } = (body as { data: { bookingFields: unknown } }).data;
			return incompleteForm(bookingFields) !== null;
		});
		expect(single.length).toBeGreaterThan(15);
		expect(cut.map(({ file }) => file.slice(0, 3))).toEqual(['361', '377']);
	});
});

describe('merging', () => {
	const form = formOf('035');

	test('one setting of one question', () => {
		const merged = mergeForm(form, [{ slug: 'level', label: 'How good are you?' }], []);
		expect(merged).toHaveLength(form.length);
		expect(merged.find(({ slug }) => slug === 'level')).toEqual({
			...form.find(({ slug }) => slug === 'level'),
			label: 'How good are you?',
		});
	});

	test('a new question, and one the user wants to be rid of', () => {
		const merged = mergeForm(form, [{ slug: 'city', type: 'text', label: 'City', required: undefined }], ['goals']);
		const keys = merged.map(questionKey);
		expect(keys).toContain('city');
		expect(keys).not.toContain('goals');
		expect(merged.at(-1)).toEqual({ slug: 'city', type: 'text', label: 'City' });
	});

	test("one of Cal.com's own questions", () => {
		const merged = mergeForm(form, [{ slug: 'notes', hidden: true }], []);
		expect(toFormInput(merged)).toContainEqual({
			slug: 'notes',
			required: false,
			hidden: true,
			disableOnPrefill: false,
		});
	});

	test('a question that becomes one of another type leaves what that type does not have', () => {
		const merged = mergeForm(form, [{ slug: 'level', type: 'text' }], []);
		expect(merged.find(({ slug }) => slug === 'level')).toEqual({
			isDefault: false,
			type: 'text',
			slug: 'level',
			label: 'Your level',
			required: false,
			disableOnPrefill: false,
			hidden: false,
		});
	});

	test('a name in two parts takes the place of the name', () => {
		const split = { type: 'splitName', firstNameLabel: 'First', lastNameLabel: 'Last', lastNameRequired: true };
		const merged = mergeForm(form, [split], []);
		expect(merged.filter((field) => questionKey(field) === 'name')).toHaveLength(1);
		expect(toFormInput(merged)[0]).toEqual({ ...split, disableOnPrefill: false });
	});

	const slug = fc.oneof(
		fc.constantFrom(
			'name',
			'email',
			'notes',
			'guests',
			'title',
			'level',
			'goals',
			'constructor',
			'__proto__',
			'city',
		),
		fc.stringMatching(/^[a-z][a-z-]{0,8}$/),
	);
	const settings = fc.record(
		{
			label: fc.string({ maxLength: 8 }),
			placeholder: fc.string({ maxLength: 8 }),
			required: fc.boolean(),
			hidden: fc.boolean(),
			options: fc.array(fc.string({ minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 3 }),
		},
		{ requiredKeys: [] },
	);
	const custom = fc
		.tuple(slug, fc.constantFrom(...Object.keys(QUESTION_TYPES)), settings)
		.map(([key, type, rest]) => ({ ...(isStandard(key) ? {} : { type }), slug: key, ...rest }));
	const shown = fc
		.uniqueArray(custom, { selector: (field) => field.slug, maxLength: 6 })
		.map((fields) => mergeForm(formOf('016'), fields, []));
	const named = fc.uniqueArray(custom, { selector: (field) => field.slug, maxLength: 4 });

	test('merging twice changes nothing', () => {
		fc.assert(
			fc.property(shown, named, (current, changes) => {
				const once = mergeForm(current, changes, []);
				expect(mergeForm(once, changes, [])).toEqual(once);
				expect(
					same(comparedForm(toFormInput(once)), comparedForm(toFormInput(mergeForm(once, changes, [])))),
				).toBe(true);
			}),
		);
	});

	test('questions that are not named survive as they were', () => {
		fc.assert(
			fc.property(shown, named, fc.array(slug, { maxLength: 2 }), (current, changes, removed) => {
				const merged = mergeForm(current, changes, removed);
				const touched = new Set<unknown>([...changes.map(questionKey), ...removed]);
				for (const field of current) {
					if (!touched.has(questionKey(field))) expect(merged).toContainEqual(field);
				}
			}),
		);
	});

	test('no question is sent twice, and every changed one is sent', () => {
		fc.assert(
			fc.property(shown, named, (current, changes) => {
				const keys = toFormInput(mergeForm(current, changes, [])).map(questionKey);
				expect(new Set(keys).size).toBe(keys.length);
				for (const field of changes) {
					const key = questionKey(field) ?? '';
					if (!isStandard(key)) expect(keys).toContain(key);
				}
			}),
		);
	});
});

describe('forms that cannot be sent back', () => {
	test.each([
		[undefined, 'Cal.com shows only a part of the booking form'],
		[[{ type: 'email', slug: 'email' }], 'Cal.com shows only a part of the booking form'],
		[
			[
				{ type: 'name', slug: 'name' },
				{ type: 'unknown', slug: 'odd' },
			],
			'The booking form has a question ("odd") of a type that the API does not take',
		],
	])('%j', (form, problem) => {
		expect(incompleteForm(form)).toBe(problem);
	});
});
