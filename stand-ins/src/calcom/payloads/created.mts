import { resolvedLocation } from '../bookings/location.mts';
import { without } from '../json.mts';
import type { JsonObject } from '../json.mts';
import type { Attendee } from '../types.mts';
import { minutesBetween } from '../time.mts';
import { calendarEvent } from './calendar-event.mts';
import { appsOf, bookedAttendee, eventTypeInfo, freshAnswers, videoOf } from './parts.mts';
import type { Facts } from './parts.mts';

export const metadataOf = ({ booking }: Facts): JsonObject => ({
	...(booking.videoCallUrl === null ? {} : { videoCallUrl: booking.videoCallUrl }),
	...booking.metadata,
});

/** The same as the database has it. */
export const storedMetadata = (facts: Facts): JsonObject => ({ ...facts.booking.metadata, ...metadataOf(facts) });

const notesOf = (answers: JsonObject): string => (typeof answers['notes'] === 'string' ? answers['notes'] : '');

/** BOOKING_CREATED for a booking that needs nobody's yes; BOOKING_PAYMENT_INITIATED is the same with a payment. */
export function createdPayload(facts: Facts): JsonObject {
	const { booking, at } = facts;
	const answers = booking.responses ?? {};
	return {
		...calendarEvent({
			facts,
			attendees: bookers(facts).map((attendee) =>
				bookedAttendee(attendee, attendee === booking.attendees[0] ? answers : {}, at),
			),
			answers: freshAnswers(facts, answers, true),
			notes: notesOf(answers),
			location: resolvedLocation(booking),
			iCalUid: booking.iCalUid,
			iCalSequence: booking.iCalSequence,
			recurring: true,
		}),
		hideBranding: false,
		uid: booking.uid,
		...videoOf(booking),
		...appsOf(booking),
		...eventTypeInfo(facts, minutesBetween(booking.start, booking.end)),
		bookingId: booking.id,
		metadata: metadataOf(facts),
		status: 'ACCEPTED',
		...(booking.paymentId === null ? {} : { paymentId: booking.paymentId }),
	};
}

/** The other hosts of a collective event are attendees in the database, but not in the delivery. */
export function bookers({ booking, eventType, state }: Facts): Attendee[] {
	if (eventType.schedulingType !== 'COLLECTIVE') return booking.attendees;
	const hosts = new Set(state.users.filter((user) => eventType.hostIds.includes(user.id)).map((user) => user.email));
	return booking.attendees.filter((attendee) => !hosts.has(attendee.email));
}

export interface SeatTaken {
	attendee: Attendee;
	/** Only the first seat makes the meeting; later ones join it and get a calendar id of their own. */
	first: boolean;
	title: string;
	iCalUid: string;
}

/** BOOKING_CREATED for one seat: the booking's uid, but only the attendee who took the seat. */
export function seatCreatedPayload(facts: Facts, { attendee, first, title, iCalUid }: SeatTaken): JsonObject {
	const { booking, at } = facts;
	const { phoneNumber } = attendee;
	const answers: JsonObject = {
		...(phoneNumber === null ? {} : { attendeePhoneNumber: phoneNumber }),
		guests: [],
		...attendee.seat?.responses,
		email: attendee.email,
	};
	const base = calendarEvent({
		facts,
		attendees: [bookedAttendee(attendee, answers, at)],
		answers: freshAnswers(facts, answers, first),
		notes: notesOf(answers),
		location: first ? resolvedLocation(booking) : booking.location,
		title,
		iCalUid,
		iCalSequence: 0,
		recurring: false,
	});
	const info = eventTypeInfo(facts, minutesBetween(booking.start, booking.end));
	const seat = { attendeeSeatId: attendee.seat?.uid ?? '' };
	return first
		? {
				...base,
				hideBranding: false,
				uid: booking.uid,
				...seat,
				...videoOf(booking),
				...appsOf(booking),
				...info,
				bookingId: booking.id,
				metadata: metadataOf(facts),
				status: 'ACCEPTED',
			}
		: {
				...base,
				hideBranding: false,
				...without(videoOf(booking), 'conferenceData'),
				...info,
				uid: booking.uid,
				bookingId: booking.id,
				...seat,
				metadata: storedMetadata(facts),
				status: 'ACCEPTED',
				...(phoneNumber === null ? {} : { smsReminderNumber: phoneNumber }),
			};
}
