// A workflow of nothing but items and the Cal.com node, against a Cal.com stand-in of the test's own.
import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { openFlatted } from '../../../playground/src/n8n/flatted.mts';
import type { E2e } from './e2e.mts';
import { calComCredential } from './trigger-workflow.mts';

export const CALCOM = 'n8n-nodes-calcom-sync.calCom';
const NODE = 'Cal.com';

type Fields = Record<string, unknown>;

export interface Action {
	/** Parameters of the node; expressions see the item, e.g. `={{ $json.uid }}`. */
	parameters: Fields;
	/** What goes in; one item without fields when absent. Each one's `n` says which came out of it. */
	items?: Fields[];
	/** What happens to an item that fails; the workflow stops when absent. */
	onError?: 'continueRegularOutput' | 'continueErrorOutput';
	/** Does not look which item came out of which: for outputs of thousands. */
	unpaired?: boolean;
}

export interface Outcome {
	items: Fields[];
	/** For each item that came out, the `n` of the item it came from, as n8n knows it. */
	from: unknown[];
	/** What the node tells the user beside its output. */
	hints: string[];
}

export interface ActionRunner {
	cal: CalCom;
	/** @throws Error with the node's message when the workflow fails */
	run(action: Action): Promise<Outcome>;
	/** The same for one item in, one out. */
	one(resource: string, operation: string, parameters?: Fields): Promise<Fields>;
	stop(): Promise<void>;
}

const link = (node: string, type = 'main') => ({ [type]: [[{ node, type, index: 0 }]] });

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Fields,
	more: Fields = {},
): WorkflowNode => ({
	id: name.toLowerCase().replaceAll(/\W+/g, '-'),
	name,
	type,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});

const start = node('Start', 'n8n-nodes-base.manualTrigger', 1, {});

/** Nodes that hand on these items, each with its number. */
const given = (items: Fields[]): WorkflowNode[] => [
	start,
	node('List', 'n8n-nodes-base.set', 3.4, {
		mode: 'raw',
		jsonOutput: JSON.stringify({ items: items.map((item, n) => ({ n, ...item })) }),
		options: {},
	}),
	node('Items', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
];

/** Asks n8n itself which item each one came from. */
const traced = node('Traced', 'n8n-nodes-base.set', 3.4, {
	mode: 'manual',
	assignments: {
		assignments: [{ id: 'from', name: 'from', type: 'number', value: "={{ $('Items').item.json.n }}" }],
	},
	options: {},
});

function workflowOf(id: string, action: Action, credential: { id: string; name: string }): Workflow {
	const calCom = node(NODE, CALCOM, 1, action.parameters, {
		credentials: { calComApi: credential },
		...(action.onError ? { onError: action.onError } : {}),
	});
	return {
		id,
		name: id,
		nodes: [...given(action.items ?? [{}]), calCom, ...(action.unpaired ? [] : [traced])],
		connections: {
			Start: link('List'),
			List: link('Items'),
			Items: link(NODE),
			...(action.unpaired ? {} : { [NODE]: link('Traced') }),
		},
		settings: { executionOrder: 'v1' },
	};
}

const hintsSchema = z.object({
	resultData: z.object({
		runData: z.record(z.array(z.object({ hints: z.array(z.object({ message: z.string() })).optional() }))),
	}),
});

async function hintsOf(e2e: E2e, executionId: string): Promise<string[]> {
	const answer = await e2e.editor.request(`/executions/${executionId}`);
	const { data } = z.object({ data: z.object({ data: z.string() }) }).parse(answer).data;
	const { runData } = hintsSchema.parse(openFlatted(data)).resultData;
	return (runData[NODE] ?? []).flatMap(({ hints = [] }) => hints.map(({ message }) => message));
}

const fields = (list: unknown[] = []): Fields[] => z.array(z.record(z.unknown())).parse(list);

/** @param id at most 16 characters; names the workflow and its credential */
export async function openActions(
	e2e: E2e,
	id: string,
	options: Parameters<typeof startCalCom>[0] = {},
): Promise<ActionRunner> {
	const cal = await startCalCom(options);
	const { edition = 'selfHosted' } = options;
	const credential = await calComCredential(e2e, id, { apiKey: cal.apiKey, baseUrl: cal.url, edition });
	const run = async (action: Action): Promise<Outcome> => {
		await e2e.editor.saveWorkflow(workflowOf(id, action, credential));
		const ended = await e2e.editor.run(id, 'Start');
		return {
			items: fields(ended.output[NODE]),
			from: fields(ended.output['Traced']).map(({ from }) => from),
			hints: await hintsOf(e2e, ended.id),
		};
	};
	return {
		cal,
		run,
		async one(resource, operation, parameters = {}) {
			const { items } = await run({ parameters: { resource, operation, ...parameters } });
			const [item] = items;
			if (!item || items.length > 1) throw new Error(`Expected one item, got ${JSON.stringify(items)}`);
			return item;
		},
		async stop() {
			await e2e.editor.deleteWorkflow(id);
			await cal.stop();
		},
	};
}

/** Bytes that n8n's process holds; null where that cannot be seen. */
export function memoryOfN8n(n8n: string): number | null {
	const port = `N8N_PORT=${new URL(n8n).port}`;
	const read = (pid: string, file: string) => {
		try {
			return readFileSync(`/proc/${pid}/${file}`, 'utf8');
		} catch {
			// The process has ended, belongs to someone else, or there is no /proc here.
			return '';
		}
	};
	const pids = process.platform === 'linux' ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : [];
	const sizes = pids
		.filter((pid) => read(pid, 'environ').split('\0').includes(port))
		.map((pid) => Number(/VmRSS:\s+(\d+) kB/.exec(read(pid, 'status'))?.[1] ?? 0) * 1024);
	return sizes.length > 0 ? Math.max(...sizes) : null;
}

export { link, node, start };
