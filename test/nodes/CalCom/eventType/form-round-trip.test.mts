import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { isStandard, questionKey, QUESTION_TYPES } from '../../../../nodes/shared/eventTypes/bookingFields.ts';
import { update } from '../../../../nodes/CalCom/actions/eventType/update.operation.ts';
import { fullForm } from 'stand-ins/calcom';
import { depth } from '../../../support/depth.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { dataOf, locatorOf } from './support.mts';

/** Cal.com's way with a booking form: what is sent replaces all, its own questions come back by themselves. */
function calCom() {
	let form: unknown[] = dataOf('035').bookingFields as unknown[];
	return {
		form: () => form as IDataObject[],
		answer: ({ body }: { body: IDataObject | undefined }) => {
			if (Array.isArray(body?.bookingFields)) form = fullForm(body.bookingFields);
			return { data: { ...dataOf('035'), bookingFields: structuredClone(form) } };
		},
	};
}

async function change(server: ReturnType<typeof calCom>, questions: unknown[]) {
	const parameters = {
		belongsTo: 'account',
		eventTypeId: locatorOf('3'),
		bookingFieldsMode: 'json',
		bookingFieldsJson: questions,
	};
	const fake = fakeExecute({ parameters, answers: server.answer });
	const output = (await run(update, fake)) as { update: { fields: IDataObject } };
	return { patched: fake.requests.some(({ method }) => method === 'PATCH'), fields: output.update.fields };
}

const OWN = ['notes', 'guests', 'title', 'rescheduleReason', 'email'];
const slug = fc.oneof(fc.constantFrom(...OWN, 'goals', 'level', 'home'), fc.stringMatching(/^[a-z]{1,6}$/));
const question = fc
	.record({
		slug,
		type: fc.constantFrom(...Object.keys(QUESTION_TYPES)),
		label: fc.stringMatching(/^[A-Za-z ]{0,8}$/),
		placeholder: fc.stringMatching(/^[a-z]{0,6}$/),
		required: fc.boolean(),
		hidden: fc.boolean(),
		options: fc.array(fc.stringMatching(/^[a-z]{1,4}$/), { minLength: 1, maxLength: 3 }),
	})
	.map(({ type, ...rest }) => (isStandard(rest.slug) ? rest : { type, ...rest }))
	.filter((field) => field.slug !== 'name' && field.slug !== 'location');
const questions = fc.uniqueArray(question, { selector: (field) => field.slug, minLength: 1, maxLength: 4 });

describe('a booking form, changed and read back', () => {
	test('the second time nothing is sent, and what was not named is as it was', async () => {
		await fc.assert(
			fc.asyncProperty(questions, questions, async (first, named) => {
				const server = calCom();
				await change(server, first);
				const before = server.form();
				const once = await change(server, named);
				expect(once.fields.bookingFields).not.toBe('notTaken');
				for (const settings of named) {
					const now = server.form().find((field) => questionKey(field) === settings.slug);
					expect(now).toMatchObject({ hidden: settings.hidden, required: settings.required });
				}
				const keys = new Set(named.map(questionKey));
				for (const field of before) {
					if (!keys.has(questionKey(field))) expect(server.form()).toContainEqual(field);
				}
				const twice = await change(server, named);
				expect(twice).toEqual({ patched: false, fields: { bookingFields: 'unchanged' } });
			}),
			{ numRuns: depth(60, 1_000) },
		);
	});
});
