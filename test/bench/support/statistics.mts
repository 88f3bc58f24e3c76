// Figures of rounds, and what may be said of them.

/** Middle of a sorted copy; of an even number, the mean of the two in the middle. */
export function median(numbers: readonly number[]): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const middle = Math.floor(sorted.length / 2);
	const [left, right] = [sorted[middle - 1], sorted[middle]];
	if (right === undefined) throw new Error('There is no median of nothing.');
	return sorted.length % 2 === 1 || left === undefined ? right : (left + right) / 2;
}

/**
 * The smallest of the numbers that so great a part of them does not exceed (nearest rank): of 200, the 99th percentile
 * is the third largest.
 * @param part 0.5 for the median, 0.99 for the 99th percentile
 */
export function quantile(numbers: readonly number[], part: number): number {
	const sorted = numbers.toSorted((a, b) => a - b);
	const found = sorted[Math.max(0, Math.ceil(part * sorted.length) - 1)];
	if (found === undefined) throw new Error('There is no quantile of nothing.');
	return found;
}

/**
 * Where the true median lies with 95 % confidence or more, read off the sorted numbers themselves: how many of n
 * fall below the true median is a coin thrown n times, whatever the numbers are spread like. Few numbers give a
 * wide interval; under six, their whole range.
 */
export function medianInterval(numbers: readonly number[]): { low: number; high: number } {
	const sorted = numbers.toSorted((a, b) => a - b);
	const n = sorted.length;
	// Leaves out as many on each side as lie there by chance in at most 2.5 % of all cases.
	let leftOut = 0;
	for (let term = 0.5 ** n, tail = term; tail <= 0.025 && leftOut < n / 2; tail += term) {
		term *= (n - leftOut) / (leftOut + 1);
		leftOut += 1;
	}
	const cut = Math.max(0, leftOut - 1);
	const [low, high] = [sorted[cut], sorted[n - 1 - cut]];
	if (low === undefined || high === undefined) throw new Error('There is no interval of nothing.');
	return { low, high };
}

export interface Verdict {
	ratio: number;
	low: number;
	high: number;
	/**
	 * holds: the median is at the target or above. missed: even the upper end of the interval is below it.
	 * within noise: the median is below, but this run cannot tell that from the target.
	 */
	outcome: 'holds' | 'within noise' | 'missed';
}

/** Holds the ratios of the rounds against the least they may be. */
export function judge(ratios: readonly number[], target: number): Verdict {
	const ratio = median(ratios);
	const { low, high } = medianInterval(ratios);
	return { ratio, low, high, outcome: ratio >= target ? 'holds' : high < target ? 'missed' : 'within noise' };
}
