// The contest: every contestant gets the same deliveries in each round, one contestant after the other, in an order
// that changes from round to round, so that whatever slows the machine down for a while slows all of them down.
import { createHmac } from 'node:crypto';
import type { Ended } from './executions.mts';

/** At once under way; n8n works on one at a time, so more only wait. */
const WORKERS = 8;
const WARM_UP_ROUNDS = 2;

export interface Contestant {
	name: string;
	workflowId: string;
	url: string;
	/** What its webhook signs with; null for one that checks nothing. */
	secret: string | null;
}

export interface Figures {
	/** Deliveries per second, from the first one sent to the last execution saved. */
	rate: number;
	/** Milliseconds of n8n's processor time for one delivery; null where the system does not tell. */
	cpu: number | null;
	/** Milliseconds that the sender waited for each answer, with the other deliveries under way. */
	waits: number[];
}

/** Contestant name -> figures, one per round. */
export type Results = Map<string, Figures[]>;

export interface Contest {
	contestants: Contestant[];
	/** Milliseconds of processor time that n8n has used so far; null where the system does not tell. */
	cpu(): number | null;
	executions: Ended;
	rounds: number;
	/** The bodies of a round, the same for every contestant. */
	bodies(round: number): Buffer[];
}

/** Runs a warm-up, which does not count, and all rounds; prints the rates of each. */
export async function compete(contest: Contest): Promise<Results> {
	const { contestants, rounds } = contest;
	const orders = permutations(contestants);
	const results: Results = new Map(contestants.map(({ name }) => [name, []]));
	for (let round = 0; round < rounds + WARM_UP_ROUNDS; round += 1) {
		const bodies = contest.bodies(round);
		const found = new Map<string, Figures>();
		for (const contestant of orders[round % orders.length] ?? [])
			found.set(contestant.name, await deliverAll(contest, contestant, bodies));
		if (round < WARM_UP_ROUNDS) continue;
		for (const [name, figures] of found) results.get(name)?.push(figures);
		const line = contestants.map(({ name }) => `${name} ${found.get(name)?.rate.toFixed(1).padStart(5) ?? ''}`);
		console.log(`round ${String(round - WARM_UP_ROUNDS + 1).padStart(2)}   ${line.join('   ')}`);
	}
	return results;
}

async function deliverAll(contest: Contest, contestant: Contestant, bodies: Buffer[]): Promise<Figures> {
	const { executions } = contest;
	const waiting = bodies.map((body) => ({ body: new Uint8Array(body), headers: headersOf(contestant, body) }));
	const since = await executions.last();
	const cpuBefore = contest.cpu();
	const waits: number[] = [];
	const began = performance.now();
	const worker = async () => {
		for (let next = waiting.shift(); next; next = waiting.shift()) {
			const sent = performance.now();
			const answer = await fetch(contestant.url, { method: 'POST', ...next });
			const text = await answer.text();
			waits.push(performance.now() - sent);
			if (answer.status !== 200)
				throw new Error(`${contestant.name} answered ${String(answer.status)}: ${text.slice(0, 200)}`);
		}
	};
	await Promise.all(Array.from({ length: WORKERS }, worker));
	await executions.untilEnded(contestant.workflowId, since, bodies.length);
	const seconds = (performance.now() - began) / 1000;
	const cpuAfter = contest.cpu();
	const cpu = cpuBefore === null || cpuAfter === null ? null : (cpuAfter - cpuBefore) / bodies.length;
	return { rate: bodies.length / seconds, cpu, waits };
}

/** What Cal.com sends beside the body. */
export function headersOf({ secret }: Pick<Contestant, 'secret'>, body: Buffer): Record<string, string> {
	const signature = secret === null ? 'no-secret-provided' : createHmac('sha256', secret).update(body).digest('hex');
	return {
		'content-type': 'application/json',
		'x-cal-webhook-version': '2021-10-20',
		'x-cal-signature-256': signature,
	};
}

/** All orders, so that nobody always runs after the same one. */
function permutations<T>(all: readonly T[]): T[][] {
	if (all.length <= 1) return [[...all]];
	return all.flatMap((first) => permutations(all.filter((other) => other !== first)).map((rest) => [first, ...rest]));
}
