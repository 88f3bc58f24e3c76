// The parameters of a template's node, worked out as n8n does with one item.
import { DateTime } from 'luxon';
import { z } from 'zod';
import { readTemplate, settingsOf } from '../../support/template.mts';

type Item = Record<string, unknown>;
/** What the other nodes have handed on, by their name. */
type Others = Readonly<Record<string, Item | readonly Item[]>>;

/** What a model answers when a tool asks it for a value. */
type FromModel = (name: string) => unknown;

const noModel: FromModel = (name) => {
	throw new Error(`This test has no model that tells "${name}"`);
};

function evaluate(expression: string, $json: Item, others: Others, fromModel: FromModel): unknown {
	const $ = (name: string) => {
		const given = others[name];
		if (given === undefined) throw new Error(`This test gives nothing for the node "${name}"`);
		const items = (isList(given) ? given : [given]).map((json) => ({ json }));
		return { first: () => items[0], last: () => items.at(-1), item: items[0], all: () => items, isExecuted: true };
	};
	const run = new Function('$json', '$', 'DateTime', '$fromAI', `return (${expression})`);
	const value: unknown = run($json, $, DateTime, fromModel);
	return value;
}

const isList = (given: Item | readonly Item[]): given is readonly Item[] => Array.isArray(given);

/** `=Hello {{ $json.name }}` with its values. */
export function workedOut(parameter: string, json: Item, others: Others = {}, fromModel = noModel): string {
	if (!parameter.startsWith('=')) return parameter;
	return parameter
		.slice(1)
		.replaceAll(/\{\{(.*?)\}\}/gs, (_all, expression: string) =>
			String(evaluate(expression, json, others, fromModel) ?? ''),
		);
}

/** What these parameters of a node become, for an item that comes to it. */
export async function leaves(template: string, node: string, names: readonly string[], json: Item): Promise<string[]> {
	const workflow = await readTemplate(template);
	const found = workflow.nodes.find(({ name }) => name === node);
	if (found === undefined) throw new Error(`${template} has no node "${node}"`);
	const parameters = z.record(z.unknown()).parse(found['parameters']);
	return names.map((name) => workedOut(z.string().parse(parameters[name]), json, { Settings: settingsOf(workflow) }));
}
