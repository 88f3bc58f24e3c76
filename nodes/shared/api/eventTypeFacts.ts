import { z } from 'zod';
import type { Session } from './session';
import { versionFor } from './versions';

/** What a booking of the API does not tell of its event type, and its webhooks do. */
export interface EventTypeFacts {
	title: string | null;
	/** Seats per slot; null without seats. */
	seats: number | null;
	/** Whether its bookings wait for the host's confirmation; null where that is not known. */
	asksFirst: boolean | null;
}

const NOTHING: EventTypeFacts = { title: null, seats: null, asksFirst: null };
/** Seconds. */
const KEPT = 300;
const listed = z.array(
	z.object({
		id: z.number(),
		title: z.string().nullish().catch(null),
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

/**
 * The event types of the account, by id, in one request for a while. A credential that may not read them knows nothing of
 * them: what they would fill stays null.
 *
 * @throws NodeApiError when Cal.com did not answer properly
 */
export async function readEventTypeFacts(
	session: Session,
	itemIndex: number,
): Promise<(id: number | null) => EventTypeFacts> {
	const facts = await session.remember('eventTypeFacts', KEPT, async () => {
		const version = versionFor('eventTypes', session.edition);
		const result = await session.send(itemIndex, { method: 'GET', path: '/event-types', version }, listed);
		if (!result.ok && result.failure.status !== 403) throw session.error(itemIndex, result.failure);
		return new Map(
			(result.ok ? result.data : []).map(({ id, title, seats, confirmationPolicy }) => [
				id,
				{
					title: title ?? null,
					seats: seats?.seatsPerTimeSlot ?? null,
					asksFirst:
						confirmationPolicy === null || confirmationPolicy === undefined
							? null
							: !confirmationPolicy.disabled,
				},
			]),
		);
	});
	return (id) => facts.get(id ?? NaN) ?? NOTHING;
}
