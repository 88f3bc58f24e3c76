// The body: a bit, a byte, or the same JSON written in another way, under the signature of the one that was sent.
import type { Alteration, Dice, SignedDelivery } from './attempt.mts';

const BLANKS = [' ', '\n', '\r\n', '\t', '\0', '\u00a0', '\u200b', '\ufeff'];

const before = (text: string, bytes: Buffer) => Buffer.concat([Buffer.from(text), bytes]);
const after = (bytes: Buffer, text: string) => Buffer.concat([bytes, Buffer.from(text)]);
/** The bytes with `length` of them from `at` on replaced. */
const spliced = (bytes: Buffer, at: number, length: number, by: Uint8Array | string) =>
	Buffer.concat([bytes.subarray(0, at), Buffer.from(by), bytes.subarray(at + length)]);
const byte = ({ below }: Dice) => Uint8Array.of(below(256));

/** The text with one of the matches replaced; unchanged where nothing matches. */
function oneOf(bytes: Buffer, dice: Dice, pattern: RegExp, by: (match: string) => string): { body: Buffer } {
	const text = bytes.toString();
	const matches = [...text.matchAll(pattern)];
	if (matches.length === 0) return { body: bytes };
	const { index, 0: match } = dice.of(matches);
	return { body: Buffer.from(text.slice(0, index) + by(match) + text.slice(index + match.length)) };
}

type Rewrite = (value: object) => unknown;

/** The body parsed, rewritten and serialized; what is no JSON object stays. */
function rewritten({ bytes }: SignedDelivery, rewrite: Rewrite, space?: number | string): { body: Buffer } {
	let parsed: unknown;
	try {
		parsed = JSON.parse(bytes.toString());
	} catch {
		return { body: bytes };
	}
	if (typeof parsed !== 'object' || parsed === null) return { body: bytes };
	return { body: Buffer.from(JSON.stringify(rewrite(parsed), null, space)) };
}

const entries =
	(change: (list: [string, unknown][]) => [string, unknown][]): Rewrite =>
	(value) =>
		Object.fromEntries(change(Object.entries(value)));

export const OF_THE_BODY: readonly Alteration[] = [
	[
		'one bit',
		({ bytes }, { below }) => {
			const at = below(bytes.length);
			return { body: spliced(bytes, at, 1, Uint8Array.of(bytes.readUInt8(at) ^ (1 << below(8)))) };
		},
	],
	['one byte', ({ bytes }, dice) => ({ body: spliced(bytes, dice.below(bytes.length), 1, byte(dice)) })],
	['a byte more', ({ bytes }, dice) => ({ body: spliced(bytes, dice.below(bytes.length + 1), 0, byte(dice)) })],
	['a byte less', ({ bytes }, { below }) => ({ body: spliced(bytes, below(bytes.length), 1, '') })],
	['a piece less', ({ bytes }, { below }) => ({ body: spliced(bytes, below(bytes.length), 1 + below(200), '') })],
	[
		'two bytes in each other’s place',
		({ bytes }, { below }) => {
			const at = below(bytes.length - 1);
			return { body: spliced(bytes, at, 2, bytes.subarray(at, at + 2).toReversed()) };
		},
	],
	['cut', ({ bytes }, { below }) => ({ body: bytes.subarray(0, below(bytes.length)) })],
	['sent twice in one', ({ bytes }, dice) => ({ body: after(bytes, dice.of(['', '\n', ',']) + bytes.toString()) })],
	['a blank behind', ({ bytes }, dice) => ({ body: after(bytes, dice.of(BLANKS)) })],
	['a blank before', ({ bytes }, dice) => ({ body: before(dice.of(BLANKS), bytes) })],
	['a byte order mark before', ({ bytes }) => ({ body: before('\ufeff', bytes) })],
	['a comma behind', ({ bytes }, dice) => ({ body: after(bytes, dice.of([',', ';', '}', ']', '//', '/**/'])) })],
	['empty', () => ({ body: Buffer.alloc(0) })],
	[
		'nothing in it',
		(_, dice) => ({ body: Buffer.from(dice.of(['{}', '[]', 'null', 'false', '""', '0', '{"payload":{}}'])) }),
	],
	['of another delivery', (_, { other }) => ({ body: other.bytes })],
	[
		'a value of its own changed',
		({ bytes }, dice) => oneOf(bytes, dice, /"[^"\\]+"/g, (match) => `${match.slice(0, -1)}x"`),
	],
	['an email changed', ({ bytes }, dice) => oneOf(bytes, dice, /[\w.]+@[\w.]+/g, () => 'mallory@evil.example')],
	['a time moved', ({ bytes }, dice) => oneOf(bytes, dice, /T\d\d:/g, () => `T${String(10 + dice.below(10))}:`)],
	[
		'a number changed',
		({ bytes }, dice) => oneOf(bytes, dice, /(?<=:)\d+(?=[,}])/g, (match) => String(Number(match) + 1)),
	],
	[
		'a number in another form',
		({ bytes }, dice) =>
			oneOf(bytes, dice, /(?<=:)\d+(?=[,}])/g, (match) => match + dice.of(['.0', 'e0', '.00', 'E+0'])),
	],
	[
		'a letter as an escape',
		({ bytes }, dice) =>
			oneOf(bytes, dice, /(?<=")[a-zA-Z]/g, (match) => `\\u${match.charCodeAt(0).toString(16).padStart(4, '0')}`),
	],
	['a slash as an escape', ({ bytes }, dice) => oneOf(bytes, dice, /(?<!\\)\//g, () => '\\/')],
	['a blank after a colon', ({ bytes }, dice) => oneOf(bytes, dice, /":/g, () => '": ')],
	['a key twice', ({ bytes }, dice) => oneOf(bytes, dice, /\{(?=")/g, () => '{"triggerEvent":"BOOKING_CREATED",')],
	[
		'a key twice, the last one wins',
		({ bytes }) => ({ body: spliced(bytes, bytes.length - 1, 1, ',"triggerEvent":"BOOKING_CANCELLED"}') }),
	],
	['written with blanks', (delivery, dice) => rewritten(delivery, (value) => value, dice.of([1, 2, 4, '\t', ' ']))],
	[
		'its keys backwards',
		(delivery) =>
			rewritten(
				delivery,
				entries((list) => list.toReversed()),
			),
	],
	[
		'its keys sorted',
		(delivery) =>
			rewritten(
				delivery,
				entries((list) => list.toSorted(([a], [b]) => (a < b ? 1 : -1))),
			),
	],
	[
		'a field less',
		(delivery, { below }) =>
			rewritten(
				delivery,
				entries((list) => list.toSpliced(below(list.length), 1)),
			),
	],
	[
		'a field more',
		(delivery, dice) =>
			rewritten(delivery, (value) => ({
				...value,
				[dice.of(['__proto__x', 'secret', 'verified', 'source'])]: true,
			})),
	],
	[
		'another event',
		(delivery, dice) =>
			rewritten(delivery, (value) => ({
				...value,
				triggerEvent: dice.of(['PING', 'BOOKING_PAID', 'BOOKING_REJECTED', '']),
			})),
	],
	['encoded once more', (delivery) => rewritten(delivery, (value) => JSON.stringify(value))],
	['in a list', (delivery) => rewritten(delivery, (value) => [value])],
	[
		'in an object',
		(delivery, dice) => rewritten(delivery, (value) => ({ [dice.of(['body', 'data', 'payload'])]: value })),
	],
	[
		'its payload alone',
		(delivery) =>
			rewritten(delivery, (value) => Object.entries(value).find(([key]) => key === 'payload')?.[1] ?? {}),
	],
	['as a form', ({ bytes }) => ({ body: Buffer.from(`payload=${encodeURIComponent(bytes.toString())}`) })],
];
