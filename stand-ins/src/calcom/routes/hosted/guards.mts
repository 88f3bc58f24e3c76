import { forbidden, notFound } from '../../errors.mts';
import { callerOf, param } from '../../http.mts';
import type { ApiRequest } from '../../http.mts';
import { findEventType } from '../../store.mts';
import type { EventType, Organization, Team, User } from '../../types.mts';

/** The team in the path, of which the caller is a member. @throws ApiError 404, 403 */
export function teamIn(request: ApiRequest): Team {
	const id = param(request, 'teamId');
	const team = request.world.state.teams.find((candidate) => String(candidate.id) === id);
	if (!team) throw notFound(`Team with id=${id} not found`);
	if (!team.memberIds.includes(callerOf(request)))
		throw forbidden(`RolesGuard - User with id=${callerOf(request)} is not a member of team with id=${id}.`);
	return team;
}

/** The organization in the path, of which the caller is a member. @throws ApiError 404, 403 */
export function organizationIn(request: ApiRequest): Organization {
	const id = param(request, 'orgId');
	const { organization } = request.world.state;
	if (!organization || String(organization.id) !== id) throw notFound(`Organization with id=${id} not found`);
	if (!organization.memberIds.includes(callerOf(request)))
		throw forbidden(
			`RolesGuard - User with id=${callerOf(request)} is not a member of organization with id=${id}.`,
		);
	return organization;
}

/** The member in the path. @throws ApiError 404 */
export function memberIn(request: ApiRequest): User {
	const id = param(request, 'userId');
	const { memberIds } = organizationIn(request);
	const user = request.world.state.users.find((candidate) => String(candidate.id) === id);
	if (!user || !memberIds.includes(user.id)) throw notFound(`User with id=${id} not found in this organization`);
	return user;
}

/** The team's event type in the path. @throws ApiError 404 */
export function teamEventTypeIn(request: ApiRequest): EventType {
	const team = teamIn(request);
	const id = param(request, 'eventTypeId');
	const eventType = findEventType(request.world.state, Number(id));
	if (!eventType || eventType.teamId !== team.id)
		throw notFound(`Event type with id ${id} not found in team ${team.id}`);
	return eventType;
}
