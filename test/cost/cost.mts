// What the package costs the n8n that loads it, and whether that has grown. Pure.
import { z } from 'zod';

/** A cost that is this many times what it was fails the check. */
export const TOO_MUCH = 1.25;

export const costSchema = z.object({
	/** Processor time of loading the package / of loading the reference package, in the same process. */
	loadTime: z.number().positive(),
	/** Bytes on the heap after a collection. */
	heapBytes: z.number().positive(),
	/** What npm says the package takes on disk. */
	unpackedBytes: z.number().positive(),
	/** Files in the package. */
	files: z.number().positive(),
	/** Files that are read and run at each start of n8n. */
	modules: z.number().positive(),
});
export type Cost = z.infer<typeof costSchema>;

const NAMES: Record<keyof Cost, { what: string; show: (value: number) => string }> = {
	loadTime: { what: 'Time to load', show: (value) => `${value.toFixed(2)} x the reference package` },
	heapBytes: { what: 'Memory', show: (value) => `${(value / 1e6).toFixed(2)} MB` },
	unpackedBytes: { what: 'Unpacked size', show: (value) => `${(value / 1e3).toFixed(0)} kB` },
	files: { what: 'Number of files', show: String },
	modules: { what: 'Modules loaded at the start', show: String },
};
const KEYS = costSchema.keyof().options;

/** One cost in words, e.g. `Memory: 4.64 MB`. */
export const inWords = (cost: Cost): string[] => KEYS.map((key) => `${NAMES[key].what}: ${NAMES[key].show(cost[key])}`);

/** What has grown by a quarter or more since the baseline, one sentence each. */
export function grown(cost: Cost, baseline: Cost): string[] {
	return KEYS.filter((key) => cost[key] >= baseline[key] * TOO_MUCH).map((key) => {
		const { what, show } = NAMES[key];
		const percent = ((cost[key] / baseline[key] - 1) * 100).toFixed(0);
		return `${what} has grown by ${percent} %: ${show(cost[key])}, was ${show(baseline[key])}.`;
	});
}

export interface Load {
	cpuMs: number;
	heapBytes: number;
	modules: number;
}

/**
 * The cost of loading out of many runs. Whatever else a machine does only ever adds to a figure, so the least of each
 * is the truest.
 */
export function leastOf(
	runs: readonly { ours: Load; reference: Load }[],
): Pick<Cost, 'loadTime' | 'heapBytes' | 'modules'> {
	const least = (of: (run: { ours: Load; reference: Load }) => number) => Math.min(...runs.map(of));
	return {
		loadTime: least(({ ours }) => ours.cpuMs) / least(({ reference }) => reference.cpuMs),
		heapBytes: least(({ ours }) => ours.heapBytes),
		modules: least(({ ours }) => ours.modules),
	};
}
