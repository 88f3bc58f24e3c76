// What an n8n brings along that the templates and the nodes rely on: its own nodes with their versions, and the
// names that n8n-workflow exports.
//
//   node test/compat/what-n8n-has.mts test/compat/n8n-1
//
// writes it down as test/fixtures/n8n-1.123.json, so that the unit tests know without that n8n being installed.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { n8nInstallation } from '../../playground/src/n8n/versions.mts';

const PACKAGES = ['n8n-nodes-base', '@n8n/n8n-nodes-langchain'];

export const inventorySchema = z.object({
	/** n8n's version. */
	version: z.string(),
	/** Node type, e.g. `n8n-nodes-base.if` -> the versions of it that run. */
	nodes: z.record(z.array(z.number())),
	/** Names that can be imported from n8n-workflow. */
	exports: z.array(z.string()),
});
export type Inventory = z.infer<typeof inventorySchema>;

const typesSchema = z.array(z.object({ name: z.string(), version: z.union([z.number(), z.array(z.number())]) }));

/** @param folder as in `n8nInstallation`; default: the n8n of this workspace */
export function whatN8nHas(folder?: string): Inventory {
	const { version, program } = n8nInstallation(folder);
	const resolve = createRequire(program);
	const nodes = new Map<string, Set<number>>();
	for (const name of PACKAGES) {
		const file = join(dirname(resolve.resolve(`${name}/package.json`)), 'dist', 'types', 'nodes.json');
		for (const type of typesSchema.parse(JSON.parse(readFileSync(file, 'utf8')))) {
			const known = nodes.get(`${name}.${type.name}`) ?? new Set();
			nodes.set(`${name}.${type.name}`, new Set([...known, ...[type.version].flat()]));
		}
	}
	const sorted = [...nodes].sort(([a], [b]) => (a < b ? -1 : 1));
	return {
		version,
		nodes: Object.fromEntries(sorted.map(([name, versions]) => [name, [...versions].sort((a, b) => a - b)])),
		exports: Object.keys(z.record(z.unknown()).parse(resolve('n8n-workflow'))).sort(),
	};
}

if (process.argv[1] === import.meta.filename) {
	const inventory = whatN8nHas(process.argv[2]);
	const [major, minor] = inventory.version.split('.');
	const file = join(import.meta.dirname, '..', 'fixtures', `n8n-${String(major)}.${String(minor)}.json`);
	const lines = Object.entries(inventory.nodes).map(
		([name, versions]) => `\t\t"${name}": ${JSON.stringify(versions)}`,
	);
	const exports = inventory.exports.map((name) => `\t\t"${name}"`);
	writeFileSync(
		file,
		`{\n\t"version": "${inventory.version}",\n\t"nodes": {\n${lines.join(',\n')}\n\t},\n\t"exports": [\n${exports.join(',\n')}\n\t]\n}\n`,
	);
	console.log(`${file}: ${String(lines.length)} nodes, ${String(exports.length)} exports`);
}
