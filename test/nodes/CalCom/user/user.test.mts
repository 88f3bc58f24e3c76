import { describe, expect, test } from '@jest/globals';
import { getMe } from '../../../../nodes/CalCom/actions/user/getMe.operation.ts';
import { updateMe } from '../../../../nodes/CalCom/actions/user/updateMe.operation.ts';
import { dataOf, locatorOf, recorded } from '../slot/support.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';

describe('get me', () => {
	test('simplified', async () => {
		const fake = fakeExecute({ answers: [recorded('001')] });
		await expect(run(getMe, fake)).resolves.toEqual({
			id: 1,
			name: 'Your School',
			email: 'owner@school.example',
			username: 'yourschool',
			timeZone: 'Europe/Amsterdam',
			timeFormat: 24,
			weekStart: 'Monday',
			defaultScheduleId: 1,
			organizationId: null,
		});
		expect(fake.requests).toMatchObject([{ method: 'GET', path: '/me', version: null }]);
	});

	test('raw', async () => {
		const fake = fakeExecute({ parameters: { simplify: false }, answers: [recorded('001')] });
		await expect(run(getMe, fake)).resolves.toEqual(dataOf('001'));
	});

	test.each([
		['002', 'Cal.com does not accept the API key'],
		['004', 'Cal.com does not accept the API key'],
		['005', 'The Cal.com API key has expired'],
	])('recorded %s', async (file, message) => {
		const fake = fakeExecute({ answers: [recorded(file)] });
		await expect(run(getMe, fake)).rejects.toMatchObject({ message, httpCode: '401' });
	});
});

describe('update me', () => {
	test('sends what was filled in', async () => {
		const updateFields = {
			bio: '',
			name: '',
			timeFormat: 12,
			timeZone: 'America/New_York',
			defaultScheduleId: locatorOf('4'),
			metadata: '{"branch": "north"}',
			weekStart: 'Sunday',
		};
		const fake = fakeExecute({ parameters: { updateFields }, answers: [recorded('001')] });
		await expect(run(updateMe, fake)).resolves.toMatchObject({ id: 1 });
		expect(fake.requests).toMatchObject([{ method: 'PATCH', path: '/me', version: null }]);
		expect(fake.requests[0]?.body).toEqual({
			bio: '',
			timeFormat: 12,
			timeZone: 'America/New_York',
			defaultScheduleId: 4,
			metadata: { branch: 'north' },
			weekStart: 'Sunday',
		});
	});

	test.each([
		['new@school.example', ['The new email new@school.example waits for its confirmation']],
		['Owner@School.example', []],
	])('a new email waits for its confirmation, and that is said: %s', async (email, told) => {
		const fake = fakeExecute({ parameters: { updateFields: { email } }, answers: [recorded('001')] });
		await expect(run(updateMe, fake)).resolves.toMatchObject({ email: 'owner@school.example' });
		const notes = (await fake.session()).notes();
		expect(notes).toEqual(told.map((words) => expect.stringContaining(words)));
	});

	test.each([
		[{}, 'There is nothing to change'],
		[{ name: ' ' }, 'There is nothing to change'],
		[{ metadata: 'north' }, 'Metadata is not a JSON object'],
		[{ timeZone: 'Mars' }, 'There is no time zone "Mars"'],
		[{ defaultScheduleId: locatorOf('x') }, 'Default Schedule "x" is not a number'],
	])('%j: %s', async (updateFields, message) => {
		const fake = fakeExecute({ parameters: { updateFields } });
		await expect(run(updateMe, fake)).rejects.toMatchObject({ message });
		expect(fake.requests).toEqual([]);
	});

	test('what Cal.com refuses is spelled out', async () => {
		const fake = fakeExecute({ parameters: { updateFields: { timeFormat: 13 } }, answers: [recorded('283')] });
		await expect(run(updateMe, fake)).rejects.toMatchObject({
			message: 'Cal.com did not accept the values: timeFormat must be one of the following values: 12, 24',
			description: expect.stringContaining('timeFormat must be one of the following values: 12, 24'),
		});
	});
});
