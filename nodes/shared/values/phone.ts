import { COUNTRY_OF_ZONE, NUMBERING_PLANS } from './countries';
import { trimmed } from './readers';

const SEPARATORS = /[\s.\-–/()]/g;
const INTERNATIONAL = /^(?:\+|00)([1-9]\d{7,14})$/;
/** What people write where a number is asked for; extensions and words are not a part of it. */
const NUMBER_LIKE = /^(?:\+[\d\s().\-–/]{6,}|[\d\s().\-–/]+)$/;
const MIN_DIGITS = 6;

/**
 * A phone number as E.164 ("+31612345678"), or null when that cannot be told for sure.
 *
 * A number with "+" or "00" is international already. A national one needs a country, and must match
 * that country's plan as a whole: an SMS to a stranger is worse than none.
 *
 * @param written The number as a person wrote it, a `tel:` link included.
 * @param country ISO 3166 alpha-2 for national numbers; null when it is not known.
 */
export function toE164(written: unknown, country: string | null): string | null {
	const bare = withoutScheme(written);
	if (bare === null) return null;
	const digits = bare.replace('(0)', '').replace(SEPARATORS, '');
	const international = INTERNATIONAL.exec(digits);
	if (international) return `+${international[1]}`;
	return country === null ? null : fromNational(digits, country);
}

function fromNational(digits: string, country: string): string | null {
	const plan = NUMBERING_PLANS.get(country.trim().toUpperCase());
	if (plan === undefined || !/^\d+$/.test(digits)) return null;
	const hasTrunk = plan.trunk !== 'none' && digits.startsWith('0');
	if (plan.trunk === 'required' && !hasTrunk) return null;
	const national = hasTrunk ? digits.slice(1) : digits;
	return plan.national.test(national) ? `+${plan.code}${national}` : null;
}

/**
 * The country whose national numbers to expect: the one set by the user, else the attendee's zone's, else the
 * organizer's. Once one of them is known the next is not asked: a zone of a country without a plan gives null.
 */
export function numberCountry(
	defaultCountry: string | null,
	attendeeZone: string | null,
	organizerZone: string | null,
): string | null {
	const set = trimmed(defaultCountry);
	if (set !== null) return set;
	const zone = attendeeZone ?? organizerZone;
	return zone === null ? null : (COUNTRY_OF_ZONE.get(zone) ?? null);
}

/** Whether a text looks like a phone number: a "+", or at least six digits with nothing but separators. */
export function looksLikePhone(written: string): boolean {
	if (/^tel:/i.test(written)) return true;
	return NUMBER_LIKE.test(written) && written.replace(/\D/g, '').length >= MIN_DIGITS;
}

/** The number of a `tel:` link, or the text itself without the spaces around it; null when blank or no text. */
export function withoutScheme(written: unknown): string | null {
	return trimmed(trimmed(written)?.replace(/^tel:/i, ''));
}
