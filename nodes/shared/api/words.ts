/** A character that may be left out at the end of what Cal.com said. */
const isIdle = (character: string): boolean => character === ',' || character.trim() === '';

/**
 * What Cal.com said, without the spaces and commas at its end. Not by an expression: one that looks for an end begins
 * anew at each of 100,000 commas, and n8n stands still meanwhile.
 *
 * @example withoutEndCommas('is required, ,') // 'is required'
 */
export function withoutEndCommas(said: string): string {
	let end = said.length;
	while (end > 0 && isIdle(said.charAt(end - 1))) end--;
	return said.slice(0, end);
}

/** The same without the full stop at its end, for a sentence of ours that goes on or ends by itself. */
export const withoutEndDot = (said: string): string => (said.endsWith('.') ? said.slice(0, -1) : said);

/** The same without the colon at its end, where a list of nothing would have followed. */
export function withoutEndColon(said: string): string {
	const trimmed = said.trimEnd();
	return trimmed.endsWith(':') ? trimmed.slice(0, -1) : said;
}

const TOKEN = /^[a-zA-Z0-9]+(?:_[a-zA-Z0-9]+)+$/;

/**
 * A word that is meant for programs, as people would write it; any other text as it is.
 *
 * @example inWords('emails_must_be_valid') // 'emails must be valid'
 */
export const inWords = (said: string): string =>
	said.length <= 100 && TOKEN.test(said) ? said.replaceAll('_', ' ').toLowerCase() : said;

const WRONG = ' property is wrong';

/**
 * What is wrong with each field, in the form that some of Cal.com's checks give it: `start property is wrong,start must
 * be a date , `. Null for a text of another form.
 */
export function wrongProperties(said: string): string | null {
	if (!said.includes(WRONG)) return null;
	const parts = said.split(',').map((part) => part.trim());
	return parts.filter((part) => part !== '' && !part.endsWith(WRONG)).join(', ');
}

/** `UpdateBookingInputLocationValidator_2024_08_13 - Validation failed for link location: …` */
const VALIDATOR = /^\w{1,100}Validator\w{0,40} - (?:Validation failed for [\w ]{1,60}: )?/;

/** What a check of Cal.com's says, without its name. */
export const withoutValidator = (said: string): string => said.replace(VALIDATOR, '');
