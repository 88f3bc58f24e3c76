import type { JsonObject } from '../json.mts';
import { isoOffset, minutesBetween, utcOffset } from '../time.mts';
import type { Attendee } from '../types.mts';
import { bookers } from './created.mts';
import { ordered, organizerOf, readAnswers, recurringEventOf, storedAttendee } from './parts.mts';
import type { Facts } from './parts.mts';

export interface Cancellation {
	reason: string | null;
	cancelledBy: string | null;
	/** A whole series at once. */
	series: boolean;
	/** The one whose seat is given up, when the booking lives on. */
	leaving: Attendee | null;
}

const ORGANIZER = ['id', 'username', 'email', 'name', 'timeZone', 'timeFormat', 'language', 'utcOffset'];

/** A seat's attendee comes as the whole database row. */
function leavingAttendee(attendee: Attendee, bookingId: number, at: Date): JsonObject {
	return {
		id: attendee.id,
		email: attendee.email,
		name: attendee.name,
		timeZone: attendee.timeZone,
		phoneNumber: attendee.phoneNumber,
		locale: attendee.locale,
		bookingId,
		noShow: attendee.noShow,
		language: { locale: attendee.locale },
		utcOffset: utcOffset(at, attendee.timeZone),
	};
}

/** BOOKING_CANCELLED: raw location, no metadata, no price, dates with an offset. */
export function cancelledPayload(facts: Facts, cancellation: Cancellation): JsonObject {
	const { booking, eventType, state, at } = facts;
	const { reason, cancelledBy, leaving } = cancellation;
	const { userFieldsResponses, responses } = readAnswers(facts);
	return {
		bookerUrl: state.bookerUrl,
		title: booking.title,
		length: minutesBetween(booking.start, booking.end),
		type: eventType.slug,
		additionalNotes: booking.description,
		description: eventType.description || booking.description,
		customInputs: {},
		eventTypeId: eventType.id,
		userFieldsResponses,
		responses,
		startTime: isoOffset(booking.start),
		endTime: isoOffset(booking.end),
		organizer: ordered(organizerOf(facts), ORGANIZER),
		attendees: leaving
			? [leavingAttendee(leaving, booking.id, at)]
			: bookers(facts).map((attendee) => storedAttendee(attendee, at)),
		uid: booking.uid,
		bookingId: booking.id,
		...(cancellation.series ? recurringEventOf(facts) : {}),
		location: booking.location,
		destinationCalendar: [],
		...(reason === null ? {} : { cancellationReason: reason }),
		seatsPerTimeSlot: eventType.seats?.seatsPerTimeSlot ?? null,
		seatsShowAttendees: eventType.seats?.showAttendeeInfo ?? false,
		iCalUID: booking.iCalUid,
		iCalSequence: booking.iCalSequence + 1,
		hideOrganizerEmail: false,
		customReplyToEmail: null,
		schedulingType: eventType.schedulingType,
		hideBranding: false,
		eventTitle: eventType.title,
		eventDescription: eventType.description === '' ? null : eventType.description,
		requiresConfirmation: null,
		price: null,
		currency: eventType.currency,
		status: 'CANCELLED',
		requestReschedule: false,
		...(cancelledBy === null ? {} : { cancelledBy }),
	};
}

const ASKING = ['id', 'email', 'name', 'username', 'language', 'timeZone', 'utcOffset'];

/** BOOKING_CANCELLED when the host asks for another time: made elsewhere in Cal.com, so another order and less in it. */
export function otherTimePayload(facts: Facts, reason: string): JsonObject {
	const { booking, eventType, organizer, at } = facts;
	const { userFieldsResponses, responses } = readAnswers(facts);
	return {
		bookingId: booking.id,
		type: eventType.slug,
		title: booking.title,
		customInputs: {},
		responses,
		userFieldsResponses,
		startTime: isoOffset(booking.start),
		endTime: isoOffset(booking.end),
		organizer: ordered(organizerOf(facts), ASKING),
		attendees: bookers(facts).map((attendee) => ({
			id: attendee.id,
			email: attendee.email,
			name: attendee.name,
			username: '',
			language: { locale: attendee.locale },
			timeZone: attendee.timeZone,
			phoneNumber: attendee.phoneNumber,
			utcOffset: utcOffset(at, attendee.timeZone),
		})),
		uid: booking.uid,
		location: booking.location,
		destinationCalendar: [],
		iCalUID: booking.iCalUid,
		cancelledBy: organizer.email,
		cancellationReason: `Please reschedule. ${reason}`,
		status: 'CANCELLED',
		eventTypeId: eventType.id,
		length: minutesBetween(booking.start, booking.end),
		iCalSequence: booking.iCalSequence + 1,
		eventTitle: eventType.title,
		requestReschedule: true,
	};
}
