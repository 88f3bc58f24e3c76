import { notFound } from '../../errors.mts';
import { callerOf, ok, param } from '../../http.mts';
import type { ApiRequest, Reply, Route } from '../../http.mts';
import { readPage } from '../../paging.mts';
import { eventTypeOf } from '../../store.mts';
import type { Organization, Team } from '../../types.mts';
import { listBookings } from './bookings-of.mts';
import { organizationIn, teamIn } from './guards.mts';
import { membershipView, teamView } from './views.mts';

const PAGE = { take: 250, target: { take: 250, skip: 0 } };

/** Part of a list, by take and skip. @throws ApiError 400 out of bounds */
export function paged<T>({ query }: ApiRequest, items: readonly T[]): T[] {
	const { take, skip } = readPage(query, PAGE);
	return items.slice(skip, skip + take);
}

export function listMemberships(request: ApiRequest, group: Team | Organization): Reply {
	const { state } = request.world;
	const emails = request.query.getAll('emails').flatMap((text) => text.split(','));
	const members = state.users.filter(
		({ id, email }) => group.memberIds.includes(id) && (emails.length === 0 || emails.includes(email)),
	);
	return ok(paged(request, members).map(({ id }) => membershipView(state, group, id)));
}

function bookingsOfTeam(request: ApiRequest): Reply {
	const { id } = teamIn(request);
	return listBookings(request, (booking) => eventTypeOf(request.world.state, booking).teamId === id);
}

function membershipOf(request: ApiRequest): Reply {
	const team = teamIn(request);
	const id = param(request, 'membershipId');
	const found = team.memberIds
		.map((userId) => membershipView(request.world.state, team, userId))
		.find((membership) => String(membership['id']) === id);
	if (!found) throw notFound(`Membership with id=${id} not found in team ${team.id}`);
	return ok(found);
}

const shared = { method: 'GET', access: 'key', versions: 'any' } as const;

export const teamRoutes: Route[] = [
	{
		...shared,
		path: '/teams',
		handle(request) {
			const { state } = request.world;
			const teams = state.teams.filter(({ memberIds }) => memberIds.includes(callerOf(request)));
			return ok(teams.map((team) => teamView(state, team)));
		},
	},
	{ ...shared, path: '/teams/:teamId', handle: (request) => ok(teamView(request.world.state, teamIn(request))) },
	{ ...shared, path: '/teams/:teamId/memberships', handle: (request) => listMemberships(request, teamIn(request)) },
	{ ...shared, path: '/teams/:teamId/memberships/:membershipId', handle: membershipOf },
	{ ...shared, path: '/teams/:teamId/bookings', handle: bookingsOfTeam },
	{
		...shared,
		path: '/organizations/:orgId/teams/:teamId/memberships',
		handle(request) {
			organizationIn(request);
			return listMemberships(request, teamIn(request));
		},
	},
	{
		...shared,
		path: '/organizations/:orgId/teams/:teamId/bookings',
		handle(request) {
			organizationIn(request);
			return bookingsOfTeam(request);
		},
	},
];
