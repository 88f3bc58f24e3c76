/**
 * The codes of the errors that the nodes raise, each with whether the same again may go well by itself, later. What
 * branches goes by a code, never by the words: those are for people, and may be put better. A code that was once
 * published keeps its name and its meaning; docs/errors.md says of each what happened and what to do.
 */
export const ERROR_CODES = {
	// No answer came.
	CERTIFICATE_NOT_TRUSTED: false,
	CONNECTION_LOST: true,
	CONNECTION_REFUSED: true,
	HOST_NOT_FOUND: false,
	NAME_LOOKUP_FAILED: true,
	NOT_TLS: false,
	TIMEOUT: true,
	UNREACHABLE: true,

	// What answers is not the API, or not as it should.
	BASE_URL_INVALID: false,
	BASE_URL_REDIRECTS: false,
	LIST_CHANGED: true,
	NOT_THE_API: false,
	OLD_FORMAT: false,
	ROUTE_UNKNOWN: false,

	// Who asks.
	API_KEY_EXPIRED: false,
	API_KEY_INVALID: false,
	API_KEY_MISSING: false,
	CREDENTIALS_NOT_YOURS: false,
	FORBIDDEN: false,
	HOSTED_ONLY: false,
	NO_ORGANIZATION: false,
	OAUTH_NOT_CONNECTED: false,
	OAUTH_REFUSED: false,
	RATE_LIMITED: true,
	UNAUTHORIZED: false,

	// What Cal.com says of a request, when nothing below fits.
	BAD_REQUEST: false,
	CONFLICT: false,
	INVALID_VALUES: false,
	NOT_FOUND: false,
	SERVER_ERROR: true,

	// Bookings.
	ANSWER_NOT_ACCEPTED: false,
	ATTENDEE_HAS_SEAT: false,
	ATTENDEE_NOT_FOUND: false,
	BOOKING_CANCELLED: false,
	BOOKING_CONFIRMED: false,
	BOOKING_DECLINED: false,
	BOOKING_LIMIT_REACHED: false,
	BOOKING_NOT_BEGUN: true,
	BOOKING_RESCHEDULED: false,
	CANCELLATION_REASON_REQUIRED: false,
	EMAILS_NOT_ACCEPTED: false,
	NOT_A_SERIES: false,
	PRIMARY_ATTENDEE: false,
	SEATS_FULL: false,
	SEAT_NOT_FOUND: false,
	SEAT_REQUIRED: false,
	TIME_NOT_BOOKABLE: false,
	TIME_NOT_FREE: false,
	TOO_MANY_OCCURRENCES: false,

	// Event types, calendars, slots, schedules.
	APP_NOT_CONNECTED: false,
	CALENDARS_UNREADABLE: true,
	FORM_UNREADABLE: false,
	LOCATION_NOT_ALLOWED: false,
	NO_CALENDAR: false,
	NO_DEFAULT_SCHEDULE: false,
	RESERVATION_LOST: true,
	RESERVATION_NOT_FOUND: false,
	SLUG_TAKEN: false,

	// How the node is filled in: nothing was sent.
	CHOICE_UNKNOWN: false,
	DEFAULT_COUNTRY_UNKNOWN: false,
	FIELD_EMPTY: false,
	FIELD_NOT_SETTABLE: false,
	INVALID_JSON: false,
	INVALID_TIME: false,
	METADATA_NOT_ACCEPTED: false,
	NOTHING_CHOSEN: false,
	NOTHING_TO_CHANGE: false,
	NOT_AN_ATTENDEE: false,
	NOT_A_NUMBER: false,
	NOT_A_WEB_ADDRESS: false,
	QUESTION_INVALID: false,
	RANGE_REVERSED: false,
	TIME_SKIPPED: false,
	TIME_ZONE_UNKNOWN: false,

	// The triggers.
	EVENTS_NOT_OFFERED: false,
	NOTHING_TO_SHOW: true,
	WEBHOOK_NOT_SWITCHED_ON: false,
	WEBHOOK_SECRET_MISSING: false,
	WEBHOOK_URL_MISSING: false,
	WEBHOOK_URL_TAKEN: false,

	// The sync.
	COLUMN_UNREADABLE: false,
	FIELD_PAIR_INVALID: false,
	LINK_UNCLEAR: false,
	STOPPED: true,
	VALUE_NOT_TAKEN: false,

	// What nobody has thought of: n8n's own errors, and faults of this package.
	UNEXPECTED: false,
} as const satisfies Record<string, boolean>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** Whether a text is one of the codes. */
export const isErrorCode = (text: unknown): text is ErrorCode =>
	typeof text === 'string' && Object.hasOwn(ERROR_CODES, text);
