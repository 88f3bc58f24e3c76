import { seededRandom } from './random.mts';

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
	/** `lost`: Cal.com does what it was asked, and the answer that says so is lost. */
	work?: 'refused' | 'lost';
	/** What X-RateLimit-Reset-Default says with a 429, in seconds; 1 when absent. */
	resetSeconds?: number;
	/** What has to happen before it is answered: a slow Cal.com. */
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

/** Which deliveries get lost between Cal.com and the receiver: a share of them, the same ones for the same seed. */
export class Losses {
	#share = 0;
	#random = seededRandom(0);

	/** @param share 0 none, 1 all */
	plan(share: number, seed: number): void {
		this.#share = share;
		this.#random = seededRandom(seed);
	}

	/** Whether the next delivery is lost. */
	next(): boolean {
		return this.#share > 0 && this.#random() < this.#share;
	}
}
