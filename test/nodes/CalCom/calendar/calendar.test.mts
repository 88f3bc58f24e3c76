import { describe, expect, test } from '@jest/globals';
import { getBusyTimes } from '../../../../nodes/CalCom/actions/calendar/getBusyTimes.operation.ts';
import { getConnections } from '../../../../nodes/CalCom/actions/calendar/getConnections.operation.ts';
import { getFreeBusy } from '../../../../nodes/CalCom/actions/calendar/getFreeBusy.operation.ts';
import { getMany } from '../../../../nodes/CalCom/actions/calendar/getMany.operation.ts';
import { setDestination } from '../../../../nodes/CalCom/actions/calendar/setDestination.operation.ts';
import { recorded } from '../slot/support.mts';
import { fakeExecute, run, runList } from '../support/fake-execute.mts';

/** As the specification has it; no recording has a connected calendar. */
const CONNECTED = {
	connectedCalendars: [
		{
			integration: { type: 'google_calendar', title: 'Google Calendar', name: 'Google Calendar', slug: 'google' },
			credentialId: 135,
			delegationCredentialId: null,
			primary: {
				externalId: 'anna@email.com',
				primary: true,
				readOnly: false,
				isSelected: true,
				credentialId: 135,
			},
			calendars: [
				{
					externalId: 'anna@email.com',
					integration: 'google_calendar',
					name: 'Anna',
					primary: true,
					readOnly: false,
					email: 'anna@email.com',
					isSelected: true,
					credentialId: 135,
				},
				{ externalId: 'holidays', readOnly: true, isSelected: false, credentialId: 135 },
			],
		},
		{ integration: { type: 'apple_calendar' }, credentialId: 136 },
	],
	destinationCalendar: { id: 1, integration: 'google_calendar', externalId: 'anna@email.com' },
};
const RANGE = { start: '2026-11-23', end: '2026-11-24' };
const BUSY = [
	{ start: '2026-11-23T08:00:00.000Z', end: '2026-11-23T09:00:00.000Z', source: 'google' },
	{ start: '2026-11-30T08:00:00.000Z', end: '2026-11-30T09:00:00.000Z' },
];

describe('connected calendars', () => {
	test('one item for each, with what Cal.com uses it for', async () => {
		const fake = fakeExecute({ answers: [{ data: CONNECTED }] });
		await expect(run(getMany, fake)).resolves.toEqual([
			{
				integration: 'google_calendar',
				provider: 'Google Calendar',
				credentialId: 135,
				delegationCredentialId: null,
				externalId: 'anna@email.com',
				name: 'Anna',
				email: 'anna@email.com',
				primary: true,
				readOnly: false,
				isSelected: true,
				isDestination: true,
			},
			{
				integration: 'google_calendar',
				provider: 'Google Calendar',
				credentialId: 135,
				delegationCredentialId: null,
				externalId: 'holidays',
				name: null,
				email: null,
				primary: false,
				readOnly: true,
				isSelected: false,
				isDestination: false,
			},
		]);
		expect(fake.requests).toMatchObject([{ method: 'GET', path: '/calendars', version: null }]);
	});

	test('none, as recorded, gives no item', async () => {
		const fake = fakeExecute({ answers: [recorded('400')] });
		await expect(runList(getMany, fake)).resolves.toEqual([]);
	});

	test('raw', async () => {
		const fake = fakeExecute({ parameters: { simplify: false }, answers: [{ data: CONNECTED }] });
		await expect(run(getMany, fake)).resolves.toEqual(CONNECTED);
	});
});

describe('busy times', () => {
	test('of the calendars that Cal.com looks at, as whole days of the zone', async () => {
		const fake = fakeExecute({ parameters: RANGE, answers: [{ data: CONNECTED }, { data: BUSY }] });
		await expect(run(getBusyTimes, fake)).resolves.toEqual([
			{
				start: '2026-11-23T08:00:00.000Z',
				end: '2026-11-23T09:00:00.000Z',
				startLocal: '2026-11-23T09:00:00.000+01:00',
				endLocal: '2026-11-23T10:00:00.000+01:00',
				timeZone: 'Europe/Amsterdam',
				minutes: 60,
				source: 'google',
			},
		]);
		expect(fake.requests[1]).toMatchObject({ method: 'GET', path: '/calendars/busy-times', version: null });
		expect(fake.requests[1]?.query).toEqual({
			timeZone: 'Europe/Amsterdam',
			dateFrom: '2026-11-23',
			dateTo: '2026-11-24',
			'calendarsToLoad[0][credentialId]': 135,
			'calendarsToLoad[0][externalId]': 'anna@email.com',
		});
	});

	test('of calendars that are named', async () => {
		const entries = [
			{ credentialId: '7', externalId: 'a' },
			{ credentialId: 8, externalId: 'b' },
		];
		const fake = fakeExecute({ parameters: { ...RANGE, calendars: { entries } }, answers: [{ data: [] }] });
		await expect(run(getBusyTimes, fake)).resolves.toEqual([]);
		expect(fake.requests).toHaveLength(1);
		expect(fake.requests[0]?.query).toMatchObject({
			'calendarsToLoad[0][credentialId]': 7,
			'calendarsToLoad[1][externalId]': 'b',
		});
	});

	test.each([
		[{}, [{ data: { connectedCalendars: [], destinationCalendar: null } }], 'No calendar is connected to Cal.com'],
		[{ calendars: { entries: [{ credentialId: 'x', externalId: 'a' }] } }, [], 'Credential ID "x" is not a number'],
		[{ calendars: { entries: [{ credentialId: '7' }] } }, [], 'External ID is empty'],
		[{ end: '2026-11-20' }, [], 'Until is not after From'],
	])('%j', async (parameters, answers, message) => {
		const fake = fakeExecute({ parameters: { ...RANGE, ...parameters }, answers });
		await expect(run(getBusyTimes, fake)).rejects.toMatchObject({ message, context: { itemIndex: 0 } });
	});
});

describe('free and busy', () => {
	test.each([
		[{ of: 'provider', provider: 'google' }, '/calendars/google/freebusy'],
		[{ of: 'connection', connectionId: '12 3' }, '/calendars/connections/12%203/freebusy'],
	])('%j', async (parameters, path) => {
		const fake = fakeExecute({ parameters: { ...RANGE, ...parameters }, answers: [{ data: BUSY }] });
		await run(getFreeBusy, fake);
		expect(fake.requests).toMatchObject([{ method: 'GET', path, version: null }]);
		expect(fake.requests[0]?.query).toEqual({
			from: '2026-11-22T23:00:00.000Z',
			to: '2026-11-24T23:00:00.000Z',
			timeZone: 'Europe/Amsterdam',
		});
	});

	test.each([
		['busy', [true, true]],
		['free', [false, false]],
		['both', [false, true, false, true]],
	])('%s', async (show, busy) => {
		const fake = fakeExecute({ parameters: { ...RANGE, show }, answers: [{ data: BUSY }] });
		expect((await runList(getFreeBusy, fake)).map((item) => item.busy)).toEqual(busy);
	});

	test('a Cal.com that does not have it yet says so', async () => {
		const fake = fakeExecute({ parameters: RANGE, answers: [recorded('007')] });
		await expect(run(getFreeBusy, fake)).rejects.toMatchObject({
			message: 'This Cal.com does not know the address that was asked for',
		});
	});

	test('a connection must be named', async () => {
		const fake = fakeExecute({ parameters: { ...RANGE, of: 'connection' } });
		await expect(run(getFreeBusy, fake)).rejects.toMatchObject({ message: 'Connection ID is empty' });
	});
});

test('connections', async () => {
	const connections = [{ connectionId: '123', type: 'google', email: 'anna@email.com' }];
	const fake = fakeExecute({ answers: [{ data: { connections } }] });
	await expect(run(getConnections, fake)).resolves.toEqual(connections);
	expect(fake.requests).toMatchObject([{ method: 'GET', path: '/calendars/connections', version: null }]);
});

describe('the destination calendar', () => {
	test.each([
		[{}, {}],
		[{ delegationCredentialId: 'd1' }, { delegationCredentialId: 'd1' }],
	])('%j', async (parameters, more) => {
		const chosen = { integration: 'google_calendar', externalId: 'anna@email.com' };
		const data = { ...chosen, userId: 1, credentialId: 135 };
		const fake = fakeExecute({ parameters: { ...chosen, ...parameters }, answers: [{ data }] });
		await expect(run(setDestination, fake)).resolves.toEqual(data);
		expect(fake.requests).toMatchObject([{ method: 'PUT', path: '/destination-calendars', version: null }]);
		expect(fake.requests[0]?.body).toEqual({ ...chosen, ...more });
	});

	test('must be named', async () => {
		await expect(run(setDestination, fakeExecute())).rejects.toMatchObject({ message: 'External ID is empty' });
	});
});
