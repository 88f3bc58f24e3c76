import type { EventPerson } from './model';
import { isFields, list, trimmed } from '../values/readers';
import { readPerson } from './schema';
import type { Payload, RawPerson } from './schema';

export interface PersonName {
	name: string | null;
	firstName: string | null;
	lastName: string | null;
}

/**
 * A name in full and in two parts. Cal.com's own parts count when they are not blank; what is missing comes from
 * the full name, split at the first space: "Mary Jane Smith" is "Mary" and "Jane Smith".
 *
 * @param name A string, or `{firstName, lastName}` where the booking form asks for both.
 */
export function personName(name: unknown, ownFirst: string | null = null, ownLast: string | null = null): PersonName {
	const parts = isFields(name) ? name : null;
	const first = ownFirst ?? trimmed(parts?.firstName);
	const last = ownLast ?? trimmed(parts?.lastName);
	const full = parts === null ? trimmed(name) : null;
	if (full === null) return { name: trimmed(`${first ?? ''} ${last ?? ''}`), firstName: first, lastName: last };
	if (first !== null) return { name: full, firstName: first, lastName: last ?? restAfter(full, first) };
	const space = full.search(/\s/);
	if (space === -1) return { name: full, firstName: full, lastName: last };
	return { name: full, firstName: full.slice(0, space), lastName: last ?? trimmed(full.slice(space)) };
}

/** "Mary Jane Smith" without its first name "Mary Jane"; a first name that is not its beginning splits it as usual. */
function restAfter(full: string, first: string): string | null {
	if (full === first) return null;
	return trimmed(full.startsWith(`${first} `) ? full.slice(first.length) : full.slice(full.search(/\s|$/)));
}

const NOBODY: Readonly<EventPerson> = {
	id: null,
	name: null,
	email: null,
	username: null,
	timeZone: null,
	locale: null,
};

/** Whether two addresses are the same mailbox, as far as letter case can tell. */
export function sameEmail(one: string | null, other: string | null): boolean {
	return one !== null && other !== null && one.toLowerCase() === other.toLowerCase();
}

/** The organizer; on flat deliveries the booking's `user`, on a host's no-show the host named there. */
export function readOrganizer(payload: Payload, isBookingRow: boolean): EventPerson {
	const raw = readPerson(payload.organizer ?? (isBookingRow ? payload.user : null));
	const organizer = raw === null || isGone(raw) ? { ...NOBODY } : toPerson(raw);
	if (isBookingRow && payload.organizer === null) {
		organizer.id ??= payload.userId;
		organizer.email ??= payload.userPrimaryEmail;
	}
	organizer.email ??= payload.hostEmail;
	return organizer;
}

/**
 * The hosts beside the organizer: the team's members, else the hosts named, and who is listed among the attendees.
 *
 * @param amongAttendees see `coHosts`
 */
export function readHosts(
	payload: Payload,
	organizerEmail: string | null,
	amongAttendees: readonly RawPerson[] = [],
): EventPerson[] {
	const members = list(payload.team?.members);
	const hosts: EventPerson[] = [];
	for (const member of members.length > 0 ? members : payload.hosts) {
		const raw = readPerson(member);
		if (raw !== null && !isGone(raw) && !sameEmail(raw.email, organizerEmail)) hosts.push(toPerson(raw));
	}
	for (const raw of amongAttendees) {
		const isKnown = hosts.some(({ email }) => sameEmail(email, raw.email)) || sameEmail(raw.email, organizerEmail);
		// The row of an attendee has a number of its own, which is no user's.
		if (!isKnown) hosts.push({ ...toPerson(raw), id: null });
	}
	return hosts;
}

/** Of a host whose account is gone the API says "unknown" in every field. */
function isGone(raw: RawPerson): boolean {
	return raw.email === 'unknown';
}

function toPerson(raw: RawPerson): EventPerson {
	return {
		id: raw.id,
		name: personName(raw.name, raw.firstName, raw.lastName).name,
		email: raw.email,
		username: raw.username,
		timeZone: raw.timeZone,
		locale: localeOf(raw),
	};
}

/** The language Cal.com writes to someone in ("en"). */
export function localeOf(raw: RawPerson): string | null {
	return trimmed(raw.language?.locale) ?? raw.locale;
}
