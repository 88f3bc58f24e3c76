// The encoding: other bytes for the same text, or other bytes that a careless reader decodes to the same text.
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import type { Alteration, Change, SignedDelivery } from './attempt.mts';
import { sign } from './attempt.mts';

const utf16 = (bytes: Buffer) => Buffer.from(bytes.toString(), 'utf16le');

/** A text put into the body that Cal.com signs, and the bytes that arrive in its place. */
function instead({ bytes, secret }: SignedDelivery, text: string, arriving: Uint8Array): Change {
	const at = bytes.length - 1;
	const around = (inside: Uint8Array) =>
		Buffer.concat([bytes.subarray(0, at), Buffer.from(',"note":"'), inside, Buffer.from('"}')]);
	return { signature: sign(around(Buffer.from(text)), secret), body: around(arriving) };
}

/** Bytes that are not UTF-8 and that are read as U+FFFD. */
const BROKEN = [[0xff], [0xfe], [0x80], [0xc0], [0xed], [0xe2, 0x82], [0xf0, 0x9f, 0x98]];
/** Beside them, what the same bytes are not: how else one could write a slash, an emoji, an é. */
const OTHERWISE: readonly [text: string, bytes: number[]][] = [
	['/', [0xc0, 0xaf]],
	['/', [0xe0, 0x80, 0xaf]],
	['A', [0xc1, 0x81]],
	['\u{1f600}', [0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80]],
	['\u00e9', [0x65, 0xcc, 0x81]],
	['\u00e9', [0xe9]],
	['\u00c5', [0xe2, 0x84, 0xab]],
	['\0', [0xc0, 0x80]],
	['-', [0xc2, 0xad]],
];

export const OF_THE_ENCODING: readonly Alteration[] = [
	['UTF-16, little end first', ({ bytes }) => ({ body: utf16(bytes) })],
	['UTF-16, big end first', ({ bytes }) => ({ body: utf16(bytes).swap16() })],
	['UTF-16 with a mark', ({ bytes }) => ({ body: Buffer.concat([Uint8Array.of(0xff, 0xfe), utf16(bytes)]) })],
	[
		'UTF-32',
		({ bytes }) => ({
			body: Buffer.from(Uint32Array.from([...bytes.toString()], (c) => c.codePointAt(0) ?? 0).buffer),
		}),
	],
	[
		'read as latin1 and written as UTF-8',
		(delivery) => instead(delivery, '\u00e9', Buffer.from(Buffer.from('\u00e9').toString('latin1'))),
	],
	[
		'written as latin1',
		(delivery) => instead(delivery, 'caf\u00e9 \u00fc\u00df', Buffer.from('caf\u00e9 \u00fc\u00df', 'latin1')),
	],
	[
		'not UTF-8, but decoded to the same text',
		(delivery, dice) => instead(delivery, '\ufffd', Uint8Array.from(dice.of(BROKEN))),
	],
	[
		'another way to write a character',
		(delivery, dice) => {
			const [text, bytes] = dice.of(OTHERWISE);
			return instead(delivery, text, Uint8Array.from(bytes));
		},
	],
	['gzip', ({ bytes }, dice) => ({ body: gzipSync(bytes, { level: dice.of([1, 6, 9]) }) })],
	['deflate', ({ bytes }, dice) => ({ body: dice.of([deflateSync, deflateRawSync])(bytes) })],
	['brotli', ({ bytes }) => ({ body: brotliCompressSync(bytes, { params: { [1]: 1 } }) })],
	['base64', ({ bytes }, dice) => ({ body: Buffer.from(bytes.toString(dice.of(['base64', 'base64url']))) })],
	['hex', ({ bytes }) => ({ body: Buffer.from(bytes.toString('hex')) })],
	['percent signs', ({ bytes }) => ({ body: Buffer.from(encodeURIComponent(bytes.toString())) })],
	['line ends of Windows', (delivery) => instead(delivery, 'a\\nb', Buffer.from('a\\r\\nb'))],
	[
		'in chunks of HTTP',
		({ bytes }) => ({ body: Buffer.from(`${bytes.length.toString(16)}\r\n${bytes.toString()}\r\n0\r\n\r\n`) }),
	],
	[
		'as a form with a file',
		({ bytes }) => ({
			body: Buffer.from(
				`--x\r\nContent-Disposition: form-data; name="body"\r\n\r\n${bytes.toString()}\r\n--x--\r\n`,
			),
		}),
	],
];
