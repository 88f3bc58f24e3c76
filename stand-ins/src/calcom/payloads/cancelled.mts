import type { JsonObject } from '../json.mts';
import { isoOffset, minutesBetween, utcOffset } from '../time.mts';
import type { Attendee } from '../types.mts';
import { bookers } from './created.mts';
import { ordered, organizerOf, readAnswers, recurringEventOf, storedAttendee } from './parts.mts';
import type { Facts } from './parts.mts';

export interface Cancellation {
	reason: string | null;
	cancelledBy: string | null;
	/** The host asks the attendee to choose another time. */
	requestReschedule: boolean;
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
		description: booking.description,
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
		requestReschedule: cancellation.requestReschedule,
		...(cancelledBy === null ? {} : { cancelledBy }),
	};
}
