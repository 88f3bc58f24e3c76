import { resolvedLocation } from '../bookings/location.mts';
import { without } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { isoSeconds, minutesBetween } from '../time.mts';
import type { Attendee, Booking } from '../types.mts';
import { calendarEvent } from './calendar-event.mts';
import { bookers, metadataOf, storedMetadata } from './created.mts';
import { appsOf, bookedAttendee, eventTypeInfo, freshAnswers, storedAttendee, videoOf } from './parts.mts';
import type { Facts } from './parts.mts';

function oldTimes(old: { uid: string; start: string; end: string }): JsonObject {
	return {
		rescheduleUid: old.uid,
		rescheduleStartTime: isoSeconds(old.start),
		rescheduleEndTime: isoSeconds(old.end),
	};
}

/** The old booking's meeting comes first, the request for a new one after it; between them, who moved it. */
function keptVideo(booking: Booking, rescheduledBy: string | null): JsonObject {
	const { videoCallData, conferenceData } = videoOf(booking);
	return { videoCallData, ...(rescheduledBy === null ? {} : { rescheduledBy }), conferenceData };
}

/**
 * BOOKING_RESCHEDULED: the new booking, with the old one's uid and times. The metadata is still the old booking's,
 * stale meeting link included; the calendar id is missing.
 */
export function rescheduledPayload(facts: Facts, old: Booking, rescheduledBy: string | null): JsonObject {
	const { booking, at } = facts;
	const answers = booking.responses ?? {};
	return {
		...calendarEvent({
			facts,
			attendees: bookers(facts).map((attendee) => bookedAttendee(attendee, {}, at)),
			answers: freshAnswers(facts, answers, false),
			notes: typeof answers['notes'] === 'string' ? answers['notes'] : '',
			location: resolvedLocation(booking),
			iCalUid: null,
			iCalSequence: booking.iCalSequence,
			recurring: false,
		}),
		hideBranding: false,
		uid: booking.uid,
		...keptVideo(booking, rescheduledBy),
		...appsOf(booking),
		...eventTypeInfo(facts, minutesBetween(booking.start, booking.end)),
		bookingId: booking.id,
		rescheduleId: old.id,
		...oldTimes(old),
		metadata: metadataOf({ ...facts, booking: old }),
		status: 'ACCEPTED',
	};
}

/** BOOKING_RESCHEDULED when the host moves every seat at once: the uid stays. */
export function seatsRescheduledPayload(
	facts: Facts,
	old: { uid: string; start: string; end: string },
	moved: Attendee[],
): JsonObject {
	const { booking, at } = facts;
	const [first] = moved;
	const answers: JsonObject = { ...first?.seat?.responses, email: first?.email ?? '', guests: [] };
	return {
		...calendarEvent({
			facts,
			attendees: moved.map((attendee) => without(storedAttendee(attendee, at), 'phoneNumber')),
			answers: freshAnswers(facts, answers, false),
			notes: '',
			location: booking.location,
			iCalUid: booking.iCalUid,
			iCalSequence: booking.iCalSequence,
			recurring: false,
		}),
		hideBranding: false,
		...eventTypeInfo(facts, minutesBetween(booking.start, booking.end)),
		uid: booking.uid,
		bookingId: booking.id,
		...oldTimes(old),
		metadata: storedMetadata(facts),
		status: 'ACCEPTED',
	};
}
