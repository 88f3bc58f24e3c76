import type { Edition } from '../api/edition';
import { catalogEntry } from '../events/catalog';

/** Where the wait can be set so that it stays. */
const INSTEAD = 'Set it in Cal.com itself, under Settings > Developer > Webhooks';

/**
 * What to tell of a webhook that Cal.com took without its wait: the community edition drops `time` and `timeUnit` with a
 * 201, and never sends the events that need them. Null where all of them will come.
 *
 * @param time what Cal.com's answer says of the wait; the answers to most requests leave it out
 */
export function lostDelay(events: readonly string[], edition: Edition, time: unknown): string | null {
	const lost = events.flatMap((event) => {
		const entry = catalogEntry(event);
		return entry?.needsDelay === true ? [`"${entry.name}"`] : [];
	});
	if (lost.length === 0 || edition !== 'selfHosted' || typeof time === 'number') return null;
	return `A self-hosted Cal.com takes no wait from its API, and never sends ${lost.join(' and ')} without one. ${INSTEAD}.`;
}
