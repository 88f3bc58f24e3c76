import { z } from 'zod';
import type { JsonObject } from '../shared/events/event';
import type { Session } from '../shared/api/session';
import { readOn, startAt } from './keyset';
import { asRows, isoOf, listBookings, listEventTypesIfAllowed } from './request';
import type { Seats } from './tell';

const seated = z.object({ id: z.number(), seats: z.object({ seatsPerTimeSlot: z.number().positive() }) });

/** The event types on which several people book one meeting, with their seats per slot. */
export async function seatsPerType(session: Session): Promise<Seats> {
	const types = (await listEventTypesIfAllowed(session)) ?? [];
	return new Map(
		types.flatMap((type): Array<[number, number]> => {
			const found = seated.safeParse(type);
			return found.success ? [[found.data.id, found.data.seats.seatsPerTimeSlot]] : [];
		}),
	);
}

/**
 * The meetings with seats to come, page by page. Cal.com does not count a seat that is taken as a change of
 * the booking (its `updatedAt` stays), so these are looked at each time. Recorded from a running API v2.
 *
 * @param now milliseconds since 1970
 */
export async function* readSeated(session: Session, seats: Seats, now: number): AsyncGenerator<JsonObject[]> {
	if (seats.size === 0) return;
	const eventTypeIds = [...seats.keys()].join(',');
	const read = async (query: object) => asRows(await listBookings(session, { ...query, eventTypeIds }), 'start');
	const order = { after: 'afterStart', sort: 'sortStart' } as const;
	for await (const page of readOn(read, order, startAt(isoOf(now)))) yield page.map(({ value }) => value);
}
