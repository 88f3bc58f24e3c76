import { describe, expect, test } from '@jest/globals';
import { getAvailable } from '../../../../nodes/CalCom/actions/slot/getAvailable.operation.ts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';
import { dataOf, locatorOf, recorded, SELF_HOSTED } from './support.mts';

const MONDAY = { findBy: 'id', eventTypeId: locatorOf('3'), start: '2026-11-23', end: '2026-11-23' };

describe('the question', () => {
	test.each([
		['self-hosted', SELF_HOSTED],
		['hosted', {}],
	])('%s: whole days of the zone, with the version', async (_, credential) => {
		const fake = fakeExecute({ parameters: MONDAY, answers: [recorded('085')], credential });
		await run(getAvailable, fake);
		expect(fake.requests).toMatchObject([
			{
				method: 'GET',
				path: '/slots',
				version: '2024-09-04',
				query: {
					eventTypeId: 3,
					start: '2026-11-22T23:00:00.000Z',
					end: '2026-11-23T23:00:00.000Z',
					timeZone: 'Europe/Amsterdam',
					format: 'range',
				},
			},
		]);
	});

	test.each([
		[
			{ findBy: 'user', username: 'yourschool', eventTypeSlug: 'trial-lesson', organizationSlug: '' },
			{ username: 'yourschool', eventTypeSlug: 'trial-lesson' },
		],
		[
			{ findBy: 'team', teamSlug: 'teachers', eventTypeSlug: 'intake', organizationSlug: 'school' },
			{ teamSlug: 'teachers', eventTypeSlug: 'intake', organizationSlug: 'school' },
		],
		[
			{ findBy: 'people', usernames: 'anna, ben', organizationSlug: 'school' },
			{ usernames: 'anna,ben', organizationSlug: 'school' },
		],
		[{ options: { duration: 60 } }, { duration: 60 }],
		[{ options: { includeEnd: false } }, { format: undefined }],
		[{ options: { bookingUidToReschedule: 'abc' } }, { bookingUidToReschedule: 'abc' }],
		[{ timeZone: 'America/New_York' }, { timeZone: 'America/New_York', start: '2026-11-23T05:00:00.000Z' }],
	])('%j', async (parameters, query) => {
		const fake = fakeExecute({ parameters: { ...MONDAY, ...parameters }, answers: [recorded('094')] });
		await expect(run(getAvailable, fake)).resolves.toEqual([]);
		const [request] = fake.requests;
		for (const [name, value] of Object.entries(query)) expect(request?.query[name]).toEqual(value);
	});
});

describe('the output', () => {
	test('one item for each slot', async () => {
		const fake = fakeExecute({ parameters: MONDAY, answers: [recorded('085')] });
		const items = await runList(getAvailable, fake);
		expect(items).toHaveLength(24);
		expect(items[0]).toEqual({
			start: '2026-11-23T07:00:00.000Z',
			end: '2026-11-23T07:30:00.000Z',
			startLocal: '2026-11-23T08:00:00.000+01:00',
			endLocal: '2026-11-23T08:30:00.000+01:00',
			date: '2026-11-23',
			weekday: 'Monday',
			timeZone: 'Europe/Amsterdam',
			eventTypeId: 3,
			eventTypeSlug: null,
			username: null,
			teamSlug: null,
			usernames: [],
			organizationSlug: null,
		});
	});

	test('one item for each day, by the zone', async () => {
		const parameters = { ...MONDAY, end: '2026-11-24', output: 'byDay', options: { includeEnd: false } };
		const fake = fakeExecute({ parameters, answers: [recorded('089')] });
		const items = await runList(getAvailable, fake);
		expect(items).toMatchObject([
			{ date: '2026-11-23', weekday: 'Monday', count: 24, eventTypeId: 3 },
			{ date: '2026-11-24', weekday: 'Tuesday', count: 24 },
		]);
		expect(items[0]?.slots).toHaveLength(24);
	});

	test('as Cal.com answers it', async () => {
		const fake = fakeExecute({ parameters: { ...MONDAY, output: 'raw' }, answers: [recorded('085')] });
		await expect(run(getAvailable, fake)).resolves.toEqual([dataOf('085')]);
	});

	test('slots that start outside of the range are left out', async () => {
		const parameters = { ...MONDAY, start: '2026-11-23T10:00:00', end: '2026-11-23T11:00:00' };
		const fake = fakeExecute({ parameters, answers: [recorded('085')] });
		await expect(runList(getAvailable, fake)).resolves.toHaveLength(2);
	});
});

describe('reusing slots', () => {
	test.each([
		['not unless asked for', {}, 2],
		['within the seconds given', { options: { reuseSeconds: 30 } }, 1],
	])('%s', async (_, parameters, asked) => {
		const fake = fakeExecute({
			parameters: { ...MONDAY, ...parameters },
			items: [{}, {}],
			answers: () => recorded('085'),
		});
		const first = await run(getAvailable, fake, 0);
		await expect(run(getAvailable, fake, 1)).resolves.toEqual(first);
		expect(fake.requests).toHaveLength(asked);
	});

	test('not when they are older, and not for another question', async () => {
		const fake = fakeExecute({
			parameters: (item) => ({
				...MONDAY,
				options: { reuseSeconds: 30, ...(item === 2 ? { duration: 60 } : {}) },
			}),
			items: [{}, {}, {}],
			answers: () => recorded('085'),
		});
		await run(getAvailable, fake, 0);
		await fake.clock.sleep(31_000);
		await run(getAvailable, fake, 1);
		await run(getAvailable, fake, 2);
		expect(fake.requests).toHaveLength(3);
	});
});

describe('what cannot be', () => {
	test.each([
		[{ eventTypeId: locatorOf('') }, 'Event Type is not chosen'],
		[{ eventTypeId: locatorOf('abc') }, 'Event Type "abc" is not a number'],
		[{ findBy: 'user', username: '', eventTypeSlug: 'x' }, 'Username is empty'],
		[{ findBy: 'user', username: 'anna', eventTypeSlug: '' }, 'Event Type Slug is empty'],
		[{ findBy: 'team', teamSlug: '' }, 'Team Slug is empty'],
		[{ findBy: 'people', usernames: 'anna' }, 'Usernames names only one person'],
		[{ findBy: 'people', usernames: 'anna,ben' }, 'Organization Slug is empty'],
		[{ timeZone: 'Amsterdam' }, 'There is no time zone "Amsterdam"'],
		[{ start: 'soon' }, 'From "soon" is not a date and time'],
		[{ end: '' }, 'Until is empty'],
		[{ end: '2026-11-20' }, 'Until is not after From'],
	])('%j: %s', async (parameters, message) => {
		const fake = fakeExecute({ parameters: { ...MONDAY, ...parameters }, items: [{}, {}] });
		await expect(run(getAvailable, fake, 1)).rejects.toMatchObject({ message, context: { itemIndex: 1 } });
		expect(fake.requests).toEqual([]);
	});

	test.each([
		['092', 'Event Type not found'],
		['091', 'Cal.com did not accept the values'],
		['086', 'This Cal.com does not know the address that was asked for'],
	])('recorded %s', async (file, message) => {
		const fake = fakeExecute({ parameters: MONDAY, answers: [recorded(file)] });
		await expect(run(getAvailable, fake)).rejects.toMatchObject({ message: expect.stringContaining(message) });
	});
});
