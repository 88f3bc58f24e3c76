import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';

const NODES = path.join(import.meta.dirname, '../../nodes');
/** From the bottom up: a file imports from its own floor and from those below it. */
const FLOORS = ['values', 'booking', 'api', 'events', 'panel', 'eventTypes', 'webhooks'];

/** Only these know Cal.com's raw shapes, so they lie together whoever asks. */
const READING = ['booking', 'events'];
const CREDENTIALS = path.join(NODES, '../credentials');

const files = readdirSync(NODES, { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('.ts'))
	.sort();

/** The files of ours that a file imports, for their types too. */
function importsOf(file: string): string[] {
	const { importedFiles } = ts.preProcessFile(readFileSync(path.join(NODES, file), 'utf8'));
	return importedFiles
		.map(({ fileName }) => fileName)
		.filter((name) => name.startsWith('.'))
		.map((name) => path.relative(NODES, path.join(NODES, path.dirname(file), name)))
		.filter((name) => !name.startsWith('..'))
		.map((name) => (existsSync(path.join(NODES, `${name}.ts`)) ? `${name}.ts` : path.join(name, 'index.ts')));
}

const IMPORTS = new Map(files.map((file) => [file, importsOf(file)]));
const users = new Set(files.filter((file) => !file.startsWith('shared')).map(roomOf));
const arrows = [...IMPORTS].flatMap(([from, all]) => all.map((to) => ({ from, to })));

/** `shared/api/client.ts` is of api, `CalComSync/plan.ts` of CalComSync. */
function roomOf(file: string): string {
	const [first = '', second = ''] = file.split(path.sep);
	return first === 'shared' ? second : first;
}

/** The files that lead from one back to itself. */
function circles(): string[][] {
	const state = new Map<string, 'open' | 'done'>();
	const found: string[][] = [];
	const visit = (file: string, trail: string[]): void => {
		if (state.get(file) === 'done') return;
		if (state.get(file) === 'open') {
			found.push([...trail.slice(trail.indexOf(file)), file]);
			return;
		}
		state.set(file, 'open');
		for (const next of IMPORTS.get(file) ?? []) visit(next, [...trail, file]);
		state.set(file, 'done');
	};
	for (const file of files) visit(file, []);
	return found;
}

/** Everything that these files lead to. */
function reachedFrom(starts: string[]): Set<string> {
	const reached = new Set<string>();
	const visit = (file: string): void => {
		if (reached.has(file)) return;
		reached.add(file);
		(IMPORTS.get(file) ?? []).forEach(visit);
	};
	starts.forEach(visit);
	return reached;
}

describe('the layout of the nodes', () => {
	test('is read: every import leads to a file that is there', () => {
		expect(arrows.length).toBeGreaterThan(500);
		expect(arrows.filter(({ to }) => !IMPORTS.has(to))).toEqual([]);
	});

	test('has shared rooms that this test knows the floor of', () => {
		const rooms = new Set(files.filter((file) => file.startsWith('shared')).map(roomOf));
		expect([...rooms].sort()).toEqual([...FLOORS].sort());
	});

	test('has no arrow from node to node, nor from what is shared to a node', () => {
		const wrong = arrows.filter(
			({ from, to }) => !to.startsWith(`shared${path.sep}`) && roomOf(from) !== roomOf(to),
		);
		expect(wrong).toEqual([]);
	});

	test('has no arrow from a shared floor to one above it', () => {
		const wrong = arrows.filter(
			({ from, to }) => from.startsWith('shared') && FLOORS.indexOf(roomOf(from)) < FLOORS.indexOf(roomOf(to)),
		);
		expect(wrong).toEqual([]);
	});

	test('has no circle of files', () => {
		expect(circles()).toEqual([]);
	});

	test('shares only what two use, by whatever way; the one reading of what Cal.com sends stays in one place', () => {
		const reached = [...users].map((user) => reachedFrom(files.filter((file) => user === roomOf(file))));
		const fromCredentials = readdirSync(CREDENTIALS).map((file) =>
			reachedFrom(importsOf(path.join('../credentials', file))),
		);
		const usedBy = (file: string): number => [...reached, ...fromCredentials].filter((all) => all.has(file)).length;
		const lonely = files.filter(
			(file) => file.startsWith('shared') && !READING.includes(roomOf(file)) && usedBy(file) < 2,
		);
		expect(lonely).toEqual([]);
	});
});
