import type { ILoadOptionsFunctions } from 'n8n-workflow';
import { fitAnswers, questionsOfEventType } from '../../../../nodes/CalCom/actions/booking/questions.ts';
import { booking } from '../../../../nodes/CalCom/actions/booking/index.ts';
import { getBookingQuestions } from '../../../../nodes/CalCom/methods/resourceMapping.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import { fakeN8n } from '../../shared/api/fake-n8n.mts';
import { data } from './support.mts';

function form(parameters: Record<string, unknown>, recording: string) {
	const { ctx, sent } = fakeN8n({
		parameters,
		respond: () => {
			const { status, body } = exchange(recording);
			return { status, body };
		},
	});
	return { sent, load: async () => await getBookingQuestions.call(ctx as unknown as ILoadOptionsFunctions) };
}

describe('the form of the questions', () => {
	const byId = { eventTypeFrom: 'id', eventTypeId: { __rl: true, mode: 'list', value: '3' } };

	test('has a field for each question that is not asked elsewhere', async () => {
		const { sent, load } = form(byId, '035');
		const { fields } = await load();
		expect(sent[0]).toMatchObject({ method: 'GET', path: '/event-types/3' });
		expect(fields.map(({ id, type }) => [id, type])).toEqual([
			['goals', 'string'],
			['level', 'options'],
			['instruments', 'string'],
			['adult', 'boolean'],
			['age', 'number'],
			['days', 'string'],
			['mode', 'options'],
			['attendeePhoneNumber', 'string'],
			['site', 'url'],
			['cc', 'string'],
			['home', 'string'],
			['notes', 'string'],
		]);
	});

	test('has the labels and choices that people know', async () => {
		const { fields } = await form(byId, '035').load();
		const field = (id: string) => fields.find((one) => one.id === id);
		expect(field('level')).toMatchObject({
			displayName: 'Your level',
			options: [
				{ name: 'beginner', value: 'beginner' },
				{ name: 'intermediate', value: 'intermediate' },
				{ name: 'advanced', value: 'advanced' },
			],
		});
		expect(field('instruments')?.displayName).toBe('Instruments (any of: piano, violin, voice)');
		expect(field('cc')?.displayName).toBe('CC (several, separated by commas)');
		expect(field('notes')?.displayName).toBe('Additional notes');
	});

	test('by slug is read by username and slug', async () => {
		const bySlug = { eventTypeFrom: 'slug', eventTypeSlug: 'trial-lesson', username: 'yourschool' };
		const { sent, load } = form(bySlug, '047');
		expect((await load()).fields.length).toBeGreaterThan(5);
		expect(sent[0]).toMatchObject({
			path: '/event-types',
			query: { username: 'yourschool', eventSlug: 'trial-lesson' },
		});
	});

	test.each([
		[{ eventTypeFrom: 'id', eventTypeId: { __rl: true, mode: 'list', value: '' } }],
		[{ eventTypeFrom: 'slug', eventTypeSlug: 'x', username: '' }],
	])('without an event type asks nothing: %p', async (parameters) => {
		const { sent, load } = form(parameters, '035');
		expect(await load()).toMatchObject({ fields: [], emptyFieldsNotice: expect.any(String) });
		expect(sent).toHaveLength(0);
	});
});

describe('answers', () => {
	const questions = questionsOfEventType.parse(data('035'));

	test.each<[string, unknown, unknown]>([
		['adult', 'no', false],
		['adult', true, true],
		['adult', 'perhaps', 'perhaps'],
		['age', '41', 41],
		['age', 'old', 'old'],
		['instruments', 'piano', ['piano']],
		['instruments', ['piano'], ['piano']],
		['cc', 'a@x.example,\nb@x.example', ['a@x.example', 'b@x.example']],
		['goals', 5, '5'],
		['unknown', 5, 5],
	])('%s %p goes as %p', (slug, given, sent) => {
		expect(fitAnswers({ [slug]: given }, questions)).toEqual({ [slug]: sent });
	});

	test.each([[null], [undefined], [''], [[]]])('%p is left open', (given) => {
		expect(fitAnswers({ goals: given }, questions)).toEqual({});
	});
});

describe('the resource', () => {
	test('has each operation once, named like an action', () => {
		const values = booking.operations.map(({ option }) => option.value);
		expect(new Set(values).size).toBe(values.length);
		for (const { option } of booking.operations) expect(option.action).toMatch(/^[A-Z][a-z ]+$/);
	});

	test('has no field twice for the same choices', () => {
		for (const { option, fields } of booking.operations) {
			const keys = fields.map(({ name, displayOptions }) => `${name}:${JSON.stringify(displayOptions ?? {})}`);
			expect([option.value, new Set(keys).size]).toEqual([option.value, keys.length]);
		}
	});
});
