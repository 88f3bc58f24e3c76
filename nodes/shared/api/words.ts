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
