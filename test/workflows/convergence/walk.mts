// Every order of a life's deliveries, tried on the database without trying any part of one twice.
//
// A depth-first walk in one transaction: a savepoint before each delivery, back to it after. With `merge`, the walk
// does not go on from tables it has gone on from before with the same deliveries left: what follows would be the
// same. So n deliveries cost at most n · 2^(n-1) applications for all n! orders, and each state is tried with every
// delivery that it knows, once more: so any number of repeats at any place is covered too.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Ground, Job } from './ground.mts';

export interface Walked {
	/** Orders of the deliveries: n!. */
	orders: number;
	/** Deliveries that were applied. */
	applied: number;
	/** Deliveries that were applied once more. */
	repeated: number;
	/** Different tables on the way, the first and the last included. */
	states: number;
	/** The tables at the end, by their hash: one, if all orders end the same; with an order that leads there. */
	ends: Map<string, number[]>;
	/** Orders after which a repeat changed something. */
	unsteady: number[][];
}

const printSchema = z.array(z.object({ print: z.string() }));
const MARK = 'SELECT md5(convergence.tables()::text) AS print';

/**
 * @param merge go on from equal tables once only; else every order is applied for itself
 * @param atEnd looks at the tables of each new end
 */
export async function walk(
	ground: Ground,
	deliveries: readonly (readonly Job[])[],
	{
		merge,
		repeats = merge,
		atEnd,
	}: { merge: boolean; repeats?: boolean; atEnd?: (order: number[]) => Promise<void> },
): Promise<Walked> {
	const seen = new Set<string>();
	const walked: Walked = {
		orders: factorial(deliveries.length),
		applied: 0,
		repeated: 0,
		states: 0,
		ends: new Map(),
		unsteady: [],
	};
	const sqls = deliveries.map((jobs) => jobs.map((job) => ground.sqlOf(job)).join(';\n'));
	const go = async (order: number[], print: string): Promise<void> => {
		const state = `${order.toSorted((a, b) => a - b).join()} ${print}`;
		const known = seen.has(state);
		seen.add(state);
		if (known && merge) return;
		if (!known) walked.states += 1;
		if (order.length === deliveries.length && !walked.ends.has(print)) {
			walked.ends.set(print, order);
			await atEnd?.(order);
		}
		for (const [next, sql] of sqls.entries()) {
			const repeat = order.includes(next);
			if (repeat && (!repeats || known)) continue;
			const [row] = printSchema.parse(await ground.query(`SAVEPOINT d${String(order.length)}; ${sql}; ${MARK}`));
			const after = row?.print ?? '';
			if (repeat) {
				walked.repeated += 1;
				if (after !== print) walked.unsteady.push([...order, next]);
			} else {
				walked.applied += 1;
				await go([...order, next], after);
			}
			await ground.query(`ROLLBACK TO d${String(order.length)}`);
		}
	};
	await ground.query('BEGIN');
	try {
		await go([], createHash('md5').update('nothing').digest('hex'));
	} finally {
		await ground.query('ROLLBACK');
	}
	return walked;
}

export const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
