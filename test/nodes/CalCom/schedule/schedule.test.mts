import { describe, expect, test } from '@jest/globals';
import { create } from '../../../../nodes/CalCom/actions/schedule/create.operation.ts';
import { remove } from '../../../../nodes/CalCom/actions/schedule/delete.operation.ts';
import { get } from '../../../../nodes/CalCom/actions/schedule/get.operation.ts';
import { getDefault } from '../../../../nodes/CalCom/actions/schedule/getDefault.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/schedule/getMany.operation.ts';
import { update } from '../../../../nodes/CalCom/actions/schedule/update.operation.ts';
import { dataOf, locatorOf, recorded, requestBodyOf } from '../slot/support.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';

const EVENINGS = { entries: [{ days: ['Monday', 'Wednesday'], startTime: '18:00', endTime: '21:00' }] };
const CHRISTMAS = { entries: [{ date: '2026-12-24', startTime: '10:00', endTime: '12:00' }] };
const CREATE = {
	name: 'Evening lessons',
	timeZone: 'Europe/Amsterdam',
	availability: EVENINGS,
	additionalFields: { overrides: CHRISTMAS },
};

test.each([
	['create', create, CREATE, '011', 'POST', '/schedules', requestBodyOf('011')],
	['get', get, { scheduleId: locatorOf('4') }, '358', 'GET', '/schedules/4', undefined],
	['get default', getDefault, {}, '010', 'GET', '/schedules/default', undefined],
	['get many', getMany, {}, '008', 'GET', '/schedules', undefined],
	[
		'update',
		update,
		{ scheduleId: locatorOf('4'), updateFields: { name: 'Evening lessons 2' } },
		'358',
		'PATCH',
		'/schedules/4',
		requestBodyOf('358'),
	],
])('%s as recorded', async (_, operation, parameters, file, method, path, body) => {
	const fake = fakeExecute({ parameters, answers: [recorded(file)] });
	await expect(run(operation, fake)).resolves.toEqual(dataOf(file));
	expect(fake.requests).toMatchObject([{ method, path, version: '2024-06-11' }]);
	expect(fake.requests[0]?.body).toEqual(body);
});

test('delete', async () => {
	const fake = fakeExecute({ parameters: { scheduleId: locatorOf('4') }, answers: [recorded('359')] });
	await expect(run(remove, fake)).resolves.toEqual({ deleted: true });
	expect(fake.requests).toMatchObject([{ method: 'DELETE', path: '/schedules/4', version: '2024-06-11' }]);
});

test('get many cuts the list, which is not paged', async () => {
	const answers = [{ data: [{ id: 1 }, { id: 2 }, { id: 3 }] }];
	const fake = fakeExecute({ parameters: { limit: 2 }, answers });
	await expect(run(getMany, fake)).resolves.toEqual([{ id: 1 }, { id: 2 }]);
	expect(fake.requests[0]?.query).toEqual({});
});

describe('what is sent', () => {
	test('the zone of the workflow and no hours unless filled in', async () => {
		const fake = fakeExecute({ parameters: { name: 'x' }, answers: [recorded('011')] });
		await run(create, fake);
		expect(fake.requests[0]?.body).toEqual({ name: 'x', timeZone: 'Europe/Amsterdam', isDefault: false });
	});

	test('times are written with two digits, a date loses its time, 24:00 is the last minute', async () => {
		const updateFields = {
			availability: { entries: [{ days: ['Friday'], startTime: '9:00', endTime: '24:00' }] },
			overrides: { entries: [{ date: '2026-12-24T00:00:00', startTime: '8:30', endTime: '9:15' }] },
			isDefault: true,
		};
		const parameters = { scheduleId: locatorOf('4'), updateFields };
		const fake = fakeExecute({ parameters, answers: [recorded('358')] });
		await run(update, fake);
		expect(fake.requests[0]?.body).toEqual({
			availability: [{ days: ['Friday'], startTime: '09:00', endTime: '23:59' }],
			overrides: [{ date: '2026-12-24', startTime: '08:30', endTime: '09:15' }],
			isDefault: true,
		});
	});

	test('an emptied list takes all overrides away', async () => {
		const parameters = { scheduleId: locatorOf('4'), updateFields: { overrides: {} } };
		const fake = fakeExecute({ parameters, answers: [recorded('358')] });
		await run(update, fake);
		expect(fake.requests[0]?.body).toEqual({ overrides: [] });
	});
});

describe('what cannot be', () => {
	const changing = (updateFields: object) => ({ scheduleId: locatorOf('4'), updateFields });
	test.each([
		[create, { ...CREATE, name: '' }, 'Name is empty'],
		[create, { ...CREATE, timeZone: 'Amsterdam' }, 'There is no time zone "Amsterdam"'],
		[update, changing({}), 'There is nothing to change'],
		[update, changing({ timeZone: 'Amsterdam' }), 'There is no time zone "Amsterdam"'],
		[
			update,
			changing({ availability: { entries: [{ days: [], startTime: '9:00', endTime: '10:00' }] } }),
			'Weekly Hours without days',
		],
		[
			update,
			changing({ availability: { entries: [{ days: ['Monday'], startTime: 'nine', endTime: '10:00' }] } }),
			'Start Time "nine" is not a time of day',
		],
		[
			update,
			changing({ availability: { entries: [{ days: ['Monday'], startTime: '9:00', endTime: '' }] } }),
			'End Time is empty',
		],
		[
			update,
			changing({ overrides: { entries: [{ date: 'Christmas', startTime: '9:00', endTime: '10:00' }] } }),
			'The date "Christmas" of an override is not a date',
		],
		[update, { ...changing({ name: 'x' }), scheduleId: locatorOf('x') }, 'Schedule "x" is not a number'],
		[get, {}, 'Schedule is not chosen'],
	])('%#: %j', async (operation, parameters, message) => {
		const fake = fakeExecute({ parameters, items: [{}, {}] });
		await expect(run(operation, fake, 1)).rejects.toMatchObject({ message, context: { itemIndex: 1 } });
		expect(fake.requests).toEqual([]);
	});

	test('the old shape is an error, never data', async () => {
		const fake = fakeExecute({ parameters: CREATE, answers: [recorded('356')] });
		await expect(run(create, fake)).rejects.toMatchObject({ message: expect.stringContaining('old format') });
	});

	test('no default schedule', async () => {
		const fake = fakeExecute({ answers: [{ data: null }] });
		await expect(run(getDefault, fake)).rejects.toMatchObject({
			message: 'The owner of this API key has no default schedule',
		});
	});
});
