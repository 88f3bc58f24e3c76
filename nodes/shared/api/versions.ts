/**
 * The `cal-api-version` of each group of operations. Without the header, or with an unknown one,
 * Cal.com silently answers in an old shape, or with 404. These are the versions that the hosted and
 * the community edition both know; null where the group has none.
 */
export const API_VERSION = {
	me: null,
	webhooks: null,
	teams: null,
	teamEventTypes: null,
	eventTypes: '2024-06-14',
	bookings: '2024-08-13',
	schedules: '2024-06-11',
	slots: '2024-09-04',
} as const;

export type ApiVersion = (typeof API_VERSION)[keyof typeof API_VERSION];
