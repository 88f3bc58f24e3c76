// A workflow of nothing but the Cal.com Trigger, to look at the trigger alone.
import type { Workflow } from '../../../playground/src/n8n/editor.mts';
import type { E2e } from './e2e.mts';

export interface TriggerWorkflow {
	workflow: Workflow;
	/** Where it listens once it is active. */
	url: string;
}

/** @param id at most 16 characters: n8n keeps no static data for longer ones */
export function triggerWorkflow(
	e2e: E2e,
	id: string,
	parameters: Record<string, unknown>,
	credential = e2e.credentials['calComApi'],
): TriggerWorkflow {
	const webhookId = `hook-${id}`;
	const trigger = {
		id: `${id}-trigger`,
		name: 'Cal.com Trigger',
		type: 'n8n-nodes-calcom-sync.calComTrigger',
		typeVersion: 2,
		position: [0, 0],
		webhookId,
		parameters,
		credentials: credential ? { calComApi: credential } : {},
	};
	const end = {
		id: `${id}-end`,
		name: 'End',
		type: 'n8n-nodes-base.noOp',
		typeVersion: 1,
		position: [240, 0],
		parameters: {},
	};
	return {
		workflow: {
			id,
			name: id,
			nodes: [trigger, end],
			connections: { 'Cal.com Trigger': { main: [[{ node: 'End', type: 'main', index: 0 }]] } },
			settings: { executionOrder: 'v1' },
		},
		url: `${e2e.n8n}/webhook/${webhookId}/calcom`,
	};
}

/** A further Cal.com credential, e.g. with a wrong key. */
export async function calComCredential(e2e: E2e, name: string, data: Record<string, unknown>) {
	const usual = {
		apiKey: e2e.calcom.apiKey,
		baseUrl: e2e.calcom.url,
		edition: 'selfHosted',
		webhookSecret: '',
		previousWebhookSecret: '',
	};
	return await e2e.editor.saveCredential({ name, type: 'calComApi', data: { ...usual, ...data } });
}

/** What the trigger handed over in each execution of the workflow, the oldest first. */
export async function handedOver(e2e: E2e, workflowId: string, limit = 100): Promise<unknown[]> {
	const executions = (await e2e.editor.executions(workflowId, limit)).toReversed();
	const details = await Promise.all(executions.map(({ id }) => e2e.editor.untilEnded(id)));
	return details.flatMap((detail) => detail.output['Cal.com Trigger'] ?? []);
}
