// The signature: bent, cut, doubled, written in other ways, or made with something else than the secret.
import { createHash, createHmac } from 'node:crypto';
import type { Alteration } from './attempt.mts';
import { sign } from './attempt.mts';

const DIGITS = [...'0123456789abcdef'];
const PREFIXES = ['sha1=', 'sha512=', 'sha256:', 'sha256==', 'sha256 =', 'sha256=sha256=', 'hmac-sha256=', 'v1=', '0x'];
const SCHEMES = ['Bearer ', 'Basic ', 'HMAC ', 'HMAC-SHA256 ', 't=1732096800,v1=', 'keyId=1,signature='];
/** The long s becomes an s where letters are compared without their case; the others look like digits. */
const LOOK_ALIKES = ['\u017fha256=', '\uff53ha256='];
const EMPTY = ['', ' ', '\t', '   ', 'no-secret-provided', ' no-secret-provided', 'NO-SECRET-PROVIDED'];
const WORDS = ['null', 'undefined', 'true', 'false', '0', '[object Object]', '{}', '*', 'sha256=', 'none'];
const BETWEEN = [' ', '\t', '\n', '\r\n', '\0', '-', ':', '\u200b', '\u00ad', '%00', '\ufeff'];

const replaced = (text: string, at: number, by: string) => text.slice(0, at) + by + text.slice(at + 1);

/** Digits as other scripts write them, in one place or in all. */
function inAnotherScript(signature: string, zero: number, everywhere: boolean, at: number): string {
	const other = (digit: string) =>
		/\d/.test(digit)
			? String.fromCodePoint(zero + Number(digit))
			: String.fromCodePoint(zero - 0x30 + digit.charCodeAt(0));
	return everywhere ? [...signature].map(other).join('') : replaced(signature, at, other(signature.charAt(at)));
}

export const OF_THE_SIGNATURE: readonly Alteration[] = [
	[
		'one bit of the digest',
		({ signature }, { below }) => {
			const digest = Buffer.from(signature, 'hex');
			const at = below(32);
			digest.writeUInt8(digest.readUInt8(at) ^ (1 << below(8)), at);
			return { signature: digest.toString('hex') };
		},
	],
	['one digit', ({ signature }, dice) => ({ signature: replaced(signature, dice.below(64), dice.of(DIGITS)) })],
	[
		'two digits in each other’s place',
		({ signature: s }, { below }) => {
			const at = below(63);
			return { signature: s.slice(0, at) + s.charAt(at + 1) + s.charAt(at) + s.slice(at + 2) };
		},
	],
	['cut at its end', ({ signature }, { below }) => ({ signature: signature.slice(0, 1 + below(63)) })],
	['cut at its start', ({ signature }, { below }) => ({ signature: signature.slice(1 + below(63)) })],
	['a digit more', ({ signature }, dice) => ({ signature: signature + dice.of(DIGITS) })],
	['a digit before', ({ signature }, dice) => ({ signature: dice.of(DIGITS) + signature })],
	['written twice in a row', ({ signature }) => ({ signature: signature + signature })],
	[
		'its bytes backwards',
		({ signature }) => ({ signature: Buffer.from(signature, 'hex').reverse().toString('hex') }),
	],
	['its digits backwards', ({ signature }) => ({ signature: [...signature].reverse().join('') })],
	['one digit 64 times', (_, dice) => ({ signature: dice.of(DIGITS).repeat(64) })],
	['digits by chance', (_, dice) => ({ signature: Array.from({ length: 64 }, () => dice.of(DIGITS)).join('') })],
	[
		'twice in one header',
		({ signature }, dice) => ({ signature: `${signature}${dice.of([',', ', ', '; ', ' '])}${signature}` }),
	],
	[
		'beside a wrong one in one header',
		({ signature }, dice) => ({
			signature: dice.of([
				`${signature}, ${'0'.repeat(64)}`,
				`${'0'.repeat(64)}, ${signature}`,
				`, ${signature}`,
				`${signature},`,
			]),
		}),
	],
	['behind another prefix', ({ signature }, dice) => ({ signature: dice.of(PREFIXES) + signature })],
	['behind a scheme', ({ signature }, dice) => ({ signature: dice.of(SCHEMES) + signature })],
	[
		'behind a prefix that only looks right',
		({ signature }, dice) => ({ signature: dice.of(LOOK_ALIKES) + signature }),
	],
	[
		'in quotes',
		({ signature }, dice) => ({
			signature: dice.of(['"', "'", '`', '<']) + signature + dice.of(['"', "'", '`', '>']),
		}),
	],
	[
		'something between its digits',
		({ signature }, dice) => {
			const at = 1 + dice.below(62);
			return { signature: signature.slice(0, at) + dice.of(BETWEEN) + signature.slice(at) };
		},
	],
	[
		'something else behind it',
		({ signature }, dice) => ({ signature: signature + dice.of(['=', '==', ';', '.', '#', '\0', '%20', ' 0']) }),
	],
	['in base64', ({ signature }) => ({ signature: Buffer.from(signature, 'hex').toString('base64') })],
	[
		'in base64 for URLs',
		({ signature }) => ({ signature: `sha256=${Buffer.from(signature, 'hex').toString('base64url')}` }),
	],
	['its digits in base64', ({ signature }) => ({ signature: Buffer.from(signature).toString('base64') })],
	['its digits in hex', ({ signature }) => ({ signature: Buffer.from(signature).toString('hex') })],
	['as raw bytes', ({ signature }) => ({ signature: Buffer.from(signature, 'hex').toString('latin1') })],
	['as a number', ({ signature }) => ({ signature: BigInt(`0x${signature}`).toString() })],
	[
		'a digit in wide letters',
		({ signature }, { below }) => ({ signature: inAnotherScript(signature, 0xff10, false, below(64)) }),
	],
	['all digits in wide letters', ({ signature }) => ({ signature: inAnotherScript(signature, 0xff10, true, 0) })],
	[
		'a digit in Arabic',
		({ signature }, { below }) => ({ signature: inAnotherScript(signature, 0x660, false, below(64)) }),
	],
	['a Cyrillic letter', ({ signature }) => ({ signature: signature.replace('a', '\u0430').replace('e', '\u0435') })],
	['blank', (_, dice) => ({ signature: dice.of(EMPTY) })],
	['left out', () => ({ signature: null })],
	['a word', (_, dice) => ({ signature: dice.of(WORDS) })],
	['of another delivery', (_, { other }) => ({ signature: other.signature })],
	['of nothing', ({ secret }) => ({ signature: sign('', secret) })],
	[
		'another algorithm',
		({ bytes, secret }, dice) => ({
			signature: createHmac(
				dice.of(['sha1', 'sha224', 'sha384', 'sha512', 'sha512-256', 'sha3-256', 'md5']),
				secret,
			)
				.update(bytes)
				.digest('hex'),
		}),
	],
	[
		'another algorithm, cut to size',
		({ bytes, secret }, dice) => ({
			signature: createHmac(dice.of(['sha384', 'sha512']), secret)
				.update(bytes)
				.digest('hex')
				.slice(0, 64),
		}),
	],
	['a hash without a key', ({ bytes }) => ({ signature: createHash('sha256').update(bytes).digest('hex') })],
	[
		'a hash of secret and body',
		({ bytes, secret }, dice) => ({
			signature: dice
				.of([
					[secret, bytes],
					[bytes, secret],
					[secret, ':', bytes],
					[secret, '.', bytes],
				])
				.reduce((hash, part) => hash.update(part), createHash('sha256'))
				.digest('hex'),
		}),
	],
	['the body as the key', ({ bytes, secret }) => ({ signature: sign(secret, bytes) })],
	['the signature signed again', ({ signature, secret }) => ({ signature: sign(signature, secret) })],
	[
		'the body’s hash signed',
		({ bytes, secret }) => ({ signature: sign(createHash('sha256').update(bytes).digest(), secret) }),
	],
	[
		'a time before the body',
		({ bytes, secret }) => ({ signature: sign(Buffer.concat([Buffer.from('1732096800.'), bytes]), secret) }),
	],
];
