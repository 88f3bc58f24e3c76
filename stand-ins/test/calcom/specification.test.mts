import { isObject } from '../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../src/calcom/json.mts';
import { inSession, uidOf } from '../../src/calcom/session.mts';
import type { Session } from '../../src/calcom/session.mts';
import { readSpecification } from './support/specification.mts';

const SLOT = '2026-11-23T09:00:00Z';
const LATER = '2026-11-23T13:00:00Z';
const MONTH = 'from=2026-11-01&to=2026-12-01';
const CALENDAR = { integration: 'google_calendar', externalId: 'concerts@group.calendar.example' };
const WEBHOOK = { active: true, subscriberUrl: 'http://127.0.0.1:9/x', triggers: ['BOOKING_CREATED'], secret: 's' };
const ABSENCE = { start: '2026-12-24T00:00:00.000Z', end: '2026-12-26T00:00:00.000Z', reason: 'vacation' };
const LESSON = {
	title: 'Choir',
	slug: 'choir',
	lengthInMinutes: 60,
	schedulingType: 'collective',
	hosts: [{ userId: 2 }],
};

/** What is asked, after whatever has to be there first. */
interface Ask {
	path: string;
	body?: JsonObject;
}
type Prepare = (session: Session) => Promise<Ask>;

const at =
	(path: string, body?: JsonObject): Prepare =>
	() =>
		Promise.resolve({ path, ...(body ? { body } : {}) });

const idOf = (data: Json, name = 'id'): string => (isObject(data) ? String(data[name]) : '');

/** One thing is made at `collection` with `made`; the request is about that one. */
const withOne =
	(collection: string, made: JsonObject, body?: JsonObject, name = 'id'): Prepare =>
	async ({ data }) => {
		const id = idOf(await data('POST', collection, { body: made }), name);
		return { path: `${collection}/${id}`, ...(body ? { body } : {}) };
	};

const withSome =
	(collection: string, made: JsonObject): Prepare =>
	async ({ data }) => {
		await data('POST', collection, { body: made });
		return { path: collection };
	};

/** A lesson that took place, was recorded and written down. */
const recorded =
	(detail: string): Prepare =>
	async ({ cal, book }) => {
		const booking = await book(3, SLOT);
		cal.record(uidOf(booking), 'https://transcripts.example/1.txt');
		return { path: `/bookings/${uidOf(booking)}/${detail}` };
	};

const LINKS = '/event-types/3/private-links';
const FOREVER = '2027-01-01T00:00:00.000Z';

const busy =
	(path: string): Prepare =>
	({ cal }) => {
		cal.busy('2026-11-23T10:00:00Z', '2026-11-23T11:00:00Z');
		return Promise.resolve({ path });
	};

const COMMUNITY: Record<string, Prepare> = {
	'GET /v2/event-types/{eventTypeId}/private-links': async (session) => {
		await withSome(LINKS, { maxUsageCount: 3 })(session);
		return await withSome(LINKS, { expiresAt: FOREVER })(session);
	},
	'POST /v2/event-types/{eventTypeId}/private-links': at(LINKS, { expiresAt: FOREVER }),
	'PATCH /v2/event-types/{eventTypeId}/private-links/{linkId}': withOne(LINKS, {}, { maxUsageCount: 5 }, 'linkId'),
	'DELETE /v2/event-types/{eventTypeId}/private-links/{linkId}': withOne(LINKS, {}, undefined, 'linkId'),
	'GET /v2/me': at('/me'),
	'PATCH /v2/me': at('/me', { name: 'New School', weekStart: 'Sunday' }),
	'GET /v2/calendars': at('/calendars'),
	'GET /v2/calendars/busy-times': busy(
		'/calendars/busy-times?credentialId=1&externalId=owner@school.example&dateFrom=2026-11-01&dateTo=2026-12-01',
	),
	'GET /v2/calendars/connections': at('/calendars/connections'),
	'GET /v2/calendars/connections/{connectionId}/freebusy': busy(`/calendars/connections/1/freebusy?${MONTH}`),
	'PUT /v2/destination-calendars': at('/destination-calendars', CALENDAR),
	'POST /v2/selected-calendars': at('/selected-calendars', { ...CALENDAR, credentialId: 1 }),
	'DELETE /v2/selected-calendars': at(
		`/selected-calendars?integration=google_calendar&externalId=${CALENDAR.externalId}&credentialId=1`,
	),
	'GET /v2/bookings/{bookingUid}/recordings': recorded('recordings'),
	'GET /v2/bookings/{bookingUid}/transcripts': recorded('transcripts'),
	'GET /v2/bookings/{bookingUid}/references': recorded('references'),
	'GET /v2/bookings/{bookingUid}/conferencing-sessions': recorded('conferencing-sessions'),
	'GET /v2/schedules': at('/schedules'),
	'GET /v2/schedules/default': at('/schedules/default'),
	'GET /v2/schedules/{scheduleId}': at('/schedules/1'),
	...Object.fromEntries(
		(['GET', 'PATCH', 'DELETE'] as const).map((method) => [
			`${method} /v2/slots/reservations/{uid}`,
			withOne(
				'/slots/reservations',
				{ eventTypeId: 3, slotStart: SLOT },
				method === 'PATCH' ? { eventTypeId: 3, slotStart: LATER, reservationDuration: 9 } : undefined,
				'reservationUid',
			),
		]),
	),
};

const teamBooking =
	(path: string): Prepare =>
	async ({ book }) => {
		await book(1, SLOT);
		return { path };
	};

const crud = (base: string, collection: string, one: string, made: JsonObject, change: JsonObject) => ({
	[`GET ${base}`]: withSome(collection, made),
	[`POST ${base}`]: at(collection, made),
	[`GET ${base}/${one}`]: withOne(collection, made),
	[`PATCH ${base}/${one}`]: withOne(collection, made, change),
	[`DELETE ${base}/${one}`]: withOne(collection, made),
});

const TEAM = '/v2/teams/{teamId}';
const ORG = '/v2/organizations/{orgId}';
const OOO = `${ORG}/users/{userId}/ooo`;

const withForm =
	(rest: string, body?: JsonObject): Prepare =>
	({ cal }) =>
		Promise.resolve({
			path: rest.replace('{form}', cal.state.routingForms[0]?.id ?? ''),
			...(body ? { body } : {}),
		});
const FORM = '/organizations/10/routing-forms/{form}/responses';
const DAY = 'start=2026-11-23&end=2026-11-23';

const responded =
	(body?: JsonObject): Prepare =>
	async (session) => {
		const { path } = await withForm(FORM)(session);
		await session.data('POST', `${path}?${DAY}`, { body: { level: 'beginner' } });
		return { path: body ? `${path}/1` : path, ...(body ? { body } : {}) };
	};

/** An absence is not read one by one: there is no route for it. */
const absences = Object.fromEntries(
	Object.entries(crud(OOO, '/organizations/10/users/2/ooo', '{oooId}', ABSENCE, { notes: 'Christmas' })).filter(
		([route]) => route !== `GET ${OOO}/{oooId}`,
	),
);

const HOSTED: Record<string, Prepare> = {
	'GET /v2/me': at('/me'),
	'GET /v2/teams': at('/teams'),
	[`GET ${TEAM}`]: at('/teams/1'),
	[`GET ${TEAM}/memberships`]: at('/teams/1/memberships'),
	[`GET ${TEAM}/memberships/{membershipId}`]: at('/teams/1/memberships/1002'),
	[`GET ${TEAM}/bookings`]: teamBooking('/teams/1/bookings'),
	...crud(`${TEAM}/event-types`, '/teams/1/event-types', '{eventTypeId}', LESSON, { title: 'Big choir' }),
	...crud(`${TEAM}/event-types/{eventTypeId}/webhooks`, '/teams/1/event-types/1/webhooks', '{webhookId}', WEBHOOK, {
		active: false,
	}),
	...crud(`${ORG}/webhooks`, '/organizations/10/webhooks', '{webhookId}', WEBHOOK, { active: false }),
	[`GET ${ORG}/bookings`]: teamBooking('/organizations/10/bookings'),
	[`GET ${ORG}/teams`]: at('/organizations/10/teams'),
	[`GET ${ORG}/teams/event-types`]: at('/organizations/10/teams/event-types'),
	[`GET ${ORG}/teams/{teamId}/event-types`]: at('/organizations/10/teams/1/event-types'),
	[`GET ${ORG}/teams/{teamId}/bookings`]: teamBooking('/organizations/10/teams/1/bookings'),
	[`GET ${ORG}/teams/{teamId}/memberships`]: at('/organizations/10/teams/1/memberships'),
	[`GET ${ORG}/memberships`]: at('/organizations/10/memberships'),
	[`GET ${ORG}/users`]: at('/organizations/10/users'),
	[`GET ${ORG}/ooo`]: async (session) => {
		await withSome('/organizations/10/users/2/ooo', ABSENCE)(session);
		return { path: '/organizations/10/ooo' };
	},
	...absences,
	[`GET ${ORG}/routing-forms`]: at('/organizations/10/routing-forms'),
	[`GET ${ORG}/routing-forms/{routingFormId}/responses`]: responded(),
	[`POST ${ORG}/routing-forms/{routingFormId}/responses`]: withForm(`${FORM}?${DAY}`, { level: 'beginner' }),
	[`PATCH ${ORG}/routing-forms/{routingFormId}/responses/{responseId}`]: responded({ response: {} }),
	'POST /v2/routing-forms/{routingFormId}/calculate-slots': withForm(`/routing-forms/{form}/calculate-slots?${DAY}`, {
		level: 'advanced',
	}),
};

/** Where the published specification is wrong itself. */
const WRONG: { complaint: RegExp; because: string }[] = [
	{ complaint: /reservations.*data\.(status|data) is missing/, because: 'wraps the envelope twice; recorded once' },
	{ complaint: /memberships: answer\.data is array, not object/, because: 'a list, by its name and its paging' },
	{ complaint: /\.(rescheduledByEmail|rating) is null/, because: 'recorded as null on fresh bookings' },
	{ complaint: /\.bookingWindow is object, not array/, because: 'recorded as an object' },
	{ complaint: /\.seats\.\w+ is missing/, because: 'recorded as {disabled: true} without seats' },
	{ complaint: /\.hosts\[\] is object, not string/, because: 'recorded as objects' },
	{ complaint: /\.id is string, not number/, because: 'recorded: ids of webhooks are uuids' },
	{ complaint: /\.payloadTemplate is null/, because: 'recorded as null without a template' },
	{ complaint: /destinationCalendar\.primary is null/, because: 'seen as null on a real one' },
	{ complaint: /\.routedToBookingUid is null/, because: 'nothing was booked yet' },
];

const EDITIONS = [
	{ edition: 'community', options: {}, asks: COMMUNITY },
	{ edition: 'hosted', options: { edition: 'hosted' }, asks: HOSTED },
] as const;

describe.each(EDITIONS)('the $edition answers look as specified', ({ edition, options, asks }) => {
	const specified = readSpecification(edition);

	test('every route of the specification here is asked', () => {
		expect(Object.keys(asks).sort()).toEqual([...specified.keys()].sort());
	});

	test.each(Object.entries(asks))('%s', async (route, prepare) => {
		await inSession(async (session) => {
			const { path, body } = await prepare(session);
			const [method = ''] = route.split(' ');
			const answer = await session.ask(method, path, body ? { body } : {});
			const { status, complaints } = specified.get(route) ?? { status: 0, complaints: () => ['not specified'] };
			expect([answer.status, answer.status === status ? '' : answer.body]).toEqual([status, '']);
			const wrong = complaints(answer.body).filter(
				(text) => !WRONG.some(({ complaint }) => complaint.test(`${route}: ${text}`)),
			);
			expect(wrong).toEqual([]);
			expect(isObject(answer.body) && answer.body['data']).not.toEqual([]);
		}, options);
	});
});
