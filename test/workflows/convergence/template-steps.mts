// What a template does with one delivery: its own SQL statements and values, read from the file that people import.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { z } from 'zod';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { settingsOf } from '../reminders/desk.mts';

const WORKFLOWS = join(import.meta.dirname, '../../../workflows');
const TRIGGER = 'Cal.com Trigger';

const rulesSchema = z.array(
	z.object({ match: z.enum(['titleContains', 'slugIs']), value: z.string(), name: z.string() }),
);
const workflowSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
	connections: z.record(
		z.object({ main: z.array(z.array(z.object({ node: z.string() })).nullable()) }).passthrough(),
	),
});
const triggerSchema = z.object({
	events: z.array(z.string()),
	bookingTypes: z.object({ rules: rulesSchema }),
});
const querySchema = z.object({
	operation: z.literal('executeQuery'),
	query: z.string(),
	options: z.object({ queryReplacement: z.string() }),
});

/** One PostgreSQL node. */
export interface Step {
	node: string;
	sql: string;
	/** What its query parameters are for this delivery, as n8n would make them of the node's expression. */
	values(event: CalComEvent, execution: string): string[];
}

export interface Template {
	name: 'lead-capture' | 'calendar-events';
	/** What its trigger listens to. */
	events: string[];
	bookingTypeRules: z.infer<typeof rulesSchema>;
	/** In the order of the connections; a step that gives no row ends the run. */
	steps: Step[];
}

const valuesSchema = z.array(z.string());
const read = (file: string) => workflowSchema.parse(JSON.parse(readFileSync(join(WORKFLOWS, file), 'utf8')));

/** What a step that was done hands on. Which columns these are PostgreSQL decides; templates ask whether they are there. */
const DONE: unknown = new Proxy({}, { get: () => 'done' });

type Evaluate = (json: unknown, items: Record<string, unknown>, execution: string) => string[];

/** Reads `={{ … }}` as a function of the items of the nodes before. Whatever else it names is not there, and fails. */
function expressionOf(expression: string): Evaluate {
	const code = /^=\{\{(.*)\}\}$/s.exec(expression)?.[1];
	if (code === undefined) throw new Error(`No expression: ${expression}`);
	const evaluate = z.function().parse(new Script(`($json, $, $execution) => (${code})`).runInThisContext());
	return (json, items, execution) => {
		const $ = (node: string) => {
			if (!(node in items)) throw new Error(`No node "${node}" comes before: ${expression}`);
			return { item: { json: items[node] } };
		};
		return valuesSchema.parse(evaluate(json, $, { id: execution }));
	};
}

function templateOf(name: Template['name'], file: string): Template {
	const { nodes, connections } = read(file);
	const named = (node: string) => {
		const found = nodes.find((one) => one.name === node);
		if (!found) throw new Error(`${file} has no node "${node}"`);
		return found;
	};
	const { events, bookingTypes } = triggerSchema.parse(named(TRIGGER).parameters);
	const settings = nodes.some((one) => one.name === 'Settings') ? { Settings: settingsOf(file) } : {};
	const steps: Step[] = [];
	let before = TRIGGER;
	for (let at = next(before); at !== undefined; before = at, at = next(at)) {
		const { type, parameters } = named(at);
		if (type === 'n8n-nodes-base.set') continue;
		const { query, options } = querySchema.parse(parameters);
		const directlyAfterTrigger = before === TRIGGER;
		const evaluate = expressionOf(options.queryReplacement);
		steps.push({
			node: at,
			sql: query,
			values: (event, execution) =>
				evaluate(directlyAfterTrigger ? event : DONE, { ...settings, [TRIGGER]: event }, execution),
		});
	}
	return { name, events, bookingTypeRules: bookingTypes.rules, steps };

	function next(node: string): string | undefined {
		return connections[node]?.main[0]?.[0]?.node;
	}
}

export const TEMPLATES: readonly Template[] = [
	templateOf('lead-capture', '01-lead-capture.json'),
	templateOf('calendar-events', '02-calendar-events.json'),
];

const queryOf = (file: string, node: string) =>
	z.object({ query: z.string() }).parse(read(file).nodes.find(({ name }) => name === node)?.parameters).query;

/** The reconcile of template 06: what it runs with bookings that were read from Cal.com, and its settings. */
export const RECONCILE = {
	sql: queryOf('06-backfill-and-reconcile.json', 'Apply What Was Missed'),
	settings: { ...settingsOf('06-backfill-and-reconcile.json'), dryRun: false },
};

/** The planning of template 03, with its settings as they ship. */
export const PLAN = {
	sql: queryOf('03-appointment-reminders.json', 'Plan the Reminders'),
	settings: settingsOf('03-appointment-reminders.json'),
};
