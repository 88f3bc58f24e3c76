import { type StepResult, clock, timeLines, totalOf, warning } from './report.mts';

const files = ['a', 'b', 'c', 'd', 'e', 'f'].map((name, index) => ({
	file: `test/${name}.test.mts`,
	ms: index * 1_000,
}));
const unit: StepResult = {
	name: 'unit',
	ms: 65_400,
	isRight: true,
	count: { passed: 10, failed: 0, skipped: 1, files },
};
const lint: StepResult = { name: 'lint', ms: 500_000, isRight: false, count: null };

test('times are minutes and seconds', () => {
	expect([0, 499, 7_000, 59_700, 754_000].map(clock)).toEqual(['0:00', '0:00', '0:07', '1:00', '12:34']);
});

test('each step has a line, and the five slowest files below it', () => {
	expect(timeLines([lint, unit])).toEqual([
		'  8:20  lint  FAILED',
		'  1:05  unit  10 passed, 0 failed, 1 skipped',
		'         0:05  test/f.test.mts',
		'         0:04  test/e.test.mts',
		'         0:03  test/d.test.mts',
		'         0:02  test/c.test.mts',
		'         0:01  test/b.test.mts',
	]);
});

test.each([
	['all is well', [unit], { passed: 10, failed: 0 }],
	['a step without tests has failed', [lint, unit], { passed: 10, failed: 1 }],
	[
		'failed tests have made their step fail',
		[{ ...unit, isRight: false, count: { passed: 8, failed: 2, skipped: 0, files } }],
		{ passed: 8, failed: 2 },
	],
	['jest did not run at all', [{ ...unit, isRight: false, count: null }], { passed: 0, failed: 1 }],
])('what failed is counted once: %s', (_what, results, total) => {
	expect(totalOf(results)).toEqual(total);
});

test('a gate above ten minutes is told, a long proof is not', () => {
	expect(warning('gate', 600_000)).toBeNull();
	expect(warning('gate', 661_000)).toBe(
		'The gate took 11:01, more than 10:00. Move what is long to *.long.test.mts: CONTRIBUTING.md says what belongs where.',
	);
	expect(warning('long', 661_000)).toBeNull();
});
