import type { Json } from '../../../shared/values/json';
import type { Fields } from '../../../shared/values/readers';
import { instant } from '../../../shared/values/time';
import { own } from '../../../shared/values/readers';
import type { CalComField } from '../../resource';
import { isNotAPlace } from './place';
import { isCancelled, statusOfWord } from './status';
import { listedEmails } from './people';
import { seenOf } from './view';

/** Whether a change can be made, or the reason for the person why it cannot. */
type Verdict = true | string;
type Rule = (to: Json, from: Json, booking: Fields) => Verdict;

const NOT_REVIVED =
	'Cal.com does not bring a cancelled booking back. Make a new booking, and give this record its uid.';
const EMAIL = /^[^\s@]+@[^\s@]+$/;

function whileItLives(what: string, rule: Rule): Rule {
	return (to, from, booking) =>
		isCancelled(booking)
			? `The booking is cancelled in Cal.com, so its ${what} cannot be changed.`
			: rule(to, from, booking);
}

/** Cal.com takes nobody for absent before the start. */
function onceBegun(booking: Fields): Verdict {
	const start = instant(own(booking, 'start'));
	if (start !== null && start <= seenOf(booking).at) return true;
	return `Cal.com lets people be marked absent only once the booking has begun (${start ?? 'its start is not known'}). It is tried again next time.`;
}

const emailsIn = (value: Json): string[] => (Array.isArray(value) ? value.map(String) : []);

/** Addresses of a list that are not in the other one, whatever their letter case. */
export function emailsBeyond(all: readonly string[], known: readonly string[]): string[] {
	const there = new Set(known.map((email) => email.trim().toLowerCase()));
	return all.filter((email) => !there.has(email.trim().toLowerCase()));
}

const start: Rule = (to) =>
	typeof to === 'string' && instant(to) !== null
		? true
		: 'The record has no start, and a booking cannot be without one. To call it off, set its status to cancelled.';

const location: Rule = (to) => {
	if (typeof to !== 'string') return 'The record has no location, and Cal.com does not let one be removed.';
	if (!isNotAPlace(to)) return true;
	return `"${to}" is not a link, an address or a phone number. Cal.com makes the rooms of video apps itself: change to one with the Cal.com node, Booking > Update Location.`;
};

const guests: Rule = (to, from, booking) => {
	const wanted = emailsIn(to);
	const removed = emailsBeyond(emailsIn(from), wanted);
	if (removed.length > 0) {
		return `Cal.com lets guests be added, not removed: ${removed.join(', ')}. Put them back into the record, or remove them with the Cal.com node, Booking > Remove Attendee.`;
	}
	const added = emailsBeyond(wanted, emailsIn(from));
	const strangers = emailsBeyond(added, listedEmails(booking));
	const present = emailsBeyond(added, strangers);
	if (present.length > 0) {
		return `In the booking already, but not as guests: ${present.join(', ')}. Take them out of the guests of the record.`;
	}
	const wrong = strangers.find((email) => !EMAIL.test(email.trim()));
	return wrong === undefined ? true : `"${wrong}" is not an email address, so it cannot be a guest.`;
};

const absentAttendees: Rule = (to, _from, booking) => {
	const strangers = emailsBeyond(emailsIn(to), listedEmails(booking));
	if (strangers.length > 0) return `Not in the booking, so not absent from it either: ${strangers.join(', ')}.`;
	return onceBegun(booking);
};

const hostAbsent: Rule = (_to, _from, booking) => onceBegun(booking);

function absence(booking: Fields): Verdict {
	if (!seenOf(booking).mayMarkAbsent) {
		return 'Whether someone came is changed in Cal.com only when marking absences is switched on in this node.';
	}
	return listedEmails(booking).length === 0
		? 'Cal.com names no attendee of this booking who could be marked absent.'
		: onceBegun(booking);
}

const appointmentStatus: Rule = (to, _from, booking) => {
	const status = statusOfWord(to);
	if (status === null) {
		const shown = typeof to === 'string' ? `"${to}"` : 'An empty status';
		return `${shown} is none of the words that a booking can take: scheduled, cancelled, completed, no_show.`;
	}
	if (status === 'cancelled') return true;
	return isCancelled(booking) ? NOT_REVIVED : absence(booking);
};

const cancelled: Rule = (to) => (to === true ? true : NOT_REVIVED);

const RULES: ReadonlyMap<string, Rule> = new Map([
	['start', whileItLives('start', start)],
	['appointmentStatus', appointmentStatus],
	['cancelled', cancelled],
	['location', whileItLives('location', location)],
	['guests', whileItLives('list of guests', guests)],
	['hostAbsent', whileItLives('absences', hostAbsent)],
	['absentAttendees', whileItLives('absences', absentAttendees)],
]);

/**
 * Whether Cal.com lets a field of a booking be changed from one value to another, else why not.
 *
 * @param from, to as values are compared: instants in UTC, emails in lower case, null for blank
 */
export function canSet({ name, label, why }: CalComField, from: Json, to: Json, booking: Fields): Verdict {
	const rule = RULES.get(name);
	return rule === undefined ? (why ?? `${label} cannot be changed.`) : rule(to, from, booking);
}
