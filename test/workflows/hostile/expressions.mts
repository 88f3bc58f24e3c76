// The parameters of a template's node, worked out as n8n does with one item.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readTemplate, settingsOf } from '../../support/template.mts';

type Item = Record<string, unknown>;

function evaluate(expression: string, $json: Item, others: Readonly<Record<string, Item>>): unknown {
	const $ = (name: string) => {
		const json = others[name];
		if (json === undefined) throw new Error(`This test gives nothing for the node "${name}"`);
		const one = { json };
		return { first: () => one, last: () => one, item: one, all: () => [one], isExecuted: true };
	};
	const compiled: unknown = new Function('$json', '$', 'DateTime', `return (${expression})`)($json, $, DateTime);
	return compiled;
}

/** `=Hello {{ $json.name }}` with its values. */
export function workedOut(parameter: string, json: Item, others: Readonly<Record<string, Item>> = {}): string {
	if (!parameter.startsWith('=')) return parameter;
	return parameter
		.slice(1)
		.replaceAll(/\{\{(.*?)\}\}/gs, (_all, expression: string) => String(evaluate(expression, json, others) ?? ''));
}

/** What these parameters of a node become, for an item that comes to it. */
export async function leaves(template: string, node: string, names: readonly string[], json: Item): Promise<string[]> {
	const workflow = await readTemplate(template);
	const found = workflow.nodes.find(({ name }) => name === node);
	if (found === undefined) throw new Error(`${template} has no node "${node}"`);
	const parameters = z.record(z.unknown()).parse(found['parameters']);
	return names.map((name) => workedOut(z.string().parse(parameters[name]), json, { Settings: settingsOf(workflow) }));
}
