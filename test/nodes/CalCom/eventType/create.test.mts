import { describe, expect, test } from '@jest/globals';
import { create } from '../../../../nodes/CalCom/actions/eventType/create.operation.ts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded, requestBodyOf, SELF_HOSTED } from './support.mts';

type Parameters = Record<string, unknown>;

const at = (location: object) => ({ locations: { location: [location] } });

/** What a user fills in to get what was recorded. */
const RECORDED: Array<[string, Parameters]> = [
	[
		'013',
		{
			basics: { description: 'A first lesson' },
			bookingFieldsMode: 'json',
			bookingFieldsJson: requestBodyOf('013').bookingFields,
		},
	],
	['016', at({ type: 'address', address: 'Keizersgracht 1, Amsterdam', public: true })],
	['017', at({ type: 'link', link: 'https://meet.school.example/room1', public: true })],
	['020', at({ type: 'attendeeAddress' })],
	[
		'022',
		{
			...at({ type: 'integration', integration: 'cal-video' }),
			confirmation: {
				confirmationPolicy: { values: { when: 'always', blockUnconfirmedBookingsInBooker: false } },
			},
		},
	],
	['023', { seats: { recurrence: { values: { frequency: 'weekly', interval: 1, occurrences: 4 } } } }],
	[
		'025',
		{ seats: { seats: { values: { seatsPerTimeSlot: 3, showAttendeeInfo: false, showAvailabilityCount: true } } } },
	],
	['026', { basics: { lengthInMinutesOptions: '15, 30, 60' } }],
	['029', {}],
];

describe('the recorded event types', () => {
	test.each(RECORDED)('%s', async (start, parameters) => {
		const body = requestBodyOf(start);
		const { title, slug, lengthInMinutes } = body;
		const fake = fakeExecute({
			parameters: { belongsTo: 'account', title, slug, lengthInMinutes, ...parameters },
			answers: [recorded(start)],
			credential: SELF_HOSTED,
		});
		const made = await run(create, fake);
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]).toMatchObject({ method: 'POST', path: '/event-types', version: '2024-06-14', body });
		expect(Object.keys(fake.requests[0]?.body ?? {}).sort()).toEqual(Object.keys(body).sort());
		expect(made).toMatchObject({ id: dataOf(start).id, title, slug });
		expect((await fake.session()).notes()).toEqual([]);
	});
});

const basic: Parameters = { belongsTo: 'account', title: 'Studio lesson', slug: 'studio-lesson', lengthInMinutes: 60 };

async function sentBy(parameters: Parameters) {
	const fake = fakeExecute({ parameters: { ...basic, ...parameters }, answers: [recorded('016')] });
	await run(create, fake);
	return fake.requests.at(-1);
}

describe('what is filled in', () => {
	test('the slug is made from the title when it is empty', async () => {
		expect((await sentBy({ title: 'Élan & Trial lesson!', slug: '' }))?.body).toMatchObject({
			slug: 'elan-trial-lesson',
		});
	});

	test('questions of the form, with the settings that were chosen', async () => {
		const question = {
			slug: 'level',
			type: 'select',
			label: 'Your level',
			placeholder: '',
			options: 'beginner, advanced',
			required: 'yes',
			hidden: 'keep',
			disableOnPrefill: 'keep',
		};
		const sent = await sentBy({ bookingFieldsMode: 'form', bookingFieldsForm: { question: [question] } });
		expect(sent?.body?.bookingFields).toEqual([
			{
				slug: 'level',
				type: 'select',
				label: 'Your level',
				options: ['beginner', 'advanced'],
				required: true,
				hidden: false,
			},
		]);
	});

	test('a record given as JSON counts before the panel, with numbers and booleans put right', async () => {
		const sent = await sentBy({ fieldsJson: '{"title": "Other", "lengthInMinutes": "45", "hidden": "true"}' });
		expect(sent?.body).toEqual({ title: 'Other', slug: 'studio-lesson', lengthInMinutes: 45, hidden: true });
	});

	test('a team of hosted Cal.com', async () => {
		const sent = await sentBy({
			belongsTo: 'team',
			teamId: locatorOf('4'),
			schedulingType: 'collective',
			team: { hosts: { host: [{ userId: 2, mandatory: true, priority: 'medium' }] } },
		});
		expect(sent).toMatchObject({ method: 'POST', path: '/teams/4/event-types', version: null });
		expect(sent?.body).toMatchObject({
			schedulingType: 'collective',
			hosts: [{ userId: 2, mandatory: true, priority: 'medium' }],
		});
	});

	test("a team of the owner's organization", async () => {
		const fake = fakeExecute({
			parameters: { ...basic, belongsTo: 'organizationTeam', teamId: locatorOf('4'), schedulingType: 'managed' },
			answers: [{ data: { id: 1, organizationId: 9 } }, recorded('016')],
		});
		await run(create, fake);
		expect(fake.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
			'GET /me',
			'POST /organizations/9/teams/4/event-types',
		]);
	});
});

describe('the output', () => {
	test('simplified: ten fields', async () => {
		const fake = fakeExecute({ parameters: basic, answers: [recorded('016')] });
		expect(await run(create, fake)).toEqual({
			id: 6,
			title: 'Studio lesson',
			slug: 'studio-lesson',
			description: '',
			lengthInMinutes: 60,
			locations: [{ type: 'address', address: 'Keizersgracht 1, Amsterdam', public: true }],
			price: 0,
			currency: 'usd',
			hidden: false,
			bookingUrl: 'http://localhost:3000/yourschool/studio-lesson',
		});
	});

	test('raw: as Cal.com gives it', async () => {
		const fake = fakeExecute({ parameters: { ...basic, simplify: false }, answers: [recorded('016')] });
		expect(await run(create, fake)).toEqual(dataOf('016'));
	});

	test('fields that Cal.com dropped are told', async () => {
		const parameters = { ...basic, basics: { hidden: true }, fieldsJson: { future: 1 } };
		const fake = fakeExecute({ parameters, answers: [recorded('016')] });
		await run(create, fake);
		expect((await fake.session()).notes()).toEqual([
			'Cal.com made the event type but did not take: hidden, future.',
		]);
	});
});

describe('errors', () => {
	test.each<[string, Parameters, string]>([
		['no title', { title: '' }, 'Title is empty'],
		[
			'a read-only field',
			{ fieldsJson: { price: 5, metadata: {} } },
			'Cal.com does not let the API set price, metadata',
		],
		['a field of teams', { fieldsJson: { hosts: [{ userId: 1 }] } }, 'Only event types of a team have hosts'],
		['JSON that is none', { fieldsJson: '{nope' }, 'Fields (JSON) is not valid JSON'],
		['JSON that is no object', { fieldsJson: '[1]' }, 'Fields (JSON) does not have the form it needs'],
		[
			'a question without a slug',
			{ bookingFieldsMode: 'json', bookingFieldsJson: '[{"label": "Level"}]' },
			'A question of the booking form has no slug',
		],
		[
			'a question without a type',
			{ bookingFieldsMode: 'json', bookingFieldsJson: '[{"slug": "level"}]' },
			'The question "level" has no type',
		],
		[
			'questions that are no list',
			{ fieldsJson: { bookingFields: 'level' } },
			'bookingFields in Fields (JSON) is not a list of questions',
		],
		['no team', { belongsTo: 'team' }, 'Team is not chosen'],
	])('%s: nothing is sent', async (_what, parameters, message) => {
		const fake = fakeExecute({ parameters: { ...basic, ...parameters } });
		await expect(run(create, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
		expect(fake.requests).toEqual([]);
	});

	test('a team on a self-hosted Cal.com: said before asking', async () => {
		const parameters = { ...basic, belongsTo: 'team', teamId: locatorOf('4') };
		const fake = fakeExecute({ parameters, credential: SELF_HOSTED });
		await expect(run(create, fake)).rejects.toThrow(/hosted/i);
		expect(fake.requests).toEqual([]);
	});

	test('what Cal.com does not accept is named field by field', async () => {
		const fake = fakeExecute({ parameters: basic, answers: [recorded('031')] });
		await expect(run(create, fake)).rejects.toMatchObject({
			description: expect.stringContaining('slug must be a string'),
			httpCode: '400',
		});
	});
});
