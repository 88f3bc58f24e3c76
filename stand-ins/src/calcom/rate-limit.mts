const WINDOW_MS = 60_000;

interface Usage {
	since: number;
	used: number;
	blockedUntil: number;
}

export interface Allowance {
	ok: boolean;
	headers: Record<string, string>;
}

/** Requests per caller and minute; whoever asks for more is refused for a minute. */
export class RateLimit {
	readonly #usage = new Map<string, Usage>();

	take(caller: string, limit: number, now: number): Allowance {
		const known = this.#usage.get(caller);
		const usage =
			known && now - known.since < WINDOW_MS
				? known
				: { since: now, used: 0, blockedUntil: known?.blockedUntil ?? 0 };
		this.#usage.set(caller, usage);
		if (usage.blockedUntil > now) return this.#answer(limit, 0, usage.blockedUntil - now, false);
		usage.used += 1;
		if (usage.used <= limit) return this.#answer(limit, limit - usage.used, usage.since + WINDOW_MS - now, true);
		usage.blockedUntil = now + WINDOW_MS;
		return this.#answer(limit, 0, WINDOW_MS, false);
	}

	#answer(limit: number, remaining: number, resetMs: number, ok: boolean): Allowance {
		return {
			ok,
			headers: {
				'X-RateLimit-Limit-Default': String(limit),
				'X-RateLimit-Remaining-Default': String(remaining),
				'X-RateLimit-Reset-Default': String(Math.ceil(resetMs / 1000)),
			},
		};
	}
}
