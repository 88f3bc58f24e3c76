// How the benches print what they found.
import type { Figures, Results } from './rounds.mts';
import { type Verdict, judge, median, quantile } from './statistics.mts';

export interface Target {
	ours: string;
	against: string;
	/** The least that our rate may be, as a part of the other. */
	atLeast: number;
}

/** Prints the figures and how the targets stand. Sets the exit code to 1 when one is missed. */
export function report(results: Results, targets: Target[]): void {
	const width = Math.max(...[...results.keys()].map((name) => name.length));
	console.log();
	for (const [name, figures] of results) {
		const rates = figures.map(({ rate }) => rate);
		const range = `${Math.min(...rates).toFixed(1)} to ${Math.max(...rates).toFixed(1)}`;
		console.log(
			`${name.padEnd(width)}  median ${median(rates).toFixed(1).padStart(5)} deliveries/s (${range})${cpuOf(figures)}`,
		);
	}
	for (const [name, figures] of results) {
		const waits = figures.flatMap((round) => round.waits);
		const [middle, most] = [quantile(waits, 0.5), quantile(waits, 0.99)].map((wait) => wait.toFixed(0).padStart(4));
		console.log(`${name.padEnd(width)}  answered after ${middle} ms (median), ${most} ms (99th percentile)`);
	}
	for (const { ours, against, atLeast } of targets) {
		const [left, right] = [results.get(ours) ?? [], results.get(against) ?? []];
		const verdict = judge(
			perRound(left, right, ({ rate }) => rate),
			atLeast,
		);
		console.log(
			`${ours} / ${against}: ${withInterval(verdict)}: ${verdict.outcome} (target: at least ${atLeast.toFixed(2)} x)`,
		);
		// Processor time is a cost: the less of it, the higher the throughput.
		const cpu = perRound(right, left, (figures) => figures.cpu);
		if (cpu.length > 0) console.log(`  by n8n's processor time alone: ${withInterval(judge(cpu, atLeast))}`);
		const waiting = perRound(left, right, ({ waits }) => median(waits));
		console.log(`  median wait for the answer, round by round: ${withInterval(judge(waiting, 1))}`);
		if (verdict.outcome === 'missed') process.exitCode = 1;
	}
}

/** One ratio per round: both had the same machine then. */
function perRound(these: Figures[], those: Figures[], of: (figures: Figures) => number | null): number[] {
	return these.flatMap((figures, round) => {
		const other = those[round];
		const [left, right] = [of(figures), other === undefined ? null : of(other)];
		return left === null || right === null ? [] : [left / right];
	});
}

function cpuOf(figures: Figures[]): string {
	const known = figures.flatMap(({ cpu }) => cpu ?? []);
	return known.length > 0 ? `, ${median(known).toFixed(1)} ms of n8n's processor time each` : '';
}

function withInterval({ ratio, low, high }: Verdict): string {
	return `${ratio.toFixed(3)} x, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`;
}
