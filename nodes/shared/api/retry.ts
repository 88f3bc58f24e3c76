import type { ApiFailure } from './failure';
import type { ApiRequest } from './request';

/** Why a request is sent again. */
export type RetryReason = 'rateLimit' | 'fault';

export interface Retry {
	reason: RetryReason;
	/** Milliseconds until then. */
	after: number;
}

/** What was done for one request so far. */
export interface Attempts {
	/** How often it met a fault, this time included. */
	faults: number;
	/** Milliseconds that it waited for the rate limit. */
	waited: number;
}

/** How often a read is tried before its failure counts. */
const TRIES = 3;
const FIRST_BACKOFF = 500;
const LONGEST_BACKOFF = 5_000;
/** Milliseconds that one request waits for the rate limit in all: two windows of Cal.com's. */
export const LONGEST_WAIT = 120_000;

/** Faults that pass by themselves; a wrong name or certificate does not. */
const PASSING = new Set([
	'ECONNREFUSED',
	'ECONNRESET',
	'ECONNABORTED',
	'EPIPE',
	'ETIMEDOUT',
	'ESOCKETTIMEDOUT',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);

function passes({ status, code }: ApiFailure): boolean {
	return status === null ? code === null || PASSING.has(code) : status >= 500;
}

/**
 * Whether, and when, a failed request is sent again. Only what the rate limit turned away is safe to
 * repeat whatever it was; else only reads are, since a write may have happened.
 *
 * @param random between 0 and 1: spreads out those who failed together
 */
export function retryOf(
	failure: ApiFailure,
	{ method }: Pick<ApiRequest, 'method'>,
	{ faults, waited }: Attempts,
	random: number,
): Retry | null {
	if (failure.retryAfter !== null) {
		const after = failure.retryAfter * 1000;
		return waited + after <= LONGEST_WAIT ? { reason: 'rateLimit', after } : null;
	}
	if (method !== 'GET' || faults >= TRIES || !passes(failure)) return null;
	const backoff = Math.min(FIRST_BACKOFF * 2 ** (faults - 1), LONGEST_BACKOFF);
	return { reason: 'fault', after: Math.round(backoff * (0.5 + random)) };
}
