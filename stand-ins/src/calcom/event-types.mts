import { fullForm } from './booking-fields.mts';
import { isObject } from './json.mts';
import type { Json, JsonObject } from './json.mts';
import type { EventType, Recurrence, Seats } from './types.mts';

/** What a new event type says when nothing else was sent, beside what it decides bookings with. */
const SETTINGS: JsonObject = {
	disableGuests: false,
	slotInterval: null,
	beforeEventBuffer: 0,
	afterEventBuffer: 0,
	metadata: {},
	lockTimeZoneToggleOnBookingPage: false,
	forwardParamsSuccessRedirect: true,
	successRedirectUrl: null,
	isInstantEvent: false,
	scheduleId: null,
	onlyShowFirstAvailableSlot: false,
	offsetStart: 0,
	bookingWindow: { disabled: true },
	requiresBookerEmailVerification: false,
	hideCalendarNotes: false,
	useDestinationCalendarEmail: false,
	hideCalendarEventDetails: false,
	hideOrganizerEmail: false,
	calVideoSettings: { sendTranscriptionEmails: true },
	hidden: false,
	bookingRequiresAuthentication: false,
	bookerActiveBookingsLimit: { disabled: true },
	disableCancelling: { disabled: false },
	disableRescheduling: { disabled: false },
	interfaceLanguage: null,
	allowReschedulingPastBookings: false,
	allowReschedulingCancelledBookings: false,
	showOptimizedSlots: false,
};
/** Settable, but shown only once they were set. */
const OPTIONAL = [
	'customName',
	'color',
	'bookingLimitsCount',
	'bookingLimitsDuration',
	'lockedTimeZone',
	'customReplyToEmail',
];
const READ_ONLY = new Set(['metadata', 'isInstantEvent']);

const isOff = (value: unknown): boolean => !isObject(value) || value['disabled'] === true;

function recurrenceOf(value: Json): Recurrence | null {
	if (!isObject(value) || isOff(value)) return null;
	return {
		frequency: String(value['frequency']),
		interval: Number(value['interval']),
		occurrences: Number(value['occurrences']),
	};
}

function seatsOf(value: Json): Seats | null {
	if (!isObject(value) || isOff(value)) return null;
	return {
		seatsPerTimeSlot: Number(value['seatsPerTimeSlot']),
		showAttendeeInfo: value['showAttendeeInfo'] === true,
		showAvailabilityCount: value['showAvailabilityCount'] === true,
	};
}

const objectsOf = (value: Json | undefined): JsonObject[] => (Array.isArray(value) ? value.filter(isObject) : []);

/** An event type with nothing but its defaults. */
export function blankEventType(id: number, ownerId: number | null): EventType {
	return {
		id,
		ownerId,
		teamId: null,
		schedulingType: null,
		hostIds: ownerId === null ? [] : [ownerId],
		title: '',
		slug: '',
		description: '',
		lengthInMinutes: 30,
		lengthInMinutesOptions: [],
		locations: [{ type: 'integration', integration: 'cal-video' }],
		bookingFields: fullForm([]),
		recurrence: null,
		confirmationPolicy: null,
		seats: null,
		price: 0,
		currency: 'usd',
		minimumBookingNotice: 120,
		settings: structuredClone(SETTINGS),
	};
}

type Setter = (eventType: EventType, value: Json) => void;

const SETTERS: Record<string, Setter> = {
	title: (eventType, value) => (eventType.title = String(value)),
	slug: (eventType, value) => (eventType.slug = String(value)),
	description: (eventType, value) => (eventType.description = value === null ? '' : String(value)),
	lengthInMinutes: (eventType, value) => (eventType.lengthInMinutes = Number(value)),
	lengthInMinutesOptions: (eventType, value) => {
		eventType.lengthInMinutesOptions = Array.isArray(value) ? value.map(Number) : [];
		eventType.settings['metadata'] =
			eventType.lengthInMinutesOptions.length > 0
				? { multipleDuration: [...eventType.lengthInMinutesOptions] }
				: {};
	},
	locations: (eventType, value) => (eventType.locations = objectsOf(value)),
	bookingFields: (eventType, value) => (eventType.bookingFields = fullForm(Array.isArray(value) ? value : [])),
	recurrence: (eventType, value) => (eventType.recurrence = recurrenceOf(value)),
	confirmationPolicy: (eventType, value) =>
		(eventType.confirmationPolicy = isObject(value) && !isOff(value) ? structuredClone(value) : null),
	seats: (eventType, value) => (eventType.seats = seatsOf(value)),
	minimumBookingNotice: (eventType, value) => (eventType.minimumBookingNotice = Number(value)),
};

/** Whether the API lets people set this field. */
export const isSettable = (key: string): boolean =>
	key in SETTERS || (key in SETTINGS && !READ_ONLY.has(key)) || OPTIONAL.includes(key);

/** Takes what can be set from a body; everything else is dropped in silence, as Cal.com does. */
export function applyInput(eventType: EventType, input: JsonObject): EventType {
	for (const [key, value] of Object.entries(input)) {
		if (value === undefined) continue;
		const setter = SETTERS[key];
		if (setter) setter(eventType, value);
		else if (isSettable(key)) eventType.settings[key] = value;
	}
	return eventType;
}
