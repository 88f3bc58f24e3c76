// Alterations of signed deliveries, none of which may be taken, and other ways to write a right one, all of which are.
import { seededRandom } from 'stand-ins/random';
import {
	type Alteration,
	type Attempt,
	type Change,
	type Dice,
	type SignedDelivery,
	isGenuine,
	SIGNATURE_HEADER,
} from './attempt.mts';
import { OF_THE_BODY } from './body.mts';
import { OF_THE_ENCODING } from './encoding.mts';
import { OF_THE_HEADER, OF_THE_SECRET } from './header-and-secret.mts';
import { OF_THE_SIGNATURE } from './signature.mts';

export { type Attempt, type SignedDelivery, isGenuine, SIGNATURE_HEADER, sign, signatureHeaders } from './attempt.mts';

const named = (what: string, list: readonly Alteration[]): Alteration[] =>
	list.map(([name, change]) => [`${what}: ${name}`, change]);

export const ALTERATIONS: readonly Alteration[] = [
	...named('signature', OF_THE_SIGNATURE),
	...named('body', OF_THE_BODY),
	...named('encoding', OF_THE_ENCODING),
	...named('header', OF_THE_HEADER),
	...named('secret', OF_THE_SECRET),
];

/** A right delivery, as a sender or a proxy may write it. */
export const RIGHT_FORMS: readonly Alteration[] = [
	['as it was sent', () => ({})],
	['capitals', ({ signature }) => ({ signature: signature.toUpperCase() })],
	[
		'some capitals',
		({ signature }, { below }) => ({
			signature: signature.replaceAll(/[a-f]/g, (digit) => (below(2) === 0 ? digit : digit.toUpperCase())),
		}),
	],
	['a prefix', ({ signature }, dice) => ({ signature: dice.of(['sha256=', 'SHA256=']) + signature })],
	[
		'blanks around',
		({ signature }, dice) => ({ signature: dice.of([' ', '\t', '  ']) + signature + dice.of([' ', '\t', '']) }),
	],
	['the header’s name in capitals', ({ signature }) => ({ headers: [['X-Cal-Signature-256', signature]] })],
	['beside the secret before', ({ secret }) => ({ held: ['renewed', secret] })],
	['beside a blank secret', ({ secret }) => ({ held: ['', secret] })],
];

/** How often to roll the dice again where they left a delivery as it was, e.g. put the same digit in its place. */
const ROLLS = 1000;

export interface Altered extends Attempt {
	/** What was done to it, e.g. `body: one bit`. */
	name: string;
}

/** Endlessly, the alterations in turn, each of a delivery by chance; the same for the same seed. */
export function* alter(deliveries: readonly SignedDelivery[], seed: number): Generator<Altered, never> {
	const random = seededRandom(seed);
	for (;;) {
		for (const [name, change] of ALTERATIONS) yield roll(name, change, deliveries, random);
	}
}

/** Each delivery in each of the right forms. */
export function* rightForms(deliveries: readonly SignedDelivery[], seed: number): Generator<Altered, void> {
	const random = seededRandom(seed);
	for (const delivery of deliveries) {
		const dice = diceOf(random, delivery);
		for (const [name, change] of RIGHT_FORMS) yield { name, ...attemptOf(delivery, change(delivery, dice)) };
	}
}

function roll(
	name: string,
	change: Alteration[1],
	deliveries: readonly SignedDelivery[],
	random: () => number,
): Altered {
	for (let rolled = 0; rolled < ROLLS; rolled += 1) {
		const delivery = one(deliveries, random);
		const attempt = attemptOf(delivery, change(delivery, diceOf(random, one(deliveries, random))));
		if (!isGenuine(attempt)) return { name, ...attempt };
	}
	throw new Error(`"${name}" alters nothing.`);
}

const below = (limit: number, random: () => number) => Math.floor(random() * limit);

function one<T>(list: readonly T[], random: () => number): T {
	const [chosen] = list.slice(below(list.length, random));
	if (chosen === undefined) throw new Error('There is nothing to choose from.');
	return chosen;
}

const diceOf = (random: () => number, other: SignedDelivery): Dice => ({
	below: (limit) => below(limit, random),
	of: (list) => one(list, random),
	other,
});

function attemptOf({ bytes, signature, secret }: SignedDelivery, change: Change): Attempt {
	const value = change.signature === undefined ? signature : change.signature;
	return {
		body: change.body ?? bytes,
		headers: change.headers ?? (value === null ? [] : [[SIGNATURE_HEADER, value]]),
		held: change.held ?? [secret],
	};
}
