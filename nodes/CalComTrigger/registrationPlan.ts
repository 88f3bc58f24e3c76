import type { RemoteWebhook } from '../shared/webhooks/remoteWebhook';
import type { OwnWebhook } from './staticData';

export interface WantedWebhook {
	collection: string;
	url: string;
	events: readonly string[];
	/** `time unit` for the AFTER_* events, else null. */
	delay: string | null;
	/** What the remembered webhook signs with; null when that is not known any more, or is to be another. */
	secret: string | null;
}

/** What static data remembers, whatever its secret. */
export type Remembered = Pick<OwnWebhook, 'id' | 'collection' | 'url' | 'delay'>;

export interface OrphanedWebhook {
	id: string;
	collection: string;
}

export type Plan =
	| { action: 'keep' | 'update' | 'recreate'; id: string; orphans: OrphanedWebhook[] }
	| { action: 'create'; orphans: OrphanedWebhook[] };

function sameEvents(a: readonly string[], b: readonly string[]): boolean {
	const left = new Set(a);
	const right = new Set(b);
	return left.size === right.size && [...left].every((event) => right.has(event));
}

function isAsWanted(webhook: RemoteWebhook, wanted: WantedWebhook, own: Remembered | null): boolean {
	// Without the secret that signs, every delivery would be refused. A list that leaves secrets out
	// (undefined) says nothing against ours.
	const { secret } = wanted;
	const secretKnown = own !== null && secret !== null && (webhook.secret === undefined || webhook.secret === secret);
	return (
		webhook.active &&
		webhook.subscriberUrl === wanted.url &&
		sameEvents(webhook.triggers, wanted.events) &&
		secretKnown &&
		own.delay === wanted.delay
	);
}

/**
 * Decides what to do about the webhooks of the wanted collection. Its own are the one it remembers
 * by id and those at exactly its URL (an activation that failed half way loses the id); any other is
 * someone else's and stays as it is.
 *
 * - keep: it is as wanted.
 * - update: events, URL, secret, delay or active differ: one PATCH puts them right.
 * - recreate: it has a payload template, under which deliveries cannot be read.
 * - create: there is none.
 *
 * @param existing every webhook of `wanted.collection`
 * @param own what static data remembers; of another collection or URL it is an orphan
 */
export function planRegistration(
	existing: readonly RemoteWebhook[],
	wanted: WantedWebhook,
	own: Remembered | null,
): Plan {
	const remembered = own !== null && own.collection === wanted.collection ? own : null;
	const mine = existing.filter(({ id, subscriberUrl }) => id === remembered?.id || subscriberUrl === wanted.url);
	const atUrl = mine.filter(({ subscriberUrl }) => subscriberUrl === wanted.url);
	const chosen = atUrl.find(({ id }) => id === remembered?.id) ?? atUrl[0] ?? mine[0];

	const orphans: OrphanedWebhook[] = mine
		.filter((webhook) => webhook !== chosen)
		.map(({ id }) => ({ id, collection: wanted.collection }));
	const isElsewhere = own !== null && remembered === null && !mine.some(({ id }) => id === own.id);
	if (isElsewhere) orphans.push({ id: own.id, collection: own.collection });

	if (chosen === undefined) return { action: 'create', orphans };
	if ((chosen.payloadTemplate ?? '') !== '') return { action: 'recreate', id: chosen.id, orphans };
	const known = remembered?.id === chosen.id ? remembered : null;
	return { action: isAsWanted(chosen, wanted, known) ? 'keep' : 'update', id: chosen.id, orphans };
}
