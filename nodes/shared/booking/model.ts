/** A booking and its people as the normalized event shows them; see `docs/event.md`. */

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
