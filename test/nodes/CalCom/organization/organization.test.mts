import { describe, expect, test } from '@jest/globals';
import { organization } from '../../../../nodes/CalCom/actions/organization/index.ts';
import { getBookings } from '../../../../nodes/CalCom/actions/organization/getBookings.operation.ts';
import { getEventTypes } from '../../../../nodes/CalCom/actions/organization/getEventTypes.operation.ts';
import { getMembers } from '../../../../nodes/CalCom/actions/organization/getMembers.operation.ts';
import { dataOf, recorded, SELF_HOSTED } from '../slot/support.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

const MEMBER = {
	id: 1,
	userId: 2,
	teamId: 42,
	accepted: true,
	role: 'ADMIN',
	user: { name: 'Anna', email: 'anna@email.com' },
	attributes: [],
};

test.each([
	['bookings', getBookings, recorded('239'), '/organizations/42/bookings'],
	['event types', getEventTypes, recorded('043'), '/organizations/42/teams/event-types'],
	['members', getMembers, { data: [MEMBER] }, '/organizations/42/memberships'],
])('%s', async (_, operation, answer, path) => {
	const fake = fakeExecute({ parameters: { organizationId: '42', limit: 1 }, answers: [answer] });
	await expect(runList(operation, fake)).resolves.toHaveLength(1);
	expect(fake.requests).toMatchObject([{ method: 'GET', path, version: null, query: { take: 1, skip: 0 } }]);
});

test('the organization of the owner unless told', async () => {
	const me = { ...dataOf('001'), organizationId: 9 };
	const fake = fakeExecute({ answers: [{ data: me }, { data: [MEMBER] }] });
	await expect(run(getMembers, fake)).resolves.toEqual([MEMBER]);
	expect(fake.requests.map(({ path }) => path)).toEqual(['/me', '/organizations/9/memberships']);
});

test('bookings by every filter', async () => {
	const filters = { afterUpdatedAt: '2026-11-20T00:00:00Z', teamsIds: '5, 6', attendeeEmail: 'ada@student.example' };
	const parameters = { organizationId: '42', filters, sortBy: 'sortStart', sortDirection: 'desc' };
	const fake = fakeExecute({ parameters, answers: [{ data: [] }] });
	await expect(run(getBookings, fake)).resolves.toEqual([]);
	expect(fake.requests[0]?.query).toMatchObject({
		afterUpdatedAt: '2026-11-20T00:00:00.000Z',
		teamsIds: '5,6',
		attendeeEmail: 'ada@student.example',
		sortStart: 'desc',
	});
});

describe('what cannot be', () => {
	test.each(organization.operations.map((operation) => [operation.option.action, operation] as const))(
		'self-hosted is told before anything is asked: %s',
		async (_, operation) => {
			const fake = fakeExecute({ parameters: { organizationId: '42' }, credential: SELF_HOSTED });
			await expect(run(operation, fake)).rejects.toMatchObject({
				message: expect.stringContaining('this exists only on hosted Cal.com'),
			});
			expect(fake.requests).toEqual([]);
		},
	);

	test('an owner without an organization', async () => {
		const fake = fakeExecute({ answers: [recorded('001')] });
		await expect(run(getMembers, fake)).rejects.toMatchObject({
			message: 'The owner of this API key belongs to no organization',
		});
	});

	test('recorded 289: no such route', async () => {
		const fake = fakeExecute({ parameters: { organizationId: '1' }, answers: [recorded('289')] });
		await expect(run(getMembers, fake)).rejects.toMatchObject({
			description: expect.stringContaining('only on hosted'),
		});
	});
});
