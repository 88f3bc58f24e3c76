import { describe, expect, test } from '@jest/globals';
import { create } from '../../../../nodes/CalCom/actions/outOfOffice/create.operation.ts';
import { remove } from '../../../../nodes/CalCom/actions/outOfOffice/delete.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/outOfOffice/getMany.operation.ts';
import { update } from '../../../../nodes/CalCom/actions/outOfOffice/update.operation.ts';
import { dataOf, recorded, SELF_HOSTED } from '../slot/support.mts';
import { fakeExecute, run } from '../support/fake-execute.mts';

/** As the specification has it; the recorded Cal.com has no organizations. */
const ENTRY = {
	userId: 7,
	toUserId: 8,
	id: 2,
	uuid: 'e84be5a3-4696-49e3-acc7-b2f3999c3b94',
	start: '2026-12-21T00:00:00.000Z',
	end: '2026-12-31T23:59:59.999Z',
	notes: 'Holidays',
	reason: 'vacation',
};
const MEMBER = { organizationId: '42', userId: '7' };
const CREATE = { ...MEMBER, start: '2026-12-21', end: '2026-12-31' };

describe('create', () => {
	test('whole days, the last one included', async () => {
		const additionalFields = { reason: 'vacation', notes: 'Holidays', toUserId: '8' };
		const fake = fakeExecute({ parameters: { ...CREATE, additionalFields }, answers: [{ data: ENTRY }] });
		await expect(run(create, fake)).resolves.toEqual(ENTRY);
		expect(fake.requests).toMatchObject([{ method: 'POST', path: '/organizations/42/users/7/ooo', version: null }]);
		expect(fake.requests[0]?.body).toEqual({
			start: ENTRY.start,
			end: ENTRY.end,
			notes: 'Holidays',
			reason: 'vacation',
			toUserId: 8,
		});
	});

	test('for the owner of the key, who is asked for once', async () => {
		const me = { ...dataOf('001'), organizationId: 42 };
		const parameters = { start: '2026-12-21T00:00:00', end: '2026-12-21T23:30:00Z' };
		const answers = [{ data: me }, { data: ENTRY }, { data: ENTRY }];
		const fake = fakeExecute({ parameters, items: [{}, {}], answers });
		await run(create, fake, 0);
		await run(create, fake, 1);
		expect(fake.requests.map(({ path }) => path)).toEqual([
			'/me',
			'/organizations/42/users/1/ooo',
			'/organizations/42/users/1/ooo',
		]);
		expect(fake.requests[1]?.body).toEqual({
			start: '2026-12-21T00:00:00.000Z',
			// Half past eleven in the evening in UTC is the next day in Amsterdam.
			end: '2026-12-22T23:59:59.999Z',
		});
	});
});

describe('get many', () => {
	test.each([
		[MEMBER, '/organizations/42/users/7/ooo', {}],
		[{ ...MEMBER, of: 'organization' }, '/organizations/42/ooo', {}],
		[
			{ ...MEMBER, of: 'organization', options: { email: 'anna@email.com', sortStart: 'desc' } },
			'/organizations/42/ooo',
			{ email: 'anna@email.com', sortStart: 'desc' },
		],
	])('%j', async (parameters, path, query) => {
		const fake = fakeExecute({ parameters, answers: [{ data: [ENTRY] }] });
		await expect(run(getMany, fake)).resolves.toEqual([ENTRY]);
		expect(fake.requests).toMatchObject([{ method: 'GET', path, version: null }]);
		expect(fake.requests[0]?.query).toEqual({ take: 50, skip: 0, ...query });
	});
});

test('update sends what was added only', async () => {
	const parameters = { ...MEMBER, entryId: '2', updateFields: { end: '2027-01-02', notes: '' } };
	const fake = fakeExecute({ parameters, answers: [{ data: ENTRY }] });
	await expect(run(update, fake)).resolves.toEqual(ENTRY);
	expect(fake.requests).toMatchObject([{ method: 'PATCH', path: '/organizations/42/users/7/ooo/2', version: null }]);
	expect(fake.requests[0]?.body).toEqual({ end: '2027-01-02T23:59:59.999Z', notes: '' });
});

test('delete', async () => {
	const fake = fakeExecute({ parameters: { ...MEMBER, entryId: '2' }, answers: [{ data: ENTRY }] });
	await expect(run(remove, fake)).resolves.toEqual({ deleted: true });
	expect(fake.requests).toMatchObject([{ method: 'DELETE', path: '/organizations/42/users/7/ooo/2' }]);
});

describe('what cannot be', () => {
	test.each([
		[create, { ...CREATE, end: '2026-12-01' }, 'End is before Start'],
		[create, { ...CREATE, start: '' }, 'Start is empty'],
		[create, { ...CREATE, organizationId: 'x' }, 'Organization ID "x" is not a number'],
		[create, { ...CREATE, additionalFields: { toUserId: 'x' } }, 'Redirect to User ID "x" is not a number'],
		[update, { ...MEMBER, entryId: '2' }, 'There is nothing to change'],
		[remove, MEMBER, 'Entry ID is not chosen'],
	])('%#', async (operation, parameters, message) => {
		const fake = fakeExecute({ parameters });
		await expect(run(operation, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
		expect(fake.requests).toEqual([]);
	});

	test('an owner without an organization', async () => {
		const fake = fakeExecute({
			parameters: { start: '2026-12-21', end: '2026-12-22' },
			answers: [recorded('001')],
		});
		await expect(run(create, fake)).rejects.toMatchObject({
			message: 'The owner of this API key belongs to no organization',
		});
	});

	test.each([create, getMany, update, remove].map((operation) => [operation.option.action, operation] as const))(
		'self-hosted is told before anything is asked: %s',
		async (_, operation) => {
			const fake = fakeExecute({ parameters: { ...CREATE, entryId: '2' }, credential: SELF_HOSTED });
			await expect(run(operation, fake)).rejects.toMatchObject({
				message: 'Out of office: this exists only on hosted Cal.com',
			});
			expect(fake.requests).toEqual([]);
		},
	);
});
