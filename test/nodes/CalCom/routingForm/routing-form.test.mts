import { describe, expect, test } from '@jest/globals';
import { calculateSlots } from '../../../../nodes/CalCom/actions/routingForm/calculateSlots.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/routingForm/getMany.operation.ts';
import { getResponses } from '../../../../nodes/CalCom/actions/routingForm/getResponses.operation.ts';
import { routingForm } from '../../../../nodes/CalCom/actions/routingForm/index.ts';
import { SELF_HOSTED } from '../slot/support.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';

/** As the specification has it; the recorded Cal.com has no routing forms. */
const FORM = {
	name: 'Intake',
	description: null,
	position: 0,
	createdAt: '2026-03-28T10:00:00.000Z',
	updatedAt: '2026-03-28T10:00:00.000Z',
	userId: 2313,
	teamId: null,
	disabled: false,
	id: 'f1',
	routes: [{ id: 'r1' }],
	fields: [{ id: 'a', label: 'Level' }],
	settings: {},
};
const RESPONSE = {
	id: 5,
	formId: 'f1',
	formFillerId: 'x',
	routedToBookingUid: '8j9u7a',
	response: { a: { label: 'Level', value: 'Beginner' } },
	createdAt: '2026-03-28T10:00:00.000Z',
};
const IN_42 = { organizationId: '42' };

describe('forms', () => {
	test('simplified: without routes and settings', async () => {
		const fake = fakeExecute({ parameters: IN_42, answers: [{ data: [FORM] }] });
		const left = Object.entries(FORM).filter(([key]) => !['position', 'routes', 'settings'].includes(key));
		await expect(run(getMany, fake)).resolves.toEqual([Object.fromEntries(left)]);
		expect(fake.requests).toMatchObject([
			{ method: 'GET', path: '/organizations/42/routing-forms', version: null },
		]);
	});

	test('raw, of a team, filtered', async () => {
		const filters = {
			afterCreatedAt: '2026-03-01',
			routedToBookingUid: 'abc',
			sortCreatedAt: 'desc',
			timeZone: 'UTC',
		};
		const parameters = { ...IN_42, teamId: '7', filters, simplify: false };
		const fake = fakeExecute({ parameters, answers: [{ data: [FORM] }] });
		await expect(run(getMany, fake)).resolves.toEqual([FORM]);
		expect(fake.requests[0]?.path).toBe('/organizations/42/teams/7/routing-forms');
		expect(fake.requests[0]?.query).toEqual({
			afterCreatedAt: '2026-03-01T00:00:00.000Z',
			routedToBookingUid: 'abc',
			sortCreatedAt: 'desc',
			take: 50,
			skip: 0,
		});
	});
});

test('responses', async () => {
	const fake = fakeExecute({ parameters: { ...IN_42, routingFormId: 'f1' }, answers: [{ data: [RESPONSE] }] });
	await expect(run(getResponses, fake)).resolves.toEqual([RESPONSE]);
	expect(fake.requests).toMatchObject([{ method: 'GET', path: '/organizations/42/routing-forms/f1/responses' }]);
});

describe('calculate slots', () => {
	const ASK = {
		routingFormId: 'f1',
		start: '2026-11-23',
		end: '2026-11-23',
		answers: {
			entries: [
				{ field: 'level', value: 'Beginner' },
				{ field: '', value: 'x' },
			],
		},
	};

	test('where the answers lead, and when it is free', async () => {
		const slots = {
			'2026-11-23': [{ start: '2026-11-23T09:00:00.000+01:00', end: '2026-11-23T10:00:00.000+01:00' }],
		};
		const fake = fakeExecute({
			parameters: { ...ASK, options: { duration: 60 } },
			answers: [{ data: { eventTypeId: 3, slots } }],
		});
		await expect(run(calculateSlots, fake)).resolves.toEqual([
			{
				start: '2026-11-23T08:00:00.000Z',
				end: '2026-11-23T09:00:00.000Z',
				startLocal: '2026-11-23T09:00:00.000+01:00',
				endLocal: '2026-11-23T10:00:00.000+01:00',
				date: '2026-11-23',
				weekday: 'Monday',
				timeZone: 'Europe/Amsterdam',
				eventTypeId: 3,
			},
		]);
		expect(fake.requests).toMatchObject([
			{ method: 'POST', path: '/routing-forms/f1/calculate-slots', version: null, body: { level: 'Beginner' } },
		]);
		expect(fake.requests[0]?.query).toEqual({
			start: '2026-11-22T23:00:00.000Z',
			end: '2026-11-23T23:00:00.000Z',
			timeZone: 'Europe/Amsterdam',
			format: 'range',
			duration: 60,
		});
	});

	test('answers that lead nowhere give nothing, and say so', async () => {
		const answers = [{ data: { routingCustomMessage: 'We will call you' } }];
		const fake = fakeExecute({ parameters: ASK, answers });
		await expect(run(calculateSlots, fake)).resolves.toEqual([]);
		expect((await fake.session()).notes()).toEqual(['The answers to the routing form lead to no event type.']);
	});

	test.each([
		[{ routingFormId: '' }, 'Routing Form ID is empty'],
		[{ end: '2026-11-01' }, 'Until is not after From'],
	])('%j: %s', async (parameters, message) => {
		const fake = fakeExecute({ parameters: { ...ASK, ...parameters } });
		await expect(run(calculateSlots, fake)).rejects.toMatchObject({ message });
		expect(fake.requests).toEqual([]);
	});
});

test.each(routingForm.operations.map((operation) => [operation.option.action, operation] as const))(
	'self-hosted is told before anything is asked: %s',
	async (_, operation) => {
		const parameters = { ...IN_42, routingFormId: 'f1', start: '2026-11-23', end: '2026-11-24' };
		const fake = fakeExecute({ parameters, credential: SELF_HOSTED });
		await expect(run(operation, fake)).rejects.toMatchObject({
			message: 'Routing forms: this exists only on hosted Cal.com',
		});
		expect(fake.requests).toEqual([]);
	},
);
