import { resolvedLocation } from '../bookings/location.mts';
import { without } from '../json.mts';
import type { JsonObject } from '../json.mts';
import { eventTypeOf, findBooking, rescheduledTo, userById } from '../store.mts';
import type { State } from '../store.mts';
import { minutesBetween } from '../time.mts';
import type { Attendee, Booking, User } from '../types.mts';

const hostView = ({ id, name, email, username, timeZone }: User): JsonObject => ({
	id,
	name,
	email,
	displayEmail: email,
	username,
	timeZone,
});

export const attendeeView = (attendee: Attendee): JsonObject => ({
	name: attendee.name,
	email: attendee.email,
	displayEmail: attendee.email,
	timeZone: attendee.timeZone,
	language: attendee.locale,
	absent: attendee.noShow,
	...(attendee.phoneNumber === null ? {} : { phoneNumber: attendee.phoneNumber }),
});

const seatView = (attendee: Attendee): JsonObject => ({
	...attendeeView(attendee),
	seatUid: attendee.seat?.uid ?? '',
	bookingFieldsResponses: { ...attendee.seat?.responses },
	metadata: { ...attendee.seat?.metadata },
});

function common(state: State, booking: Booking): JsonObject {
	const eventType = eventTypeOf(state, booking);
	return {
		id: booking.id,
		uid: booking.uid,
		title: booking.title,
		description: booking.description,
		hosts: [hostView(userById(state, booking.userId))],
		status: booking.status.toLowerCase(),
		cancellationReason: booking.cancellationReason ?? '',
		start: booking.start,
		end: booking.end,
		duration: minutesBetween(booking.start, booking.end),
		eventTypeId: eventType.id,
		eventType: { id: eventType.id, slug: eventType.slug },
		meetingUrl: resolvedLocation(booking),
		location: resolvedLocation(booking),
		absentHost: booking.noShowHost,
		createdAt: booking.createdAt,
		updatedAt: booking.updatedAt,
		rating: null,
		icsUid: booking.iCalUid,
	};
}

function answersView(booking: Booking): JsonObject {
	const answers = { ...booking.responses };
	const guests = Array.isArray(answers['guests']) ? answers['guests'] : [];
	return {
		...answers,
		...(answers['email'] === undefined ? {} : { displayEmail: answers['email'] }),
		...(guests.length > 0 ? { displayGuests: [...guests] } : {}),
	};
}

/** What a single booking and an occurrence of a series have in common. */
function answered(state: State, booking: Booking): JsonObject {
	const answers = answersView(booking);
	const guests = Array.isArray(answers['guests']) ? answers['guests'] : [];
	const reason = answers['rescheduledReason'];
	return {
		...common(state, booking),
		attendees: booking.attendees.map(attendeeView),
		bookingFieldsResponses: answers,
		cancelledByEmail: booking.cancelledBy ?? '',
		metadata: { ...booking.metadata },
		...(guests.length > 0 ? { guests: [...guests] } : {}),
		...(reason === undefined ? {} : { reschedulingReason: reason }),
		...(booking.fromReschedule === null ? {} : { rescheduledFromUid: booking.fromReschedule }),
	};
}

/** A booking in API version 2024-08-13: single, occurrence of a series, or with seats. */
export function bookingView(state: State, booking: Booking): JsonObject {
	const previous = booking.fromReschedule === null ? undefined : findBooking(state, booking.fromReschedule);
	if (eventTypeOf(state, booking).seats)
		return {
			...common(state, booking),
			rescheduledByEmail: previous?.rescheduledBy ?? null,
			...(booking.fromReschedule === null ? {} : { rescheduledFromUid: booking.fromReschedule }),
			attendees: booking.attendees.map(seatView),
		};
	if (booking.recurringEventId !== null)
		return { ...answered(state, booking), recurringBookingUid: booking.recurringEventId };
	const next = booking.rescheduled ? rescheduledTo(state, booking.uid) : undefined;
	return {
		...answered(state, booking),
		rescheduledByEmail: previous?.rescheduledBy ?? null,
		...(next ? { rescheduledToUid: next.uid } : {}),
	};
}

/** By seat, the host comes without a time zone. */
export function bySeatView(state: State, booking: Booking): JsonObject {
	const host = without(hostView(userById(state, booking.userId)), 'timeZone');
	return { ...bookingView(state, booking), hosts: [host] };
}
