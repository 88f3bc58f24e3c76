import type { Edition } from './edition';

/**
 * The `cal-api-version` of each group of operations, per edition. Without the header, or with an
 * unknown one, Cal.com silently answers in an old shape, or with 404; null where the group has none.
 *
 * Both editions know the versions of 2024 and give the same shapes for them, so these are the
 * rule. A version of 2026, which only the hosted edition knows, stands where it gives something
 * that the older one lacks: cursors in the list of bookings, which do not shift while bookings are
 * made, and questions of an event type that are changed one by one.
 */
const VERSIONS = {
	me: { selfHosted: null, hosted: null },
	webhooks: { selfHosted: null, hosted: null },
	teams: { selfHosted: null, hosted: null },
	teamEventTypes: { selfHosted: null, hosted: null },
	organizations: { selfHosted: null, hosted: null },
	routingForms: { selfHosted: null, hosted: null },
	calendars: { selfHosted: null, hosted: null },
	privateLinks: { selfHosted: null, hosted: null },
	eventTypes: { selfHosted: '2024-06-14', hosted: '2024-06-14' },
	bookingFields: { selfHosted: '2024-06-14', hosted: '2026-06-12' },
	bookings: { selfHosted: '2024-08-13', hosted: '2024-08-13' },
	bookingsList: { selfHosted: '2024-08-13', hosted: '2026-05-01' },
	schedules: { selfHosted: '2024-06-11', hosted: '2024-06-11' },
	slots: { selfHosted: '2024-09-04', hosted: '2024-09-04' },
} as const satisfies Record<string, Record<Edition, string | null>>;

/** A group of operations that share a version. */
export type OperationGroup = keyof typeof VERSIONS;

export type ApiVersion = (typeof VERSIONS)[OperationGroup][Edition];

/** Lists that are read by cursor instead of by how many to skip. */
const CURSOR_VERSIONS: ReadonlySet<ApiVersion> = new Set<ApiVersion>(['2026-05-01']);

/**
 * The version to send with a request, for `ApiRequest.version`.
 *
 * @example versionFor('bookings', session.edition) // '2024-08-13'
 */
export function versionFor(group: OperationGroup, edition: Edition): ApiVersion {
	return VERSIONS[group][edition];
}

/** Whether lists of this version go on by `cursor` and `limit`, not by `skip` and `take`. */
export function listsByCursor(version: ApiVersion): boolean {
	return CURSOR_VERSIONS.has(version);
}

/** For requests that are made before anyone asked for the edition: the versions that both know. */
export const API_VERSION = {
	me: VERSIONS.me.selfHosted,
	webhooks: VERSIONS.webhooks.selfHosted,
	teams: VERSIONS.teams.selfHosted,
	teamEventTypes: VERSIONS.teamEventTypes.selfHosted,
	eventTypes: VERSIONS.eventTypes.selfHosted,
	bookings: VERSIONS.bookings.selfHosted,
	schedules: VERSIONS.schedules.selfHosted,
	slots: VERSIONS.slots.selfHosted,
} as const;
