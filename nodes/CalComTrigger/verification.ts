import { createHmac, timingSafeEqual } from 'crypto';

/** Where Cal.com puts the HMAC-SHA256 of the body, in hex. */
export const SIGNATURE_HEADER = 'x-cal-signature-256';
/** What Cal.com puts there when the webhook has no secret. */
const NO_SECRET = 'no-secret-provided';
/** Cal.com sends bare lowercase hex; the prefix and upper case are what its documentation and some proxies make of it. */
const SIGNATURE = /^(?:sha256=)?([0-9a-f]{64})$/i;

export type Refusal = 'noSecretHere' | 'keyChanged' | 'unsigned' | 'doubled' | 'malformed' | 'mismatch';

export type Verification = { accepted: true; verified: boolean } | { accepted: false; refusal: Refusal };

/** What the sender is told. It names the cause, never a secret. */
export const REFUSAL_TEXT: Readonly<Record<Refusal, string>> = {
	noSecretHere: 'this trigger has no webhook secret to check the signature with',
	keyChanged:
		'the API key in the credential was changed, and Cal.com did not tell the secret of the webhook: publish the workflow again',
	unsigned: 'the delivery is not signed',
	doubled: 'the signature header was sent more than once',
	malformed: 'the signature header is not an HMAC-SHA256 in hex',
	mismatch: 'the signature does not match the body',
};

function isUnsigned(header: string | undefined): boolean {
	return header === undefined || header.trim() === '' || header.trim() === NO_SECRET;
}

/**
 * Every secret is tried, and each comparison takes the same time, so the time tells nothing about
 * the signature.
 */
function matchesOne(body: Uint8Array, signature: Uint8Array, secrets: readonly string[]): boolean {
	let found = false;
	for (const secret of secrets) {
		const expected = createHmac('sha256', secret).update(body).digest();
		if (timingSafeEqual(expected, signature)) found = true;
	}
	return found;
}

/**
 * Decides whether a delivery came from Cal.com, over the exact bytes received. Fails closed: without
 * a secret to check with, nothing signed is accepted.
 *
 * @param body the bytes as they arrived, never a re-serialized object
 * @param header the value of `x-cal-signature-256`; an array or a comma means it was sent twice
 * @param secrets all that may have signed it; blank ones are ignored
 * @param acceptUnsigned let deliveries through that carry no signature at all (never one that is wrong)
 */
export function verifySignature(
	body: Uint8Array,
	header: string | string[] | undefined,
	secrets: readonly string[],
	acceptUnsigned: boolean,
): Verification {
	const single = Array.isArray(header) ? (header.length > 1 ? null : header[0]) : header;
	if (single === null || single?.includes(',')) return { accepted: false, refusal: 'doubled' };
	if (isUnsigned(single)) {
		return acceptUnsigned ? { accepted: true, verified: false } : { accepted: false, refusal: 'unsigned' };
	}
	const usable = secrets.filter((secret) => secret.trim() !== '');
	const hex = SIGNATURE.exec(single?.trim() ?? '')?.[1];
	if (hex === undefined) return { accepted: false, refusal: 'malformed' };
	if (usable.length === 0) return { accepted: false, refusal: 'noSecretHere' };
	return matchesOne(body, Buffer.from(hex, 'hex'), usable)
		? { accepted: true, verified: true }
		: { accepted: false, refusal: 'mismatch' };
}
