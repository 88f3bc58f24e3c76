// Workflows of one trigger and nothing that works after it.
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';

type Trigger = Pick<WorkflowNode, 'type' | 'credentials'> & {
	typeVersion: number;
	parameters?: Record<string, unknown>;
};

/** @param id at most 16 characters: n8n keeps no static data for longer ones */
export function triggerAlone(id: string, trigger: Trigger): Workflow {
	const nodes = [
		{ id: `${id}-trigger`, name: 'Trigger', position: [0, 0], webhookId: `hook-${id}`, parameters: {}, ...trigger },
		{
			id: `${id}-end`,
			name: 'End',
			type: 'n8n-nodes-base.noOp',
			typeVersion: 1,
			position: [240, 0],
			parameters: {},
		},
	];
	return {
		id,
		name: id,
		nodes,
		connections: { Trigger: { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
		settings: { executionOrder: 'v1' },
	};
}

export const emptyTrigger = (): Workflow =>
	triggerAlone('bench-empty', { type: 'n8n-nodes-empty-trigger.emptyTrigger', typeVersion: 2 });
