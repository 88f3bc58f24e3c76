import type { EventAttendee, EventPerson } from './model';
import { readAttendees, rawAttendees } from './attendees';
import { coHosts } from './coHosts';
import { readHosts, readOrganizer } from './people';
import type { Delivery, RawPerson } from './schema';

/** Everyone of a booking, each once: who hosts it and who comes. */
export interface Everyone {
	organizer: EventPerson;
	/** Beside the organizer. */
	hosts: EventPerson[];
	/** The booker first. */
	attendees: EventAttendee[];
	/** The same attendees as they were listed, with what only a seat or a key needs of them. */
	listed: RawPerson[];
}

/**
 * @param isReading whether the API told of the booking, which lists other hosts among the attendees
 * @param defaultCountry ISO 3166 alpha-2, see `numberRegion`
 */
export function readEveryone(delivery: Delivery, isReading: boolean, defaultCountry: string | null): Everyone {
	const { payload, isBookingRow } = delivery;
	const organizer = readOrganizer(payload, isBookingRow);
	const all = rawAttendees(payload);
	const hosting = coHosts(delivery, all, isReading);
	const listed = hosting.length === 0 ? all : all.filter((person) => !hosting.includes(person));
	return {
		organizer,
		hosts: readHosts(payload, organizer.email, hosting),
		attendees: readAttendees(listed, payload, organizer.timeZone, defaultCountry),
		listed,
	};
}
