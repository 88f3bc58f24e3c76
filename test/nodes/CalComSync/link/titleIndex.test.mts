import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { titleForm, titleSimilarity } from '../../../../nodes/CalComSync/link/similarity.ts';
import { TitleIndex } from '../../../../nodes/CalComSync/link/titleIndex.ts';
import { title } from './links.mts';

describe('the index of titles', () => {
	const unique = fc
		.uniqueArray(fc.oneof(title, fc.string({ maxLength: 12 })), {
			selector: (each) => titleForm(each).key,
			maxLength: 20,
		})
		.map((titles) => titles.filter((each) => titleForm(each).key !== ''));

	test('finds what comparing with every title finds', () => {
		fc.assert(
			fc.property(unique, title, fc.integer({ min: 1, max: 100 }), (titles, wanted, threshold) => {
				if (titleForm(wanted).key === '') return;
				const scores = titles.map((each) => titleSimilarity(wanted, each));
				const best = Math.max(0, ...scores);
				const expected = best >= threshold ? [...scores.keys()].filter((place) => scores[place] === best) : [];
				const found = new TitleIndex(titles.map(titleForm), threshold).nearest(titleForm(wanted));
				expect(found.complete).toBe(true);
				expect([...found.best].sort((a, b) => a - b)).toEqual(expected);
				expect(found.score).toBe(expected.length > 0 ? best : 0);
			}),
		);
	});

	/** How many titles are compared for one search among so many: counted by what may be asked of each. */
	function lookedAt(size: number): number {
		const titles = Array.from({ length: size }, (_, index) =>
			titleForm(`Course ${index} with teacher ${index % 97}`),
		);
		const index = new TitleIndex(titles, 70);
		let asked = 0;
		const searches = titles.slice(0, 50);
		for (const { features, numbers } of searches) {
			index.nearest({ key: 'another', features, numbers }, () => {
				asked += 1;
				return true;
			});
		}
		return asked / searches.length;
	}

	test('looks at few of many titles', () => {
		expect(lookedAt(8000)).toBeLessThan(800);
	});

	test('gives up, and says so, among too many titles that are much the same', () => {
		const letters = 'abcdefghijklmnopqrst';
		const titles = Array.from({ length: 8000 }, (_, index) => {
			const [a, b, c] = [letters.at(index % 20), letters.at((index / 20) % 20), letters.at(index / 400)];
			return titleForm(`A long consultation about everything ${a}${b}${c}`);
		});
		const found = new TitleIndex(titles, 70).nearest(titleForm('A long consultation about everything'));
		expect(found.complete).toBe(false);
	});
});
