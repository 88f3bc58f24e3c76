// The few forms of DER (X.690) that a certificate is written in: a tag, a length, and what is inside.

function element(tag: number, ...inside: Buffer[]): Buffer {
	const content = Buffer.concat(inside);
	const size = content.length;
	// Up to 127 the length is one byte; above, the first byte says how many follow.
	const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 0xff];
	return Buffer.concat([Buffer.from([tag, ...length]), content]);
}

/** Seven bits a byte, the highest bit set in all but the last. */
function base128(value: number): number[] {
	const low = [value & 0x7f];
	for (let rest = value >> 7; rest > 0; rest >>= 7) low.unshift((rest & 0x7f) | 0x80);
	return low;
}

export const sequence = (...inside: Buffer[]): Buffer => element(0x30, ...inside);
export const set = (...inside: Buffer[]): Buffer => element(0x31, ...inside);
/** A number as its bytes, the highest first; the first one has to be below 128 for it to be positive. */
export const integer = (bytes: Buffer): Buffer => element(0x02, bytes);
export const boolean = (value: boolean): Buffer => element(0x01, Buffer.from([value ? 0xff : 0]));
export const octets = (content: Buffer): Buffer => element(0x04, content);
/** `unused`: how many bits of the last byte do not count. */
export const bits = (content: Buffer, unused = 0): Buffer => element(0x03, Buffer.from([unused]), content);
export const text = (value: string): Buffer => element(0x0c, Buffer.from(value, 'utf8'));
/** `260101000000Z`: good until 2049. */
export const time = (at: Date): Buffer =>
	element(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`));
/** What stands in a field that is known by its number; `plain` for a text without an element of its own. */
export const numbered = (number: number, content: Buffer): Buffer => element(0xa0 + number, content);
export const plain = (number: number, content: string): Buffer => element(0x80 + number, Buffer.from(content, 'ascii'));

/** An object identifier, e.g. `2.5.4.3`. */
export function identifier(dotted: string): Buffer {
	const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
	return element(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}
