import { readFileSync } from 'node:fs';
import { RESOURCES } from '../../../nodes/CalCom/actions/resources.ts';
import { API_PATHS } from './support/api-paths.mts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');

/** What the tests of each operation see it ask, by `resource:operation`; written by support/write-schemas.mts. */
const asked: Record<string, string[]> = JSON.parse(read('test/fixtures/operation-routes.json'));

const EDITIONS: Record<string, string> = { both: 'both', hosted: 'hosted', 'self-hosted': 'selfHosted' };
const ROW = /^\| `(\S+) (\S+)` +\| (\S+) +\| (.+?) +\|$/;

const rows = read('docs/api-coverage.md')
	.split('\n')
	.map((line) => ROW.exec(line))
	.filter((row) => row !== null)
	.map(([, method = '', path = '', edition = '', covered = '']) => ({
		route: `${method} ${path}`,
		edition: EDITIONS[edition],
		covered,
	}));

const operations = new Map(
	RESOURCES.flatMap((resource) =>
		resource.operations.map(({ option }) => [
			`${resource.option.name}: ${option.name}`,
			`${resource.option.value}:${option.value}`,
		]),
	),
);
const LEFT_OUT = /^Left out: .{15,}/;

describe('the table of what the API offers', () => {
	test('has each route of both specifications once, with its edition', () => {
		expect(rows.map(({ route, edition }) => `${route} ${edition}`).sort()).toEqual(
			API_PATHS.map(({ method, path, edition }) => `${method} ${path} ${edition}`).sort(),
		);
	});

	test('names operations that there are, or a reason', () => {
		for (const { route, covered } of rows) {
			const good = LEFT_OUT.test(covered) || covered.split(', ').every((name) => operations.has(name));
			expect(good ? '' : `${route}: ${covered}`).toBe('');
		}
	});

	test('an operation that it names does ask that route', () => {
		const untrue = rows
			.filter(({ covered }) => !covered.startsWith('Left out'))
			.flatMap(({ route, covered }) =>
				covered
					.split(', ')
					.filter((name) => asked[operations.get(name) ?? '']?.includes(route) !== true)
					.map((name) => `${name} does not ask ${route}`),
			);
		expect(untrue).toEqual([]);
	});

	test('a route that an operation asks is not called left out', () => {
		const routes = new Set(Object.values(asked).flat());
		const untrue = rows.filter(({ route, covered }) => covered.startsWith('Left out') && routes.has(route));
		expect(untrue).toEqual([]);
	});

	test('every operation is in it, but the one that asks nothing', () => {
		const named = new Set(rows.flatMap(({ covered }) => covered.split(', ')));
		expect([...operations.keys()].filter((name) => !named.has(name))).toEqual(['Event: Normalize']);
		expect(asked['event:normalize'] ?? []).toEqual([]);
	});
});
