import { setTimeout } from 'node:timers/promises';
import type { State } from './store.mts';
import type { Booking } from './types.mts';

/** Where bookings get their video room: at once, or some time after they are in the database. */
export class Rooms {
	#wait: (() => Promise<unknown>) | null = null;

	slow(milliseconds: number): void {
		this.#wait = milliseconds > 0 ? () => setTimeout(milliseconds) : null;
	}

	/** @returns lets all of them have their rooms, now and from then on */
	hold(): () => void {
		let release = (): void => undefined;
		const released = new Promise<void>((resolve) => {
			release = resolve;
		});
		this.#wait = () => released;
		return () => {
			this.#wait = null;
			release();
		};
	}

	/** Puts the booking among the others. It is whole when this ends; before, lists show it without its room. */
	async store(state: State, booking: Booking): Promise<void> {
		const { video, videoCallUrl } = booking;
		if (this.#wait === null || video === null) {
			state.bookings.push(booking);
			return;
		}
		Object.assign(booking, { video: null, videoCallUrl: null });
		state.bookings.push(booking);
		await this.#wait();
		Object.assign(booking, { video, videoCallUrl });
	}
}
