// One template of the folder `workflows/`, switched on by a test that wants it alone or with other settings.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { parseTemplate } from '../../playground/src/templates.mts';

const FOLDER = join(import.meta.dirname, '../../workflows');
const assignmentsSchema = z.object({
	assignments: z.object({
		assignments: z.array(z.object({ name: z.string(), value: z.unknown() }).passthrough()),
	}),
});

/** @param slug e.g. `07-book-with-availability` */
export async function readTemplate(slug: string): Promise<Workflow> {
	return parseTemplate(slug, await readFile(join(FOLDER, `${slug}.json`), 'utf8')).workflow;
}

/** The workflow with some of its nodes changed; throws when there is none of a name. */
export function withNodes(workflow: Workflow, changes: Record<string, (node: WorkflowNode) => WorkflowNode>): Workflow {
	const missing = Object.keys(changes).find((name) => workflow.nodes.every((node) => node.name !== name));
	if (missing !== undefined) throw new Error(`"${workflow.name}" has no node "${missing}".`);
	return { ...workflow, nodes: workflow.nodes.map((node) => changes[node.name]?.(node) ?? node) };
}

/** The workflow with other values in its Settings node; throws when it has no setting of a name. */
export function withSettings(workflow: Workflow, values: Record<string, unknown>): Workflow {
	return withNodes(workflow, {
		Settings(node) {
			const { assignments } = assignmentsSchema.parse(node['parameters']).assignments;
			const unknown = Object.keys(values).find((name) => assignments.every((one) => one.name !== name));
			if (unknown !== undefined) throw new Error(`"${workflow.name}" has no setting "${unknown}".`);
			const changed = assignments.map((one) => (one.name in values ? { ...one, value: values[one.name] } : one));
			return {
				...node,
				parameters: {
					...z.record(z.unknown()).parse(node['parameters']),
					assignments: { assignments: changed },
				},
			};
		},
	});
}
