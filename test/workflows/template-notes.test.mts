// What a person meets who imports a template and reads its notes: nothing to look up, nothing that leads astray.
import { join } from 'node:path';
import { z } from 'zod';
import type { INodeTypeDescription } from 'n8n-workflow';
import { CalCom } from '../../nodes/CalCom/CalCom.node.ts';
import { CalComPollTrigger } from '../../nodes/CalComPollTrigger/CalComPollTrigger.node.ts';
import { CalComSync } from '../../nodes/CalComSync/CalComSync.node.ts';
import { CalComTrigger } from '../../nodes/CalComTrigger/CalComTrigger.node.ts';
import type { Workflow, WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { readTemplates } from '../../playground/src/templates.mts';

const OWN = 'n8n-nodes-calcom-sync.';
const templates = await readTemplates(join(import.meta.dirname, '../../workflows'));
const described = new Map<string, INodeTypeDescription>(
	[CalCom, CalComPollTrigger, CalComSync, CalComTrigger].map((Node): [string, INodeTypeDescription] => {
		const { description } = new Node();
		return [`${OWN}${description.name}`, description];
	}),
);

const noteSchema = z.object({ content: z.string(), color: z.number() });
const isNote = ({ type }: WorkflowNode) => type === 'n8n-nodes-base.stickyNote';
const notes = ({ nodes }: Workflow) => nodes.filter(isNote).map(({ parameters }) => noteSchema.parse(parameters));
const explanation = (workflow: Workflow) => notes(workflow).find(({ color }) => color === 1)?.content ?? '';
const isTrigger = ({ type }: WorkflowNode) => /trigger$|\.webhook$/i.test(type);
const parametersOf = ({ parameters }: WorkflowNode) => z.record(z.unknown()).parse(parameters);

/** Of an agent's tool, that of the node which it is made from. */
function descriptionOf({ type, name }: WorkflowNode): INodeTypeDescription {
	const found = described.get(type) ?? described.get(type.replace(/Tool$/, ''));
	if (found) return found;
	throw new Error(`"${name}" is of no type of ours: ${type}`);
}

test.each(templates)(
	'$slug says how each node of ours signs in, so that n8n fills in the credential',
	({ workflow }) => {
		// n8n looks at what is written, not at what is the default.
		const unsaid = workflow.nodes
			.filter(({ type }) => type.startsWith(OWN))
			.filter((node) => {
				const asked = descriptionOf(node).properties.some(({ name }) => name === 'authentication');
				return asked && parametersOf(node)['authentication'] !== 'apiKey';
			});
		expect(unsaid.map(({ name }) => name)).toEqual([]);
	},
);

test.each(templates)('$slug names the nodes whose credential n8n never fills in', ({ workflow }) => {
	const requests = workflow.nodes.filter(({ type }) => type === 'n8n-nodes-base.httpRequest');
	for (const { name } of requests) expect(explanation(workflow)).toContain(`*${name}*`);
});

test.each(templates)('$slug asks for no credential that n8n has filled in', ({ workflow }) => {
	expect(explanation(workflow)).not.toMatch(/each Postgres node|choose your [\w\\. ]+ credential/);
	expect(explanation(workflow)).toMatch(/n8n has filled in|no database/);
});

test.each(templates.filter(({ workflow }) => workflow.nodes.filter(isTrigger).length > 1))(
	'$slug names the trigger to press: the big button starts one that n8n chooses',
	({ workflow }) => {
		const [, named] = /hover \*([^*]+)\* and press its own button/i.exec(explanation(workflow)) ?? [];
		expect(workflow.nodes.filter(isTrigger).map(({ name }) => name)).toContain(named);
	},
);

test.each(templates)('$slug has no link that nobody meant: n8n makes one of a bare name of a site', ({ workflow }) => {
	for (const { content } of notes(workflow)) {
		const text = content.replaceAll(/`[^`]*`/g, '');
		expect(text).not.toMatch(/(?<![\\\w])[\w-]+\.(com|eu|org|net)\b/i);
	}
});

test.each(templates)("$slug has no number of somebody's event type", ({ workflow }) => {
	const locatorSchema = z.object({ __rl: z.literal(true), value: z.string() });
	const ids = workflow.nodes
		.filter(({ type }) => type.startsWith(OWN))
		.flatMap((node) => Object.values(parametersOf(node)))
		.map((value) => locatorSchema.safeParse(value).data?.value ?? '');
	expect(ids.filter((id) => /^\d+$/.test(id))).toEqual([]);
});
