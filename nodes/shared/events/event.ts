/**
 * The normalized event: the one shape that the triggers emit, whatever Cal.com sent.
 *
 * Every key is always present (null, [] or {} where Cal.com sent nothing), so an expression that
 * works for one event works for all. Instants are ISO 8601 in UTC with milliseconds; `…Local`
 * values carry the offset of the zone beside them.
 */

import type { EventAttendee, EventBooking, EventEventType, EventPerson } from '../booking/model';
import type { Json, JsonObject } from '../values/json';

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
