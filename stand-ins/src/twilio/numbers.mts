import type { Refusal } from './errors.mts';

const E164 = /^\+[1-9]\d{7,14}$/;
const ALPHANUMERIC = /^(?=.*[A-Za-z])[A-Za-z0-9 ]{1,11}$/;
const WHATSAPP = 'whatsapp:';

export const isE164 = (number: string): boolean => E164.test(number);
export const isAlphanumericSender = (sender: string): boolean => ALPHANUMERIC.test(sender);

/** Tells the channel from the number: `whatsapp:+31…` is the same phone as `+31…`. */
export function addressOf(text: string): { channel: 'sms' | 'whatsapp'; number: string } {
	return text.startsWith(WHATSAPP)
		? { channel: 'whatsapp', number: text.slice(WHATSAPP.length) }
		: { channel: 'sms', number: text };
}

/** Whom an opt-out is between. */
export const pair = (ours: string, theirs: string): string => `${ours}|${theirs}`;

/** Twilio's magic numbers: to these it answers with an error, so that people can try one out. */
export const MAGIC_TO: Record<string, Refusal> = {
	'+15005550001': 21211,
	'+15005550002': 21612,
	'+15005550003': 21408,
	'+15005550004': 21610,
	'+15005550009': 21614,
};
export const MAGIC_FROM: Record<string, Refusal> = {
	'+15005550001': 21212,
	'+15005550007': 21606,
	'+15005550008': 21611,
};

/** The last digits are hidden in errors, as Twilio hides them. */
export const masked = (number: string): string => number.replace(/\d{4}$/, 'XXXX');

/** Countries of the people who are booked for. */
const COUNTRIES = { '1': 'US', '31': 'NL', '32': 'BE', '33': 'FR', '44': 'GB', '48': 'PL', '49': 'DE' };

/** ISO country of a number, or an empty text where the stand-in does not know it. */
export function countryOf(number: string): string {
	return Object.entries(COUNTRIES).find(([prefix]) => number.startsWith(`+${prefix}`))?.[1] ?? '';
}
