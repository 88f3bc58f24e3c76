import type { JsonObject } from '../../json.mts';
import { isObject } from '../../json.mts';
import { userById } from '../../store.mts';
import type { State } from '../../store.mts';
import type { EventType, Organization, Team } from '../../types.mts';

export const teamView = ({ organization }: State, { id, name, slug }: Team): JsonObject => ({
	id,
	...(organization ? { parentId: organization.id } : {}),
	name,
	slug,
	isOrganization: false,
	isPrivate: false,
	hideBranding: false,
	timeZone: 'Europe/London',
	weekStart: 'Sunday',
	metadata: {},
});

/** A membership's id says whose it is and where. */
export const membershipView = (state: State, group: Team | Organization, userId: number): JsonObject => {
	const { name, username, email, bio } = userById(state, userId);
	return {
		id: group.id * 1000 + userId,
		userId,
		teamId: group.id,
		accepted: true,
		role: userId === group.ownerId ? 'OWNER' : 'MEMBER',
		disableImpersonation: false,
		user: { name, username, email, metadata: {}, ...(bio === null ? {} : { bio }) },
	};
};

export const memberView = (state: State, organization: Organization, userId: number): JsonObject => {
	const user = userById(state, userId);
	return {
		id: user.id,
		username: user.username,
		name: user.name,
		email: user.email,
		emailVerified: '2026-01-01T00:00:00.000Z',
		bio: user.bio,
		avatarUrl: null,
		timeZone: user.timeZone,
		weekStart: user.weekStart,
		appTheme: null,
		theme: null,
		defaultScheduleId: user.scheduleId,
		locale: user.locale,
		timeFormat: user.timeFormat,
		hideBranding: false,
		brandColor: null,
		darkBrandColor: null,
		allowDynamicBooking: true,
		createdDate: '2026-01-01T00:00:00.000Z',
		verified: false,
		invitedTo: null,
		metadata: {},
		profile: { id: user.id, organizationId: organization.id, userId: user.id, username: user.username },
	};
};

/** An event type of a team, as the team's own routes show it: with the team. */
export function withTeam(state: State, { teamId }: EventType, view: JsonObject): JsonObject {
	const team = state.teams.find(({ id }) => id === teamId);
	return {
		...view,
		team: {
			...(isObject(view['team']) ? view['team'] : {}),
			slug: team?.slug ?? '',
			name: team?.name ?? '',
			bannerUrl: '',
			logoUrl: '',
			weekStart: 'Sunday',
			brandColor: '#292929',
			darkBrandColor: '#fafafa',
			theme: 'light',
		},
	};
}
