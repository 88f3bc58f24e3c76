import type { Courier } from './deliver.mts';
import { subscribersOf } from './deliver.mts';
import type { JsonObject } from './json.mts';
import { factsOf } from './payloads/parts.mts';
import type { Facts } from './payloads/parts.mts';
import { Rooms } from './rooms.mts';
import type { State } from './store.mts';
import type { Booking } from './types.mts';

/** What every action works with: what is remembered, what time it is, and the way out. */
export interface World {
	state: State;
	now: () => Date;
	courier: Courier;
	/** How many of the next bookings find that somebody else was faster. */
	thefts: number;
	/** How many of the next seats that are given up are gone, and Cal.com stumbles over that. */
	seatRaces: number;
	/** Whether a booking's room is there at once. */
	rooms: Rooms;
	/** Name of a body field that every PATCH drops in silence; empty when none is. */
	ignoredField: string;
}

/** Without any trouble. */
export const newWorld = (given: Pick<World, 'state' | 'now' | 'courier'>): World => ({
	...given,
	thefts: 0,
	seatRaces: 0,
	rooms: new Rooms(),
	ignoredField: '',
});

export const nowIso = (world: World): string => world.now().toISOString();

/** Tells every subscriber of this booking's event and waits for all of them. */
export async function announce(
	world: World,
	event: string,
	booking: Booking,
	payload: (facts: Facts) => JsonObject,
): Promise<void> {
	await world.courier.send(subscribersOf(world.state, event, booking), {
		event,
		uid: booking.uid,
		payload: (at) => payload(factsOf(world.state, booking, at)),
	});
}
