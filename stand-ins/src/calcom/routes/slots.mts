import { freeSlots, seatedAt } from '../bookings/availability.mts';
import { badRequest, notFound } from '../errors.mts';
import { blankEventType } from '../event-types.mts';
import type { ApiRequest, Reply, Route } from '../http.mts';
import type { JsonObject } from '../json.mts';
import { findEventType } from '../store.mts';
import type { State } from '../store.mts';
import { addDays, addMinutes, instantOf, isIsoDate, isTimeZone, localTime, utcOffset } from '../time.mts';
import type { EventType } from '../types.mts';

/** The same on both editions. */
export const SLOT_VERSIONS = ['2024-09-04'];

/** A date is a whole day in the asked zone; an instant is itself. */
function edge(text: string, timeZone: string, end: boolean): Date {
	if (text.includes('T')) return new Date(text);
	return end ? new Date(instantOf(addDays(text, 1), 0, timeZone).getTime() - 1) : instantOf(text, 0, timeZone);
}

function teamEventType({ teams, eventTypes }: State, slug: string, teamSlug: string): EventType {
	const team = teams.find((candidate) => candidate.slug === teamSlug);
	const found = eventTypes.find((candidate) => candidate.slug === slug && candidate.teamId === team?.id);
	if (!team || !found) throw notFound('Event Type not found');
	return found;
}

/** When all of them are free: an event type that nobody made. */
function together(state: State, usernames: string[]): EventType {
	const members = state.users.filter(({ username }) => usernames.includes(username));
	if (state.organization === null || members.length < usernames.length) throw notFound('Event Type not found');
	return { ...blankEventType(0, null), schedulingType: 'COLLECTIVE', hostIds: members.map(({ id }) => id) };
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
	const teamSlug = query.get('teamSlug');
	if (slug !== null && teamSlug !== null) return teamEventType(state, slug, teamSlug);
	const usernames = query.get('usernames')?.split(',') ?? [];
	if (usernames.length > 1 && query.get('organizationSlug') !== null) return together(state, usernames);
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
	eventType: EventType,
	[fromText, toText]: [from: string, to: string],
	timeZone: string,
): { starts: string[]; minutes: number } {
	const { world, query } = request;
	for (const [name, value] of [
		['start', fromText],
		['end', toText],
	] as const)
		if (!isIsoDate(value))
			throw badRequest(`${name} property is wrong,${name} must be a valid ISO 8601 date string `);
	const minutes = Number(query.get('duration') ?? eventType.lengthInMinutes);
	const span = { from: edge(fromText, timeZone, false), to: edge(toText, timeZone, true) };
	const moved = query.get('bookingUidToReschedule');
	const except = moved === null ? {} : { except: moved };
	return { starts: freeSlots(world.state, eventType, { ...span, now: world.now(), minutes, ...except }), minutes };
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

/** Who sits there already, where the event type has seats. */
function seatsAt(state: State, eventType: EventType, start: string): JsonObject {
	const seated = eventType.seats ? seatedAt(state, eventType, start) : undefined;
	return seated ? { attendeesCount: seated.attendees.length, bookingUid: seated.uid } : {};
}

/** The free slots of an event type, by day, as the query asks for them. @throws ApiError 400 */
export function slotDays(request: ApiRequest, eventType: EventType): JsonObject {
	const { query, world } = request;
	const timeZone = zoneOf(query);
	const span: [string, string] = [query.get('start') ?? '', query.get('end') ?? ''];
	const { starts, minutes } = startsOf(request, eventType, span, timeZone);
	const range = query.get('format') === 'range';
	return byDay(starts, timeZone, (start) => ({
		start: zoned(start, timeZone),
		...(range ? { end: zoned(addMinutes(start, minutes), timeZone) } : {}),
		...seatsAt(world.state, eventType, start),
	}));
}

const list = (request: ApiRequest): Reply => ({
	status: 200,
	body: { data: slotDays(request, askedEventType(request)), status: 'success' },
});

function listOld(request: ApiRequest): Reply {
	const { query } = request;
	const span: [string, string] = [query.get('startTime') ?? '', query.get('endTime') ?? ''];
	const { starts } = startsOf(request, askedEventType(request), span, 'UTC');
	return { status: 200, body: { data: { slots: byDay(starts, 'UTC', (time) => ({ time })) }, status: 'success' } };
}

export const slotRoutes: Route[] = [
	{ method: 'GET', path: '/slots', access: 'public', versions: SLOT_VERSIONS, handle: list },
	{
		method: 'GET',
		path: '/slots/available',
		access: 'public',
		versions: 'old',
		except: SLOT_VERSIONS,
		handle: listOld,
	},
];
