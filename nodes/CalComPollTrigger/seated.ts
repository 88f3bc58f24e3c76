import type { JsonObject } from '../shared/values/json';
import type { EventTypes } from '../shared/api/eventTypeFacts';
import type { Session } from '../shared/api/session';
import { readOn, startAt } from './keyset';
import { asRows, isoOf, listBookings } from './request';

/**
 * The meetings with seats to come, page by page. Cal.com does not count a seat that is taken as a change of
 * the booking (its `updatedAt` stays), so these are looked at each time. Recorded from a running API v2.
 *
 * @param now milliseconds since 1970
 */
export async function* readSeated(session: Session, types: EventTypes, now: number): AsyncGenerator<JsonObject[]> {
	const seated = [...types].filter(([, { seats }]) => seats !== null).map(([id]) => id);
	if (seated.length === 0) return;
	const eventTypeIds = seated.join(',');
	const read = async (query: object) => asRows(await listBookings(session, { ...query, eventTypeIds }), 'start');
	const order = { after: 'afterStart', sort: 'sortStart' } as const;
	for await (const page of readOn(read, order, startAt(isoOf(now)))) yield page.map(({ value }) => value);
}
