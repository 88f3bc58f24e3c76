// Bookings at Cal.com that the desk does not make: of any event type, at a time of the test's choice.
import { ofetch } from 'ofetch';
import { z } from 'zod';
import type { E2e } from './e2e.mts';

const bookedSchema = z.object({
	data: z.object({ uid: z.string(), start: z.string(), seatUid: z.string().optional() }),
});

/** Posts to a path of the bookings API, e.g. `/bookings`. Throws when Cal.com refuses. */
export async function postBooking(e2e: E2e, path: string, body: Record<string, unknown>) {
	const headers = { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-08-13' };
	return bookedSchema.parse(await ofetch(`${e2e.calcom.url}${path}`, { method: 'POST', body, headers, retry: 0 }))
		.data;
}

/** A free time, counted from the far end: the near ones are what other tests take. */
export async function freeStart(e2e: E2e, slug: string, place: number): Promise<string> {
	const start = z
		.array(z.string())
		.parse(await e2e.at('freeSlots', slug, 200))
		.at(-place);
	if (start === undefined) throw new Error(`${slug} has no free time.`);
	return start;
}
