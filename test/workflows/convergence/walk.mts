// Every order of a life's deliveries, tried on the database without trying any part of one twice.
//
// A depth-first walk in one transaction: a savepoint before each delivery, back to it after. With `merge`, the walk
// does not go on from tables it has gone on from before with the same deliveries left: what follows would be the
// same. So n deliveries cost at most n · 2^(n-1) applications for all n! orders, and each state is tried with every
// delivery that it knows, once more: so any number of repeats at any place is covered too.
import type { Ground, Job } from './ground.mts';

export interface Walked {
	/** Deliveries that were applied. */
	applied: number;
	/** Deliveries that were applied once more. */
	repeated: number;
	/** The tables at the end, by their hash: one, if all orders end the same; with the first order that led there. */
	ends: Map<string, number[]>;
	/** Orders after which a repeat changed something. */
	unsteady: number[][];
}

interface How {
	/** These orders, each for itself; else every order there is. */
	orders?: readonly (readonly number[])[] | undefined;
	/** Every order is applied for itself: nothing is taken as known because the tables were the same before. */
	apart?: boolean;
	/** Looks at the tables of each new end. */
	atEnd?: (order: number[]) => Promise<void>;
}

export async function walk(
	ground: Ground,
	deliveries: readonly (readonly Job[])[],
	{ orders, apart = false, atEnd }: How = {},
): Promise<Walked> {
	const begun = orders && new Set(orders.flatMap((order) => order.map((_, at) => order.slice(0, at + 1).join())));
	const seen = new Set<string>();
	const walked: Walked = { applied: 0, repeated: 0, ends: new Map(), unsteady: [] };
	const sqls = deliveries.map((jobs) => jobs.map((job) => ground.sqlOf(job)).join(';\n'));
	const go = async (order: number[], print: string): Promise<void> => {
		const state = `${order.toSorted((a, b) => a - b).join()} ${print}`;
		const known = seen.has(state);
		seen.add(state);
		if (known && !apart && !begun) return;
		if (order.length === deliveries.length && !walked.ends.has(print)) {
			walked.ends.set(print, order);
			await atEnd?.(order);
		}
		for (const [next, sql] of sqls.entries()) {
			const repeat = order.includes(next);
			if (repeat ? known || apart : begun && !begun.has([...order, next].join())) continue;
			const mark = `d${String(order.length)}`;
			const after = (await ground.printAfter(`SAVEPOINT ${mark}; ${sql}`)) ?? print;
			if (repeat) {
				walked.repeated += 1;
				if (after !== print) walked.unsteady.push([...order, next]);
			} else {
				walked.applied += 1;
				await go([...order, next], after);
			}
			await ground.query(`ROLLBACK TO ${mark}`);
		}
	};
	await ground.query('BEGIN');
	try {
		await go([], await ground.print());
	} finally {
		await ground.query('ROLLBACK');
	}
	return walked;
}
