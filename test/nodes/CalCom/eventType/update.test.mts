import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { update } from '../../../../nodes/CalCom/actions/eventType/update.operation.ts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded } from './support.mts';
import { base, calCom, updated } from './updating.mts';
import type { Parameters } from './updating.mts';

describe('only what differs', () => {
	test('reads first, sends the differences, and tells what became of each field', async () => {
		const { output, requests } = await updated({
			basics: { title: 'Trial lesson (new)', slug: 'trial-lesson', lengthInMinutes: 30 },
			availability: { minimumBookingNotice: 60 },
		});
		expect(requests.map(({ method, path, version, body }) => ({ method, path, version, body }))).toEqual([
			{ method: 'GET', path: '/event-types/3', version: '2024-06-14', body: undefined },
			{
				method: 'PATCH',
				path: '/event-types/3',
				version: '2024-06-14',
				body: { title: 'Trial lesson (new)', minimumBookingNotice: 60 },
			},
		]);
		expect(output).toMatchObject({ id: 3, title: 'Trial lesson (new)' });
		expect(output.update).toEqual({
			sent: true,
			fields: {
				title: 'changed',
				minimumBookingNotice: 'changed',
				slug: 'unchanged',
				lengthInMinutes: 'unchanged',
			},
			changes: {
				title: { from: 'Trial lesson', to: 'Trial lesson (new)' },
				minimumBookingNotice: { from: 120, to: 60 },
			},
		});
	});

	test('what each field was and has become comes out in its own kind', async () => {
		const basics = { slug: 'trial', description: 'Half an hour', lengthInMinutes: 45, hidden: true };
		const { output } = await updated({ basics, calendar: { customName: 'Lesson' } });
		const { changes } = output.update as { changes: Record<string, IDataObject> };
		expect(Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to]))).toEqual({
			...basics,
			customName: 'Lesson',
		});
		expect(changes.lengthInMinutes).toEqual({ from: 30, to: 45 });
	});

	test('nothing is sent when everything is equal, whatever form the values have', async () => {
		const { output, patches } = await updated({
			basics: { title: 'Trial lesson', interfaceLanguage: '', hidden: false },
			seats: { seats: { values: { seatsPerTimeSlot: 0 } }, recurrence: { values: { frequency: 'never' } } },
			limits: { bookingLimitsCount: { values: { day: 0 } } },
			confirmation: { disableRescheduling: { values: { when: 'allowed' } } },
			locations: { location: [{ type: 'integration', integration: 'cal-video' }] },
			fieldsJson: { lengthInMinutes: '30', scheduleId: null },
		});
		expect(patches).toEqual([]);
		const { fields, sent } = output.update as { fields: object; sent: boolean };
		expect(sent).toBe(false);
		expect(new Set(Object.values(fields))).toEqual(new Set(['unchanged']));
	});

	test('switched off, everything that is given is sent', async () => {
		const { output, patches } = await updated({ onlyDifferences: false, basics: { title: 'Trial lesson' } });
		expect(patches[0]?.body).toEqual({ title: 'Trial lesson' });
		expect(output.update).toMatchObject({ sent: true, fields: { title: 'unchanged' } });
	});

	test('the recorded change', async () => {
		const fake = fakeExecute({
			parameters: {
				...base,
				eventTypeId: locatorOf('19'),
				basics: { title: 'Temp renamed' },
				availability: { minimumBookingNotice: 60 },
				simplify: false,
			},
			answers: [recorded('029'), recorded('034')],
		});
		const output = (await run(update, fake)) as IDataObject;
		expect(fake.requests[1]?.body).toEqual({ title: 'Temp renamed', minimumBookingNotice: 60 });
		expect(output).toMatchObject({ ...dataOf('034'), update: { fields: { title: 'changed' } } });
	});
});

describe('protected fields', () => {
	test('are never sent, even when an expression gives them, read-only ones included', async () => {
		const { output, patches } = await updated({
			protectedFields: ['title', 'price', 'bookingFields'],
			fieldsJson: {
				title: 'Overwritten',
				price: 5,
				description: 'New',
				bookingFields: [{ slug: 'x', type: 'text' }],
			},
		});
		expect(patches.map(({ body }) => body)).toEqual([{ description: 'New' }]);
		expect(output.update).toMatchObject({
			fields: { title: 'protected', price: 'protected', bookingFields: 'protected', description: 'changed' },
		});
		expect(output.title).toBe('Trial lesson');
	});

	test('any mapping, any choice: a protected field is in no request', async () => {
		const names = ['title', 'slug', 'description', 'hidden', 'lengthInMinutes', 'customName'];
		const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
		const cases = fc.tuple(
			fc.dictionary(fc.constantFrom(...names), value, { minKeys: 1 }),
			fc.subarray(names, { minLength: 1 }),
			fc.boolean(),
		);
		await fc.assert(
			fc.asyncProperty(cases, async ([fieldsJson, protectedFields, onlyDifferences]) => {
				const mapping = { fieldsJson, protectedFields, onlyDifferences };
				const { patches } = await updated(mapping, undefined, true);
				for (const { body = {} } of patches) {
					for (const name of protectedFields) expect(body).not.toHaveProperty(name);
				}
			}),
		);
	});
});

describe('what Cal.com drops in silence', () => {
	test('is read once more, then told field by field', async () => {
		const server = calCom(dataOf('035'), ['customName', 'future']);
		const { output, requests, notes } = await updated(
			{ calendar: { customName: 'Lesson' }, fieldsJson: { future: 1, title: 'New' } },
			server,
			true,
		);
		expect(requests.map(({ method }) => method)).toEqual(['GET', 'PATCH', 'GET']);
		expect(output.update).toMatchObject({
			fields: { customName: 'notTaken', future: 'notTaken', title: 'changed' },
		});
		expect(notes).toEqual(['Cal.com answered without an error but did not take: customName, future.']);
	});

	test('an answer that shows less than a read does not make a field "not taken"', async () => {
		const changed = { ...dataOf('016'), description: 'New' };
		const short = Object.fromEntries(Object.entries(changed).filter(([name]) => name !== 'description'));
		const fake = fakeExecute({
			parameters: { ...base, basics: { description: 'New' } },
			answers: [recorded('016'), { data: short }, { data: changed }],
		});
		expect(await run(update, fake)).toMatchObject({ update: { fields: { description: 'changed' } } });
		expect((await fake.session()).notes()).toEqual([]);
	});
});

describe('settings inside an object', () => {
	test('keep those that are not given', async () => {
		const { patches } = await updated({ video: { calVideoSettings: { disableRecordingForGuests: true } } });
		expect(patches[0]?.body).toEqual({
			calVideoSettings: { sendTranscriptionEmails: true, disableRecordingForGuests: true },
		});
	});
});

describe('event types of a team', () => {
	const team: Parameters = { belongsTo: 'team', teamId: locatorOf(1), teamEventTypeId: locatorOf(1) };

	async function ofTeam(parameters: Parameters) {
		const fake = fakeExecute({ parameters: { ...team, ...parameters }, answers: calCom(dataOf('050')).answer });
		const output = (await run(update, fake)) as IDataObject;
		return { output, patch: fake.requests.find(({ method }) => method === 'PATCH') };
	}

	test('equal hosts are not sent, whatever names Cal.com shows with them', async () => {
		const host = [
			{ userId: 3, mandatory: false, priority: 'medium' },
			{ userId: 2, mandatory: false, priority: 'medium' },
		];
		const { patch } = await ofTeam({ team: { hosts: { host } } });
		expect(patch).toBeUndefined();
	});

	test('another scheduling type takes the hosts along: Cal.com would empty them', async () => {
		const { patch } = await ofTeam({ team: { schedulingType: 'collective' } });
		expect(patch).toMatchObject({ path: '/teams/1/event-types/1', version: null });
		expect(patch?.body).toEqual({
			schedulingType: 'collective',
			hosts: [
				{ userId: 2, mandatory: false, priority: 'medium' },
				{ userId: 3, mandatory: false, priority: 'medium' },
			],
		});
	});

	test('another scheduling type is refused while the hosts are protected', async () => {
		await expect(
			ofTeam({ team: { schedulingType: 'collective' }, protectedFields: ['hosts'] }),
		).rejects.toMatchObject({ message: 'The scheduling type cannot change while the hosts are protected' });
	});
});

describe('errors', () => {
	test.each<[string, Parameters, string]>([
		['nothing given', {}, 'There is nothing to change'],
		['a read-only field', { fieldsJson: { bookingUrl: 'x' } }, 'Cal.com does not let the API set bookingUrl'],
		[
			'a field of teams',
			{ team: { assignAllTeamMembers: true } },
			'Only event types of a team have assignAllTeamMembers',
		],
	])('%s: nothing is asked', async (_what, parameters, message) => {
		const fake = fakeExecute({ parameters: { ...base, ...parameters } });
		await expect(run(update, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
		expect(fake.requests).toEqual([]);
	});

	test("someone else's event type", async () => {
		const fake = fakeExecute({
			parameters: { ...base, basics: { title: 'hijack' } },
			answers: [recorded('035'), recorded('364')],
		});
		await expect(run(update, fake)).rejects.toMatchObject({ message: 'Event type with id 3 not found' });
	});
});
