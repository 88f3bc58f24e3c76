import type { JsonObject } from '../json.mts';
import { minutesBetween } from '../time.mts';
import { bookers } from './created.mts';
import {
	eventTypeInfo,
	ordered,
	organizerOf,
	readAnswers,
	recurringEventOf,
	storedAttendee,
	videoOf,
} from './parts.mts';
import type { Facts } from './parts.mts';

const ORGANIZER = ['id', 'email', 'name', 'username', 'timeZone', 'timeFormat', 'language', 'utcOffset'];

/** The host's answer to a request, built from the database row: the base of REJECTED, confirmed CREATED and PAID. */
function storedRow(facts: Facts, answered: JsonObject): JsonObject {
	const { booking, eventType, state, at } = facts;
	const { userFieldsResponses, responses } = readAnswers(facts, answered);
	return {
		type: eventType.slug,
		title: booking.title,
		description: booking.description ?? '',
		bookerUrl: state.bookerUrl,
		userFieldsResponses,
		responses,
		customInputs: {},
		startTime: booking.start,
		endTime: booking.end,
		organizer: ordered(organizerOf(facts), ORGANIZER),
		attendees: bookers(facts).map((attendee) => storedAttendee(attendee, at)),
		location: booking.location,
		uid: booking.uid,
		destinationCalendar: [],
		requiresConfirmation: eventType.confirmationPolicy !== null,
		hideOrganizerEmail: false,
		hideCalendarNotes: false,
		hideCalendarEventDetails: false,
		eventTypeId: eventType.id,
		customReplyToEmail: null,
		seatsPerTimeSlot: eventType.seats?.seatsPerTimeSlot ?? null,
		seatsShowAttendees: eventType.seats?.showAttendeeInfo ?? false,
		disableCancelling: false,
		disableRescheduling: false,
		organizationId: null,
		additionalNotes: booking.description ?? '',
		assignmentReason: null,
		hideBranding: false,
		...recurringEventOf(facts),
	};
}

const infoOf = (facts: Facts): JsonObject =>
	eventTypeInfo(facts, minutesBetween(facts.booking.start, facts.booking.end));

/** BOOKING_REJECTED: no metadata, and no reason when none was given. */
export function rejectedPayload(facts: Facts, reason: string | null): JsonObject {
	return {
		...storedRow(facts, {}),
		...(reason === null ? {} : { rejectionReason: reason }),
		...infoOf(facts),
		bookingId: facts.booking.id,
		status: 'REJECTED',
	};
}

/** BOOKING_CREATED after the host's yes: the raw location, and of the metadata only the meeting link. */
export function confirmedPayload(facts: Facts): JsonObject {
	const { booking } = facts;
	return {
		...storedRow(facts, { location: { optionValue: '', value: booking.location } }),
		...videoOf(booking),
		...infoOf(facts),
		bookingId: booking.id,
		status: 'ACCEPTED',
		...(booking.videoCallUrl === null ? {} : { metadata: { videoCallUrl: booking.videoCallUrl } }),
		...(booking.paymentId === null ? {} : { paymentId: booking.paymentId }),
	};
}

/** BOOKING_PAID, sent before the CREATED that follows a payment. */
export function paidPayload(facts: Facts): JsonObject {
	const { booking, eventType } = facts;
	return {
		...storedRow(facts, {}),
		paid: true,
		...infoOf(facts),
		bookingId: booking.id,
		status: 'ACCEPTED',
		paymentId: booking.paymentId,
		metadata: {
			identifier: 'cal.com',
			bookingId: booking.id,
			eventTypeId: eventType.id,
			bookerEmail: booking.attendees[0]?.email ?? '',
			eventTitle: eventType.title,
		},
	};
}
