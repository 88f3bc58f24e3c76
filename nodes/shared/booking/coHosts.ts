import { answer, guestAnswers } from './answers';
import { sameEmail } from './people';
import type { Delivery, Payload, RawPerson } from './schema';
import { readPerson } from './schema';
import { email as readEmail, list } from '../values/readers';

/** Cancellations and rejections list people as the database has them. */
const AS_IN_DATABASE: ReadonlySet<string> = new Set(['BOOKING_CANCELLED', 'BOOKING_REJECTED']);

/**
 * Those listed among the attendees who do not attend but host: Cal.com's database keeps the other hosts of a team's
 * booking there, and the API, MEETING_*, cancellations and rejections tell it as the database does.
 *
 * A host is who is named as one (organizer, member of the team, host), and, in such a list, who is neither the booker
 * nor one of the guests that the answers name: guests that are added later are added to the answers, too. Nobody is a
 * host by that in a meeting with seats, where each one booked for themselves.
 *
 * @param listed the attendees as listed, each once
 * @param isReading whether the API told of the booking
 */
export function coHosts(delivery: Delivery, listed: readonly RawPerson[], isReading: boolean): RawPerson[] {
	if (listed.length < 2) return [];
	const { payload } = delivery;
	const booker = readEmail(answer(payload.responses, 'email'));
	const named = new Set([booker, ...guestAnswers(payload.responses)].flatMap((email) => email?.toLowerCase() ?? []));
	const isNamed = ({ email }: RawPerson): boolean => email !== null && named.has(email.toLowerCase());
	const tellsAll =
		(isReading || isFromDatabase(delivery)) &&
		!hasSeats(payload) &&
		listed.some(({ email }) => sameEmail(email, booker));
	const hosts = hostEmails(payload);
	return listed.filter((person, place) => {
		if (isNamed(person)) return false;
		if (person.email !== null && hosts.has(person.email.toLowerCase())) return booker !== null || place > 0;
		return tellsAll;
	});
}

function isFromDatabase({ event, isBookingRow }: Delivery): boolean {
	return isBookingRow || AS_IN_DATABASE.has(event);
}

function hasSeats({ seatsPerTimeSlot }: Payload): boolean {
	return seatsPerTimeSlot !== null && seatsPerTimeSlot > 0;
}

function hostEmails(payload: Payload): Set<string> {
	const people = [payload.organizer, payload.user, ...list(payload.team?.members), ...payload.hosts];
	return new Set(people.flatMap((person) => readPerson(person)?.email?.toLowerCase() ?? []));
}
