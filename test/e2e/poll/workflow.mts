// The Cal.com Poll Trigger, which asks often enough for a test to wait for it, and what it hands over.
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { link, node } from '../support/action-workflow.mts';
import type { E2e } from '../support/e2e.mts';

type Fields = Record<string, unknown>;
export interface Credential {
	id: string;
	name: string;
}

export const POLL = 'Cal.com Poll Trigger';
/** Where the workflow goes on from. */
export const EVENT = 'Event';
/**
 * A poll each second. n8n refuses a schedule with more than one time a minute, but takes as many such schedules as
 * one likes.
 */
const POLL_TIMES = {
	item: Array.from({ length: 60 }, (_, second) => ({
		mode: 'custom',
		cronExpression: `${String(second)} * * * * *`,
	})),
};

export const pollTrigger = (parameters: Fields, calComApi: Credential): WorkflowNode =>
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
