/*
 * Writes what is known of the operations from their tests: the schema of what each gives, for the
 * editor, and the routes that each asks, for the coverage table. Run it when an operation changes:
 * node test/nodes/CalCom/support/write-schemas.mts
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Shape } from './shape.mts';
import { merge } from './shape.mts';

interface Seen {
	shapes: Shape[];
	asked: string[];
}

const root = path.resolve(import.meta.dirname, '../../../..');
const schemas = path.join(root, 'nodes/CalCom/__schema__/v1.0.0');
const collected = mkdtempSync(path.join(tmpdir(), 'calcom-outputs-'));

const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js'];
const { status } = spawnSync(process.execPath, [...jest, 'test/nodes/CalCom/', '--selectProjects=unit'], {
	cwd: root,
	stdio: 'inherit',
	env: { ...process.env, CALCOM_COLLECT_OUTPUTS: collected },
});
// The tests of what is written here may well have failed: that is what this is for.
if (status !== 0) console.warn('Some tests failed; what the others gave is used all the same.');

/** The fullest sample names fields in the order in which people know them, and the next run writes the same. */
const fullestFirst = (a: string, b: string): number => b.length - a.length || (a < b ? -1 : 1);
const inside = (folder: string): string[] => readdirSync(folder).sort();
const writeJson = (file: string, value: unknown): void => writeFileSync(file, `${JSON.stringify(value, null, '\t')}\n`);

const routes: Record<string, string[]> = {};
rmSync(schemas, { recursive: true, force: true });
for (const resource of inside(collected)) {
	mkdirSync(path.join(schemas, resource), { recursive: true });
	for (const operation of inside(path.join(collected, resource))) {
		const place = path.join(collected, resource, operation);
		const texts = inside(place).map((file) => readFileSync(path.join(place, file), 'utf8'));
		const seen = texts.sort(fullestFirst).map((text) => JSON.parse(text) as Seen);
		routes[`${resource}:${operation}`] = [...new Set(seen.flatMap(({ asked }) => asked))].sort();
		const shapes = seen.flatMap((one) => one.shapes);
		const schema = shapes.reduce<Shape | null>((a, b) => merge(a, b, `${resource}/${operation}`), null);
		if (schema !== null) writeJson(path.join(schemas, resource, `${operation}.json`), { ...schema, version: 1 });
	}
}
writeJson(path.join(root, 'test/fixtures/operation-routes.json'), routes);
rmSync(collected, { recursive: true });
