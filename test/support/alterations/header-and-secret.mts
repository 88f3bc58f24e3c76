// The header's name, headers that come twice, and secrets that are nearly right.
import { createHash } from 'node:crypto';
import { type Alteration, type Dice, type SignedDelivery, SIGNATURE_HEADER, sign } from './attempt.mts';

const NAMES = [
	'x-cal-signature',
	'x-cal-signature-1',
	'x-cal-signature-257',
	'x-cal-signature-512',
	'x-cal-signature256',
	'x_cal_signature_256',
	'xx-cal-signature-256',
	'x-cal-signature-256-',
	'x-calcom-signature-256',
	'cal-signature-256',
	'x-hub-signature-256',
	'x-signature-256',
	'x-signature',
	'signature',
	'authorization',
	'cookie',
];

export const OF_THE_HEADER: readonly Alteration[] = [
	['another name', ({ signature }, dice) => ({ headers: [[dice.of(NAMES), signature]] })],
	[
		'another name beside a blank one',
		({ signature }, dice) => ({
			headers: [
				[SIGNATURE_HEADER, ''],
				[dice.of(NAMES), signature],
			],
		}),
	],
	[
		'another name beside a wrong one',
		({ signature }, dice) => ({
			headers: [
				[SIGNATURE_HEADER, '0'.repeat(64)],
				[dice.of(NAMES), signature],
			],
		}),
	],
	[
		'sent twice',
		({ signature }) => ({
			headers: [
				[SIGNATURE_HEADER, signature],
				[SIGNATURE_HEADER, signature],
			],
		}),
	],
	[
		'sent twice, once wrong',
		({ signature }, dice) => {
			const both: [string, string][] = [
				[SIGNATURE_HEADER, signature],
				[SIGNATURE_HEADER.toUpperCase(), dice.of(['0'.repeat(64), '', 'no-secret-provided'])],
			];
			return { headers: dice.below(2) === 0 ? both : both.toReversed() };
		},
	],
	[
		'sent three times',
		({ signature }) => ({
			headers: [
				[SIGNATURE_HEADER, signature],
				[SIGNATURE_HEADER, signature],
				[SIGNATURE_HEADER, signature],
			],
		}),
	],
];

/** Signed rightly, but with this instead of the secret. */
const signedWith =
	(other: (secret: string, dice: Dice) => string | Uint8Array) =>
	({ bytes, secret }: SignedDelivery, dice: Dice) => ({ signature: sign(bytes, other(secret, dice)) });

const turned = (letter: string) => (letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase());

export const OF_THE_SECRET: readonly Alteration[] = [
	['a letter more', signedWith((secret, dice) => secret + dice.of([...'a1-_=x']))],
	['a letter less', signedWith((secret, { below }) => (below(2) === 0 ? secret.slice(1) : secret.slice(0, -1)))],
	[
		'another letter',
		signedWith((secret, { below }) => {
			const at = below(secret.length);
			return `${secret.slice(0, at)}${String.fromCharCode((secret.charCodeAt(at) ^ (1 + below(7))) & 0x7f)}${secret.slice(at + 1)}`;
		}),
	],
	[
		'a letter small or capital',
		signedWith((secret, { below }) => {
			const at = below(secret.length);
			return secret.slice(0, at) + turned(secret.charAt(at)) + secret.slice(at + 1);
		}),
	],
	['all capitals', signedWith((secret) => secret.toUpperCase())],
	[
		'a blank around',
		signedWith((secret, dice) =>
			dice.of([` ${secret}`, `${secret} `, `${secret}\n`, `\t${secret}`, `"${secret}"`]),
		),
	],
	['backwards', signedWith((secret) => [...secret].reverse().join(''))],
	['twice', signedWith((secret) => secret + secret)],
	['cut', signedWith((secret, { below }) => secret.slice(0, 1 + below(secret.length - 1)))],
	[
		'a word',
		signedWith((_, dice) =>
			dice.of(['secret', 'undefined', 'null', ' ', '0', 'no-secret-provided', 'changeme', '*']),
		),
	],
	['none', signedWith(() => '')],
	['encoded', signedWith((secret, dice) => Buffer.from(secret).toString(dice.of(['base64', 'hex', 'base64url'])))],
	['decoded', signedWith((secret, dice) => Buffer.from(secret, dice.of(['base64', 'hex'])))],
	['in UTF-16', signedWith((secret) => Buffer.from(secret, 'utf16le'))],
	[
		'its hash',
		signedWith((secret, dice) =>
			createHash('sha256')
				.update(secret)
				.digest(dice.of(['hex', 'base64'])),
		),
	],
	[
		'without or with a prefix',
		signedWith((secret, dice) => dice.of([secret.replace(/^\w+-/, ''), `whsec_${secret}`, `sha256=${secret}`])),
	],
	[
		'of another webhook',
		signedWith((secret, { other }) => (other.secret === secret ? `${secret}-other` : other.secret)),
	],
	[
		'the one before, no longer held',
		({ secret }, { below }) => ({ held: [`${secret}-renewed-${String(below(100))}`] }),
	],
	['none is held', (_, dice) => ({ held: dice.of([[], [''], ['', '']]) })],
	[
		'blank ones are held, and signed with',
		({ bytes }, dice) => ({ held: dice.of([[''], [], ['', '']]), signature: sign(bytes, '') }),
	],
	['others are held', (_, dice) => ({ held: dice.of([['another'], ['another', ''], ['one', 'two', 'three']]) })],
];
