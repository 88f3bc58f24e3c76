// The templates and the nodes use nothing that one of the promised versions of n8n has not got.
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readTemplates } from '../../playground/src/templates.mts';
import { DIFFERENCES, announcement } from '../compat/differences.mts';
import { type Inventory, inventorySchema, whatN8nHas } from '../compat/what-n8n-has.mts';

const ROOT = join(import.meta.dirname, '../..');
const OLDEST = join(ROOT, 'test/fixtures/n8n-1.123.json');
const OWN = /^n8n-nodes-calcom-sync\./;

const versions: [string, Inventory][] = [
	['n8n 1.123', inventorySchema.parse(JSON.parse(readFileSync(OLDEST, 'utf8')))],
	['the n8n of this workspace', whatN8nHas()],
];
const templates = await readTemplates(join(ROOT, 'workflows'));

describe.each(versions)('%s', (_, { nodes, exports }) => {
	test.each(templates)('has every node of $slug in its version', ({ workflow }) => {
		const foreign = workflow.nodes.filter(({ type }) => !OWN.test(type));
		expect(foreign.length).toBeGreaterThan(0);
		const missing = foreign.filter(({ type, typeVersion }) => !nodes[type]?.includes(Number(typeVersion)));
		expect(missing.map(({ name, type, typeVersion }) => `${name}: ${type} ${String(typeVersion)}`)).toEqual([]);
	});

	test('exports what our nodes and credentials import', () => {
		const imported = new Set<string>();
		for (const file of globSync(['nodes/**/*.ts', 'credentials/**/*.ts'], { cwd: ROOT })) {
			const text = readFileSync(join(ROOT, file), 'utf8');
			for (const [, names = ''] of text.matchAll(/^import \{([^}]*)\} from 'n8n-workflow';/gms))
				for (const name of names.split(',').map((one) => one.trim()))
					if (name !== '' && !name.startsWith('type ')) imported.add(name);
		}
		expect(imported).toContain('NodeOperationError');
		expect([...imported].filter((name) => !exports.includes(name))).toEqual([]);
	});
});

describe('what is different on n8n 1.123', () => {
	test('is what docs/compatibility.md tells, no more and no less', () => {
		const [, table = ''] = readFileSync(join(ROOT, 'docs/compatibility.md'), 'utf8').split(
			'| what | on 1.123 |\n|---|---|\n',
		);
		const told = table.split('\n\n')[0]?.split('\n');
		expect(told).toEqual(Object.values(DIFFERENCES).map(({ about, text }) => `| ${about} | ${text} |`));
	});

	test('is announced there, and nowhere else', () => {
		const all = Object.keys(DIFFERENCES).length;
		expect(announcement({ version: '1.123.81' })).toHaveLength(1 + all);
		expect(announcement({ version: '2.41.1' })).toEqual(['n8n 2.41.1']);
	});
});
