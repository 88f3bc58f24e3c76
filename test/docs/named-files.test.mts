// What the docs name is there: a promise names the test that proves it, and tests are moved now and then.
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = globSync('{*.md,docs/*.md,{workflows,stand-ins,playground,retool,test/bench}/README.md}', { cwd: ROOT });
/** In docs/security.md without the folder and the ending that all of them have. */
const SHORT = /^(nodes|workflows|e2e|playground|credentials|scaled|cost)\/[\w./-]+$/;
const WHOLE = /^(test|stand-ins|playground|workflows|nodes|credentials)\/[\w./*-]+$/;
/** Not files of this folder: a pattern for names, and names under which a package is imported. */
const NO_FILES = new Set(['workflows/NN-name.json', 'stand-ins/random', 'stand-ins/calcom/history']);

const isThere = (pattern: string): boolean => globSync(pattern, { cwd: ROOT }).length > 0;

function missing(doc: string): string[] {
	const named = [...readFileSync(join(ROOT, doc), 'utf8').matchAll(/`([^`\n]+)`/g)].map(([, name = '']) => name);
	const paths = named.filter((name) => (SHORT.test(name) || WHOLE.test(name)) && !NO_FILES.has(name));
	return paths.filter((path) => {
		const asTest = `test/${path}{.test.mts,.long.test.mts,.mts,}`;
		return !isThere(path) && !isThere(join(dirname(doc), path)) && !(SHORT.test(path) && isThere(asTest));
	});
}

test('the docs name many files', () => {
	expect(DOCS.length).toBeGreaterThan(15);
	const all = DOCS.map((doc) => readFileSync(join(ROOT, doc), 'utf8')).join('\n');
	expect([...all.matchAll(/`(?:test\/)?(?:nodes|workflows|e2e)\/[\w./*-]+`/g)].length).toBeGreaterThan(100);
});

test.each(DOCS)('%s names no file that is not there', (doc) => {
	expect(missing(doc)).toEqual([]);
});
