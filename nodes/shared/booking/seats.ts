import { trimmed } from '../values/readers';
import type { Payload, RawPerson } from './schema';

export interface SeatFacts {
	/** Seats per slot; null when the event type has none. */
	seats: number | null;
	seatUid: string | null;
	/** One seat was given up and the booking lives on for the others. */
	seatRemoved: boolean;
}

/**
 * The seat a delivery is about, if any.
 *
 * Cal.com sends a seat's removal as a cancellation of the booking, mostly without the seat's uid. What tells it
 * apart is the attendee: alone, and listed as the database row that was removed, with its ids, while a
 * cancellation of the whole booking lists its attendees without ids.
 */
export function seatFacts(event: string, payload: Payload, attendees: readonly RawPerson[]): SeatFacts {
	const seats = payload.seatsPerTimeSlot !== null && payload.seatsPerTimeSlot > 0 ? payload.seatsPerTimeSlot : null;
	const only = attendees.length === 1 ? attendees[0] : undefined;
	const seatUid = payload.attendeeSeatId ?? payload.seatReferenceUid ?? seatOf(attendees[0]);
	const isRow = only !== undefined && (only.id !== null || only.bookingId !== null);
	return {
		seats,
		seatUid,
		seatRemoved:
			event === 'BOOKING_CANCELLED' && seats !== null && only !== undefined && (isRow || seatUid !== null),
	};
}

function seatOf(attendee: RawPerson | undefined): string | null {
	return trimmed(attendee?.bookingSeat?.referenceUid);
}
