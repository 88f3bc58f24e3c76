import { describe, expect, test } from '@jest/globals';
import { team } from '../../../../nodes/CalCom/actions/team/index.ts';
import { get } from '../../../../nodes/CalCom/actions/team/get.operation.ts';
import { getBookings } from '../../../../nodes/CalCom/actions/team/getBookings.operation.ts';
import { getEventTypes } from '../../../../nodes/CalCom/actions/team/getEventTypes.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/team/getMany.operation.ts';
import { getMembers } from '../../../../nodes/CalCom/actions/team/getMembers.operation.ts';
import { dataOf, locatorOf, recorded, SELF_HOSTED } from '../slot/support.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

/** As the specification has it; the recorded Cal.com has no teams. */
const TEAM = {
	id: 7,
	name: 'Teachers',
	slug: 'teachers',
	isOrganization: false,
	theme: 'dark',
	timeZone: 'Europe/London',
};
const SIMPLE = {
	id: 7,
	name: 'Teachers',
	slug: 'teachers',
	parentId: null,
	isOrganization: false,
	isPrivate: null,
	timeZone: 'Europe/London',
	weekStart: null,
	bio: null,
};
const MEMBER = {
	id: 1,
	userId: 2,
	teamId: 7,
	accepted: true,
	role: 'MEMBER',
	disableImpersonation: false,
	user: { name: 'Anna', email: 'anna@email.com' },
};
const SEVEN = { teamId: locatorOf('7') };

describe('teams', () => {
	test.each([
		['simplified', {}, SIMPLE],
		['raw', { simplify: false }, TEAM],
	])('%s', async (_, parameters, expected) => {
		const one = fakeExecute({ parameters: { ...SEVEN, ...parameters }, answers: [{ data: TEAM }] });
		await expect(run(get, one)).resolves.toEqual(expected);
		expect(one.requests).toMatchObject([{ method: 'GET', path: '/teams/7', version: null }]);
		const many = fakeExecute({ parameters, answers: [{ data: [TEAM] }] });
		await expect(run(getMany, many)).resolves.toEqual([expected]);
		expect(many.requests).toMatchObject([{ method: 'GET', path: '/teams', version: null }]);
		expect(many.requests[0]?.query).toEqual({});
	});
});

describe('members', () => {
	test.each([
		['', {}],
		['anna@email.com, ben@email.com', { emails: 'anna@email.com,ben@email.com' }],
	])('%s', async (emails, query) => {
		const fake = fakeExecute({ parameters: { ...SEVEN, emails }, answers: [{ data: [MEMBER] }] });
		await expect(run(getMembers, fake)).resolves.toEqual([MEMBER]);
		expect(fake.requests).toMatchObject([{ method: 'GET', path: '/teams/7/memberships', version: null }]);
		expect(fake.requests[0]?.query).toEqual({ take: 50, skip: 0, ...query });
	});
});

test('event types, with their filters', async () => {
	const parameters = { ...SEVEN, limit: 2, options: { eventSlug: 'intro', hostsLimit: 5 } };
	const fake = fakeExecute({ parameters, answers: [recorded('043')] });
	const items = await runList(getEventTypes, fake);
	expect(items).toHaveLength(2);
	expect(Object.keys(items[0] ?? {})).toHaveLength(10);
	expect(fake.requests).toMatchObject([{ method: 'GET', path: '/teams/7/event-types', version: null }]);
	expect(fake.requests[0]?.query).toEqual({ eventSlug: 'intro', hostsLimit: 5 });
});

describe('bookings', () => {
	test('filtered and simplified', async () => {
		const parameters = { ...SEVEN, filters: { status: ['upcoming'], afterStart: '2026-11-23T00:00:00' }, limit: 3 };
		const fake = fakeExecute({ parameters, answers: [recorded('239')] });
		const items = await runList(getBookings, fake);
		expect(items).toHaveLength(3);
		expect(items[0]).toMatchObject({ uid: expect.any(String), start: expect.any(String) });
		expect(fake.requests).toMatchObject([{ method: 'GET', path: '/teams/7/bookings', version: null }]);
		expect(fake.requests[0]?.query).toEqual({
			status: 'upcoming',
			afterStart: '2026-11-22T23:00:00.000Z',
			take: 3,
			skip: 0,
		});
	});

	test.each([
		['normalized', (item: object) => expect(item).toMatchObject({ category: 'booking', source: 'poll' })],
		['raw', (item: object) => expect(item).toEqual((dataOf('239') as unknown as object[])[0])],
	])('%s', async (output, isRight) => {
		const fake = fakeExecute({ parameters: { ...SEVEN, output, limit: 1 }, answers: [recorded('239')] });
		const [item] = await runList(getBookings, fake);
		isRight(item ?? {});
	});

	test('only filters and sorts that the list of a team has', () => {
		const offered = JSON.stringify(getBookings.fields);
		expect(offered).toContain('"afterStart"');
		for (const name of ['afterCreatedAt', 'beforeUpdatedAt', 'teamsIds', 'sortUpdatedAt']) {
			expect(offered).not.toContain(`"${name}"`);
		}
	});
});

describe('what cannot be', () => {
	test.each(team.operations.map((operation) => [operation.option.action, operation] as const))(
		'self-hosted is told before anything is asked: %s',
		async (_, operation) => {
			const fake = fakeExecute({ parameters: SEVEN, credential: SELF_HOSTED });
			await expect(run(operation, fake)).rejects.toMatchObject({
				message: 'Teams: this exists only on hosted Cal.com',
				context: { itemIndex: 0 },
			});
			expect(fake.requests).toEqual([]);
		},
	);

	test('no team chosen', async () => {
		await expect(run(get, fakeExecute())).rejects.toMatchObject({ message: 'Team is not chosen' });
	});

	test('a Cal.com that has no teams after all', async () => {
		const fake = fakeExecute({ parameters: SEVEN, answers: [recorded('290')] });
		await expect(run(getEventTypes, fake)).rejects.toMatchObject({
			description: expect.stringContaining('only on hosted'),
		});
	});
});
