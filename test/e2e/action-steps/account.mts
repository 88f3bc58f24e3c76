// The steps of the user, the calendars and the health.
import type { CalCom } from 'stand-ins/calcom';
import { type Step } from './step.mts';

export const ACCOUNT: Step[] = [
	{ resource: 'user', operation: 'getMe', calls: ['GET /me'], gives: { username: 'yourschool' } },
	{
		resource: 'user',
		operation: 'updateMe',
		prepare: () => ({ updateFields: { timeFormat: 12 } }),
		calls: ['PATCH /me'],
		gives: { timeFormat: 12 },
	},
	{
		resource: 'event',
		operation: 'normalize',
		prepare: () => ({
			delivery: JSON.stringify({ triggerEvent: 'BOOKING_CREATED', payload: { uid: 'stored', title: 'Lesson' } }),
		}),
		calls: [],
		gives: { event: 'BOOKING_CREATED', eventKey: 'BOOKING_CREATED:stored' },
	},
	{ resource: 'health', operation: 'check', calls: ['GET /me', 'GET /webhooks'], gives: { ok: true } },
];

const busy = (cal: CalCom): void => {
	const from = Date.now() + 24 * 60 * 60_000;
	cal.busy(new Date(from).toISOString(), new Date(from + 60 * 60_000).toISOString());
};

export const CALENDARS: Step[] = [
	{
		resource: 'calendar',
		operation: 'getMany',
		calls: ['GET /calendars'],
		gives: { externalId: 'owner@school.example', isDestination: true },
	},
	{
		resource: 'calendar',
		operation: 'getBusyTimes',
		prepare(cal) {
			busy(cal);
			return { calendars: { entries: [{ credentialId: 1, externalId: 'owner@school.example' }] } };
		},
		calls: ['GET /calendars/busy-times'],
		gives: { start: expect.any(String) },
	},
	{
		resource: 'calendar',
		operation: 'getConnections',
		calls: ['GET /calendars/connections'],
		gives: { connectionId: '1', type: 'google' },
	},
	{
		resource: 'calendar',
		operation: 'getFreeBusy',
		prepare(cal) {
			busy(cal);
			return { of: 'connection', connectionId: '1' };
		},
		calls: ['GET /calendars/connections/:id/freebusy'],
		gives: { start: expect.any(String) },
	},
	{
		resource: 'calendar',
		operation: 'setDestination',
		prepare: () => ({ integration: 'google_calendar', externalId: 'concerts@group.calendar.example' }),
		calls: ['PUT /destination-calendars'],
		gives: { externalId: 'concerts@group.calendar.example' },
	},
];
