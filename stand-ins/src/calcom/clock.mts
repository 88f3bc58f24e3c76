/** The stand-in's time: the given clock, moved on by hand. */
export class Clock {
	#ahead = 0;
	readonly #base: () => Date;

	constructor(base: () => Date) {
		this.#base = base;
	}

	now = (): Date => new Date(this.#base().getTime() + this.#ahead);

	advance(milliseconds: number): void {
		this.#ahead += milliseconds;
	}
}
