// Deliveries of several lives as one stream: shuffled, repeated, cut short and tried again, applied at the same time.
import fc from 'fast-check';
import type { Ground, Job } from './ground.mts';
import type { Recorded } from './record.mts';

/** One run of a template. */
export interface Run {
	job: Job;
	/** Steps after which n8n stopped; the delivery is tried again by the same execution. Null: it goes through. */
	cutAfter: number | null;
}

export interface Stream {
	/** Which of the lives, by place. */
	lives: number[];
	runs: Run[];
	/** Places in the stream before which the reminders are planned. */
	plans: number[];
	/** Which of the runs under way goes on next, again and again. */
	turns: number[];
	/** How many run at the same time. */
	width: number;
}

const uncut = (jobs: readonly Job[]): Run[] => jobs.map((job) => ({ job, cutAfter: null }));

/** Every delivery of each of these lives at least once to each template, some twice, in any order. */
export function streamOf(recordings: readonly Recorded[], most: number): fc.Arbitrary<Stream> {
	const places = recordings.map((_, at) => at);
	return fc.subarray(places, { minLength: 2, maxLength: most }).chain((lives) => {
		const deliveries = lives.flatMap((at) => recordings[at]?.deliveries ?? []);
		const once = deliveries.flatMap(({ jobs }) => jobs);
		// A second time from the same webhook, or from another one, which sends a moment later.
		const more = deliveries.flatMap(({ jobs, again }) => [...jobs, ...again]);
		return fc
			.record({
				again: fc.subarray(more),
				cuts: fc.array(fc.option(fc.nat(4), { freq: 4 }), { minLength: once.length, maxLength: once.length }),
				plans: fc.array(fc.nat(once.length), { maxLength: 3 }),
				turns: fc.array(fc.nat(7), { minLength: 16, maxLength: 64 }),
				width: fc.constantFrom(2, 3, 6),
			})
			.chain(({ again, cuts, plans, turns, width }) => {
				const all = [...once.map((job, at): Run => ({ job, cutAfter: cuts[at] ?? null })), ...uncut(again)];
				return fc
					.shuffledSubarray(all, { minLength: all.length })
					.map((runs): Stream => ({ lives, runs, plans, turns, width }));
			});
	});
}

/** One run, step by step; cut short it is done again at once, as n8n tries again with the same execution. */
export function* stepsOf(ground: Ground, { job, cutAfter }: Run, execution: string): Generator<() => Promise<boolean>> {
	if (cutAfter !== null) yield* ground.steps(job, execution).slice(0, cutAfter);
	yield* ground.steps(job, execution);
}

/** Goes through a run; what gives no row ends it. */
export async function go(ground: Ground, run: Run, execution: string): Promise<void> {
	const cut = run.cutAfter === null ? [] : ground.steps(run.job, execution).slice(0, run.cutAfter);
	for (const steps of [cut, ground.steps(run.job, execution)]) for (const step of steps) if (!(await step())) break;
}

/** Several runs at a time on one session, one statement of one of them after the other, as `turns` says. */
export async function interleave(ground: Ground, { runs, plans, turns, width }: Stream): Promise<void> {
	const waiting = runs.map((run, at) => ({ run, execution: `run ${String(at)}` }));
	const underWay: { steps: Generator<() => Promise<boolean>> }[] = [];
	let turn = 0;
	while (waiting.length > 0 || underWay.length > 0) {
		if (plans.includes(waiting.length) && waiting.length > 0) await ground.plan();
		while (underWay.length < width && waiting.length > 0) {
			const next = waiting.shift();
			if (next) underWay.push({ steps: stepsOf(ground, next.run, next.execution) });
		}
		const at = (turns[turn++ % turns.length] ?? 0) % underWay.length;
		const step = underWay[at]?.steps.next();
		if (step?.done !== false || !(await step.value())) underWay.splice(at, 1);
	}
}
