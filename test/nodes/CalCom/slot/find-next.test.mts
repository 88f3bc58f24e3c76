import { describe, expect, test } from '@jest/globals';
import { findNext } from '../../../../nodes/CalCom/actions/slot/findNext.operation.ts';
import type { Answer, SentRequest } from '../support/fake-execute.mts';
import { fakeExecute, runList } from '../support/fake-execute.mts';
import { locatorOf } from './support.mts';

/** Answers as Cal.com does: an hour each, by day, those within the window that was asked for. */
function calendar(times: Record<string, string[]>) {
	return ({ query }: SentRequest): Answer => {
		const key = String(query.eventTypeId ?? query.username);
		const days: Record<string, object[]> = {};
		for (const start of times[key] ?? []) {
			const at = Date.parse(start);
			if (at < Date.parse(String(query.start)) || at >= Date.parse(String(query.end))) continue;
			(days[start.slice(0, 10)] ??= []).push({ start, end: new Date(at + 3_600_000).toISOString() });
		}
		return { data: days };
	};
}

const BASE = {
	findBy: 'id',
	eventTypeId: locatorOf(3),
	count: 2,
	daysAhead: 60,
	options: { searchFrom: '2026-11-23T00:00:00' },
};

const starts = (items: Array<{ [key: string]: unknown }>) => items.map(({ start }) => start);

describe('find next', () => {
	test('asks a week first and stops when there are enough', async () => {
		const answers = calendar({ 3: ['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z'] });
		const fake = fakeExecute({ parameters: BASE, answers });
		const items = await runList(findNext, fake);
		expect(items).toMatchObject([
			{
				start: '2026-11-23T09:00:00.000Z',
				end: '2026-11-23T10:00:00.000Z',
				startLocal: '2026-11-23T10:00:00.000+01:00',
				weekday: 'Monday',
				eventTypeId: 3,
			},
			{ start: '2026-11-24T09:00:00.000Z' },
		]);
		expect(fake.requests).toMatchObject([
			{
				method: 'GET',
				path: '/slots',
				version: '2024-09-04',
				query: {
					eventTypeId: 3,
					start: '2026-11-22T23:00:00.000Z',
					end: '2026-11-29T23:00:00.000Z',
					timeZone: 'Europe/Amsterdam',
					format: 'range',
				},
			},
		]);
		expect((await fake.session()).notes()).toEqual([]);
	});

	test('60 days take 4 requests, and what is missing is told', async () => {
		const fake = fakeExecute({ parameters: BASE, answers: calendar({ 3: ['2027-01-20T09:00:00.000Z'] }) });
		expect(starts(await runList(findNext, fake))).toEqual(['2027-01-20T09:00:00.000Z']);
		expect(fake.requests).toHaveLength(4);
		expect((await fake.session()).notes()).toEqual([expect.stringContaining('Only 1 suitable slots')]);
	});

	test('weekdays and hours hold in the zone, also when the clocks change', async () => {
		const parameters = {
			...BASE,
			count: 10,
			daysAhead: 14,
			weekdays: [7, 1],
			hoursFrom: '9:00',
			hoursUntil: '12:00',
			options: { searchFrom: '2026-03-21' },
		};
		const answers = calendar({
			3: [
				'2026-03-22T08:00:00.000Z',
				'2026-03-22T07:00:00.000Z',
				'2026-03-29T07:00:00.000Z',
				'2026-03-29T06:00:00.000Z',
				'2026-03-30T09:00:00.000Z',
				'2026-03-30T09:30:00.000Z',
				'2026-03-31T08:00:00.000Z',
			],
		});
		const fake = fakeExecute({ parameters, answers });
		expect(starts(await runList(findNext, fake))).toEqual([
			'2026-03-22T08:00:00.000Z',
			'2026-03-29T07:00:00.000Z',
			'2026-03-30T09:00:00.000Z',
		]);
	});

	test('over several event types and people, each once, the earliest first', async () => {
		const parameters = {
			...BASE,
			moreEventTypes: {
				eventTypes: [
					{ findBy: 'user', username: 'anna', eventTypeSlug: 'intro' },
					{ findBy: 'id', eventTypeId: locatorOf('3') },
				],
			},
		};
		const answers = calendar({ 3: ['2026-11-25T09:00:00.000Z'], anna: ['2026-11-24T09:00:00.000Z'] });
		const fake = fakeExecute({ parameters, answers });
		await expect(runList(findNext, fake)).resolves.toMatchObject([
			{ start: '2026-11-24T09:00:00.000Z', eventTypeId: null, username: 'anna', eventTypeSlug: 'intro' },
			{ start: '2026-11-25T09:00:00.000Z', eventTypeId: 3, username: null },
		]);
		expect(fake.requests).toHaveLength(2);
	});

	test('one a day, the length and the reuse are options', async () => {
		const parameters = {
			...BASE,
			options: { ...BASE.options, slotsPerDay: 1, duration: 60, reuseSeconds: 60 },
		};
		const answers = calendar({
			3: ['2026-11-23T09:00:00.000Z', '2026-11-23T10:00:00.000Z', '2026-11-24T09:00:00.000Z'],
		});
		const fake = fakeExecute({ parameters, items: [{}, {}], answers });
		const first = await runList(findNext, fake, 0);
		expect(starts(first)).toEqual(['2026-11-23T09:00:00.000Z', '2026-11-24T09:00:00.000Z']);
		await expect(runList(findNext, fake, 1)).resolves.toEqual(first);
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]?.query.duration).toBe(60);
	});

	test('begins now unless told', async () => {
		const fake = fakeExecute({ parameters: { ...BASE, daysAhead: 1, options: {} }, answers: calendar({}) });
		await expect(runList(findNext, fake)).resolves.toEqual([]);
		expect(Math.abs(Date.parse(String(fake.requests[0]?.query.start)) - Date.now())).toBeLessThan(60_000);
	});

	test.each([
		[{ hoursFrom: 'nine' }, 'Hours From "nine" is not a time of day'],
		[{ hoursUntil: '25:00' }, 'Hours Until "25:00" is not a time of day'],
		[{ timeZone: 'Mars/Base' }, 'There is no time zone "Mars/Base"'],
		[{ options: { searchFrom: 'later' } }, 'Search From "later" is not a date and time'],
		[
			{ moreEventTypes: { eventTypes: [{ findBy: 'id', eventTypeId: locatorOf('') }] } },
			'Event Type is not chosen',
		],
	])('%j: %s', async (parameters, message) => {
		const fake = fakeExecute({ parameters: { ...BASE, ...parameters } });
		await expect(runList(findNext, fake)).rejects.toMatchObject({ message });
		expect(fake.requests).toEqual([]);
	});
});
