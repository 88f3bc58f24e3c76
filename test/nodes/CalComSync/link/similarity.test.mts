import { describe, expect, test } from '@jest/globals';
import { titleSimilarity } from '../../../../nodes/CalComSync/link/similarity.ts';

describe('two titles are alike by', () => {
	test.each([
		['Premium Cut', 'premium cut', 100],
		["Men's haircut", 'Haircut: men, s', 100],
		['Crème brûlée class', 'Creme Brulee Class', 100],
		['Lesson 05', 'lesson 5', 100],
		['Premium Cut', 'Premium Haircut', 78],
		['Premium Cut', 'Cut', 50],
		['Piano lesson', 'Piano lessons', 88],
		['Lesson 30 min', 'Lesson 60 min', 39],
		['Lesson', 'Lesson 60', 82],
		['Yoga', 'Boxing', 0],
		['ピアノレッスン', 'ピアノレッスン', 100],
		['', '', 0],
		['💇', '💇', 0],
	])('%s and %s: %d %%', (a, b, percent) => {
		expect(titleSimilarity(a, b)).toBe(percent);
		expect(titleSimilarity(b, a)).toBe(percent);
	});
});
