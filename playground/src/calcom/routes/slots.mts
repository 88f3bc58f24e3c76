import { freeSlots, hasRoom, isReserved } from '../bookings/availability.mts';
import { badRequest, notFound, unprocessable } from '../errors.mts';
import { created, ok, param } from '../http.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import { newUuid } from '../ids.mts';
import type { JsonObject } from '../json.mts';
import { findEventType } from '../store.mts';
import { addDays, addMinutes, instantOf, isIsoDate, isTimeZone, localTime, utcOffset } from '../time.mts';
import type { EventType, Reservation } from '../types.mts';

const VERSIONS = ['2024-09-04'];

/** A date is a whole day in the asked zone; an instant is itself. */
function edge(text: string, timeZone: string, end: boolean): Date {
	if (text.includes('T')) return new Date(text);
	return end ? new Date(instantOf(addDays(text, 1), 0, timeZone).getTime() - 1) : instantOf(text, 0, timeZone);
}

function askedEventType({ world: { state }, query }: ApiRequest): EventType {
	const id = query.get('eventTypeId');
	if (id !== null) {
		const eventType = findEventType(state, Number(id));
		if (!eventType) throw notFound('Event Type not found');
		return eventType;
	}
	const slug = query.get('eventTypeSlug');
	const username = query.get('username');
	if (slug === null || username === null)
		throw badRequest(
			'usernames property is wrong,each value in usernames must be a string, The array must contain at least 2 elements., usernames must be an array , organizationSlug property is wrong,organizationSlug must be a string ',
		);
	const owner = state.users.find((user) => user.username === username);
	const eventType = state.eventTypes.find((candidate) => candidate.slug === slug && candidate.ownerId === owner?.id);
	if (!owner || !eventType) throw notFound('Event Type not found');
	return eventType;
}

function startsOf(
	request: ApiRequest,
	fromText: string,
	toText: string,
	timeZone: string,
): { starts: string[]; minutes: number } {
	const { world, query } = request;
	const eventType = askedEventType(request);
	for (const [name, value] of [
		['start', fromText],
		['end', toText],
	] as const)
		if (!isIsoDate(value))
			throw badRequest(`${name} property is wrong,${name} must be a valid ISO 8601 date string `);
	const minutes = Number(query.get('duration') ?? eventType.lengthInMinutes);
	const span = { from: edge(fromText, timeZone, false), to: edge(toText, timeZone, true) };
	return { starts: freeSlots(world.state, eventType, { ...span, now: world.now(), minutes }), minutes };
}

function byDay(starts: string[], timeZone: string, show: (start: string) => JsonObject): JsonObject {
	const days: Record<string, JsonObject[]> = {};
	for (const start of starts) (days[localTime(new Date(start), timeZone).date] ??= []).push(show(start));
	return days;
}

function zoneOf(query: URLSearchParams): string {
	const asked = query.get('timeZone') ?? 'UTC';
	if (!isTimeZone(asked)) throw badRequest('timeZone property is wrong,timeZone must be a valid IANA time-zone ');
	return asked;
}

/** Starts in the asked zone: UTC as an instant, another zone as its wall clock with offset. */
function zoned(start: string, timeZone: string): string {
	if (timeZone === 'UTC') return start;
	const at = new Date(start);
	const local = localTime(at, timeZone);
	const offset = utcOffset(at, timeZone);
	const two = (number: number) => String(Math.floor(Math.abs(number))).padStart(2, '0');
	const clock = `${two(local.minutes / 60)}:${two(local.minutes % 60)}`;
	return `${local.date}T${clock}:00.000${offset < 0 ? '-' : '+'}${two(Math.abs(offset) / 60)}:${two(Math.abs(offset) % 60)}`;
}

function list(request: ApiRequest): Reply {
	const { query } = request;
	const timeZone = zoneOf(query);
	const { starts, minutes } = startsOf(request, query.get('start') ?? '', query.get('end') ?? '', timeZone);
	const range = query.get('format') === 'range';
	const data = byDay(starts, timeZone, (start) => ({
		start: zoned(start, timeZone),
		...(range ? { end: zoned(addMinutes(start, minutes), timeZone) } : {}),
	}));
	return { status: 200, body: { data, status: 'success' } };
}

function listOld(request: ApiRequest): Reply {
	const { query } = request;
	const { starts } = startsOf(request, query.get('startTime') ?? '', query.get('endTime') ?? '', 'UTC');
	return { status: 200, body: { data: { slots: byDay(starts, 'UTC', (time) => ({ time })) }, status: 'success' } };
}

const view = ({ uid, eventTypeId, slotStart, slotEnd, slotDuration, until }: Reservation): JsonObject => ({
	reservationUid: uid,
	eventTypeId,
	slotStart,
	slotEnd,
	slotDuration,
	reservationUntil: until,
});

function reserve(request: ApiRequest): Reply {
	const { world, body } = request;
	const { state } = world;
	const eventType = findEventType(state, Number(body['eventTypeId']));
	if (!eventType) throw notFound(`Event Type with ID=${String(body['eventTypeId'])} not found`);
	if (!isIsoDate(body['slotStart']))
		throw badRequest('slotStart property is wrong,slotStart must be a valid ISO 8601 date string ');
	const slotStart = new Date(body['slotStart']).toISOString();
	const slotDuration = Number(body['slotDuration'] ?? eventType.lengthInMinutes);
	const minutes = Number(body['reservationDuration'] ?? 5);
	const slotEnd = addMinutes(slotStart, slotDuration);
	const taken =
		isReserved(state, eventType, slotStart, world.now()) ||
		!hasRoom(state, eventType, { start: slotStart, end: slotEnd });
	if (taken) throw unprocessable(`This slot is already reserved or booked for event type with ID=${eventType.id}`);
	const until = addMinutes(world.now().toISOString(), minutes);
	const reservation = { uid: newUuid(), eventTypeId: eventType.id, slotStart, slotEnd, slotDuration, until };
	state.reservations.push(reservation);
	return created({ ...view(reservation), reservationDuration: minutes });
}

function reservationIn(request: ApiRequest): Reservation {
	const uid = param(request, 'uid');
	const reservation = request.world.state.reservations.find((candidate) => candidate.uid === uid);
	if (!reservation) throw notFound(`Slot with uid=${uid} not found`);
	return reservation;
}

const path = '/slots/reservations/:uid';

export const slotRoutes: Route[] = [
	{ method: 'GET', path: '/slots', access: 'public', versions: VERSIONS, handle: list },
	{ method: 'GET', path: '/slots/available', access: 'public', versions: 'old', except: VERSIONS, handle: listOld },
	{ method: 'POST', path: '/slots/reservations', access: 'public', versions: VERSIONS, handle: reserve },
	{
		method: 'GET',
		path,
		access: 'public',
		versions: VERSIONS,
		handle: (request) => ok(view(reservationIn(request))),
	},
	{
		method: 'PATCH',
		path,
		access: 'public',
		versions: VERSIONS,
		handle(request) {
			const reservation = reservationIn(request);
			const minutes = Number(request.body['reservationDuration'] ?? 5);
			reservation.until = addMinutes(request.world.now().toISOString(), minutes);
			return ok({ ...view(reservation), reservationDuration: minutes });
		},
	},
	{
		method: 'DELETE',
		path,
		access: 'public',
		versions: VERSIONS,
		handle(request) {
			const { state } = request.world;
			const reservation = reservationIn(request);
			state.reservations = state.reservations.filter((candidate) => candidate !== reservation);
			return { status: 200, body: { status: 'success' } };
		},
	},
];
