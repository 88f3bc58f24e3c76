import type { CountryCode, MetadataJson, PhoneNumber } from 'libphonenumber-js/core';
import { parsePhoneNumberFromString } from 'libphonenumber-js/core';
import { MOBILE, VALID } from './numberingPlans';
import { trimmed } from './readers';
import { countryOfZone } from './zoneCountry';

/** More than any number has, with words around it: nothing longer is looked through. */
const MAX_WRITTEN = 100;
/** What copying out of contacts and web pages leaves: marks of direction, breaks, and hyphens that do not break. */
const UNSEEN = /[\p{Cc}\p{Cf}]/gu;
const DASHES = /[\p{Pd}\u2212]/gu;
const EXTENSION = /(?:;ext=|[\s,;]{0,3}(?:ext(?:ension)?|x|#|tst|dw|poste|int)[\s.:]{0,3})\d{1,7}$/i;
/** What people write where a number is asked for; words are not a part of it. */
const NUMBER_LIKE = /^(?:\+[\d\s().\-/]{6,}|[\d\s().\-/]+)$/;
const MIN_DIGITS = 6;
const MAX_KNOWN = 2000;

/** Where numbers that are written nationally are looked for. */
export interface NumberRegion {
	/** The country whose numbers they are; null when nobody can tell. */
	country: string | null;
	/** Where a number that is none there may be a mobile number of, as of a client on holiday; null: nowhere. */
	home: string | null;
}

export const NO_REGION: NumberRegion = { country: null, home: null };

/**
 * Where a person's national numbers belong: to the country of their zone. A client on holiday writes the number they
 * have at home, so the country of the settings counts, too, where the organizer's zone agrees with it. Where the
 * person's zone tells no country, the settings do, else the organizer's zone.
 *
 * @param defaultCountry ISO 3166 alpha-2 of the settings; one that does not exist counts as none
 */
export function numberRegion(
	defaultCountry: string | null,
	personZone: string | null,
	organizerZone: string | null,
): NumberRegion {
	const set = knownCountry(defaultCountry);
	const own = countryOfZone(personZone);
	const organizers = countryOfZone(organizerZone);
	if (own === null) return { country: set ?? organizers, home: null };
	return { country: own, home: set !== null && set !== own && set === organizers ? set : null };
}

/** A country whose numbers are known, in capitals; null for any other word (UK is GB, NLD is NL). */
export function knownCountry(country: string | null): CountryCode | null {
	const code = country?.trim().toUpperCase() ?? '';
	return isCountry(code) ? code : null;
}

const isCountry = (code: string): code is CountryCode => Object.hasOwn(VALID.countries, code);

/** Verdicts on what was written before: people, and the numbers of a calendar, come again. */
const known = new Map<string, string | null>();

/**
 * A phone number as E.164 ("+31612345678"), or null when that cannot be told for sure: an SMS to a stranger is worse
 * than none. Judged by the library that Cal.com asks. Cal.com takes some numbers by their length alone, such as those that
 * films use: they are null here. An extension is left out.
 *
 * @param written The number as a person wrote it, a `tel:` link included.
 * @param region For numbers without a country code.
 */
export function toE164(written: unknown, region: NumberRegion): string | null {
	const text = withoutScheme(written);
	if (text === null || text.length > MAX_WRITTEN) return null;
	const key = `${region.country ?? ''} ${region.home ?? ''} ${text}`;
	const before = known.get(key);
	if (before !== undefined) return before;
	const verdict = read(text, region);
	if (known.size >= MAX_KNOWN) known.clear();
	known.set(key, verdict);
	return verdict;
}

function read(text: string, { country, home }: NumberRegion): string | null {
	const number = plainDigits(text);
	if (number === null) return null;
	if (number.startsWith('+')) return e164(parse(number, null, VALID));
	const own = knownCountry(country);
	// What is shorter is a service's number, unless it is somebody's mobile in a country with few people.
	const there = own === null ? null : e164(parse(number, own, number.length < MIN_DIGITS ? MOBILE : VALID));
	if (there !== null) return there;
	const other = knownCountry(home);
	return other === null ? null : e164(parse(number, other, MOBILE));
}

function parse(number: string, country: CountryCode | null, metadata: MetadataJson): PhoneNumber | undefined {
	const options = country === null ? { extract: false } : { defaultCountry: country, extract: false };
	return parsePhoneNumberFromString(number, options, metadata);
}

function e164(number: PhoneNumber | undefined): string | null {
	return number?.isValid() ? number.number : null;
}

/** Digits with their "+", as far as the text is a number and nothing else. */
function plainDigits(text: string): string | null {
	const bare = text.replace(EXTENSION, '').replace('(0)', '').trim();
	if (!NUMBER_LIKE.test(bare)) return null;
	return bare.replace(/^00/, '+').replace(/[^\d+]/g, '');
}

/** Whether a text looks like a phone number: a "+", or at least six digits with nothing but separators. */
export function looksLikePhone(written: string): boolean {
	const text = withoutScheme(written);
	if (text === null || text.length > MAX_WRITTEN) return false;
	if (/^tel:/i.test(written.trim())) return true;
	const bare = text.replace(EXTENSION, '').trim();
	return NUMBER_LIKE.test(bare) && bare.replace(/\D/g, '').length >= MIN_DIGITS;
}

/**
 * The number of a `tel:` link, or the text itself, without the spaces around it and in plain characters; null when blank
 * or no text.
 */
export function withoutScheme(written: unknown): string | null {
	const text = trimmed(written);
	if (text === null) return null;
	if (text.length > MAX_WRITTEN) return text;
	const seen = text.normalize('NFKC').replace(UNSEEN, '').replace(DASHES, '-').trim();
	return trimmed(seen.replace(/^tel:/i, ''));
}
