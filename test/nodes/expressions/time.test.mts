// A text of a stranger, or of a server that is not ours, keeps n8n's one thread for no time that anybody would notice:
// each regular expression of the nodes is linear, or looks at a bounded text.
import { knownError } from '../../../nodes/shared/api/knownErrors.ts';
import { readFailure } from '../../../nodes/shared/api/failure.ts';
import { slugify } from '../../../nodes/shared/eventTypes/slugify.ts';
import { readPgArray } from '../../../nodes/CalComSync/merge/pgArray.ts';
import { pointsAt } from '../../../nodes/CalCom/actions/health/webhooks.ts';
import { readWallTime } from '../../../nodes/CalCom/actions/shared/wallTime.ts';
import { type Literal, literals, repeatsWithoutEnd } from './literals.mts';
import { FOR_ALL, WORST, type Worst } from './worst.mts';

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
function tooSlow(name: string, worst: readonly Worst[], work: (given: string) => unknown): string[] {
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

const all = literals();

test('each expression that repeats a part without end is in the table, and nothing else is', () => {
	const unbounded = new Set(all.filter(repeatsWithoutEnd).map(({ written }) => written));
	expect(all.length).toBeGreaterThan(100);
	expect(Object.keys(WORST).sort()).toEqual([...unbounded].sort());
});

test('each takes a quarter of a second at most for 100 KB of what costs it most', () => {
	expect(
		all.flatMap((one) =>
			tooSlow(`${one.file}: ${one.written}`, [...(WORST[one.written] ?? []), ...FOR_ALL], (given) =>
				match(one, given),
			),
		),
	).toEqual([]);
}, 120_000);

test.each<[string, (given: string) => unknown]>([
	['an error of Cal.com', knownError],
	[
		'the text of an error',
		(given) => readFailure({ statusCode: 400, body: { statusCode: 400, message: given }, headers: {} }),
	],
	['an error about answers', (given) => knownError(`responses - ${given}`)],
	['an array as PostgreSQL writes it', (given) => readPgArray(`{${given}}`)],
	['an array with text in it', (given) => readPgArray(`{"${given}"}`)],
	['a slug of a title', slugify],
	[
		'a webhook of Cal.com',
		(given) =>
			pointsAt({ id: '1', subscriberUrl: `https://n8n.example/${given}`, active: true, triggers: [] }, [
				'https://n8n.example',
			]),
	],
	['a time', (given) => readWallTime(`2026-11-24T10:00${given}`, 'UTC')],
])(
	'%s is read in that time, too',
	(name, read) => {
		expect(tooSlow(name, [...FOR_ALL, ...Object.values(WORST).flat()], read)).toEqual([]);
	},
	120_000,
);
