import { ok } from '../../http.mts';
import type { ApiRequest, Route } from '../../http.mts';
import { mine } from '../../bookings/list.mts';
import { listBookings } from './bookings-of.mts';
import { memberIn, organizationIn } from './guards.mts';
import { paged } from './teams.mts';
import { membershipView, memberView, teamView } from './views.mts';

const numbersIn = (request: ApiRequest, name: string): number[] =>
	request.query
		.getAll(name)
		.flatMap((text) => text.split(','))
		.map(Number);

const shared = { method: 'GET', access: 'key', versions: 'any' } as const;

export const organizationRoutes: Route[] = [
	{
		...shared,
		path: '/organizations/:orgId/teams',
		handle(request) {
			organizationIn(request);
			const { state } = request.world;
			return ok(paged(request, state.teams).map((team) => teamView(state, team)));
		},
	},
	{
		...shared,
		path: '/organizations/:orgId/memberships',
		handle(request) {
			const organization = organizationIn(request);
			const { state } = request.world;
			const members = paged(request, organization.memberIds);
			return ok(members.map((userId) => ({ ...membershipView(state, organization, userId), attributes: [] })));
		},
	},
	{
		...shared,
		path: '/organizations/:orgId/users',
		handle(request) {
			const organization = organizationIn(request);
			const { state } = request.world;
			const emails = request.query.getAll('emails').flatMap((text) => text.split(','));
			const members = state.users.filter(
				({ id, email }) =>
					organization.memberIds.includes(id) && (emails.length === 0 || emails.includes(email)),
			);
			return ok(paged(request, members).map(({ id }) => memberView(state, organization, id)));
		},
	},
	{
		...shared,
		path: '/organizations/:orgId/bookings',
		handle(request) {
			const { memberIds } = organizationIn(request);
			const users = numbersIn(request, 'userIds');
			const asked = users.length > 0 ? memberIds.filter((id) => users.includes(id)) : memberIds;
			return listBookings(request, ({ userId }) => asked.includes(userId));
		},
	},
	{
		...shared,
		path: '/organizations/:orgId/users/:userId/bookings',
		handle: (request) => listBookings(request, mine(request.world.state, memberIn(request).id)),
	},
];
