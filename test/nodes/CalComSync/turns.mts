// Several runs and people at once, one step at a time, in an order that only the seed decides.

export interface Turns {
	/** Goes on when it is this one's turn; how long the others take until then is anybody's guess. */
	wait(): Promise<void>;
	/** Lets the ones who wait go on, one at a time, until nobody waits any more. */
	drive(): Promise<void>;
}

/** @param random between 0 and 1 */
export function newTurns(random: () => number): Turns {
	const waiting: (() => void)[] = [];
	const settled = () => new Promise((resolve) => setImmediate(resolve));
	return {
		wait: () => new Promise((resolve) => waiting.push(resolve)),
		async drive() {
			for (await settled(); waiting.length > 0; await settled()) {
				waiting.splice(Math.floor(random() * waiting.length), 1)[0]?.();
			}
		},
	};
}
