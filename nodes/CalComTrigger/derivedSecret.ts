import { createHmac } from 'crypto';

/**
 * The secret of a webhook that the trigger registers is kept nowhere: it is made from the API key, which n8n keeps
 * encrypted, and from what may be known. Whoever reads the workflow's static data learns a month and a fingerprint.
 */
export interface SecretOrigin {
	/** The month of publishing, UTC: `2026-11`. */
	counter: string;
	/** Of the key it was made from: tells whether the key is still that one. */
	fingerprint: string;
}

export const COUNTER = /^\d{4}-(0[1-9]|1[0-2])$/;

/** Bits of a hash that are enough to notice another key, and too few to be a key. */
const FINGERPRINT_DIGITS = 12;

/** Ten years: what was published before was published again since. */
const MOST_COUNTERS = 120;

/** Each use of the key has a name of its own, so that the fingerprint is no part of a secret. */
function keyed(key: string, use: 'secret' | 'fingerprint', ...parts: string[]): string {
	return createHmac('sha256', key)
		.update(JSON.stringify([`n8n-nodes-calcom-sync webhook ${use}`, ...parts]))
		.digest('hex');
}

/** The path of a webhook's URL: n8n gives each trigger one of its own, and the host may change. */
export function pathOf(url: string): string {
	return URL.canParse(url) ? new URL(url).pathname : url;
}

/** What to sign with, for a webhook at this path. @param key the API key; never blank */
export function deriveSecret(key: string, path: string, counter: string): string {
	return keyed(key, 'secret', path, counter);
}

/** The fingerprint of a key, different for each path: two triggers do not tell that they share a key. */
export function fingerprintOf(key: string, path: string): string {
	return keyed(key, 'fingerprint', path).slice(0, FINGERPRINT_DIGITS);
}

export function counterAt(now: number): string {
	return new Date(now).toISOString().slice(0, 'yyyy-mm'.length);
}

const monthsOf = (counter: string): number => Number(counter.slice(0, 4)) * 12 + Number(counter.slice(5)) - 1;
const counterOf = (months: number): string =>
	`${String(Math.floor(months / 12)).padStart(4, '0')}-${String((months % 12) + 1).padStart(2, '0')}`;

/**
 * The counters that a webhook may be signed with. n8n forgets what was written by a publishing that failed half way, and
 * Cal.com then has the secret of a later month than the one that is kept.
 *
 * @param from kept at publishing; always among them, also when a clock went back since
 * @returns the newest first; at most ten years and `from`
 */
export function countersSince(from: string, now: number): string[] {
	const last = monthsOf(counterAt(now));
	const first = Math.max(monthsOf(from), last - MOST_COUNTERS + 1);
	const counters: string[] = [];
	for (let month = last; month >= first; month--) counters.push(counterOf(month));
	return counters.includes(from) ? counters : [...counters, from];
}

/**
 * The secrets that deliveries to this path may be signed with.
 *
 * @param key the API key as it is now; null when there is none
 * @returns null when it is not the key that the secret was made from: only Cal.com knows the secret then
 */
export function secretsSince(key: string | null, path: string, origin: SecretOrigin, now: number): string[] | null {
	if (key === null || fingerprintOf(key, path) !== origin.fingerprint) return null;
	return countersSince(origin.counter, now).map((counter) => deriveSecret(key, path, counter));
}
