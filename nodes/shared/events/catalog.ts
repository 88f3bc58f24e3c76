import type { Edition } from '../api/edition';
import type { EventCategory } from './event';

export interface CatalogEntry {
	/** Cal.com's trigger event. */
	event: string;
	/** The name as people say it. */
	name: string;
	description: string;
	category: EventCategory;
	/** Editions whose API accepts it as a webhook trigger (an unknown one is refused with 400). */
	editions: readonly Edition[];
	/** Cal.com wants to know how long after the start (`time` and `timeUnit`). */
	needsDelay?: true;
	/** Only webhooks of an organization may have it (Cal.com answers 400 for others). */
	organizationOnly?: true;
	/** Made by polling or by Cal.com's test button: never offered as a webhook trigger. */
	internal?: true;
}

const BOTH = ['hosted', 'selfHosted'] as const;
const HOSTED = ['hosted'] as const;

/** Every event there is, in the order people look for them. Source: API v2, community 6.2 and hosted (March 2026). */
// A table, one event a line.
// prettier-ignore
export const EVENT_CATALOG: readonly CatalogEntry[] = [
	{ event: 'BOOKING_CREATED', name: 'Booking Created', description: 'A booking is definite: made, confirmed by the host, or paid', category: 'booking', editions: BOTH },
	{ event: 'BOOKING_RESCHEDULED', name: 'Booking Rescheduled', description: 'A booking moved to another time; it usually gets a new uid', category: 'booking', editions: BOTH },
	{ event: 'BOOKING_CANCELLED', name: 'Booking Cancelled', description: 'A booking was cancelled, one seat was given up, or the host asked for another time', category: 'booking', editions: BOTH },
	{ event: 'BOOKING_REQUESTED', name: 'Booking Requested', description: 'A booking waits for the host to confirm it', category: 'booking', editions: BOTH },
	{ event: 'BOOKING_REJECTED', name: 'Booking Rejected', description: 'The host declined a requested booking', category: 'booking', editions: BOTH },
	{ event: 'BOOKING_LOCATION_UPDATED', name: 'Booking Location Updated', description: 'The place of a booking changed', category: 'booking', editions: HOSTED },
	{ event: 'BOOKING_REASSIGNED', name: 'Booking Reassigned', description: 'Another host took over a booking', category: 'booking', editions: HOSTED },
	{ event: 'CALENDAR_ENTRY_REJECTED', name: 'Calendar Entry Rejected', description: 'A booking could not be written to a calendar', category: 'booking', editions: HOSTED },
	{ event: 'WRONG_ASSIGNMENT_REPORT', name: 'Wrong Assignment Reported', description: 'A host reported that a booking was routed to the wrong person', category: 'booking', editions: BOTH },
	{ event: 'MEETING_STARTED', name: 'Meeting Started', description: 'The start of a booked meeting has come', category: 'meeting', editions: BOTH },
	{ event: 'MEETING_ENDED', name: 'Meeting Ended', description: 'The end of a booked meeting has come', category: 'meeting', editions: BOTH },
	{ event: 'BOOKING_NO_SHOW_UPDATED', name: 'No-Show Updated', description: 'An attendee was marked absent, or present again', category: 'noShow', editions: BOTH },
	{ event: 'AFTER_HOSTS_CAL_VIDEO_NO_SHOW', name: 'Host Did Not Join Cal Video', description: 'No host joined the Cal Video call within the chosen time', category: 'noShow', editions: BOTH, needsDelay: true },
	{ event: 'AFTER_GUESTS_CAL_VIDEO_NO_SHOW', name: 'Guest Did Not Join Cal Video', description: 'An attendee did not join the Cal Video call within the chosen time', category: 'noShow', editions: BOTH, needsDelay: true },
	{ event: 'BOOKING_PAYMENT_INITIATED', name: 'Payment Initiated', description: 'A paid booking waits for its payment', category: 'payment', editions: BOTH },
	{ event: 'BOOKING_PAID', name: 'Booking Paid', description: 'The payment of a booking arrived', category: 'payment', editions: BOTH },
	{ event: 'FORM_SUBMITTED', name: 'Form Submitted', description: 'Someone filled in a routing form', category: 'form', editions: BOTH },
	{ event: 'FORM_SUBMITTED_NO_EVENT', name: 'Form Submitted Without Booking', description: 'Someone filled in a routing form and did not book', category: 'form', editions: BOTH },
	{ event: 'ROUTING_FORM_FALLBACK_HIT', name: 'Routing Form Fallback Hit', description: 'A routing form found no match and used its fallback', category: 'form', editions: HOSTED },
	{ event: 'RECORDING_READY', name: 'Recording Ready', description: 'The recording of a Cal Video call can be downloaded', category: 'recording', editions: BOTH },
	{ event: 'RECORDING_TRANSCRIPTION_GENERATED', name: 'Transcription Generated', description: 'The transcript of a Cal Video call can be downloaded', category: 'recording', editions: BOTH },
	{ event: 'INSTANT_MEETING', name: 'Instant Meeting Requested', description: 'A visitor asks for a meeting right now', category: 'instantMeeting', editions: HOSTED },
	{ event: 'INSTANT_MEETING_ACCEPTED', name: 'Instant Meeting Accepted', description: 'A host took an instant meeting', category: 'instantMeeting', editions: HOSTED },
	{ event: 'OOO_CREATED', name: 'Out of Office Created or Changed', description: 'A user entered or changed an absence', category: 'outOfOffice', editions: BOTH },
	{ event: 'DELEGATION_CREDENTIAL_ERROR', name: 'Delegation Credential Error', description: 'A delegation credential of the organization failed', category: 'system', editions: BOTH, organizationOnly: true },
	{ event: 'DELEGATION_CREDENTIAL_SECRET_ROTATION_FAILED', name: 'Delegation Credential Rotation Failed', description: 'The secret of a delegation credential could not be rotated', category: 'system', editions: HOSTED, organizationOnly: true },
	{ event: 'DELEGATION_CREDENTIAL_ROTATION_REQUIRED', name: 'Delegation Credential Rotation Required', description: 'The secret of a delegation credential must be rotated', category: 'system', editions: HOSTED, organizationOnly: true },
	{ event: 'DELEGATION_CREDENTIAL_SECRET_ROTATED', name: 'Delegation Credential Rotated', description: 'The secret of a delegation credential was rotated', category: 'system', editions: HOSTED, organizationOnly: true },
	{ event: 'BOOKING_UPCOMING', name: 'Booking Upcoming', description: 'A booking starts soon; found by polling', category: 'booking', editions: BOTH, internal: true },
	{ event: 'PING', name: 'Ping', description: "Cal.com's test button", category: 'test', editions: BOTH, internal: true },
	{ event: 'EVENT_TYPE_CREATED', name: 'Event Type Created', description: 'Found by polling', category: 'eventType', editions: BOTH, internal: true },
	{ event: 'EVENT_TYPE_UPDATED', name: 'Event Type Updated', description: 'Found by polling', category: 'eventType', editions: BOTH, internal: true },
	{ event: 'EVENT_TYPE_DELETED', name: 'Event Type Deleted', description: 'Found by polling', category: 'eventType', editions: BOTH, internal: true },
];

const BY_EVENT: ReadonlyMap<string, CatalogEntry> = new Map(EVENT_CATALOG.map((entry) => [entry.event, entry]));

/** The catalog's entry for a trigger event; undefined for one that Cal.com has added since. */
export function catalogEntry(event: string): CatalogEntry | undefined {
	return BY_EVENT.get(event);
}
