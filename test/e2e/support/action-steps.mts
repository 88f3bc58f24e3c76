// The steps of all operations.
import type { CalCom } from 'stand-ins/calcom';
import { byId, fresh, made, type Step } from './action-step.mts';
import { BOOKING_STEPS } from './action-steps-bookings.mts';

type Fields = Record<string, unknown>;

const newEventType = (cal: CalCom) =>
	made(cal, '/event-types', { title: 'Choir', slug: fresh('choir'), lengthInMinutes: 60 });
const newWebhook = (cal: CalCom, base = '') =>
	made(cal, `${base}/webhooks`, {
		active: true,
		subscriberUrl: `http://127.0.0.1:9/${fresh('hook')}`,
		triggers: ['BOOKING_CREATED'],
		secret: 'whsec-action',
	});
const newSchedule = (cal: CalCom) =>
	made(cal, '/schedules', { name: fresh('Evenings'), timeZone: 'Europe/Amsterdam', isDefault: false });
const newLink = async (cal: CalCom) => {
	const link = await made(cal, '/event-types/3/private-links', { maxUsageCount: 2 });
	return { eventTypeId: byId(3), linkId: link['linkId'] };
};
const newReservation = async (cal: CalCom) => {
	const reservation = await made(cal, '/slots/reservations', {
		eventTypeId: 23,
		slotStart: cal.freeSlots('level-check', 1)[0],
	});
	return { reservationUid: reservation['reservationUid'] };
};

const EVENT_TYPES: Step[] = [
	{
		resource: 'eventType',
		operation: 'getMany',
		prepare: () => ({ returnAll: true }),
		calls: ['GET /event-types'],
		gives: { id: 3 },
	},
	{
		resource: 'eventType',
		operation: 'get',
		prepare: () => ({ eventTypeId: byId(3) }),
		calls: ['GET /event-types/:id'],
		gives: { id: 3, slug: 'trial-lesson' },
	},
	{
		resource: 'eventType',
		operation: 'create',
		prepare: () => ({
			title: 'Masterclass',
			slug: fresh('masterclass'),
			lengthInMinutes: 90,
			basics: { description: 'For the advanced' },
		}),
		calls: ['POST /event-types'],
		gives: { title: 'Masterclass', lengthInMinutes: 90, description: 'For the advanced' },
	},
	{
		resource: 'eventType',
		operation: 'update',
		prepare: async (cal) => ({
			eventTypeId: byId((await newEventType(cal))['id']),
			basics: { title: 'Big choir', lengthInMinutes: 60 },
			protectedFields: [],
		}),
		calls: ['GET /event-types/:id', 'PATCH /event-types/:id'],
		gives: { title: 'Big choir' },
	},
	{
		resource: 'eventType',
		operation: 'duplicate',
		prepare: () => ({ eventTypeId: byId(3), title: 'Trial lesson (copy)', slug: fresh('trial-copy') }),
		calls: ['GET /event-types/:id', 'POST /event-types'],
		gives: { title: 'Trial lesson (copy)', lengthInMinutes: 30 },
	},
	{
		resource: 'eventType',
		operation: 'delete',
		prepare: async (cal) => ({ eventTypeId: byId((await newEventType(cal))['id']) }),
		calls: ['DELETE /event-types/:id'],
		gives: { deleted: true },
	},
	{
		resource: 'eventType',
		operation: 'createPrivateLink',
		prepare: () => ({ eventTypeId: byId(3), expires: 'afterUses', maxUsageCount: 3 }),
		calls: ['POST /event-types/:id/private-links'],
		gives: { eventTypeId: 3, maxUsageCount: 3 },
	},
	{
		resource: 'eventType',
		operation: 'getPrivateLinks',
		prepare: newLink,
		calls: ['GET /event-types/:id/private-links'],
		gives: { eventTypeId: 3 },
	},
	{
		resource: 'eventType',
		operation: 'updatePrivateLink',
		prepare: async (cal) => ({ ...(await newLink(cal)), expires: 'afterUses', maxUsageCount: 7 }),
		calls: ['PATCH /event-types/:id/private-links/:id'],
		gives: { maxUsageCount: 7 },
	},
	{
		resource: 'eventType',
		operation: 'deletePrivateLink',
		prepare: newLink,
		calls: ['DELETE /event-types/:id/private-links/:id'],
		gives: { deleted: true },
	},
];

const SLOTS: Step[] = [
	{
		resource: 'slot',
		operation: 'getAvailable',
		prepare: () => ({ eventTypeId: byId(3), timeZone: 'Europe/Amsterdam' }),
		calls: ['GET /slots'],
		gives: { start: expect.any(String), startLocal: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'findNext',
		prepare: () => ({ eventTypeId: byId(3), count: 2, hoursFrom: '10:00', hoursUntil: '16:00' }),
		calls: ['GET /slots'],
		gives: { start: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'reserve',
		prepare: (cal) => ({ eventTypeId: byId(4), slotStart: cal.freeSlots('online-lesson', 1)[0] }),
		calls: ['POST /slots/reservations'],
		gives: { reservationUid: expect.any(String) },
	},
	{
		resource: 'slot',
		operation: 'getReservation',
		prepare: newReservation,
		calls: ['GET /slots/reservations/:id'],
		gives: { eventTypeId: 23 },
	},
	{
		resource: 'slot',
		operation: 'updateReservation',
		prepare: async (cal) => ({ ...(await newReservation(cal)), updateFields: { reservationDuration: 9 } }),
		calls: ['PATCH /slots/reservations/:id'],
		gives: { eventTypeId: 23 },
	},
	{
		resource: 'slot',
		operation: 'releaseReservation',
		prepare: newReservation,
		calls: ['DELETE /slots/reservations/:id'],
		gives: { deleted: true },
	},
];

const SCHEDULES: Step[] = [
	{ resource: 'schedule', operation: 'getMany', calls: ['GET /schedules'], gives: { id: 1 } },
	{
		resource: 'schedule',
		operation: 'create',
		prepare: () => ({ name: 'Mornings', timeZone: 'Europe/Amsterdam' }),
		calls: ['POST /schedules'],
		gives: { name: 'Mornings', timeZone: 'Europe/Amsterdam' },
	},
	{
		resource: 'schedule',
		operation: 'get',
		prepare: () => ({ scheduleId: byId(1) }),
		calls: ['GET /schedules/:id'],
		gives: { id: 1 },
	},
	{ resource: 'schedule', operation: 'getDefault', calls: ['GET /schedules/default'], gives: { isDefault: true } },
	{
		resource: 'schedule',
		operation: 'update',
		prepare: async (cal) => ({
			scheduleId: byId((await newSchedule(cal))['id']),
			updateFields: { name: 'Late evenings' },
		}),
		calls: ['PATCH /schedules/:id'],
		gives: { name: 'Late evenings' },
	},
	{
		resource: 'schedule',
		operation: 'delete',
		prepare: async (cal) => ({ scheduleId: byId((await newSchedule(cal))['id']) }),
		calls: ['DELETE /schedules/:id'],
		gives: { deleted: true },
	},
];

const webhook = async (cal: CalCom, more: Fields = {}) => ({ webhookId: byId((await newWebhook(cal))['id']), ...more });

const WEBHOOKS: Step[] = [
	{
		resource: 'webhook',
		operation: 'getMany',
		prepare: webhook,
		calls: ['GET /webhooks'],
		gives: { subscriberUrl: expect.any(String) },
	},
	{
		resource: 'webhook',
		operation: 'create',
		prepare: () => ({ subscriberUrl: `http://127.0.0.1:9/${fresh('made')}`, triggers: ['BOOKING_CREATED'] }),
		calls: ['POST /webhooks'],
		gives: { active: true, triggers: ['BOOKING_CREATED'] },
	},
	{ resource: 'webhook', operation: 'get', prepare: webhook, calls: ['GET /webhooks/:id'], gives: { active: true } },
	{
		resource: 'webhook',
		operation: 'update',
		prepare: (cal) => webhook(cal, { updateFields: { active: false } }),
		calls: ['PATCH /webhooks/:id'],
		gives: { active: false },
	},
	{
		resource: 'webhook',
		operation: 'delete',
		prepare: webhook,
		calls: ['DELETE /webhooks/:id'],
		gives: { deleted: true },
	},
	{
		resource: 'webhook',
		operation: 'getMany',
		as: ' of an event type',
		prepare: async (cal) => {
			await newWebhook(cal, '/event-types/5');
			return { scope: 'eventType', eventTypeId: byId(5) };
		},
		calls: ['GET /event-types/:id/webhooks'],
		gives: { eventTypeId: 5 },
	},
];

const ACCOUNT: Step[] = [
	{ resource: 'user', operation: 'getMe', calls: ['GET /me'], gives: { username: 'yourschool' } },
	{
		resource: 'user',
		operation: 'updateMe',
		prepare: () => ({ updateFields: { timeFormat: 12 } }),
		calls: ['PATCH /me'],
		gives: { timeFormat: 12 },
	},
	{ resource: 'health', operation: 'check', calls: ['GET /me', 'GET /webhooks'], gives: { ok: true } },
];

const busy = (cal: CalCom): void => {
	const from = Date.now() + 24 * 60 * 60_000;
	cal.busy(new Date(from).toISOString(), new Date(from + 60 * 60_000).toISOString());
};

const CALENDARS: Step[] = [
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

export const SELF_HOSTED: Step[] = [
	...CALENDARS,
	...BOOKING_STEPS,
	...EVENT_TYPES,
	...SLOTS,
	...SCHEDULES,
	...WEBHOOKS,
	...ACCOUNT,
];

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
