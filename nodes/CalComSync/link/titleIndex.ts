import type { TitleForm } from './similarity';
import { numbersDiffer, score } from './similarity';

/** The titles that are most like another one. */
export interface Nearest {
	/** Their places among the titles of the index; empty when none is alike enough. */
	best: readonly number[];
	/** How alike they are, in percent; 0 without any. */
	score: number;
	/** Whether all titles were looked at that could be the best: not when too many are much the same. */
	complete: boolean;
}

/** What the search for one title may cost: so that 10,000 titles of the same few words take seconds, not hours. */
const EFFORT = 20_000;
const COMPARISON_EFFORT = 10;
const ROUNDING = 1e-9;

/** How many features two titles have in common at least if they are alike by this part, whatever the other's size. */
const leastCommon = (size: number, part: number): number =>
	Math.max(1, Math.ceil((part * size) / (2 - part) - ROUNDING));

/** How many of its features, rarest first, hold at least one in common with every title that is alike enough. */
const prefixLength = (size: number, part: number): number => size - leastCommon(size, part) + 1;

function commonRanks(a: Int32Array, b: Int32Array): number {
	let [left, right, common] = [0, 0, 0];
	while (left < a.length && right < b.length) {
		const [rankA, rankB] = [a[left] ?? 0, b[right] ?? 0];
		if (rankA === rankB) common += 1;
		if (rankA <= rankB) left += 1;
		if (rankB <= rankA) right += 1;
	}
	return common;
}

/** Features from the rarest to the most common: their places are their ranks. */
function rarestFirst(titles: readonly TitleForm[]): string[] {
	const frequency = new Map<string, number>();
	for (const { features } of titles) {
		for (const feature of features) frequency.set(feature, (frequency.get(feature) ?? 0) + 1);
	}
	const sorted = [...frequency].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1));
	return sorted.map(([feature]) => feature);
}

/**
 * Finds the titles most like another one without comparing all with all: titles that are alike enough share at least
 * one of their rarest features ("prefix filtering", Chaudhuri, Ganti and Kaushik 2006), so only those are compared.
 */
export class TitleIndex {
	private readonly titles: readonly TitleForm[];
	private readonly threshold: number;
	private readonly byKey: ReadonlyMap<string, number>;
	private readonly rankOf: ReadonlyMap<string, number>;
	/** By place: the ranks of its features, rarest first. */
	private readonly ranks: readonly Int32Array[];
	/** By rank: the places of titles that have the feature among their rarest. */
	private readonly postings: readonly number[][];
	/** By place: the search that has looked at it last. */
	private readonly seenIn: Int32Array;
	private searches = 0;

	/**
	 * @param titles without two of the same key
	 * @param threshold how alike titles must be, in percent
	 */
	constructor(titles: readonly TitleForm[], threshold: number) {
		this.titles = titles;
		this.threshold = threshold;
		this.byKey = new Map(titles.map(({ key }, place) => [key, place]));
		const features = rarestFirst(titles);
		this.rankOf = new Map(features.map((feature, rank) => [feature, rank]));
		this.ranks = titles.map((title) => this.ranksOf(title));
		this.seenIn = new Int32Array(titles.length);
		this.postings = features.map(() => []);
		for (const [place, ranks] of this.ranks.entries()) {
			for (const rank of ranks.subarray(0, prefixLength(ranks.length, threshold / 100))) {
				this.postings[rank]?.push(place);
			}
		}
	}

	/**
	 * The titles most like this one.
	 *
	 * @param isCandidate which titles may be found; all when left out
	 */
	nearest(title: TitleForm, isCandidate: (place: number) => boolean = () => true): Nearest {
		const same = this.byKey.get(title.key);
		if (same !== undefined && isCandidate(same)) return { best: [same], score: 100, complete: true };
		const ranks = this.ranksOf(title);
		// Features that no title of the index has are the rarest of all.
		const unknown = title.features.length - ranks.length;
		this.searches += 1;
		let effort = EFFORT;
		let best: number[] = [];
		let least = this.threshold;
		const found = (complete: boolean): Nearest => ({ best, score: best.length > 0 ? least : 0, complete });
		for (const [index, rank] of ranks.entries()) {
			// The better the best one is, the fewer features can lead to one as good.
			if (index + unknown >= prefixLength(title.features.length, least / 100)) break;
			for (const place of this.postings[rank] ?? []) {
				effort -= 1;
				if (effort < 0) return found(false);
				if (this.seenIn[place] === this.searches || !isCandidate(place)) continue;
				this.seenIn[place] = this.searches;
				const likeness = this.compare(title, ranks, place, least);
				if (likeness === null) continue;
				effort -= COMPARISON_EFFORT;
				if (likeness > least) [best, least] = [[place], likeness];
				else if (likeness === least) best.push(place);
			}
		}
		return found(true);
	}

	private ranksOf({ features }: TitleForm): Int32Array {
		return Int32Array.from(features.flatMap((feature) => this.rankOf.get(feature) ?? [])).sort();
	}

	/** How alike they are; null when it can be told without comparing them that they are less alike than this. */
	private compare(wanted: TitleForm, ranks: Int32Array, place: number, least: number): number | null {
		const [title, titleRanks] = [this.titles[place], this.ranks[place]];
		if (title === undefined || titleRanks === undefined) return null;
		const [size, otherSize] = [wanted.features.length, title.features.length];
		const otherNumbers = numbersDiffer(wanted.numbers, title.numbers);
		if (score(Math.min(size, otherSize), size + otherSize, otherNumbers) < least) return null;
		return score(commonRanks(ranks, titleRanks), size + otherSize, otherNumbers);
	}
}
