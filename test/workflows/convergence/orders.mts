// Holds what orders of deliveries end as to what the order in which Cal.com sent them ends as.
import fc from 'fast-check';
import type { Ground, Grounds, Job } from './ground.mts';
import { rowsOf } from './in-words.mts';
import type { Recorded } from './record.mts';
import { type Walked, walk } from './walk.mts';

/** Does `work`, of which nothing stays. */
export async function takenBack<T>(ground: Ground, work: () => Promise<T>): Promise<T> {
	await ground.query('BEGIN');
	try {
		return await work();
	} finally {
		await ground.query('ROLLBACK');
	}
}

/** Every delivery in the order in which Cal.com sent them. */
export async function deliver(ground: Ground, { deliveries }: Pick<Recorded, 'deliveries'>): Promise<void> {
	for (const { jobs } of deliveries) for (const job of jobs) await ground.deliver(job);
}

export interface Tried {
	/** So many orders, drawn by chance, besides the one in which they were sent; else all there are. */
	drawn?: number | undefined;
	/** Each order for itself, and no repeats. */
	apart?: boolean;
}

/** Walks through orders, the one in which they were sent first, and holds the tables at the end to those of that one. */
export async function endAsInOrder(
	ground: Grounds,
	now: string,
	deliveries: readonly (readonly Job[])[],
	{ drawn, apart = false }: Tried = {},
): Promise<Walked> {
	await ground.setClock(now);
	const sent = deliveries.map((_, at) => at);
	const others = () => fc.sample(fc.shuffledSubarray(sent, { minLength: sent.length }), { numRuns: drawn ?? 0 });
	let reference: string[] | undefined;
	const different: object[] = [];
	const walked = await walk(ground, deliveries, {
		orders: drawn === undefined ? undefined : [sent, ...others()],
		apart,
		atEnd: async (order) => {
			const rows = rowsOf(await ground.tables());
			if (reference === undefined) {
				reference = rows;
				expect(order).toEqual(sent);
			} else if (different.length === 0) {
				different.push({
					order: order.map((at) => deliveries[at]?.map(({ event }) => event.eventKey)),
					tooMuch: added(rows, reference),
					missing: added(reference, rows),
				});
			}
		},
	});
	expect(different).toEqual([]);
	expect(walked.ends.size).toBe(1);
	expect(walked.unsteady).toEqual([]);
	// As many as it takes: else this would pass without having tried anything.
	const n = deliveries.length;
	const states = drawn === undefined ? n * 2 ** (n - 1) : n;
	expect(walked.applied).toBeGreaterThanOrEqual(states);
	if (!apart) expect(walked.repeated).toBeGreaterThanOrEqual(states);
	return walked;
}

/** What is in `after` and was not in `before`. */
export const added = (after: string[], before: string[]): string[] => {
	const left = [...before];
	return after.filter((line) => {
		const at = left.indexOf(line);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
};
