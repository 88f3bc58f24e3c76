import { describe, expect, test } from '@jest/globals';
import { remove } from '../../../../nodes/CalCom/actions/eventType/delete.operation.ts';
import { get } from '../../../../nodes/CalCom/actions/eventType/get.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/eventType/getMany.operation.ts';
import type { Operation } from '../../../../nodes/CalCom/actions/operation.ts';
import { exchange } from '../../shared/api/recorded-exchanges.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded, SELF_HOSTED } from './support.mts';

const own = (id: unknown) => ({ belongsTo: 'account', eventTypeId: locatorOf(id) });

describe('get', () => {
	test('by id, simplified and raw', async () => {
		const simple = fakeExecute({ parameters: own('3'), answers: [recorded('035')] });
		expect(Object.keys((await run(get, simple)) as object)).toHaveLength(10);
		expect(simple.requests[0]).toMatchObject({
			method: 'GET',
			path: '/event-types/3',
			version: '2024-06-14',
			body: undefined,
		});
		const raw = fakeExecute({ parameters: { ...own('3'), simplify: false }, answers: [recorded('035')] });
		expect(await run(get, raw)).toEqual(dataOf('035'));
	});

	test("a team's event type, on hosted Cal.com", async () => {
		const parameters = { belongsTo: 'team', teamId: locatorOf(1), teamEventTypeId: locatorOf(1) };
		const fake = fakeExecute({ parameters, answers: [recorded('050')] });
		expect(await run(get, fake)).toMatchObject({ slug: 'intake-rr' });
		expect(fake.requests[0]).toMatchObject({ path: '/teams/1/event-types/1', version: null });
	});
});

describe('delete', () => {
	test('answers that it is gone', async () => {
		const fake = fakeExecute({ parameters: own('19'), answers: [recorded('041')], credential: SELF_HOSTED });
		expect(await run(remove, fake)).toEqual({ deleted: true });
		expect(fake.requests[0]).toMatchObject({ method: 'DELETE', path: '/event-types/19', version: '2024-06-14' });
	});
});

describe('errors', () => {
	test.each<[string, Operation, string, object]>([
		['not found', get, '037', { message: 'Event type with id 999999 not found', httpCode: '404' }],
		[
			'not found on delete',
			remove,
			'040',
			{ message: 'Event type with ID=999999 does not exist.', httpCode: '404' },
		],
		["someone else's", remove, '365', { httpCode: '403', description: expect.stringContaining('does not own') }],
	])('%s', async (_what, operation, start, expected) => {
		const fake = fakeExecute({ parameters: own('3'), answers: [recorded(start)] });
		await expect(run(operation, fake)).rejects.toMatchObject(expected);
	});

	test.each([
		['', 'Event Type is not chosen'],
		['abc', 'Event Type "abc" is not a number'],
	])('an id that Cal.com would answer with 500 is not asked for: %j', async (id, message) => {
		const fake = fakeExecute({ parameters: own(id) });
		await expect(run(get, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
		expect(fake.requests).toEqual([]);
	});
});

describe('get many', () => {
	const listed = exchange('043').body as { data: unknown[] };

	test.each<[string, Record<string, unknown>, string, object, string]>([
		['own', { from: 'account' }, '/event-types', {}, '043'],
		[
			'own, newest first',
			{ from: 'account', sortCreatedAt: 'desc' },
			'/event-types',
			{ sortCreatedAt: 'desc' },
			'049',
		],
		['of a user', { from: 'user', username: 'yourschool' }, '/event-types', { username: 'yourschool' }, '046'],
		[
			'of a user, one slug',
			{ from: 'user', username: 'yourschool', eventSlug: 'trial-lesson' },
			'/event-types',
			{ username: 'yourschool', eventSlug: 'trial-lesson' },
			'047',
		],
		[
			'of several users of an organization',
			{ from: 'users', usernames: 'anna, ben', orgSlug: 'acme' },
			'/event-types',
			{ usernames: 'anna,ben', orgSlug: 'acme' },
			'047',
		],
	])('%s', async (_what, parameters, path, query, start) => {
		const fake = fakeExecute({ parameters: { ...parameters, returnAll: true }, answers: [recorded(start)] });
		const found = await runList(getMany, fake);
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]).toMatchObject({ method: 'GET', path, version: '2024-06-14' });
		expect(fake.requests[0]?.query).toEqual(query);
		const expected = (exchange(start).body as { data: Array<{ id: number }> }).data.map(({ id }) => id);
		expect(found.map(({ id }) => id)).toEqual(expected);
	});

	test('of a team and of a team of an organization', async () => {
		const team = { from: 'team', teamId: locatorOf(4), eventSlug: 'intake' };
		const one = fakeExecute({ parameters: team, answers: [{ data: [] }] });
		expect(await runList(getMany, one)).toEqual([]);
		expect(one.requests[0]).toMatchObject({
			path: '/teams/4/event-types',
			version: null,
			query: { eventSlug: 'intake' },
		});
		const other = fakeExecute({
			parameters: { from: 'organizationTeam', teamId: locatorOf(4), organizationId: '9' },
			answers: [{ data: [] }],
		});
		await runList(getMany, other);
		expect(other.requests[0]?.path).toBe('/organizations/9/teams/4/event-types');
	});

	test('no more than the limit', async () => {
		const fake = fakeExecute({ parameters: { from: 'account', limit: 3 }, answers: [recorded('043')] });
		expect(listed.data.length).toBeGreaterThan(3);
		expect(await runList(getMany, fake)).toHaveLength(3);
	});

	test('an empty username is not asked for', async () => {
		const fake = fakeExecute({ parameters: { from: 'user', username: ' ' } });
		await expect(run(getMany, fake)).rejects.toMatchObject({ message: 'Username is empty' });
	});

	test('the old shape that Cal.com gives without a version never becomes data', async () => {
		const fake = fakeExecute({ parameters: { from: 'account' }, answers: [recorded('044')] });
		await expect(runList(getMany, fake)).rejects.toMatchObject({ context: { itemIndex: 0 } });
	});
});
