// A load of deliveries: some of them doubled, all of them shuffled, sent as fast as the other side takes them.
import type { Delivery } from 'stand-ins/calcom';
import { type Answer, deliver } from '../../e2e/support/e2e.mts';
import type { Random } from './lives.mts';

export interface Sent {
	delivery: Delivery;
	/** Milliseconds since 1970. */
	at: number;
	/** Null when nobody answered. */
	answer: Answer | null;
}

/** The deliveries and copies of a share of them, in an order that only the random numbers know. */
export function mix(deliveries: readonly Delivery[], doubled: number, random: Random): Delivery[] {
	const copies = shuffled(deliveries, random).slice(0, Math.round(deliveries.length * doubled));
	return shuffled([...deliveries, ...copies], random);
}

function shuffled<T>(all: readonly T[], random: Random): T[] {
	const left = [...all];
	return all.flatMap(() => left.splice(Math.floor(random() * left.length), 1));
}

/**
 * Sends all, so many at a time, each once, as Cal.com does.
 * @param onSent told after each answer how many there are
 */
export async function sendAll(
	load: readonly Delivery[],
	inFlight: number,
	onSent?: (count: number) => void,
): Promise<Sent[]> {
	const waiting = [...load];
	const sent: Sent[] = [];
	const lane = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const at = Date.now();
			const { subscriberUrl, body, headers } = next;
			// A connection that breaks is an answer that never came: Cal.com does not send again.
			const answer = await deliver(subscriberUrl, body, headers).catch(() => null);
			sent.push({ delivery: next, at, answer });
			onSent?.(sent.length);
		}
	};
	await Promise.all(Array.from({ length: inFlight }, lane));
	return sent;
}

/** How many were taken, refused with which status, or not answered: `{ "200": 198, "none": 2 }`. */
export function outcomes(sent: readonly Sent[]): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { answer } of sent) {
		const name = String(answer?.status ?? 'none');
		counts[name] = (counts[name] ?? 0) + 1;
	}
	return counts;
}
