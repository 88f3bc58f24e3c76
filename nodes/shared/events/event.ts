/**
 * The normalized event: the one shape that the triggers emit, whatever Cal.com sent.
 *
 * Every key is always present (null, [] or {} where Cal.com sent nothing), so an expression that
 * works for one event works for all. Instants are ISO 8601 in UTC with milliseconds; `…Local`
 * values carry the offset of the zone beside them.
 */

/** A JSON value as it travels through n8n. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export type EventCategory =
	| 'booking'
	| 'meeting'
	| 'noShow'
	| 'recording'
	| 'form'
	| 'outOfOffice'
	| 'instantMeeting'
	| 'payment'
	| 'eventType'
	| 'system'
	| 'test';

/** API v2's own words, lowercase. */
export type BookingStatus = 'pending' | 'accepted' | 'cancelled' | 'rejected';

export type Lifecycle =
	'requested' | 'scheduled' | 'rescheduled' | 'cancelled' | 'rejected' | 'started' | 'completed' | 'noShow';

export type LocationType = 'video' | 'phone' | 'inPerson' | 'link' | 'other';

export interface EventLocation {
	/** What kind of place it is; `other` where the attendee named a place of their own. */
	type: LocationType;
	/** A text for people: "Cal Video", the address, the number or the link. */
	label: string;
	/** The link to join, once there is one. */
	url: string | null;
	/** E.164 where it can be told, else as written. */
	phone: string | null;
	address: string | null;
}

export interface EventRecurrence {
	/** "yearly" | "monthly" | "weekly" | "daily" | "hourly" | "minutely", or null for a number not known. */
	frequency: string | null;
	interval: number | null;
	count: number | null;
}

export interface EventBooking {
	uid: string | null;
	id: number | null;
	title: string | null;
	description: string | null;
	status: BookingStatus | null;
	lifecycle: Lifecycle | null;
	start: string | null;
	end: string | null;
	durationMinutes: number | null;
	/** IANA zone of the organizer; `startLocal` and `endLocal` are in it. */
	timeZone: string | null;
	startLocal: string | null;
	endLocal: string | null;
	location: EventLocation | null;
	/** Set on a reschedule: the uid before, and its times. */
	previousUid: string | null;
	previousStart: string | null;
	previousEnd: string | null;
	rescheduledBy: string | null;
	rescheduleReason: string | null;
	cancelledBy: string | null;
	cancellationReason: string | null;
	rejectionReason: string | null;
	/** True when the host asked the attendee to pick another time (Cal.com sends it as a cancellation). */
	rescheduleRequested: boolean;
	seatUid: string | null;
	/** Seats per slot when the event type has seats. */
	seats: number | null;
	/** True when one seat was given up and the booking lives on for the others. */
	seatRemoved: boolean;
	isRecurring: boolean;
	recurrence: EventRecurrence | null;
	recurringBookingUid: string | null;
	/** In the currency's minor unit (cents), as Cal.com sends it. */
	price: number | null;
	/** ISO 4217, upper case. */
	currency: string | null;
	paid: boolean | null;
	iCalUid: string | null;
	bookingUrl: string | null;
	rescheduleUrl: string | null;
	cancelUrl: string | null;
}

export interface EventEventType {
	id: number | null;
	slug: string | null;
	title: string | null;
	description: string | null;
	lengthMinutes: number | null;
	/** "roundRobin" | "collective" | "managed", else as Cal.com names it; null for one host. */
	schedulingType: string | null;
}

export interface EventPerson {
	id: number | null;
	name: string | null;
	email: string | null;
	username: string | null;
	timeZone: string | null;
	locale: string | null;
}

export interface EventAttendee {
	name: string | null;
	firstName: string | null;
	lastName: string | null;
	email: string | null;
	/** E.164, or null. */
	phone: string | null;
	timeZone: string | null;
	locale: string | null;
	noShow: boolean | null;
}

export interface EventNoShow {
	/** Who was absent, as far as this delivery tells. */
	who: 'host' | 'attendee' | null;
	/** Emails of everyone this delivery marks absent. */
	absent: string[];
	/** Emails of everyone this delivery marks present (again). */
	present: string[];
	hostEmail: string | null;
	message: string | null;
}

export interface EventRecording {
	/** Without its token, unless secrets are asked for. */
	downloadUrl: string | null;
	transcriptUrls: string[];
}

export interface EventForm {
	id: string | null;
	name: string | null;
	teamId: number | null;
	responseId: number | null;
	/** Answers by field name. */
	answers: JsonObject;
}

export interface EventOutOfOffice {
	uuid: string | null;
	start: string | null;
	end: string | null;
	reason: string | null;
	notes: string | null;
	userEmail: string | null;
	userName: string | null;
	replacementEmail: string | null;
	replacementName: string | null;
	updatedAt: string | null;
}

export interface EventInstantMeeting {
	joinUrl: string | null;
	teamId: number | null;
}

export interface EventPayment {
	id: string | null;
	status: 'initiated' | 'paid';
	/** In the currency's minor unit. */
	amount: number | null;
	currency: string | null;
}

/** What people look for stands first, what machines need last. */
export interface CalComEvent {
	/** Cal.com's triggerEvent, or EVENT_TYPE_CREATED/UPDATED/DELETED found by polling; "UNKNOWN" when a body names none. */
	event: string;
	occurredAt: string | null;
	bookingType: string | null;
	booking: EventBooking;
	attendee: EventAttendee;
	/** The booker first. */
	attendees: EventAttendee[];
	attendeeCount: number;
	/** Emails of the attendees that the booker brought along. */
	guests: string[];
	notes: string | null;
	/** Every answer of the booking form that is not a system field or is a custom one, by slug; null when unanswered. */
	responses: JsonObject;
	/** Only the answers to the user's own questions. */
	customResponses: JsonObject;
	hasCustomResponses: boolean;
	eventType: EventEventType;
	organizer: EventPerson;
	hosts: EventPerson[];
	metadata: JsonObject;
	noShow: EventNoShow | null;
	recording: EventRecording | null;
	form: EventForm | null;
	outOfOffice: EventOutOfOffice | null;
	instantMeeting: EventInstantMeeting | null;
	payment: EventPayment | null;
	report: JsonObject | null;
	changes: JsonObject | null;
	category: EventCategory;
	source: 'webhook' | 'poll';
	verified: boolean;
	tag: string | null;
	/** Which Cal.com: cal.com, cal.eu, else the credential's word for it, else its host. Ids count within one. */
	instance: string | null;
	/** The same for every delivery of the same fact, whatever webhook or poll it came from: the idempotency key. */
	eventKey: string;
	raw: Json;
}
