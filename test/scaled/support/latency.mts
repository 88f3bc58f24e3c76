// From a delivery to its answer, and to the row it made.
import { z } from 'zod';
import type { Sent } from './load.mts';
import type { ScaledRig } from './rig.mts';

const answerSchema = z.object({ eventKey: z.string() });
const claimSchema = z.object({ event_key: z.string(), consumer: z.string(), processed_at: z.date().nullable() });
const CONSUMER: Record<string, string> = { '01-lead-capture': 'lead-capture', '02-calendar-events': 'calendar-events' };

export interface Latency {
	median: number;
	p99: number;
}

/** Milliseconds; the number in the middle, and the one that 99 in a hundred do not exceed. */
export function latencyOf(all: readonly number[]): Latency {
	const sorted = all.toSorted((a, b) => a - b);
	const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
	return { median: at(0.5), p99: at(0.99) };
}

export const answerTimes = (sent: readonly Sent[]): number[] => sent.flatMap(({ answer }) => answer?.ms ?? []);

/** From the first sending of each delivery to the statement that marks it processed, its last one. */
export async function rowTimes({ db, slugOf }: ScaledRig, sent: readonly Sent[]): Promise<number[]> {
	const first = new Map<string, number>();
	for (const { delivery, at, answer } of sent) {
		const told = answerSchema.safeParse(answer?.json);
		if (!told.success) continue;
		const claim = `${told.data.eventKey} ${CONSUMER[slugOf(delivery)] ?? ''}`;
		first.set(claim, Math.min(at, first.get(claim) ?? at));
	}
	const { rows } = await db.query('SELECT event_key, consumer, processed_at FROM calcom.event_claims');
	return z
		.array(claimSchema)
		.parse(rows)
		.flatMap(({ event_key, consumer, processed_at }) => {
			const began = first.get(`${event_key} ${consumer}`);
			return began === undefined || processed_at === null ? [] : [processed_at.getTime() - began];
		});
}
