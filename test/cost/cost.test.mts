// When the check of what n8n costs a host fails, and what it says then.
import { type Cost, grown, leastOf } from './cost.mts';

const BASE: Cost = { loadTime: 1.4, heapBytes: 4_000_000, unpackedBytes: 500_000, files: 400, modules: 300 };

describe('the comparison', () => {
	test('what has not grown, has shrunk, or has grown by less than a quarter passes', () => {
		expect(grown(BASE, BASE)).toEqual([]);
		expect(grown({ ...BASE, heapBytes: 1, files: 1 }, BASE)).toEqual([]);
		expect(grown({ ...BASE, loadTime: 1.74, unpackedBytes: 624_999 }, BASE)).toEqual([]);
	});

	test.each([
		['loadTime', 1.75, 'Time to load has grown by 25 %: 1.75 x the reference package, was 1.40 x'],
		['heapBytes', 5_200_000, 'Memory has grown by 30 %: 5.20 MB, was 4.00 MB'],
		['unpackedBytes', 1_000_000, 'Unpacked size has grown by 100 %: 1000 kB, was 500 kB'],
		['files', 500, 'Number of files has grown by 25 %: 500, was 400'],
		['modules', 600, 'Modules loaded at the start has grown by 100 %: 600, was 300'],
	] as const)('%s a quarter up is told', (key, value, words) => {
		expect(grown({ ...BASE, [key]: value }, BASE)).toEqual([expect.stringContaining(words)]);
	});

	test('of many runs the least counts, each package for itself', () => {
		const load = (cpuMs: number, heapBytes: number) => ({ cpuMs, heapBytes, modules: 3 });
		const runs = [
			{ ours: load(100, 8), reference: load(90, 1) },
			{ ours: load(300, 5), reference: load(50, 1) },
		];
		expect(leastOf(runs)).toEqual({ loadTime: 2, heapBytes: 5, modules: 3 });
	});
});
