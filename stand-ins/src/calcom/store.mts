import type {
	ApiKey,
	Booking,
	Busy,
	Calendar,
	Edition,
	EventType,
	FormResponse,
	Organization,
	OutOfOffice,
	PrivateLink,
	Recording,
	Reservation,
	RoutingForm,
	Schedule,
	Team,
	User,
	Webhook,
} from './types.mts';

type Counter = 'eventType' | 'booking' | 'attendee' | 'schedule' | 'payment' | 'outOfOffice' | 'formResponse';

/** Everything the stand-in remembers: plain data, open to whoever started it. */
export interface State {
	edition: Edition;
	/** Base of the links in deliveries, as a self-hosted Cal.com would be set up. */
	bookerUrl: string;
	users: User[];
	apiKeys: ApiKey[];
	teams: Team[];
	/** Null on the community edition, which has none. */
	organization: Organization | null;
	eventTypes: EventType[];
	/** Deleted ones, which old bookings still need. */
	goneEventTypes: EventType[];
	bookings: Booking[];
	webhooks: Webhook[];
	schedules: Schedule[];
	reservations: Reservation[];
	privateLinks: PrivateLink[];
	calendars: Calendar[];
	/** Where new bookings are written to: user id -> externalId of a calendar. */
	destinations: Record<number, string>;
	busy: Busy[];
	outOfOffice: OutOfOffice[];
	recordings: Recording[];
	/** Apps beside Cal Video that make rooms, as event types name them. */
	conferencingApps: string[];
	routingForms: RoutingForm[];
	formResponses: FormResponse[];
	last: Record<Counter, number>;
}

export function nextId(state: State, counter: Counter): number {
	state.last[counter] += 1;
	return state.last[counter];
}

export function userById(state: State, id: number): User {
	const user = state.users.find((candidate) => candidate.id === id);
	if (!user) throw new Error(`The stand-in has no user ${id}`);
	return user;
}

export function findEventType(state: State, id: number): EventType | undefined {
	return state.eventTypes.find((candidate) => candidate.id === id);
}

export function eventTypeOf(state: State, booking: Booking): EventType {
	const gone = () => state.goneEventTypes.find((candidate) => candidate.id === booking.eventTypeId);
	const eventType = findEventType(state, booking.eventTypeId) ?? gone();
	if (!eventType)
		throw new Error(`Booking ${booking.uid} belongs to event type ${booking.eventTypeId}, which is gone`);
	return eventType;
}

export function findBooking(state: State, uid: string): Booking | undefined {
	return state.bookings.find((candidate) => candidate.uid === uid);
}

/** The occurrences of a series, in order of start. */
export function seriesOf(state: State, recurringEventId: string): Booking[] {
	return state.bookings
		.filter((booking) => booking.recurringEventId === recurringEventId)
		.sort((a, b) => a.start.localeCompare(b.start));
}

export function rescheduledTo(state: State, uid: string): Booking | undefined {
	return state.bookings.find((candidate) => candidate.fromReschedule === uid);
}
