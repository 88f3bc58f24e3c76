// Workflows with the Cal.com Poll Trigger, which asks often enough for a test to wait for it.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { attachCredentials, parseTemplate } from '../../../playground/src/templates.mts';
import { link, node } from './action-workflow.mts';
import type { E2e } from './e2e.mts';

type Fields = Record<string, unknown>;
interface Credential {
	id: string;
	name: string;
}

export const POLL = 'Cal.com Poll Trigger';
const WEBHOOK = 'Cal.com Trigger';
const EVENT = 'Event';
/** Seconds between two polls. */
const EVERY = 2;

/** n8n refuses a schedule with more than one time a minute, but takes as many such schedules as one likes. */
const POLL_TIMES = {
	item: Array.from({ length: 60 / EVERY }, (_, at) => ({
		mode: 'custom',
		cronExpression: `${String(at * EVERY)} * * * * *`,
	})),
};

const pollTrigger = (parameters: Fields, calComApi: Credential): WorkflowNode =>
	node(
		POLL,
		'n8n-nodes-calcom-sync.calComPollTrigger',
		1,
		{ pollTimes: POLL_TIMES, ...parameters },
		{ credentials: { calComApi } },
	);

/** Nothing but the poll trigger. @param id at most 16 characters */
export function pollWorkflow(id: string, parameters: Fields, calComApi: Credential): Workflow {
	return {
		id,
		name: id,
		nodes: [pollTrigger(parameters, calComApi), node(EVENT, 'n8n-nodes-base.noOp', 1, {})],
		connections: { [POLL]: link(EVENT) },
		settings: { executionOrder: 'v1' },
	};
}

const optionsSchema = z.object({ operation: z.string().optional(), options: z.record(z.unknown()).default({}) });

/** A poll hands over several events at once: each one is a query of its own, so that items stay in pairs. */
function oneByOne(step: WorkflowNode): WorkflowNode {
	if (step.type !== 'n8n-nodes-base.postgres') return step;
	const parameters = z.record(z.unknown()).parse(step['parameters']);
	const { options } = optionsSchema.parse(parameters);
	return { ...step, parameters: { ...parameters, options: { ...options, queryBatching: 'independently' } } };
}

/**
 * The lead capture template, fed by the poll trigger, and by the webhook trigger too unless that is left out.
 *
 * @param id at most 16 characters
 */
export async function leadCapture(
	e2e: E2e,
	id: string,
	calComApi: Credential,
	{ webhook, parameters = {} }: { webhook: boolean; parameters?: Fields },
): Promise<Workflow> {
	const file = join(import.meta.dirname, '../../../workflows/01-lead-capture.json');
	const { workflow } = parseTemplate('01-lead-capture', await readFile(file, 'utf8'));
	// Whichever trigger it was: the steps see the event.
	const text = JSON.stringify(workflow.nodes).replaceAll(`$('${WEBHOOK}')`, `$('${EVENT}')`);
	const steps = z
		.array(z.object({ name: z.string(), type: z.string() }).passthrough())
		.parse(JSON.parse(text))
		.filter(({ type }) => type !== 'n8n-nodes-base.stickyNote')
		.filter(({ name }) => webhook || name !== WEBHOOK)
		.map((step) => (step.name === WEBHOOK ? { ...step, webhookId: `hook-${id}` } : step))
		.map(oneByOne);
	const first = workflow.connections[WEBHOOK];
	const nodes = [
		...attachCredentials({ ...workflow, nodes: steps }, { ...e2e.credentials, calComApi }).nodes,
		pollTrigger({ bookingTypes: bookingTypesOf(workflow), ...parameters }, calComApi),
		node(EVENT, 'n8n-nodes-base.noOp', 1, {}),
	];
	const rest = Object.entries(workflow.connections).filter(([name]) => name !== WEBHOOK);
	return {
		...workflow,
		id,
		name: id,
		nodes,
		connections: {
			...Object.fromEntries(rest),
			...(webhook ? { [WEBHOOK]: link(EVENT) } : {}),
			[POLL]: link(EVENT),
			[EVENT]: first,
		},
	};
}

/** What the template's trigger calls the kinds of booking. */
function bookingTypesOf({ nodes }: Workflow): unknown {
	const parameters = nodes.find(({ name }) => name === WEBHOOK)?.['parameters'];
	return z.record(z.unknown()).parse(parameters)['bookingTypes'];
}

const eventSchema = z
	.object({ event: z.string(), eventKey: z.string(), source: z.string(), changes: z.unknown(), booking: z.unknown() })
	.passthrough();
export type Emitted = z.infer<typeof eventSchema>;

/** What the poll trigger handed over in each run of the workflow that it started, the oldest first. */
export async function polled(e2e: E2e, workflowId: string): Promise<Emitted[][]> {
	const executions = (await e2e.editor.executions(workflowId, 100)).toReversed();
	const details = await Promise.all(executions.map(({ id }) => e2e.editor.untilEnded(id)));
	const runs = details.map((detail) => z.array(eventSchema).parse(detail.output[POLL] ?? []));
	return runs.filter((events) => events.length > 0);
}
