const BASIC =
	'@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** Take two places: an escape stands before each. */
const EXTENDED = '\f^{}\\[~]|€';

/** Places that a text takes in GSM-7, or null where it has a letter that GSM-7 has not. */
function septets(text: string): number | null {
	let places = 0;
	for (const letter of text) {
		if (BASIC.includes(letter)) places += 1;
		else if (EXTENDED.includes(letter)) places += 2;
		else return null;
	}
	return places;
}

/**
 * How many SMS a text makes, and so how many are paid for: 160 places of GSM-7 in one, 153 each in several;
 * with any other letter (a Polish ą, an emoji) 70 units of UTF-16 in one, 67 each in several.
 */
export function segmentsOf(text: string): number {
	const places = septets(text);
	const [size, one, each] = places === null ? [text.length, 70, 67] : [places, 160, 153];
	return size <= one ? 1 : Math.ceil(size / each);
}
