// The steps of what hosted Cal.com alone has.
import type { CalCom } from 'stand-ins/calcom';
import { byId, fresh, made, type Step } from './step.mts';
import { newWebhook } from './webhooks.mts';

type Fields = Record<string, unknown>;

const TEAM = { teamId: byId(1) };
const ORGANIZATION = { organizationId: '10' };

const inDays = (days: number): string => new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10);
const MEMBER = { ...ORGANIZATION, userId: '2' };
const newAbsence = async (cal: CalCom) => {
	const absence = { start: `${inDays(20)}T00:00:00Z`, end: `${inDays(21)}T00:00:00Z`, reason: 'vacation' };
	const entry = await made(cal, '/organizations/10/users/2/ooo', absence);
	return { ...MEMBER, entryId: String(entry['id']) };
};
const newBooking = async (cal: CalCom, eventTypeId: number, slug: string, more: Fields) => {
	await made(cal, '/bookings', {
		eventTypeId,
		start: cal.freeSlots(slug, 1)[0],
		attendee: { name: 'Ada Lovelace', email: 'ada@student.example', timeZone: 'Europe/Amsterdam' },
	});
	return more;
};
const form = (cal: CalCom): string => cal.state.routingForms[0]?.id ?? '';

const GROUPS: Step[] = [
	{ resource: 'team', operation: 'getMany', calls: ['GET /teams'], gives: { id: 1 } },
	{ resource: 'team', operation: 'get', prepare: () => TEAM, calls: ['GET /teams/:id'], gives: { id: 1 } },
	{
		resource: 'team',
		operation: 'getEventTypes',
		prepare: () => TEAM,
		calls: ['GET /teams/:id/event-types'],
		gives: { id: 1 },
	},
	{
		resource: 'team',
		operation: 'getMembers',
		prepare: () => TEAM,
		calls: ['GET /teams/:id/memberships'],
		gives: { userId: 1 },
	},
	{
		resource: 'team',
		operation: 'getBookings',
		prepare: (cal) => newBooking(cal, 1, 'intake-rr', TEAM),
		calls: ['GET /teams/:id/bookings'],
		gives: { status: 'accepted' },
	},
	{
		resource: 'organization',
		operation: 'getEventTypes',
		prepare: () => ORGANIZATION,
		calls: ['GET /organizations/:id/teams/event-types'],
		gives: { id: 1 },
	},
	{
		resource: 'organization',
		operation: 'getMembers',
		prepare: () => ORGANIZATION,
		calls: [],
		gives: { user: expect.objectContaining({ email: 'owner@school.example' }) },
	},
	{
		resource: 'organization',
		operation: 'getBookings',
		prepare: (cal) => newBooking(cal, 1, 'intake-rr', ORGANIZATION),
		calls: ['GET /organizations/:id/bookings'],
		gives: { status: 'accepted' },
	},
];

const ABSENCES: Step[] = [
	{
		resource: 'outOfOffice',
		operation: 'create',
		prepare: () => ({ ...MEMBER, start: inDays(10), end: inDays(12), timeZone: 'Europe/Amsterdam' }),
		calls: ['POST /organizations/:id/users/:id/ooo'],
		gives: { userId: 2 },
	},
	{
		resource: 'outOfOffice',
		operation: 'getMany',
		prepare: newAbsence,
		calls: ['GET /organizations/:id/users/:id/ooo'],
		gives: { userId: 2 },
	},
	{
		resource: 'outOfOffice',
		operation: 'update',
		prepare: async (cal) => ({ ...(await newAbsence(cal)), updateFields: { notes: 'Concert tour' } }),
		calls: ['PATCH /organizations/:id/users/:id/ooo/:id'],
		gives: { notes: 'Concert tour' },
	},
	{
		resource: 'outOfOffice',
		operation: 'delete',
		prepare: newAbsence,
		calls: ['DELETE /organizations/:id/users/:id/ooo/:id'],
		gives: { deleted: true },
	},
];

const FORMS: Step[] = [
	{
		resource: 'routingForm',
		operation: 'getMany',
		prepare: () => ORGANIZATION,
		calls: ['GET /organizations/:id/routing-forms'],
		gives: { name: 'Which lesson?' },
	},
	{
		resource: 'routingForm',
		operation: 'calculateSlots',
		prepare: (cal) => ({
			routingFormId: form(cal),
			answers: { entries: [{ field: 'level', value: 'beginner' }] },
		}),
		calls: ['POST /routing-forms/:id/calculate-slots'],
		gives: { eventTypeId: 3 },
	},
	{
		resource: 'routingForm',
		operation: 'getResponses',
		async prepare(cal) {
			const span = `start=${inDays(1)}&end=${inDays(2)}`;
			await made(cal, `/organizations/10/routing-forms/${form(cal)}/responses?${span}`, { level: 'beginner' });
			return { ...ORGANIZATION, routingFormId: form(cal) };
		},
		calls: ['GET /organizations/:id/routing-forms/:id/responses'],
		gives: { formId: expect.any(String) },
	},
];

export const HOSTED: Step[] = [
	...GROUPS,
	...ABSENCES,
	...FORMS,
	{
		resource: 'booking',
		operation: 'getMany',
		as: ' by cursor',
		prepare: (cal) => newBooking(cal, 3, 'trial-lesson', { returnAll: true }),
		calls: ['GET /bookings'],
		gives: { status: 'accepted' },
	},
	{
		resource: 'eventType',
		operation: 'getMany',
		as: ' of a team',
		prepare: () => ({ from: 'team', ...TEAM }),
		calls: ['GET /teams/:id/event-types'],
		gives: { id: 1 },
	},
	{
		resource: 'eventType',
		operation: 'update',
		as: ' with booking fields',
		prepare: () => ({
			eventTypeId: byId(3),
			bookingFieldsMode: 'json',
			bookingFieldsJson: JSON.stringify([{ slug: 'goals', label: 'Your goals' }]),
		}),
		calls: ['GET /event-types/:id'],
		gives: { id: 3 },
	},
	{
		resource: 'webhook',
		operation: 'create',
		as: ' of an organization',
		prepare: () => ({
			scope: 'organization',
			...ORGANIZATION,
			subscriberUrl: `http://127.0.0.1:9/${fresh('org')}`,
			triggers: ['BOOKING_CREATED'],
		}),
		calls: ['POST /organizations/:id/webhooks'],
		gives: { active: true },
	},
	{
		resource: 'webhook',
		operation: 'getMany',
		as: " of a team's event type",
		prepare: async (cal) => {
			await newWebhook(cal, '/teams/1/event-types/1');
			return { scope: 'teamEventType', ...TEAM, teamEventTypeId: byId(1) };
		},
		calls: ['GET /teams/:id/event-types/:id/webhooks'],
		gives: { eventTypeId: 1 },
	},
];
