// Trouble that both stand-ins can be in.

/** One kind of trouble, for some of the next requests. */
export interface Gust {
	/** HTTP status, or `cut`: the connection breaks without an answer. */
	status: number | 'cut';
	/** How many requests it hits; 1 when absent. */
	count?: number;
	/** Only requests of this method. */
	method?: string;
	/** Only requests whose path (prefix and query included) contains this text. */
	path?: string;
	/** `lost`: what was asked is done, and the answer that says so is lost. */
	work?: 'refused' | 'lost';
	/** What X-RateLimit-Reset-Default says with a 429, in seconds; 1 when absent. */
	resetSeconds?: number;
	/** What has to happen before it is answered. For Cal.com alone: the whole of Twilio can be `slow`. */
	until?: () => Promise<unknown>;
}

export interface Trouble {
	status: number | 'cut';
	lost: boolean;
	resetSeconds: number;
	until: (() => Promise<unknown>) | undefined;
}

/** Trouble on its way: hits matching requests, the first planned first. */
export class Storm {
	#left: { gust: Gust; count: number }[] = [];

	/** Replaces what was planned; an empty plan ends the storm. */
	plan(gusts: readonly Gust[]): void {
		this.#left = gusts.map((gust) => ({ gust, count: gust.count ?? 1 }));
	}

	/** What hits this request, or null. */
	next(method: string, path: string): Trouble | null {
		const entry = this.#left.find(
			({ gust, count }) =>
				count > 0 &&
				(gust.method === undefined || gust.method === method) &&
				(gust.path === undefined || path.includes(gust.path)),
		);
		if (!entry) return null;
		entry.count -= 1;
		const { status, work = 'refused', resetSeconds = 1, until } = entry.gust;
		return { status, lost: work === 'lost', resetSeconds, until };
	}
}
