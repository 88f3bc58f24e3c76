import { textAnswer } from './answers';
import type { EventBooking, EventEventType, EventLocation, EventRecurrence } from './model';
import { bookingLinks } from './links';
import { number, text, trimmed } from '../values/readers';
import type { Fields } from '../values/readers';
import type { Delivery, Payload } from './schema';
import type { SeatFacts } from './seats';
import { bookingLifecycle, bookingStatus } from './status';
import type { StatusFacts } from './status';
import { bookingUid } from './uid';
import { minutesBetween } from '../values/time';
import { localTime } from '../values/zones';

/** What the rest of the delivery tells about the booking. */
export interface BookingContext {
	seat: SeatFacts;
	facts: StatusFacts;
	location: EventLocation | null;
	/** IANA zone of the organizer, else of the attendee. */
	timeZone: string | null;
}

/** Events whose booking can have been moved by someone, so that a reason given for it belongs to this event. */
const MOVES: ReadonlySet<string> = new Set(['BOOKING_RESCHEDULED', 'BOOKING_REQUESTED']);
const OVER: ReadonlySet<string> = new Set(['BOOKING_CANCELLED', 'BOOKING_REJECTED']);

/** The booking of a delivery. Its instants are in UTC, its local times in the zone beside them. */
export function readBooking(delivery: Delivery, context: BookingContext): EventBooking {
	const { event, payload, isBookingRow } = delivery;
	const { seat, timeZone } = context;
	const uid = bookingUid(payload);
	const start = payload.startTime ?? payload.start;
	const end = payload.endTime ?? payload.end;
	const status = bookingStatus(event, payload.status, context.facts);
	// A reason belongs to the state that it was given for: Cal.com keeps that of a move where that of an end belongs.
	const isOver = seat.seatRemoved || status === 'cancelled' || status === 'rejected' || OVER.has(event);
	return {
		uid,
		id: payload.bookingId ?? (isBookingRow ? payload.id : null),
		title: payload.title,
		// Of a row it is the note of who booked.
		description: isBookingRow ? null : payload.description,
		status,
		lifecycle: bookingLifecycle(event, status, context.facts),
		start,
		end,
		durationMinutes: minutesBetween(start, end) ?? payload.length,
		timeZone,
		startLocal: localTime(start, timeZone),
		endLocal: localTime(end, timeZone),
		location: context.location,
		previousUid: payload.rescheduleUid ?? payload.fromReschedule,
		previousStart: payload.rescheduleStartTime,
		previousEnd: payload.rescheduleEndTime,
		rescheduledBy: payload.rescheduledBy,
		rescheduleReason: whyMoved(delivery, isOver),
		cancelledBy: isOver ? payload.cancelledBy : null,
		cancellationReason: isOver ? payload.cancellationReason : null,
		rejectionReason: isOver ? payload.rejectionReason : null,
		rescheduleRequested: payload.requestReschedule === true,
		seatUid: seat.seatUid,
		seats: seat.seats,
		seatRemoved: seat.seatRemoved,
		isRecurring: payload.recurringEvent !== null || payload.recurringEventId !== null,
		recurrence: readRecurrence(payload.recurringEvent),
		recurringBookingUid: payload.recurringEventId ?? payload.recurringBookingUid,
		price: payload.price,
		currency: payload.currency?.toUpperCase() ?? null,
		paid: PAID.get(event) ?? payload.paid,
		iCalUid: payload.iCalUID,
		...bookingLinks(payload.bookerUrl, uid, seat),
	};
}

const PAID: ReadonlyMap<string, boolean> = new Map([
	['BOOKING_PAID', true],
	['BOOKING_PAYMENT_INITIATED', false],
]);

/** The database keeps why a booking was moved as its cancellation reason, which is what rows of it tell. */
function whyMoved({ event, payload, isBookingRow }: Delivery, isOver: boolean): string | null {
	if (MOVES.has(event)) return rescheduleReason(payload);
	return isBookingRow && !isOver && payload.fromReschedule !== null ? payload.cancellationReason : null;
}

function rescheduleReason(payload: Payload): string | null {
	return textAnswer(payload.responses, 'rescheduleReason') ?? payload.reschedulingReason ?? payload.rescheduleReason;
}

/** Cal.com counts like iCalendar libraries do. */
const FREQUENCIES = ['yearly', 'monthly', 'weekly', 'daily', 'hourly', 'minutely', 'secondly'];

function readRecurrence(recurring: Fields | null): EventRecurrence | null {
	if (recurring === null) return null;
	return {
		frequency: FREQUENCIES[number(recurring.freq) ?? -1] ?? null,
		interval: number(recurring.interval),
		count: number(recurring.count),
	};
}

const SCHEDULING_TYPES: ReadonlyMap<string, string> = new Map([
	['ROUND_ROBIN', 'roundRobin'],
	['COLLECTIVE', 'collective'],
	['MANAGED', 'managed'],
]);

/** Events whose `type` is something else than the event type's slug: a title, or the word "Test". */
const TYPE_IS_NO_SLUG: ReadonlySet<string> = new Set(['RECORDING_READY', 'RECORDING_TRANSCRIPTION_GENERATED', 'PING']);

/** The event type of a delivery, as far as it names one. */
export function readEventType(event: string, payload: Payload): EventEventType {
	const nested = payload.eventType;
	const scheduling = payload.schedulingType;
	return {
		id: payload.eventTypeId ?? number(nested?.id),
		slug: (TYPE_IS_NO_SLUG.has(event) ? null : payload.type) ?? trimmed(nested?.slug),
		title: payload.eventTitle ?? payload.eventTypeTitle ?? text(nested?.title),
		description: payload.eventDescription,
		lengthMinutes: payload.length,
		schedulingType: scheduling === null ? null : (SCHEDULING_TYPES.get(scheduling) ?? scheduling),
	};
}
