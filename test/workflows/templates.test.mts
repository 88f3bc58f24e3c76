// What every template must be, so that it imports without a warning and is safe with other people's data.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { embedded } from '../../workflows/embed-sql.mts';

const FOLDER = join(import.meta.dirname, '../../workflows');
const nodeSchema = z.object({
	id: z.string().uuid(),
	name: z.string(),
	type: z.string(),
	typeVersion: z.number(),
	position: z.tuple([z.number(), z.number()]),
	parameters: z.record(z.unknown()),
	credentials: z.undefined(),
});
const workflowSchema = z.object({
	name: z.string(),
	nodes: z.array(nodeSchema),
	// Each kind of connection: main, and those of an AI Agent to its model, memory and tools.
	connections: z.record(
		z.record(z.array(z.array(z.object({ node: z.string(), type: z.string(), index: z.number() })))),
	),
	settings: z.object({ executionOrder: z.literal('v1') }),
});
const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const templates = files.map(
	(file) => [file, workflowSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')))] as const,
);

test('the SQL in the templates and in schema.sql is that of the .sql files', () => {
	for (const [file, text] of Object.entries(embedded())) expect(readFileSync(join(FOLDER, file), 'utf8')).toBe(text);
});

test.each(templates)('%s has nodes with names of their own, all connected', (_, { nodes, connections }) => {
	const names = nodes.map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	const targets = Object.values(connections).flatMap((kinds) =>
		Object.values(kinds)
			.flat(2)
			.map(({ node }) => node),
	);
	for (const name of [...targets, ...Object.keys(connections)]) expect(names).toContain(name);
	const lonely = nodes.filter(
		({ name, type }) => !type.endsWith('stickyNote') && !targets.includes(name) && !(name in connections),
	);
	expect(lonely).toEqual([]);
});

test.each(templates)('%s explains itself: one yellow note, white ones for its sections', (_, { nodes }) => {
	const colors = nodes.filter(({ type }) => type.endsWith('stickyNote')).map(({ parameters }) => parameters['color']);
	expect(colors.filter((color) => color === 1)).toHaveLength(1);
	expect(colors.filter((color) => color === 7).length).toBeGreaterThan(0);
});
