import { applyInput, blankEventType } from '../../event-types.mts';
import { created, ok } from '../../http.mts';
import type { ApiRequest, Route } from '../../http.mts';
import { isObject } from '../../json.mts';
import type { JsonObject } from '../../json.mts';
import { nextId } from '../../store.mts';
import type { State } from '../../store.mts';
import type { EventType } from '../../types.mts';
import { eventTypeListItem, eventTypeView } from '../../views/event-type.mts';
import { checkEventType, removeEventType } from '../event-types.mts';
import { privateLinkRoutesUnder } from '../private-links.mts';
import { organizationIn, teamEventTypeIn, teamIn } from './guards.mts';
import { paged } from './teams.mts';
import { withTeam } from './views.mts';

const OF_ORGANIZATION = '/organizations/:orgId/teams/:teamId/event-types';
const KINDS: Record<string, EventType['schedulingType']> = { roundRobin: 'ROUND_ROBIN', collective: 'COLLECTIVE' };

/** A team's event type is an event type with hosts and a way to choose among them. */
function apply(eventType: EventType, body: JsonObject, memberIds: number[]): EventType {
	applyInput(eventType, body);
	const kind = KINDS[String(body['schedulingType'])];
	if (kind) eventType.schedulingType = kind;
	const { hosts } = body;
	if (body['assignAllTeamMembers'] === true) eventType.hostIds = [...memberIds];
	else if (Array.isArray(hosts))
		eventType.hostIds = hosts.flatMap((host) => (isObject(host) ? Number(host['userId']) : []));
	return eventType;
}

const view = (state: State, eventType: EventType): JsonObject =>
	withTeam(state, eventType, eventTypeView(state, eventType));

function list(request: ApiRequest): JsonObject[] {
	const { id } = teamIn(request);
	const { state } = request.world;
	const slug = request.query.get('eventSlug');
	return state.eventTypes
		.filter((eventType) => eventType.teamId === id && (slug === null || eventType.slug === slug))
		.map((eventType) => withTeam(state, eventType, eventTypeListItem(state, eventType)));
}

/** The same routes under a team and under a team of an organization. */
function routesUnder(base: string, guard: (request: ApiRequest) => void): Route[] {
	const shared = { access: 'key', versions: 'any' } as const;
	const one = `${base}/:eventTypeId`;
	const route = (method: Route['method'], path: string, handle: Route['handle']): Route => ({
		...shared,
		method,
		path,
		handle(request) {
			guard(request);
			return handle(request);
		},
	});
	return [
		route('GET', base, (request) => ok(list(request))),
		route('POST', base, (request) => {
			const { body, world } = request;
			const team = teamIn(request);
			checkEventType(body, true);
			const blank = { ...blankEventType(nextId(world.state, 'eventType'), null), teamId: team.id };
			const eventType = apply(blank, body, team.memberIds);
			world.state.eventTypes.push(eventType);
			return created(view(world.state, eventType));
		}),
		route('GET', one, (request) => ok(view(request.world.state, teamEventTypeIn(request)))),
		route('PATCH', one, (request) => {
			checkEventType(request.body, false);
			const eventType = apply(teamEventTypeIn(request), request.body, teamIn(request).memberIds);
			return ok(view(request.world.state, eventType));
		}),
		route('DELETE', one, (request) => {
			const eventType = teamEventTypeIn(request);
			removeEventType(request, eventType);
			const { id, title } = eventType;
			return ok({ id, title });
		}),
	];
}

const allOfOrganization: Route = {
	method: 'GET',
	path: '/organizations/:orgId/teams/event-types',
	access: 'key',
	versions: 'any',
	handle(request) {
		organizationIn(request);
		const { state } = request.world;
		const eventTypes = state.eventTypes.filter(({ teamId }) => teamId !== null);
		return ok(
			paged(request, eventTypes).map((eventType) =>
				withTeam(state, eventType, eventTypeListItem(state, eventType)),
			),
		);
	},
};

export const teamEventTypeRoutes: Route[] = [
	allOfOrganization,
	...privateLinkRoutesUnder(`${OF_ORGANIZATION}/:eventTypeId/private-links`, (request) => {
		organizationIn(request);
		return teamEventTypeIn(request);
	}),
	...routesUnder('/teams/:teamId/event-types', () => undefined),
	...routesUnder(OF_ORGANIZATION, organizationIn),
];
