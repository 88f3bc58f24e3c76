// A delivery as it reaches the receiver, and the rule that says which of them may be taken.
import { createHmac } from 'node:crypto';

export const SIGNATURE_HEADER = 'x-cal-signature-256';

/** A delivery as Cal.com sent it. */
export interface SignedDelivery {
	bytes: Buffer;
	/** Lowercase hex. */
	signature: string;
	secret: string;
}

export interface Attempt {
	body: Buffer;
	/** The headers that concern the signature, in their order; a name may come twice. */
	headers: [name: string, value: string][];
	/** The secrets that the receiver holds. */
	held: readonly string[];
}

/** What is different from the delivery as Cal.com sent it. `signature` is the value of the header; null leaves it out. */
export interface Change {
	body?: Buffer;
	signature?: string | null;
	headers?: [name: string, value: string][];
	held?: readonly string[];
}

/** Chance, the same for the same seed. */
export interface Dice {
	/** An integer from 0 up to `limit - 1`. */
	below(limit: number): number;
	of<T>(list: readonly T[]): T;
	/** Another delivery than the one that is altered. */
	other: SignedDelivery;
}

export type Alteration = readonly [name: string, change: (delivery: SignedDelivery, dice: Dice) => Change];

export const sign = (body: Uint8Array | string, secret: string | Uint8Array): string =>
	createHmac('sha256', secret).update(body).digest('hex');

/** The values of the signature header, as many as came. */
export function signatureHeaders({ headers }: Attempt): string[] {
	return headers.flatMap(([name, value]) => (name.toLowerCase() === SIGNATURE_HEADER ? [value] : []));
}

/**
 * The rule: one signature header, which says the HMAC-SHA256 of exactly these bytes with a secret that is held and not
 * blank. Its letters may be small or capital, `sha256=` may stand before it and blanks around it: that is another way
 * to write the same signature. Written down here once more, so that the receiver is not held against itself.
 */
export function isGenuine(attempt: Attempt): boolean {
	const [header, ...more] = signatureHeaders(attempt);
	if (header === undefined || more.length > 0) return false;
	const written = header.trim().replace(/^[sS][hH][aA]256=/, '');
	return attempt.held.some((secret) => {
		if (secret === '') return false;
		const right = sign(attempt.body, secret);
		return written.length === right.length && [...written].every((c, at) => isDigit(c, right.charAt(at)));
	});
}

const isDigit = (written: string, right: string): boolean =>
	written === right || (/^[A-F]$/.test(written) && written.toLowerCase() === right);
