import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { dataOf } from './support.mts';
import { calCom, updated } from './updating.mts';

describe('the booking form', () => {
	const named = [{ slug: 'level', label: 'How good are you?' }];

	test('is merged into what Cal.com has, and sent whole', async () => {
		const { patches, output } = await updated({
			bookingFieldsMode: 'json',
			bookingFieldsJson: JSON.stringify(named),
		});
		const sent = patches[0]?.body?.bookingFields as IDataObject[];
		expect(sent.map(({ slug }) => slug)).toEqual([
			'goals',
			'level',
			'instruments',
			'adult',
			'age',
			'days',
			'mode',
			'attendeePhoneNumber',
			'site',
			'cc',
			'home',
		]);
		expect(sent[1]).toMatchObject({
			type: 'select',
			label: 'How good are you?',
			options: ['beginner', 'intermediate', 'advanced'],
		});
		expect(output.update).toMatchObject({ fields: { bookingFields: 'changed' } });
	});

	test('the same again sends nothing', async () => {
		const parameters = { bookingFieldsMode: 'json', bookingFieldsJson: named };
		const { server } = await updated(parameters);
		const whole = { ...server.record(), bookingFields: [...(dataOf('035').bookingFields as IDataObject[])] };
		const again = whole.bookingFields.map((field) => (field.slug === 'level' ? { ...field, ...named[0] } : field));
		const { patches, output } = await updated(parameters, calCom({ ...whole, bookingFields: again }));
		expect(patches).toEqual([]);
		expect(output.update).toMatchObject({ fields: { bookingFields: 'unchanged' } });
	});

	test('a question goes only when it is named for it', async () => {
		const { patches } = await updated({
			bookingFieldsMode: 'form',
			bookingFieldsForm: {},
			bookingFieldsRemoved: 'goals, cc',
		});
		const sent = patches[0]?.body?.bookingFields as IDataObject[];
		expect(sent).toHaveLength(9);
		expect(sent.map(({ slug }) => slug)).not.toContain('goals');
	});

	test('"as it is" keeps single settings', async () => {
		const question = {
			slug: 'goals',
			type: 'keep',
			label: '',
			placeholder: '',
			options: '',
			required: 'yes',
			hidden: 'keep',
			disableOnPrefill: 'keep',
		};
		const { patches } = await updated({ bookingFieldsMode: 'form', bookingFieldsForm: { question: [question] } });
		expect((patches[0]?.body?.bookingFields as IDataObject[])[0]).toEqual({
			type: 'textarea',
			slug: 'goals',
			label: 'What would you like to learn?',
			required: true,
			hidden: false,
			placeholder: 'e.g. scales',
			disableOnPrefill: false,
		});
	});

	test('a form that Cal.com shows in part is left alone', async () => {
		const server = calCom(dataOf('377'));
		await expect(updated({ bookingFieldsMode: 'json', bookingFieldsJson: named }, server)).rejects.toMatchObject({
			message: 'Cal.com shows only a part of the booking form, so nothing was sent',
		});
		expect(server.record()).toEqual(dataOf('377'));
	});

	test("Cal.com's own questions cannot be removed", async () => {
		await expect(
			updated({ bookingFieldsMode: 'form', bookingFieldsForm: {}, bookingFieldsRemoved: 'notes' }),
		).rejects.toMatchObject({ message: 'The question "notes" is Cal.com\'s own and cannot be removed' });
	});
});
