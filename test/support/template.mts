// One template of the folder `workflows/`, switched on by a test that wants it alone or with other settings.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { parseTemplate } from '../../playground/src/templates.mts';

const FOLDER = join(import.meta.dirname, '../../workflows');
const assignmentsSchema = z.object({
	assignments: z.object({
		assignments: z.array(
			z.object({ name: z.string(), value: z.unknown(), type: z.string().optional() }).passthrough(),
		),
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

const ONCE_A_MONTH: Record<string, Record<string, unknown>> = {
	'n8n-nodes-base.scheduleTrigger': {
		rule: { interval: [{ field: 'months', triggerAtDayOfMonth: 1, triggerAtHour: 4 }] },
	},
	'n8n-nodes-calcom-sync.calComPollTrigger': {
		pollTimes: { item: [{ mode: 'everyMonth', dayOfMonth: 1, hour: 4, minute: 0 }] },
	},
};

/** The workflow with its clocks far away: a run that no test asked for would come in between, now and then. */
export function seldom(workflow: Workflow): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const often = ONCE_A_MONTH[node.type];
		return often ? { ...node, parameters: { ...z.record(z.unknown()).parse(node['parameters']), ...often } } : node;
	});
	return { ...workflow, nodes };
}

/** The workflow with less time between the attempts of its steps: the same attempts, and nobody waits for them. */
export function impatient(workflow: Workflow): Workflow {
	const hurried = (node: WorkflowNode) => (node['retryOnFail'] === true ? { ...node, waitBetweenTries: 50 } : node);
	return { ...workflow, nodes: workflow.nodes.map(hurried) };
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

/** What its Settings node hands on, as far as it says so without an expression: `texts.en.reminder` lies in `texts`. */
export function settingsOf(workflow: Workflow): Record<string, unknown> {
	const node = workflow.nodes.find(({ name }) => name === 'Settings');
	const settings: Record<string, unknown> = {};
	for (const { name, value, type } of assignmentsSchema.parse(node?.['parameters']).assignments.assignments) {
		if (typeof value === 'string' && value.startsWith('=')) continue;
		// n8n opens what is written as text there.
		const written = typeof value === 'string' && (type === 'object' || type === 'array');
		put(settings, name.split('.'), written ? JSON.parse(value) : value);
	}
	return settings;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

function put(into: Record<string, unknown>, [first = '', ...rest]: string[], value: unknown): void {
	if (rest.length === 0) {
		into[first] = value;
		return;
	}
	const inner = isRecord(into[first]) ? into[first] : {};
	into[first] = inner;
	put(inner, rest, value);
}
