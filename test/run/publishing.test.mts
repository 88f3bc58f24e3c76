// Who may publish runs nothing of anybody else: one bad dependency must not get at npm with our name.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const read = (...path: string[]) => readFileSync(join(ROOT, ...path), 'utf8');
const WORKFLOWS = readdirSync(join(ROOT, '.github/workflows'));

/** The jobs of a workflow, by name. */
function jobsOf(text: string): Map<string, string> {
	const [, jobs = ''] = text.split(/^jobs:\n/m);
	const parts = jobs.split(/^ {2}([\w-]+):\n/m).slice(1);
	return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? '']] : [])));
}

const steps = (job: string) => [...job.matchAll(/^ +(?:- )?(?:uses|run): (.+)$/gm)].map(([, step = '']) => step);

test.each(WORKFLOWS)('%s takes every action of somebody else by its commit', (file) => {
	const used = [...read('.github/workflows', file).matchAll(/uses: (?!\.\/)(\S+)/g)].map(([, name = '']) => name);
	expect(used.filter((name) => !/@[0-9a-f]{40}$/.test(name))).toEqual([]);
});

test('one job may sign in to npm, and it neither checks out, nor installs, nor runs a script of a package', () => {
	const all = WORKFLOWS.flatMap((file) => [...jobsOf(read('.github/workflows', file))].map((job) => [file, ...job]));
	const trusted = all.filter(([, , text = '']) => text.includes('id-token'));
	expect(trusted.map(([file, name]) => [file, name])).toEqual([['publish.yml', 'publish']]);
	const kinds = steps(trusted[0]?.[2] ?? '').map((step) => step.replace(/@.*$/, ''));
	expect(kinds).toEqual([
		'actions/setup-node',
		'actions/download-artifact',
		'npm publish ./packed/*.tgz --provenance --access public --ignore-scripts',
	]);
	// Above the jobs, where it would be everybody's.
	for (const file of WORKFLOWS)
		expect(read('.github/workflows', file).split(/^jobs:/m)[0]).toMatch(/^permissions:\n {2}contents: read\n/m);
});

test('what is published is the file that was tested', () => {
	const jobs = jobsOf(read('.github/workflows/publish.yml'));
	expect(jobs.get('publish')).toContain('needs: [long, pack]');
	const packing = steps(jobs.get('pack') ?? '');
	expect(packing.indexOf('bash .ci/run')).toBeGreaterThan(-1);
	expect(packing.findIndex((step) => step.startsWith('npm pack'))).toBeGreaterThan(packing.indexOf('bash .ci/run'));
});

test('pnpm is one version, and new versions of packages are a week old before they get into the lockfile', () => {
	expect(read('package.json')).toMatch(/"packageManager": "pnpm@\d+\.\d+\.\d+"/);
	expect(read('pnpm-workspace.yaml')).toMatch(/^minimumReleaseAge: 10080$/m);
});
