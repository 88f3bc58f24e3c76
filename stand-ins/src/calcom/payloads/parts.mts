import { formWithPhone, labelledAnswers, customFields } from '../booking-fields.mts';
import type { JsonObject } from '../json.mts';
import { answeredLocation } from '../bookings/location.mts';
import { eventTypeOf, userById } from '../store.mts';
import type { State } from '../store.mts';
import { utcOffset } from '../time.mts';
import type { Attendee, Booking, BookingField, EventType, User } from '../types.mts';

/** What a payload is made from: the row, its event type and its organizer, as they are at that moment. */
export interface Facts {
	state: State;
	booking: Booking;
	eventType: EventType;
	organizer: User;
	at: Date;
}

export function factsOf(state: State, booking: Booking, at: Date): Facts {
	return { state, booking, eventType: eventTypeOf(state, booking), organizer: userById(state, booking.userId), at };
}

/** Cal.com adds the offset of the sending moment, not of the meeting's. */
export function withOffset<T extends JsonObject & { timeZone: string }>(
	person: T,
	at: Date,
): T & { utcOffset: number } {
	return { ...person, utcOffset: utcOffset(at, person.timeZone) };
}

/** The same object with its members in the given order; Cal.com builds its payloads in several places. */
export function ordered(object: JsonObject, keys: readonly string[]): JsonObject {
	return Object.fromEntries(keys.map((key) => [key, object[key]]));
}

export function organizerOf({ organizer, at }: Facts): JsonObject {
	return withOffset(
		{
			id: organizer.id,
			name: organizer.name,
			email: organizer.email,
			username: organizer.username,
			timeZone: organizer.timeZone,
			language: { locale: organizer.locale },
			timeFormat: organizer.timeFormat === 24 ? 'HH:mm' : 'h:mma',
		},
		at,
	);
}

/** As typed into the form: the split name is there, and blank. */
export function bookedAttendee(attendee: Attendee, answers: JsonObject, at: Date): JsonObject {
	const split = answers['name'];
	const isSplit = typeof split === 'object' && split !== null && !Array.isArray(split);
	return withOffset(
		{
			email: attendee.email,
			name: attendee.name,
			...(attendee.phoneNumber === null ? {} : { phoneNumber: attendee.phoneNumber }),
			firstName: isSplit ? (split['firstName'] ?? '') : '',
			lastName: isSplit ? (split['lastName'] ?? '') : '',
			timeZone: attendee.timeZone,
			language: { locale: attendee.locale },
		},
		at,
	);
}

/** As read back from the database. */
export function storedAttendee(attendee: Attendee, at: Date): JsonObject {
	return withOffset(
		{
			name: attendee.name,
			email: attendee.email,
			timeZone: attendee.timeZone,
			phoneNumber: attendee.phoneNumber,
			language: { locale: attendee.locale },
		},
		at,
	);
}

/** The answers of a booking, or those Cal.com makes up from the attendees when the seats carry them. */
export function storedAnswers(booking: Booking): JsonObject {
	if (booking.responses) return booking.responses;
	const [first, ...others] = booking.attendees;
	return {
		name: first?.name ?? '',
		email: first?.email ?? '',
		notes: booking.description ?? '',
		guests: others.map((attendee) => attendee.email),
		location: { value: booking.location, optionValue: booking.location },
	};
}

export interface Answers extends JsonObject {
	responses: JsonObject;
	userFieldsResponses: JsonObject;
}

function answersIn(fields: BookingField[], answers: JsonObject): Answers {
	return {
		responses: labelledAnswers(fields, answers),
		userFieldsResponses: labelledAnswers(customFields(fields), answers),
	};
}

/** With the place that was chosen, and the phone question whether the form has it or not. */
export function freshAnswers({ booking, eventType }: Facts, answers: JsonObject, isNew: boolean): Answers {
	return answersIn(formWithPhone(eventType.bookingFields), {
		...answers,
		location: answeredLocation(booking, isNew),
	});
}

/** As stored: the place only if the booker chose it. */
export function readAnswers({ booking, eventType }: Facts, extra: JsonObject = {}): Answers {
	return answersIn(eventType.bookingFields, { ...storedAnswers(booking), ...extra });
}

export function recurringEventOf({ booking, eventType }: Facts): JsonObject {
	const FREQUENCIES: Record<string, number> = { yearly: 0, monthly: 1, weekly: 2, daily: 3 };
	if (booking.recurringEventId === null || !eventType.recurrence) return {};
	const { frequency, occurrences, interval } = eventType.recurrence;
	return { recurringEvent: { freq: FREQUENCIES[frequency] ?? 2, count: occurrences, interval } };
}

export function eventTypeInfo({ eventType }: Facts, length: number): JsonObject {
	return {
		eventTitle: eventType.title,
		eventDescription: eventType.description === '' ? null : eventType.description,
		price: eventType.price,
		currency: eventType.currency,
		length,
	};
}

export function teamOf({ state, eventType, booking, at }: Facts): JsonObject {
	const team = state.teams.find((candidate) => candidate.id === eventType.teamId);
	if (!team) return {};
	const members =
		eventType.schedulingType === 'COLLECTIVE'
			? state.users
					.filter((user) => eventType.hostIds.includes(user.id) && user.id !== booking.userId)
					.map((user) => ({
						id: user.id,
						email: user.email,
						name: user.name,
						firstName: '',
						lastName: '',
						timeZone: user.timeZone,
						language: { locale: user.locale },
						utcOffset: utcOffset(at, user.timeZone),
					}))
			: [];
	return { team: { members, name: team.name, id: team.id } };
}

/** The video conference as the calendar event carries it; nothing for a place, a phone or a link. */
export function videoOf(booking: Booking): JsonObject {
	if (!booking.video) return {};
	const request =
		booking.video.type === 'jitsi_video'
			? '5056e224-a558-51db-a224-899d50689248'
			: '2db644eb-37a5-581a-99fa-ebe6ce513834';
	return { conferenceData: { createRequest: { requestId: request } }, videoCallData: { ...booking.video } };
}

export function appsOf(booking: Booking): JsonObject {
	if (!booking.video) return {};
	const appName = booking.video.type === 'jitsi_video' ? 'Jitsi Video' : 'Cal Video';
	return { appsStatus: [{ appName, type: booking.video.type, success: 1, failures: 0, errors: [] }] };
}

/** Whether the host has to say yes, or the booker to pay, first. */
export const needsMore = (eventType: EventType): boolean =>
	eventType.confirmationPolicy !== null || eventType.price > 0;
