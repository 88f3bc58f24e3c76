import { describe, expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import { copyOf } from '../../../../nodes/CalCom/actions/eventType/copy.ts';
import { duplicate } from '../../../../nodes/CalCom/actions/eventType/duplicate.operation.ts';
import { inputNamed, READ_ONLY } from '../../../../nodes/shared/eventTypes/inputs.ts';
import { allExchanges } from '../../shared/api/recorded-exchanges.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded, requestBodyOf } from './support.mts';

const base = { belongsTo: 'account', eventTypeId: locatorOf('3') };

describe('a copy', () => {
	const created = allExchanges().filter(({ file, status }) => /event-type-create/.test(file) && status === 201);

	test.each(created.map((one) => [one.file, one] as const))(
		'%s: has all that the original was made with',
		(_file, { requestBody, body }) => {
			const { body: copy } = copyOf((body as { data: IDataObject }).data, false);
			const { bookingFields = [], ...rest } = requestBody as IDataObject;
			expect(copy).toMatchObject(rest);
			expect(copy.bookingFields ?? []).toMatchObject(bookingFields as object);
			expect(Object.keys(copy).filter((name) => inputNamed(name) === undefined)).toEqual([]);
			expect(Object.keys(copy).filter((name) => name in READ_ONLY)).toEqual([]);
		},
	);

	test('of a team: hosts by who they are', () => {
		expect(copyOf(dataOf('050'), true).body).toMatchObject({
			schedulingType: 'roundRobin',
			hosts: [
				{ userId: 2, mandatory: false, priority: 'medium' },
				{ userId: 3, mandatory: false, priority: 'medium' },
			],
		});
		expect(copyOf({ ...dataOf('050'), assignAllTeamMembers: true }, true).body).not.toHaveProperty('hosts');
	});

	test('what the API does not take back is left out and told', () => {
		const original = {
			...dataOf('016'),
			locations: [{ type: 'unknown', location: '{}' }, { type: 'attendeePhone' }],
			bookingFields: [
				{ type: 'name', slug: 'name' },
				{ type: 'unknown', slug: 'odd' },
			],
		};
		const { body, leftOut } = copyOf(original, false);
		expect(body.locations).toEqual([{ type: 'attendeePhone' }]);
		expect(body).not.toHaveProperty('bookingFields');
		expect(leftOut).toHaveLength(2);
	});
});

describe('duplicate', () => {
	test('reads the original and creates one with a title and slug of its own', async () => {
		const fake = fakeExecute({ parameters: base, answers: [recorded('035'), recorded('013')] });
		await run(duplicate, fake);
		const [read, made] = fake.requests;
		expect(read).toMatchObject({ method: 'GET', path: '/event-types/3', version: '2024-06-14' });
		expect(made).toMatchObject({
			method: 'POST',
			path: '/event-types',
			version: '2024-06-14',
			body: {
				title: 'Trial lesson (copy)',
				slug: 'trial-lesson-copy',
				lengthInMinutes: 30,
				description: 'A first lesson',
				bookingFields: requestBodyOf('013').bookingFields,
			},
		});
	});

	test("title, slug and hidden are the user's", async () => {
		const parameters = { ...base, title: 'Evening lesson', slug: 'evening', copyHidden: true };
		const fake = fakeExecute({ parameters, answers: [recorded('035'), recorded('013')] });
		await run(duplicate, fake);
		expect(fake.requests[1]?.body).toMatchObject({ title: 'Evening lesson', slug: 'evening', hidden: true });
	});

	test("a team's event type is copied within the team", async () => {
		const parameters = { belongsTo: 'team', teamId: locatorOf(1), teamEventTypeId: locatorOf(1) };
		const fake = fakeExecute({ parameters, answers: [recorded('050'), recorded('050')] });
		await run(duplicate, fake);
		expect(fake.requests[1]).toMatchObject({ method: 'POST', path: '/teams/1/event-types', version: null });
	});

	test('an original that is not there is not copied', async () => {
		const fake = fakeExecute({ parameters: base, answers: [recorded('037')] });
		await expect(run(duplicate, fake)).rejects.toMatchObject({ httpCode: '404' });
		expect(fake.requests).toHaveLength(1);
	});
});
