// How long an expression takes for the texts that cost it most.
import type { Literal } from './literals.mts';
import { repeatsWithoutEnd } from './literals.mts';
import { FOR_ALL, type Worst, type WorstTexts } from './worst.mts';

/** In steps, so that one which would take half an hour for the whole is found out by a part of it. */
const SIZES = [1_500, 6_000, 25_000, 100_000];
/** Linear ones take one or two; those that are not take seconds. */
const MOST_MS = 250;

const text = ({ before = '', repeated, after = '' }: Worst, size: number) =>
	before + repeated.repeat(Math.ceil(size / repeated.length)) + after;

function milliseconds(work: () => unknown): number {
	const begun = performance.now();
	work();
	return performance.now() - begun;
}

function match({ expression, use }: Literal, given: string): unknown {
	expression.lastIndex = 0;
	if (use === 'split') return given.split(expression);
	return use === 'every' ? given.replace(expression, '') : expression.exec(given);
}

/** What took too long, told so that it can be mended; the first is enough, because each takes seconds. */
export function tooSlow(name: string, worst: readonly Worst[], work: (given: string) => unknown): string[] {
	for (const [one, size] of worst.flatMap((each) => SIZES.map((size) => [each, size] as const))) {
		const given = text(one, size);
		const took = milliseconds(() => work(given));
		// Once more: a machine that was busy elsewhere is no slow expression.
		if (took > MOST_MS && milliseconds(() => work(given)) > MOST_MS) {
			return [`${name} takes ${took.toFixed(0)} ms with ${String(size)} characters of ${JSON.stringify(one)}`];
		}
	}
	return [];
}

/** Two tests for all expressions of one kind of source: none is missing in the table, and none is slow. */
export function testAll(all: readonly Literal[], worst: WorstTexts): void {
	test('each expression that repeats a part without end is in the table, and nothing else is', () => {
		const unbounded = new Set(all.filter(repeatsWithoutEnd).map(({ written }) => written));
		expect(Object.keys(worst).sort()).toEqual([...unbounded].sort());
	});

	test('each takes a quarter of a second at most for 100 KB of what costs it most', () => {
		const once = new Map(all.map((one) => [`${one.written} ${one.use}`, one]));
		expect(
			[...once.values()].flatMap((one) =>
				tooSlow(`${one.place}: ${one.written}`, [...(worst[one.written] ?? []), ...FOR_ALL], (given) =>
					match(one, given),
				),
			),
		).toEqual([]);
	}, 120_000);
}
