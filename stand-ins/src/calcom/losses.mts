import { seededRandom } from '../random.mts';

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
