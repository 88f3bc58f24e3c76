import { badRequest, coded, forbidden, internalError, invalid, notFound } from '../errors.mts';
import type { Issue } from '../errors.mts';
import { applyInput, blankEventType } from '../event-types.mts';
import { callerOf, created, ok, param } from '../http.mts';
import type { ApiRequest, Route } from '../http.mts';
import { isObject, without } from '../json.mts';
import type { Json, JsonObject } from '../json.mts';
import { findEventType, nextId } from '../store.mts';
import type { State } from '../store.mts';
import type { EventType } from '../types.mts';
import { eventTypeListItem, eventTypeView } from '../views/event-type.mts';

/** API version with the shapes of today; `2026-06-12` is the hosted edition's and looks the same. */
export const EVENT_TYPE_VERSIONS = ['2024-06-14', '2026-06-12'];

/** The id in the path; anything but a number breaks Cal.com itself. */
export function idOf(request: ApiRequest): number {
	const id = Number(param(request, 'eventTypeId'));
	if (!Number.isInteger(id)) throw internalError();
	return id;
}

/** Whether someone sees an event type by id: its owner, or any member of its team. */
export function isVisible(state: State, eventType: EventType, userId: number): boolean {
	if (eventType.ownerId === userId) return true;
	return state.teams.some((team) => team.id === eventType.teamId && team.memberIds.includes(userId));
}

/** @throws ApiError 404 also when it is another's, so that nobody learns that it exists */
export function visibleEventType(request: ApiRequest): EventType {
	const id = idOf(request);
	const eventType = findEventType(request.world.state, id);
	if (!eventType || !isVisible(request.world.state, eventType, callerOf(request)))
		throw notFound(`Event type with id ${id} not found`);
	return eventType;
}

/** @throws ApiError 404, 403 */
export function removableEventType(request: ApiRequest): EventType {
	const id = idOf(request);
	const eventType = findEventType(request.world.state, id);
	if (!eventType) throw notFound(`Event type with ID=${id} does not exist.`);
	const userId = callerOf(request);
	if (eventType.ownerId !== userId) throw forbidden(`User with ID=${userId} does not own event type with ID=${id}`);
	return eventType;
}

export function assertFreeSlug(state: State, ownerId: number | null, slug: unknown, except?: EventType): void {
	const taken = state.eventTypes.some(
		(candidate) => candidate !== except && candidate.ownerId === ownerId && candidate.slug === slug,
	);
	if (taken) throw badRequest('User already has an event type with this slug.');
}

/** @throws ApiError 400 with everything that is wrong */
export function checkEventType(body: JsonObject, isNew: boolean): void {
	const issues: Issue[] = [];
	const add = (property: string, constraints: Record<string, string>) => {
		const value = body[property];
		issues.push({ property, constraints, ...(value === undefined ? {} : { value }) });
	};
	const { lengthInMinutes, title, slug, description } = body;
	const asked = (value: unknown) => isNew || value !== undefined;
	if (
		asked(lengthInMinutes) &&
		!(typeof lengthInMinutes === 'number' && Number.isInteger(lengthInMinutes) && lengthInMinutes >= 1)
	)
		add('lengthInMinutes', {
			...(typeof lengthInMinutes === 'number' && lengthInMinutes >= 1
				? {}
				: { min: 'lengthInMinutes must not be less than 1' }),
			...(Number.isInteger(lengthInMinutes) ? {} : { isInt: 'lengthInMinutes must be an integer number' }),
		});
	if (asked(title) && typeof title !== 'string') add('title', { isString: 'title must be a string' });
	if (asked(slug) && typeof slug !== 'string') add('slug', { isString: 'slug must be a string' });
	if (description !== undefined && typeof description !== 'string')
		add('description', { isString: 'description must be a string' });
	if (issues.length > 0) throw invalid(body, issues);
}

/** Apps whose room a booking gets, and that have to be connected first; Cal Video always is. */
const isConnected = ({ conferencingApps }: State, integration: Json | undefined): boolean =>
	integration === 'cal-video' || conferencingApps.includes(String(integration));

/** @throws ApiError 400 for an app that is not connected, or a place that only the web app offers */
export function assertPlaces(state: State, locations: Json | undefined): void {
	for (const place of Array.isArray(locations) ? locations.filter(isObject) : []) {
		if (place['type'] === 'integration' && !isConnected(state, place['integration']))
			throw badRequest(`${String(place['integration'])} not connected.`);
		if (place['type'] === 'organizersDefaultApp')
			throw badRequest(
				"Unsupported location type 'organizersDefaultApp'. Valid types are address, link, integration, and phone.",
			);
	}
}

const isOn = (value: Json | undefined): boolean => isObject(value) && value['disabled'] !== true;

/** @throws ApiError 400 for what a series cannot have */
function assertTogether({ recurrence }: EventType, body: JsonObject): void {
	if (recurrence === null) return;
	if (isOn(body['seats']))
		throw coded(400, 'TRPCError', 'Recurring Events and Offer Seats cannot be active at the same time.');
	if (isOn(body['bookerActiveBookingsLimit']))
		throw coded(
			400,
			'TRPCError',
			'Recurring Events and booker active bookings limit cannot be active at the same time.',
		);
}

/** Nobody ends a series over the API: Cal.com says yes to a recurrence that is disabled and leaves it as it was. */
export const withoutEndOfSeries = (body: JsonObject): JsonObject =>
	isObject(body['recurrence']) && !isOn(body['recurrence']) ? without(body, 'recurrence') : body;

/** Not paged: all event types of a user, of one slug, or of the caller. */
function listed({ world, query, userId }: ApiRequest): EventType[] {
	const { state } = world;
	const username = query.get('username');
	const usernames = username === null ? (query.get('usernames')?.split(',') ?? []) : [username];
	const owners =
		usernames.length > 0
			? state.users.filter((user) => usernames.includes(user.username)).map((user) => user.id)
			: userId === null
				? []
				: [userId];
	const slug = query.get('eventSlug');
	const found = state.eventTypes.filter(
		(eventType) =>
			eventType.ownerId !== null &&
			owners.includes(eventType.ownerId) &&
			(slug === null || eventType.slug === slug),
	);
	const sort = query.get('sortCreatedAt');
	return sort === null ? found : found.sort((a, b) => (sort === 'desc' ? b.id - a.id : a.id - b.id));
}

export const eventTypeRoutes: Route[] = [
	{
		method: 'GET',
		path: '/event-types',
		access: 'public',
		versions: EVENT_TYPE_VERSIONS,
		handle: (request) => ok(listed(request).map((eventType) => eventTypeListItem(request.world.state, eventType))),
	},
	{
		method: 'POST',
		path: '/event-types',
		access: 'permission',
		versions: EVENT_TYPE_VERSIONS,
		handle(request) {
			const { body, world } = request;
			checkEventType(body, true);
			assertPlaces(world.state, body['locations']);
			const ownerId = callerOf(request);
			assertFreeSlug(world.state, ownerId, body['slug']);
			const eventType = applyInput(blankEventType(nextId(world.state, 'eventType'), ownerId), body);
			world.state.eventTypes.push(eventType);
			return created(eventTypeView(world.state, eventType));
		},
	},
	{
		method: 'GET',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		versions: EVENT_TYPE_VERSIONS,
		handle: (request) => ok(eventTypeView(request.world.state, visibleEventType(request))),
	},
	{
		method: 'PATCH',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		versions: EVENT_TYPE_VERSIONS,
		handle(request) {
			const { body, world } = request;
			const id = idOf(request);
			checkEventType(body, false);
			const eventType = findEventType(world.state, id);
			if (!eventType || eventType.ownerId !== callerOf(request))
				throw notFound(`Event type with id ${id} not found`);
			if (body['slug'] !== undefined) assertFreeSlug(world.state, eventType.ownerId, body['slug'], eventType);
			assertTogether(eventType, body);
			assertPlaces(world.state, body['locations']);
			return ok(eventTypeView(world.state, applyInput(eventType, withoutEndOfSeries(body))));
		},
	},
	{
		method: 'DELETE',
		path: '/event-types/:eventTypeId',
		access: 'permission',
		versions: EVENT_TYPE_VERSIONS,
		handle(request) {
			const eventType = removableEventType(request);
			const { id, lengthInMinutes, slug, title } = eventType;
			removeEventType(request, eventType);
			return ok({ id, lengthInMinutes, slug, title });
		},
	},
];

/** Deletes it, with its webhooks; its bookings stay. */
export function removeEventType({ world: { state } }: Pick<ApiRequest, 'world'>, eventType: EventType): void {
	state.eventTypes = state.eventTypes.filter((candidate) => candidate !== eventType);
	state.goneEventTypes.push(eventType);
	state.webhooks = state.webhooks.filter((webhook) => webhook.eventTypeId !== eventType.id);
}
