// What the package cost when somebody last looked and found it right.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Cost, costSchema } from './cost.mts';

const FILE = join(import.meta.dirname, 'baseline.json');

export const readBaseline = async (): Promise<Cost> => costSchema.parse(JSON.parse(await readFile(FILE, 'utf8')));

/** Rounded, so that a new baseline differs only where something has changed. */
export async function writeBaseline(cost: Cost): Promise<void> {
	const rounded: Cost = {
		...cost,
		loadTime: Number(cost.loadTime.toFixed(2)),
		heapBytes: Math.round(cost.heapBytes / 1e4) * 1e4,
	};
	await writeFile(FILE, `${JSON.stringify(rounded, null, '\t')}\n`);
}
