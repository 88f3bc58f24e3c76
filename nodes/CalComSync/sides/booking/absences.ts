import type { Fields } from '../../../shared/values/readers';
import { boolean, list, own, trimmed } from '../../../shared/values/readers';
import { statusOfWord } from './status';
import type { EventAttendee } from '../../../shared/booking/model';
import { clientsOf } from './people';

/** Who is to be marked absent, or present again: only those whose mark changes. */
export interface Absences {
	host?: boolean;
	attendees?: Array<{ email: string; absent: boolean }>;
}

function marks(attendees: readonly EventAttendee[], isAbsent: (email: string) => boolean): Absences['attendees'] {
	return attendees.flatMap(({ email, noShow }) =>
		email === null || isAbsent(email) === (noShow === true) ? [] : [{ email, absent: isAbsent(email) }],
	);
}

/** What a status says of those who booked: nobody came, or everybody did, the host too. */
function byStatus(word: unknown, booking: Fields): Absences {
	if (statusOfWord(word) === 'no_show') return { attendees: marks(clientsOf(booking), () => true) };
	return {
		...(own(booking, 'absentHost') === true ? { host: false } : {}),
		attendees: marks(clientsOf(booking), () => false),
	};
}

/**
 * The body of a request that marks absences; null when nobody's mark changes. Cal.com answers an empty request as if it
 * had done something. A status says who came only where no field says it person by person.
 *
 * @param changes fields of the booking, by name, as the record has them
 */
export function absencesIn(changes: Fields, booking: Fields): Absences | null {
	const wanted = list(own(changes, 'absentAttendees')).flatMap((email) => trimmed(email)?.toLowerCase() ?? []);
	const named: Absences = {
		...(Object.hasOwn(changes, 'hostAbsent') ? { host: boolean(own(changes, 'hostAbsent')) === true } : {}),
		...(Object.hasOwn(changes, 'absentAttendees')
			? { attendees: marks(clientsOf(booking), (email) => wanted.includes(email.toLowerCase())) }
			: {}),
	};
	const isNamed = Object.keys(named).length > 0;
	const isStatus = Object.hasOwn(changes, 'appointmentStatus');
	const all = isNamed || !isStatus ? named : byStatus(own(changes, 'appointmentStatus'), booking);
	const { host, attendees = [] } = all;
	const hostChanges = host !== undefined && host !== (own(booking, 'absentHost') === true);
	if (!hostChanges && attendees.length === 0) return null;
	return { ...(hostChanges ? { host } : {}), ...(attendees.length > 0 ? { attendees } : {}) };
}

/** Whether a booking shows these marks. */
export function showsAbsences(booking: Fields, { host, attendees = [] }: Absences): boolean {
	const absent = new Map(
		clientsOf(booking).map((attendee) => [attendee.email?.toLowerCase(), attendee.noShow === true]),
	);
	return (
		(host === undefined || host === (own(booking, 'absentHost') === true)) &&
		attendees.every((mark) => absent.get(mark.email.toLowerCase()) === mark.absent)
	);
}
