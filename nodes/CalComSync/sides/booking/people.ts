import { NO_ATTENDEE, readGuests } from '../../../shared/booking/attendees';
import { bookingToEvent } from '../../../shared/events/fromApi';
import { personName, sameEmail } from '../../../shared/booking/people';
import type { Fields } from '../../../shared/values/readers';
import { fields, isFields, list, own, trimmed } from '../../../shared/values/readers';
import { once } from './view';

/** Someone of a booking. */
export interface Attendee {
	name: string | null;
	email: string | null;
	/** IANA. */
	timeZone: string | null;
	absent: boolean;
	/** Only in bookings with seats. */
	seatUid: string | null;
}

/** The answers to the booking form. */
export function responsesOf(booking: Fields): Fields {
	return fields(own(booking, 'bookingFieldsResponses')) ?? {};
}

/** The host that Cal.com names first. */
export function hostOf(booking: Fields): Fields {
	const [host] = list(own(booking, 'hosts'));
	return isFields(host) ? host : {};
}

const bookerEmail = (booking: Fields): string | null => trimmed(own(responsesOf(booking), 'email'));

/** Everyone of a booking, the booker first: Cal.com lists them in no order, but keeps the email answered. */
export const attendeesOf = once((booking: Fields): Attendee[] => {
	const all = list(own(booking, 'attendees'))
		.filter(isFields)
		.map((attendee) => ({
			name: personName(own(attendee, 'name')).name,
			email: trimmed(own(attendee, 'email')),
			timeZone: trimmed(own(attendee, 'timeZone')),
			absent: own(attendee, 'absent') === true,
			seatUid: trimmed(own(attendee, 'seatUid')),
		}));
	const email = bookerEmail(booking);
	const booker = all.find((attendee) => sameEmail(attendee.email, email));
	return booker === undefined ? all : [booker, ...all.filter((attendee) => attendee !== booker)];
});

/** The emails of those whom the booker brought along. Others with a seat are not: each booked it for themselves. */
export function guestsOf(booking: Fields): string[] {
	if (attendeesOf(booking).some(({ seatUid }) => seatUid !== null)) return [];
	const people = clientsOf(booking).map(({ email }) => ({ ...NO_ATTENDEE, email }));
	return readGuests(people, responsesOf(booking));
}

/**
 * Those who booked and whom they brought along. Cal.com lists the other hosts of a team's booking among the attendees,
 * so where the answers name the booker, only who is named there counts.
 */
export function clientsOf(booking: Fields): Attendee[] {
	const all = attendeesOf(booking);
	const booker = bookerEmail(booking);
	if (booker === null) return all;
	const named = new Set(
		[booker, ...list(own(booking, 'guests'))].flatMap((email) => trimmed(email)?.toLowerCase() ?? []),
	);
	const clients = all.filter(({ email }) => email !== null && named.has(email.toLowerCase()));
	return clients.length > 0 ? clients : all;
}

/** The booker's number as E.164, from the attendee or from the answers that ask for one: as the triggers tell it. */
export function phoneOf(booking: Fields): string | null {
	const event = bookingToEvent(booking, {
		tag: null,
		instance: null,
		receivedAt: '',
		includeSecrets: false,
		includeRaw: false,
		defaultCountry: null,
		bookingTypeRules: [],
		defaultBookingType: null,
	});
	return event.attendee.phone;
}
