import type { JsonObject } from '../json.mts';
import { isoSeconds } from '../time.mts';
import { needsMore, organizerOf, recurringEventOf, teamOf } from './parts.mts';
import type { Answers, Facts } from './parts.mts';

export interface CalendarEvent {
	facts: Facts;
	attendees: JsonObject[];
	answers: Answers;
	notes: string;
	location: string;
	title?: string;
	start?: string;
	end?: string;
	/** Left out where Cal.com leaves it out: on reschedules. */
	iCalUid: string | null;
	iCalSequence: number;
	recurring: boolean;
	/** Dates with milliseconds, as REQUESTED sends them. */
	milliseconds?: boolean;
}

const fixed = {
	hideCalendarNotes: false,
	hideCalendarEventDetails: false,
	hideOrganizerEmail: false,
};

/** The part that CREATED, RESCHEDULED, REQUESTED and PAYMENT_INITIATED share, in Cal.com's order. */
export function calendarEvent(event: CalendarEvent): JsonObject {
	const { facts, answers } = event;
	const { booking, eventType, state } = facts;
	const date = (iso: string) => (event.milliseconds ? iso : isoSeconds(iso));
	return {
		bookerUrl: state.bookerUrl,
		title: event.title ?? booking.title,
		startTime: date(event.start ?? booking.start),
		endTime: date(event.end ?? booking.end),
		type: eventType.slug,
		organizer: organizerOf(facts),
		attendees: event.attendees,
		additionalNotes: event.notes,
		description: eventType.description || event.notes,
		eventTypeId: eventType.id,
		...fixed,
		schedulingType: eventType.schedulingType,
		seatsPerTimeSlot: eventType.seats?.seatsPerTimeSlot ?? null,
		seatsShowAttendees: eventType.seats?.showAttendeeInfo ?? true,
		seatsShowAvailabilityCount: true,
		customReplyToEmail: null,
		disableRescheduling: false,
		disableCancelling: false,
		customInputs: {},
		responses: answers.responses,
		userFieldsResponses: answers.userFieldsResponses,
		location: event.location,
		...(event.milliseconds ? {} : { destinationCalendar: null }),
		...(event.iCalUid === null ? {} : { iCalUID: event.iCalUid }),
		iCalSequence: event.iCalSequence,
		requiresConfirmation: needsMore(eventType),
		oneTimePassword: booking.oneTimePassword,
		...(event.milliseconds
			? { platformClientId: '', platformRescheduleUrl: '', platformCancelUrl: '', platformBookingUrl: '' }
			: { hashedLink: null }),
		...(event.recurring ? recurringEventOf(facts) : {}),
		...teamOf(facts),
	};
}
