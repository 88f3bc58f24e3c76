import type { JsonObject } from '../shared/values/json';
import { readApiBooking } from '../shared/booking/apiSchema';

/** The name of an app in the place of the room that it makes: `integrations:daily`. */
const BARE = /^integrations:/;
/** Milliseconds after which nobody waits for the room any more: the video service is down, or slower than any was seen. */
const PATIENCE = 60_000;

/**
 * Whether Cal.com is still making this booking: it lists it as accepted, then asks the video service for a room, which
 * takes seconds, and only then sends the webhook. Told by now it would stay without its link. The clock of n8n may be
 * wrong by more than the patience: then nothing is waited for.
 *
 * @param now milliseconds since 1970
 */
export function isHalfMade(booking: JsonObject, now: number): boolean {
	const read = readApiBooking(booking);
	if (read?.status?.toLowerCase() !== 'accepted' || !BARE.test(read.location ?? '')) return false;
	const changed = read.updatedAt ?? read.createdAt;
	return changed !== null && Math.abs(now - Date.parse(changed)) < PATIENCE;
}
