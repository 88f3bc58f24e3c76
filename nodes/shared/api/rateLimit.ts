/** What Cal.com last said about the rate limit of the credential. */
export interface RateLimit {
	/** Requests in a window; null when it did not say. */
	limit: number | null;
	/** Requests left in this window. */
	remaining: number;
	/** When the next window opens, in milliseconds since 1970. */
	resetAt: number;
}

const HEADER = /^x-ratelimit-(limit|remaining|reset)(?:-|$)/i;

/**
 * Reads the `X-RateLimit-*-Default` headers of an answer.
 *
 * @param now milliseconds since 1970: the header counts in seconds from the answer on
 * @returns null when the answer has none
 */
export function readRateLimit(headers: Record<string, unknown>, now: number): RateLimit | null {
	const found: Record<string, number> = {};
	for (const [name, value] of Object.entries(headers)) {
		const what = HEADER.exec(name)?.[1]?.toLowerCase();
		const amount = Number(value);
		if (what === undefined || value === '' || !Number.isFinite(amount)) continue;
		// With several windows, the one that is used up first counts.
		found[what] = what === 'reset' ? Math.max(found[what] ?? 0, amount) : Math.min(found[what] ?? amount, amount);
	}
	const { limit, remaining, reset } = found;
	if (remaining === undefined || reset === undefined) return null;
	return { limit: limit ?? null, remaining, resetAt: now + reset * 1000 };
}

const OF_ALL_REQUESTS = /^x-ratelimit-remaining(-default)?$/i;

/** Whether these headers count all requests of the key, and not only those of one operation. */
export const countsAllRequests = (headers: Record<string, unknown>): boolean =>
	Object.keys(headers).some((name) => OF_ALL_REQUESTS.test(name));

/** Milliseconds to wait before the next request, so that it does not run into the limit. */
export function pauseBefore(limit: RateLimit | null, now: number): number {
	if (limit === null || limit.remaining > 0) return 0;
	return Math.max(0, limit.resetAt - now);
}
