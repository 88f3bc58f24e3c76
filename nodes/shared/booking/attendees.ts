import { answer, chosenPlace, guestAnswers, phoneAnswers } from './answers';
import type { EventAttendee } from './model';
import { localeOf, personName } from './people';
import type { NumberRegion } from '../values/phone';
import { looksLikePhone, numberRegion, toE164 } from '../values/phone';
import { email as readEmail } from '../values/readers';
import type { Fields } from '../values/readers';
import { readPerson } from './schema';
import type { Payload, RawPerson } from './schema';

/** All that is asked of an attendee whom a delivery does not have. */
export const NO_ATTENDEE: Readonly<EventAttendee> = {
	name: null,
	firstName: null,
	lastName: null,
	email: null,
	phone: null,
	timeZone: null,
	locale: null,
	noShow: null,
};

/** The attendees as Cal.com lists them, still raw, each once: who names the own address as a guest is listed twice. */
export function rawAttendees(payload: Payload): RawPerson[] {
	const people: RawPerson[] = [];
	const places = new Map<string, number>();
	for (const attendee of payload.attendees) {
		const raw = readPerson(attendee);
		if (raw === null) continue;
		const address = raw.email?.toLowerCase();
		const place = address === undefined ? undefined : places.get(address);
		const known = place === undefined ? undefined : people[place];
		if (place !== undefined && known !== undefined) {
			people[place] = filledFrom(known, raw);
			continue;
		}
		if (address !== undefined) places.set(address, people.length);
		people.push(raw);
	}
	return people;
}

/** One person listed twice: what the first entry leaves blank, the other may tell. */
function filledFrom(person: RawPerson, other: RawPerson): RawPerson {
	const isNamed = personName(person.name, person.firstName, person.lastName).name !== null;
	const { name, firstName, lastName } = isNamed ? person : other;
	return {
		...other,
		...person,
		name,
		firstName,
		lastName,
		phoneNumber: person.phoneNumber ?? other.phoneNumber,
		timeZone: person.timeZone ?? other.timeZone,
		noShow: person.noShow ?? other.noShow,
	};
}

/**
 * The attendees, the booker first. Where Cal.com lists none (instant meetings, routing forms) the one who answered.
 */
export function readAttendees(
	raw: readonly RawPerson[],
	payload: Payload,
	organizerZone: string | null,
	defaultCountry: string | null,
): EventAttendee[] {
	if (raw.length === 0) return answeringAttendee(payload, organizerZone, defaultCountry);
	return raw.map((person, index) => {
		const region = numberRegion(defaultCountry, person.timeZone, organizerZone);
		return {
			...personName(person.name, person.firstName, person.lastName),
			email: person.email,
			phone: toE164(person.phoneNumber, region) ?? (index === 0 ? bookerPhone(payload, region) : null),
			timeZone: person.timeZone,
			locale: localeOf(person),
			noShow: person.noShow,
		};
	});
}

function answeringAttendee(payload: Payload, zone: string | null, defaultCountry: string | null): EventAttendee[] {
	const named = personName(answer(payload.responses, 'name'));
	const email = readEmail(answer(payload.responses, 'email'));
	if (named.name === null && email === null) return [];
	const phone = bookerPhone(payload, numberRegion(defaultCountry, null, zone));
	return [{ ...NO_ATTENDEE, ...named, email, phone }];
}

/**
 * The booker's number where the attendee record has none: the places Cal.com asks for one, then the user's own
 * questions. A number that is only the place of the meeting is not taken: it may be the host's.
 */
function bookerPhone(payload: Payload, region: NumberRegion): string | null {
	const { responses } = payload;
	const place = chosenPlace(responses);
	return (
		toE164(answer(responses, 'attendeePhoneNumber'), region) ??
		toE164(answer(responses, 'smsReminderNumber'), region) ??
		toE164(payload.smsReminderNumber, region) ??
		(place.value === 'phone' ? toE164(place.optionValue, region) : null) ??
		firstPhone(phoneAnswers(responses), region)
	);
}

function firstPhone(given: readonly string[], region: NumberRegion): string | null {
	for (const number of given) {
		const phone = looksLikePhone(number) ? toE164(number, region) : null;
		if (phone !== null) return phone;
	}
	return null;
}

/**
 * Emails of the people the booker brought along: the attendees after the first, then those only named in the
 * answer. Nobody twice, and never the booker.
 */
export function readGuests(attendees: readonly EventAttendee[], responses: Fields | null): string[] {
	const guests: string[] = [];
	const seen = new Set([attendees[0]?.email?.toLowerCase()]);
	for (const email of [...attendees.slice(1).map((attendee) => attendee.email), ...guestAnswers(responses)]) {
		if (email === null || seen.has(email.toLowerCase())) continue;
		seen.add(email.toLowerCase());
		guests.push(email);
	}
	return guests;
}
