import type { Json, JsonObject } from './json.mts';

export type Edition = 'selfHosted' | 'hosted';

export interface User {
	id: number;
	uuid: string;
	name: string;
	email: string;
	username: string;
	timeZone: string;
	locale: string;
	weekStart: string;
	timeFormat: number;
	bio: string | null;
	scheduleId: number;
}

/** The hosted edition's: everybody here belongs to it. */
export interface Organization {
	id: number;
	name: string;
	slug: string;
	memberIds: number[];
	ownerId: number;
}

export interface ApiKey {
	key: string;
	userId: number;
	expired: boolean;
	/** Requests per minute; null takes the server's `rateLimit`. */
	limit: number | null;
}

export interface Team {
	id: number;
	name: string;
	slug: string;
	memberIds: number[];
	ownerId: number;
}

/** A question of the booking form, in the words of API version 2024-06-14. */
export interface BookingField extends JsonObject {
	isDefault: boolean;
	type: string;
	slug: string;
}

export interface Recurrence {
	frequency: string;
	interval: number;
	occurrences: number;
}

export interface Seats {
	seatsPerTimeSlot: number;
	showAttendeeInfo: boolean;
	showAvailabilityCount: boolean;
}

export interface EventType {
	id: number;
	ownerId: number | null;
	teamId: number | null;
	schedulingType: 'ROUND_ROBIN' | 'COLLECTIVE' | null;
	hostIds: number[];
	title: string;
	slug: string;
	description: string;
	lengthInMinutes: number;
	lengthInMinutesOptions: number[];
	locations: JsonObject[];
	bookingFields: BookingField[];
	recurrence: Recurrence | null;
	/** Null: bookings are accepted at once. */
	confirmationPolicy: JsonObject | null;
	seats: Seats | null;
	price: number;
	currency: string;
	minimumBookingNotice: number;
	/** What the API shows and lets people set, but what decides nothing here. */
	settings: JsonObject;
}

export interface Seat {
	uid: string;
	responses: JsonObject;
	metadata: JsonObject;
}

export interface Attendee {
	id: number;
	name: string;
	email: string;
	timeZone: string;
	phoneNumber: string | null;
	locale: string;
	noShow: boolean;
	seat: Seat | null;
}

export type BookingStatus = 'ACCEPTED' | 'PENDING' | 'CANCELLED' | 'REJECTED';

export interface VideoCall extends JsonObject {
	type: string;
	id: string;
	password: string;
	url: string;
}

export interface Booking {
	id: number;
	uid: string;
	idempotencyKey: string;
	userId: number;
	eventTypeId: number;
	title: string;
	/** The booker's notes; null on seated bookings. */
	description: string | null;
	/** ISO 8601, UTC, milliseconds. */
	start: string;
	end: string;
	status: BookingStatus;
	/** As Cal.com stores it: `integrations:daily`, an address, a number, a link. */
	location: string;
	video: VideoCall | null;
	videoCallUrl: string | null;
	/** The booker's own keys; Cal.com's `videoCallUrl` is kept apart. */
	metadata: JsonObject;
	/** Answers by slug; null on seated bookings, where they belong to the seats. */
	responses: JsonObject | null;
	attendees: Attendee[];
	iCalUid: string;
	iCalSequence: number;
	createdAt: string;
	updatedAt: string;
	cancellationReason: string | null;
	cancelledBy: string | null;
	rejectionReason: string | null;
	fromReschedule: string | null;
	rescheduled: boolean;
	rescheduledBy: string | null;
	recurringEventId: string | null;
	noShowHost: boolean;
	paid: boolean;
	paymentId: number | null;
	oneTimePassword: string | null;
	/** What MEETING_STARTED and MEETING_ENDED will say: the row as it was when booked. */
	snapshot: JsonObject | null;
	/** Meeting events that the clock has already fired. */
	fired: string[];
}

export interface Webhook {
	id: string;
	userId: number | null;
	eventTypeId: number | null;
	/** Set for an organization's webhook, which hears of every member's bookings. */
	organizationId: number | null;
	subscriberUrl: string;
	triggers: string[];
	active: boolean;
	secret: string | null;
	payloadTemplate: string | null;
	version: string;
	time: number | null;
	timeUnit: string | null;
	createdAt: string;
}

export interface Schedule {
	id: number;
	ownerId: number;
	name: string;
	timeZone: string;
	availability: { days: string[]; startTime: string; endTime: string }[];
	isDefault: boolean;
	overrides: { date: string; startTime: string; endTime: string }[];
}

export interface Reservation {
	uid: string;
	eventTypeId: number;
	slotStart: string;
	slotEnd: string;
	slotDuration: number;
	until: string;
}

/** A secret address of an event type: until a date, or for so many bookings. */
export interface PrivateLink {
	linkId: string;
	eventTypeId: number;
	expiresAt: string | null;
	maxUsageCount: number | null;
	usageCount: number;
}

/** A calendar that someone connected. */
export interface Calendar {
	userId: number;
	credentialId: number;
	integration: string;
	externalId: string;
	name: string;
	email: string;
	primary: boolean;
	readOnly: boolean;
	/** Whether its events make its owner busy. */
	isSelected: boolean;
	/** Where it is kept does not answer. */
	unreachable?: boolean;
}

/** An event in a connected calendar, which Cal.com did not make. */
export interface Busy {
	userId: number;
	externalId: string;
	start: string;
	end: string;
}

export interface OutOfOffice {
	id: number;
	uuid: string;
	userId: number;
	toUserId: number | null;
	start: string;
	end: string;
	notes: string | null;
	reason: string;
}

/** What a meeting in Cal Video left behind. */
export interface Recording {
	bookingUid: string;
	id: string;
	startedAt: string;
	/** Seconds. */
	duration: number;
	transcript: string | null;
}

export interface RoutingForm {
	id: string;
	name: string;
	description: string | null;
	teamId: number | null;
	userId: number;
	createdAt: string;
	updatedAt: string;
	fields: { id: string; identifier: string; label: string; type: string; required: boolean }[];
	/** The first route whose answer fits; the one without an answer is for all others. */
	routes: { id: string; identifier: string | null; answer: string | null; eventTypeId: number }[];
}

export interface FormResponse {
	id: number;
	formId: string;
	formFillerId: string;
	routedToBookingUid: string | null;
	response: JsonObject;
	createdAt: string;
}

export type { Json, JsonObject };
