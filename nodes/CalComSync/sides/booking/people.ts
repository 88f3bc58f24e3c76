import { readGuests } from '../../../shared/booking/attendees';
import type { EventAttendee } from '../../../shared/booking/model';
import type { Fields } from '../../../shared/values/readers';
import { isFields, list, own, trimmed } from '../../../shared/values/readers';
import { everyoneOf, readingOf } from './reading';

/** Those who booked and whom they brought along, the booker first: not the other hosts of a team. */
export const clientsOf = (booking: Fields): EventAttendee[] => everyoneOf(booking).attendees;

/** The addresses of everybody whom Cal.com lists in a booking, hosts among them: nobody is added twice. */
export function listedEmails(booking: Fields): string[] {
	return list(own(booking, 'attendees'))
		.filter(isFields)
		.flatMap((attendee) => trimmed(own(attendee, 'email')) ?? []);
}

/** The emails of those whom the booker brought along. Others with a seat are not: each booked it for themselves. */
export function guestsOf(booking: Fields): string[] {
	const { attendees } = everyoneOf(booking);
	const hasSeats = list(own(booking, 'attendees'))
		.filter(isFields)
		.some((attendee) => trimmed(own(attendee, 'seatUid')) !== null);
	return hasSeats ? [] : readGuests(attendees, readingOf(booking).payload.responses);
}
