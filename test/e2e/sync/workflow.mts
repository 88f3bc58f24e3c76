// The table of services and Cal.com's event types in n8n: read, Cal.com Sync, write what came of it.
import { z } from 'zod';
import { type CalCom, type EventType, startCalCom } from 'stand-ins/calcom';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { openFlatted } from '../../../playground/src/n8n/flatted.mts';
import { link, node, start } from '../support/action-workflow.mts';
import type { E2e } from '../support/e2e.mts';
import { calComCredential } from '../support/trigger-workflow.mts';

type Fields = Record<string, unknown>;

const NODE = 'Cal.com Sync';
export type Output = 'changed' | 'conflicts' | 'unchanged' | 'onlyInCalCom' | 'onlyInRecords' | 'failed';

const TABLE = {
	schema: { __rl: true, mode: 'name', value: 'calcom' },
	table: { __rl: true, mode: 'name', value: 'services' },
};
const AUTO_MAP = { mappingMode: 'autoMapInputData', value: {}, matchingColumns: ['id'], schema: [] };
/** What the sync may write: whatever else an item says stays out of the table. */
const GUARDED = [
	'name, slug, description, duration_minutes, active',
	'calcom_event_type_id, sync_status, last_calcom_sync, sync_error, sync_state',
].join(', ');
const UPDATE_GUARDED = `UPDATE calcom.services AS service SET (${GUARDED}) =
	(SELECT ${GUARDED} FROM jsonb_populate_record(service, $1::jsonb))
	WHERE id = ($1::jsonb->>'id')::bigint`;

export interface SyncOptions {
	/** Parameters of the node, beside what and how it writes. */
	parameters?: Fields;
	/** Items instead of the rows of the table. What is only in Cal.com is then not brought in. */
	items?: Fields[];
	/** Only looks at what comes out, and writes nothing of it to the table. */
	unconnected?: boolean;
}

export interface Synced {
	output: Record<Output, Fields[]>;
	/** What the node says about the run. */
	hints: string[];
	/** Calls to Cal.com by method and path. */
	calls: Record<string, number>;
	/** How long the node itself took, in ms. */
	ms: number;
}

export interface Sync {
	cal: CalCom;
	/** @throws Error when no event type has the slug */
	eventType(slug: string): EventType;
	/** The owner's event types: the team's are not hers to keep in step. */
	theirs(): EventType[];
	/** @throws Error with n8n's message when the workflow fails */
	run(options?: SyncOptions): Promise<Synced>;
	stop(): Promise<void>;
}

function workflowOf(id: string, e2e: E2e, calComApi: { id: string; name: string }, options: SyncOptions): Workflow {
	const postgres = e2e.credentials['postgres'];
	if (!postgres) throw new Error('The playground has no credential for PostgreSQL.');
	const database = (name: string, parameters: Fields, more: Fields = {}): WorkflowNode =>
		node(name, 'n8n-nodes-base.postgres', 2.6, { ...TABLE, ...parameters }, { credentials: { postgres }, ...more });
	const update = (name: string) => database(name, { operation: 'update', columns: AUTO_MAP, options: {} });
	const { items } = options;
	const source: WorkflowNode[] = items
		? [
				node('List', 'n8n-nodes-base.set', 3.4, {
					mode: 'raw',
					jsonOutput: JSON.stringify({ items }),
					options: {},
				}),
				node('Services', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: 'items', options: {} }),
			]
		: [
				database(
					'Services',
					{ operation: 'executeQuery', query: 'SELECT * FROM calcom.services ORDER BY id', options: {} },
					{ alwaysOutputData: true },
				),
			];
	const sync = node(
		NODE,
		'n8n-nodes-calcom-sync.calComSync',
		1,
		{ resource: 'eventType', apply: 'write', ...options.parameters },
		{ credentials: { calComApi } },
	);
	const insert = database('Bring In', {
		operation: 'insert',
		columns: AUTO_MAP,
		options: { skipOnConflict: true },
	});
	// These say more than the table has columns for.
	const guarded = (name: string) =>
		database(name, {
			operation: 'executeQuery',
			query: UPDATE_GUARDED,
			options: { queryBatching: 'independently', queryReplacement: '={{ [JSON.stringify($json)] }}' },
		});
	const to = (name: string) => [{ node: name, type: 'main', index: 0 }];
	// In the order of the node's outputs.
	const main = [
		to('Write Changes'),
		to('Write Conflicts'),
		[],
		items ? [] : to('Bring In'),
		to('Write Orphans'),
		to('Write Failures'),
	];
	return {
		id,
		name: id,
		nodes: [
			start,
			...source,
			sync,
			insert,
			...['Write Conflicts', 'Write Orphans'].map(guarded),
			update('Write Failures'),
			// Of items that were not read from the table it may have other columns.
			items ? guarded('Write Changes') : update('Write Changes'),
		],
		connections: {
			Start: link(items ? 'List' : 'Services'),
			...(items ? { List: link('Services') } : {}),
			Services: link(NODE),
			...(options.unconnected ? {} : { [NODE]: { main } }),
		},
		settings: { executionOrder: 'v1' },
	};
}

const runSchema = z.object({
	executionTime: z.number(),
	hints: z.array(z.object({ message: z.string() })).default([]),
	data: z
		.object({ main: z.array(z.array(z.object({ json: z.record(z.unknown()) })).nullish()) })
		.default({ main: [] }),
});
const dataSchema = z.object({ resultData: z.object({ runData: z.record(z.array(z.unknown())) }) });

async function outcomeOf(e2e: E2e, executionId: string): Promise<Omit<Synced, 'calls'>> {
	const answer = await e2e.editor.request(`/executions/${executionId}`);
	const { data } = z.object({ data: z.object({ data: z.string() }) }).parse(answer).data;
	const { runData } = dataSchema.parse(openFlatted(data)).resultData;
	const run = runSchema.parse(runData[NODE]?.at(-1));
	const items = (at: number) => (run.data.main[at] ?? []).map(({ json }) => json);
	const output = {
		changed: items(0),
		conflicts: items(1),
		unchanged: items(2),
		onlyInCalCom: items(3),
		onlyInRecords: items(4),
		failed: items(5),
	} satisfies Record<Output, Fields[]>;
	return { output, hints: run.hints.map(({ message }) => message), ms: run.executionTime };
}

/** What template 05 adds to the table: it marks what people edit. Here the node is looked at alone. */
const marks = (e2e: E2e, what: 'DISABLE' | 'ENABLE') =>
	e2e.db.query(
		`ALTER TABLE calcom.services ${['service_edited', 'services_added', 'services_edited'].map((name) => `${what} TRIGGER ${name}`).join(', ')}`,
	);

/**
 * A workflow against a Cal.com of the test's own.
 *
 * @param id at most 16 characters; names the workflow and its credential
 * @param cal shared with another workflow; a new one when absent
 */
export async function openSync(e2e: E2e, id: string, cal?: CalCom): Promise<Sync> {
	const own = cal ?? (await startCalCom({ rateLimit: 1_000 }));
	const credential = await calComCredential(e2e, id, { apiKey: own.apiKey, baseUrl: own.url });
	if (!cal) await marks(e2e, 'DISABLE');
	let saved = '';
	const save = async (workflow: Workflow) => {
		const asText = JSON.stringify(workflow);
		if (asText !== saved) await e2e.editor.saveWorkflow(workflow);
		saved = asText;
	};
	return {
		cal: own,
		eventType(slug) {
			const found = own.state.eventTypes.find((candidate) => candidate.slug === slug);
			if (!found) throw new Error(`No event type has the slug ${slug}`);
			return found;
		},
		theirs: () => own.state.eventTypes.filter(({ ownerId }) => ownerId === 1),
		async run(options = {}) {
			await save(workflowOf(id, e2e, credential, options));
			own.requests.clear();
			const ended = await e2e.editor.run(id, 'Start', 180_000);
			const calls = own.requests.counts;
			return { ...(await outcomeOf(e2e, ended.id)), calls };
		},
		async stop() {
			await e2e.editor.deleteWorkflow(id);
			if (cal) return;
			await marks(e2e, 'ENABLE');
			await own.stop();
		},
	};
}

/** How many items came out where; outputs with none are left out. */
export const sizes = ({ output }: Synced): Partial<Record<Output, number>> =>
	Object.fromEntries(
		Object.entries(output)
			.map(([name, items]) => [name, items.length] as const)
			.filter(([, size]) => size > 0),
	);
