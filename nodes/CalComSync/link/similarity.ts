/** A title taken apart: what two of them are compared by. */
export interface TitleForm {
	/** Equal for titles of the same words, whatever their order, case, accents and punctuation; "" without a word. */
	key: string;
	/** The pairs of letters of each word, and each number as a whole; doubles are told apart by a count. */
	features: readonly string[];
	/** The numbers in it: "Lesson 30" and "Lesson 60" are two things. */
	numbers: string;
}

const WORDS = /\p{N}+|[\p{L}\p{M}]+/gu;
const LATIN_ACCENTS = /[\u0300-\u036f]/g;
const DIGIT = /^\p{N}/u;
/** What is left of a likeness when both titles have numbers and not the same ones. */
const OTHER_NUMBERS = 0.5;
const MOST_OF_UNEQUAL = 99;
/** So that 57 % does not come out as 56.99999 and then as 56. */
const ROUNDING = 1e-9;

function featuresOf(word: string): string[] {
	// A number is one thing: its digits say nothing about likeness. It weighs as much as a word of its length.
	if (DIGIT.test(word)) return Array.from({ length: word.length + 1 }, () => `#${word}`);
	const letters = [' ', ...word, ' '];
	return letters.slice(1).map((letter, index) => `${letters[index] ?? ''}${letter}`);
}

/** Takes a title apart. */
export function titleForm(title: string): TitleForm {
	const bare = title.normalize('NFKD').replace(LATIN_ACCENTS, '').toLowerCase();
	const words = (bare.match(WORDS) ?? []).map((word) => (DIGIT.test(word) ? word.replace(/^0+(?=.)/, '') : word));
	const counts = new Map<string, number>();
	const features = words.flatMap(featuresOf).map((feature) => {
		const count = counts.get(feature) ?? 0;
		counts.set(feature, count + 1);
		return count === 0 ? feature : `${feature}/${count}`;
	});
	const numbers = words.filter((word) => DIGIT.test(word)).sort();
	return { key: words.sort().join(' '), features, numbers: numbers.join(' ') };
}

/** Whether the numbers of two titles contradict each other. */
export function numbersDiffer(a: string, b: string): boolean {
	return a !== '' && b !== '' && a !== b;
}

/**
 * How alike two titles are, in whole percent (Sørensen and Dice's coefficient), from what they have in common. Only
 * titles of the same words are 100 % alike.
 */
export function score(common: number, sizes: number, otherNumbers: boolean): number {
	const likeness = sizes === 0 ? 0 : (2 * common) / sizes;
	return Math.min(MOST_OF_UNEQUAL, Math.floor(likeness * (otherNumbers ? OTHER_NUMBERS : 1) * 100 + ROUNDING));
}

/** How alike two titles are, in whole percent. */
export function titleSimilarity(a: string, b: string): number {
	const [left, right] = [titleForm(a), titleForm(b)];
	if (left.key === right.key) return left.key === '' ? 0 : 100;
	const known = new Set(left.features);
	const common = right.features.filter((feature) => known.has(feature)).length;
	return score(common, left.features.length + right.features.length, numbersDiffer(left.numbers, right.numbers));
}
