import type { JsonObject } from '../json.mts';
import { minutesBetween, utcOffset } from '../time.mts';
import { calendarEvent } from './calendar-event.mts';
import { bookers, metadataOf } from './created.mts';
import { eventTypeInfo, readAnswers } from './parts.mts';
import type { Facts } from './parts.mts';

/** Cal.com splits the stored name itself here, and nowhere else. */
function splitName(name: string): JsonObject {
	const [firstName = '', ...rest] = name.split(' ');
	return { firstName, lastName: rest.join(' ') };
}

/** BOOKING_REQUESTED: someone has to say yes first. A rescheduled request looks like a new one. */
export function requestedPayload(facts: Facts): JsonObject {
	const { booking, at } = facts;
	const attendees = bookers(facts).map((attendee) => ({
		name: attendee.name,
		email: attendee.email,
		timeZone: attendee.timeZone,
		language: { locale: attendee.locale },
		phoneNumber: attendee.phoneNumber,
		bookingSeat: null,
		utcOffset: utcOffset(at, attendee.timeZone),
		...splitName(attendee.name),
	}));
	return {
		...calendarEvent({
			facts,
			attendees,
			answers: readAnswers(facts),
			notes: booking.description ?? '',
			location: booking.location,
			iCalUid: booking.iCalUid,
			iCalSequence: booking.iCalSequence,
			recurring: true,
			milliseconds: true,
		}),
		uid: booking.uid,
		organizationId: null,
		hideBranding: false,
		bookingId: booking.id,
		hashedLink: null,
		status: 'PENDING',
		...eventTypeInfo(facts, minutesBetween(booking.start, booking.end)),
		assignmentReason: [],
		destinationCalendar: null,
		metadata: metadataOf(facts),
	};
}
