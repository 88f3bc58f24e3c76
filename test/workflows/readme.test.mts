// The README's list of templates is the folder's: every one with its name and the address to import it from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readTemplates } from '../../playground/src/templates.mts';

const ROOT = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(ROOT, file), 'utf8');
const templates = await readTemplates(join(ROOT, 'workflows'));
const { repository } = z.object({ repository: z.object({ url: z.string() }) }).parse(JSON.parse(read('package.json')));
const [, name] = /github\.com\/(.+)\.git$/.exec(repository.url) ?? [];
const addressOf = (slug: string) => `https://raw.githubusercontent.com/${String(name)}/main/workflows/${slug}.json`;
/** As n8n shows it, without the word that all of them begin with. */
const titleOf = ({ slug, workflow }: (typeof templates)[number]) =>
	`${slug.slice(0, 2)} ${workflow.name.replace(/^Cal\.com \d\d: /, '')}`;
/** GitHub's name of a heading. */
const anchorOf = (heading: string) => heading.toLowerCase().replaceAll(' ', '-');

const rows = read('README.md')
	.split('\n')
	.filter((line) => /^\| \[\d\d /.test(line))
	.map((line) => line.slice(2, -2).split(' | '));

test('lists the templates that there are, in their order, and counts them', () => {
	expect(rows.map(([title]) => title)).toEqual(
		templates.map((template) => `[${titleOf(template)}](workflows/README.md#${anchorOf(titleOf(template))})`),
	);
	expect(templates).toHaveLength(12);
	expect(read('README.md')).toContain('Twelve **templates**');
});

test('says of each what it needs, how many minutes it takes, how hard it is, and where to import it from', () => {
	for (const [at, { slug }] of templates.entries()) {
		const [, what, needs, minutes, difficulty, address] = rows[at] ?? [];
		expect(what?.length).toBeGreaterThan(10);
		expect(needs).toMatch(/\w/);
		expect(Number(minutes)).toBeGreaterThan(0);
		expect(difficulty).toMatch(/^(easy|medium|hard)$/);
		expect(address).toBe(`[import](${addressOf(slug)})`);
	}
});

test('the page of the templates has a section for each, with the same address, minutes and difficulty', () => {
	const sections = read('workflows/README.md')
		.split(/^## (?=\d\d )/m)
		.slice(1);
	expect(sections.map((section) => section.split('\n')[0])).toEqual(templates.map(titleOf));
	for (const [at, { slug }] of templates.entries()) {
		const [, , , minutes, difficulty] = rows[at] ?? [];
		const time = `${String(minutes)} ${minutes === '1' ? 'minute' : 'minutes'}, ${String(difficulty)}`;
		expect(sections[at]).toContain(`\n${time} · [import](${addressOf(slug)})\n`);
	}
});

test.each(['README.md', 'workflows/README.md'])('%s leads to no template that is not there', (file) => {
	const addresses = [...read(file).matchAll(/https:\/\/raw\.githubusercontent\.com\/[^\s)`]+/g)].map(([url]) => url);
	expect(addresses.filter((url) => !templates.some(({ slug }) => url === addressOf(slug)))).toEqual([]);
	expect(addresses).toContain(addressOf('10-quick-start-data-table'));
});
