import type { BookingStatus, Lifecycle } from './model';

const STATUS_WORDS: ReadonlySet<string> = new Set<BookingStatus>(['pending', 'accepted', 'cancelled', 'rejected']);

/** What an event says about a booking. A key that is missing says nothing. */
interface EventMeaning {
	/** The status where Cal.com sends none. */
	status?: BookingStatus;
	/** The status whatever Cal.com sends: it is known to be wrong here. */
	corrected?: BookingStatus;
	lifecycle?: Lifecycle;
}

const MEANINGS: ReadonlyMap<string, EventMeaning> = new Map<string, EventMeaning>([
	['BOOKING_CREATED', { status: 'accepted', lifecycle: 'scheduled' }],
	['BOOKING_REQUESTED', { status: 'pending', lifecycle: 'requested' }],
	['BOOKING_RESCHEDULED', { status: 'accepted', lifecycle: 'rescheduled' }],
	['BOOKING_CANCELLED', { status: 'cancelled', lifecycle: 'cancelled' }],
	['BOOKING_REJECTED', { status: 'rejected', lifecycle: 'rejected' }],
	['BOOKING_LOCATION_UPDATED', { status: 'accepted', lifecycle: 'scheduled' }],
	['BOOKING_REASSIGNED', { status: 'accepted', lifecycle: 'scheduled' }],
	// Sent as ACCEPTED although nobody has paid yet.
	['BOOKING_PAYMENT_INITIATED', { corrected: 'pending', lifecycle: 'requested' }],
	['BOOKING_PAID', { status: 'accepted', lifecycle: 'scheduled' }],
	['BOOKING_UPCOMING', { status: 'accepted', lifecycle: 'scheduled' }],
	['MEETING_STARTED', { status: 'accepted', lifecycle: 'started' }],
	['MEETING_ENDED', { status: 'accepted', lifecycle: 'completed' }],
	['INSTANT_MEETING', { lifecycle: 'requested' }],
	['INSTANT_MEETING_ACCEPTED', { lifecycle: 'scheduled' }],
	['AFTER_HOSTS_CAL_VIDEO_NO_SHOW', { lifecycle: 'noShow' }],
	['AFTER_GUESTS_CAL_VIDEO_NO_SHOW', { lifecycle: 'noShow' }],
]);

/** Events that tell of definite bookings and of requested ones alike. */
const WAITING: ReadonlySet<string> = new Set(['BOOKING_PAID', 'BOOKING_UPCOMING']);

/** What else decides, beside the event's name. */
export interface StatusFacts {
	/** One seat was given up: the booking itself lives on. */
	seatRemoved: boolean;
	/** At least one attendee of this delivery is marked absent. */
	someoneAbsent: boolean;
}

function isStatus(word: string | undefined): word is BookingStatus {
	return word !== undefined && STATUS_WORDS.has(word);
}

/** The booking's status: what Cal.com sends (in any case), corrected where it is known to be wrong. */
export function bookingStatus(event: string, sent: string | null, facts: StatusFacts): BookingStatus | null {
	if (facts.seatRemoved) return 'accepted';
	const meaning = MEANINGS.get(event);
	if (meaning?.corrected) return meaning.corrected;
	const word = sent?.toLowerCase();
	return isStatus(word) ? word : (meaning?.status ?? null);
}

/** The step of a booking's life that this event tells of; null when it tells of none. */
export function bookingLifecycle(event: string, status: BookingStatus | null, facts: StatusFacts): Lifecycle | null {
	if (facts.seatRemoved) return 'scheduled';
	if (event === 'BOOKING_NO_SHOW_UPDATED') return facts.someoneAbsent ? 'noShow' : null;
	// Paid or soon to start, and still waiting for the host's confirmation.
	if (status === 'pending' && WAITING.has(event)) return 'requested';
	return MEANINGS.get(event)?.lifecycle ?? null;
}
