import { segmentsOf } from '../../src/twilio/segments.mts';

test.each([
	['a short text', 'See you at nine', 1],
	['160 letters', 'a'.repeat(160), 1],
	['161 letters', 'a'.repeat(161), 2],
	['306 letters', 'a'.repeat(306), 2],
	['307 letters', 'a'.repeat(307), 3],
	['80 euro signs, which take two places each', '€'.repeat(80), 1],
	['81 euro signs', '€'.repeat(81), 2],
	['German', 'Übermorgen um 9 Uhr, schöne Grüße', 1],
	['70 Polish letters', 'ą'.repeat(70), 1],
	['71 Polish letters', 'ą'.repeat(71), 2],
	['one Polish letter among 160', `ą${'a'.repeat(159)}`, 3],
	['35 emoji, two units each', '😀'.repeat(35), 1],
	['36 emoji', '😀'.repeat(36), 2],
	['nothing', '', 1],
])('%s', (_what, text, segments) => {
	expect(segmentsOf(text)).toBe(segments);
});
