import { z } from 'zod';
import { text } from '../values/readers';
import type { Session } from './session';
import { versionFor } from './versions';

/** What a booking of the API does not tell of its event type, and its webhooks do. */
export interface EventTypeFacts {
	title: string | null;
	description: string | null;
	/** Seats per slot; null without seats. */
	seats: number | null;
	/** Whether its bookings wait for the host's confirmation; null where that is not known. */
	asksFirst: boolean | null;
}

/** Seconds. */
const KEPT = 300;
const listed = z.array(
	z.object({
		id: z.number(),
		title: z.string().nullish().catch(null),
		description: z.string().nullish().catch(null),
		seats: z
			.object({ seatsPerTimeSlot: z.number().positive().nullish().catch(null) })
			.nullish()
			.catch(null),
		confirmationPolicy: z
			.object({ disabled: z.boolean().catch(false) })
			.nullish()
			.catch(null),
	}),
);

export type EventTypes = ReadonlyMap<number, EventTypeFacts>;

/** What is known of the event type with an id. */
export function factsOfType(types: EventTypes, id: number | null): EventTypeFacts {
	return types.get(id ?? NaN) ?? { title: null, description: null, seats: null, asksFirst: null };
}

/**
 * The event types of the account, by id, in one request for a while. A credential that may not read them knows nothing of
 * them: what they would fill stays null.
 *
 * @throws NodeApiError when Cal.com did not answer properly
 */
export async function readEventTypeFacts(session: Session, itemIndex: number): Promise<EventTypes> {
	return await session.remember('eventTypeFacts', KEPT, async () => {
		const version = versionFor('eventTypes', session.edition);
		const result = await session.send(itemIndex, { method: 'GET', path: '/event-types', version }, listed);
		if (!result.ok && result.failure.status !== 403) throw session.error(itemIndex, result.failure);
		return new Map(
			(result.ok ? result.data : []).map(({ id, title, description, seats, confirmationPolicy: policy }) => [
				id,
				{
					title: title ?? null,
					description: text(description),
					seats: seats?.seatsPerTimeSlot ?? null,
					asksFirst: policy === null || policy === undefined ? null : !policy.disabled,
				},
			]),
		);
	});
}
