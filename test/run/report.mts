// What a run has to say at its end.
import { z } from 'zod';
import { GATE_MS, type Proof } from './steps.mts';

/** How one run of jest went, as count-reporter.mjs writes it. */
export const countSchema = z.object({
	passed: z.number(),
	failed: z.number(),
	skipped: z.number(),
	files: z.array(z.object({ file: z.string(), ms: z.number() })),
});
export type Count = z.infer<typeof countSchema>;

/** How one script of a step went. */
export interface StepResult {
	name: string;
	ms: number;
	/** Whether its command succeeded. */
	isRight: boolean;
	/** Null where it ran no tests. */
	count: Count | null;
}

const SLOWEST = 5;

/** 0:07, 12:30 */
export function clock(ms: number): string {
	const seconds = Math.round(ms / 1000);
	return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A line a step, and under it the files that took longest. */
export function timeLines(results: readonly StepResult[]): string[] {
	return results.flatMap(({ name, ms, isRight, count }) => [
		`${clock(ms).padStart(6)}  ${name}${isRight ? '' : '  FAILED'}${count === null ? '' : `  ${String(count.passed)} passed, ${String(count.failed)} failed, ${String(count.skipped)} skipped`}`,
		...(count?.files ?? [])
			.toSorted((a, b) => b.ms - a.ms)
			.slice(0, SLOWEST)
			.map((file) => `        ${clock(file.ms).padStart(5)}  ${file.file}`),
	]);
}

/** The last line, which CI reads. A failed test has made its step fail too: counted once. */
export function totalOf(results: readonly StepResult[]): { passed: number; failed: number } {
	const counts = results.flatMap(({ count }) => count ?? []);
	const failed = counts.reduce((sum, count) => sum + count.failed, 0);
	const failedSteps = results.filter(({ isRight }) => !isRight).length;
	return { passed: counts.reduce((sum, count) => sum + count.passed, 0), failed: Math.max(failed, failedSteps) };
}

/**
 * What is to be said of a gate that takes too long, or null.
 * @param ms how long all of it took
 */
export function warning(proof: Proof, ms: number): string | null {
	if (proof !== 'gate' || ms <= GATE_MS) return null;
	return `The gate took ${clock(ms)}, more than ${clock(GATE_MS)}. Move what is long to *.long.test.mts: CONTRIBUTING.md says what belongs where.`;
}
