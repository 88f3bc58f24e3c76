// A template in n8n with a Cal.com of the test's own, so that nothing else hears of what happens there.
import { z } from 'zod';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import type { ExecutionDetail, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { attachCredentials } from '../../../playground/src/templates.mts';
import { type E2e, waitFor } from './e2e.mts';
import { readTemplate, seldom, withNodes, withSettings } from '../../support/template.mts';
import { calComCredential } from './trigger-workflow.mts';

type Fields = Record<string, unknown>;

const withParameters =
	(more: Fields) =>
	(node: WorkflowNode): WorkflowNode => ({
		...node,
		parameters: { ...z.record(z.unknown()).parse(node['parameters']), ...more },
	});

const RUNNING = new Set(['running', 'new', 'waiting']);

export interface TemplateAtCalCom {
	id: string;
	cal: CalCom;
	/** Saves it with other values in its Settings node, and other parameters of other nodes by their names. */
	save(settings?: Fields, parameters?: Record<string, Fields>): Promise<void>;
	/** Presses "Execute workflow". @throws Error with n8n's message when it fails */
	run(trigger: string, timeoutMs?: number): Promise<ExecutionDetail>;
	publish(): Promise<void>;
	unpublish(): Promise<void>;
	/** How many executions there are, once none is under way. */
	executions(): Promise<number>;
	close(): Promise<void>;
}

/**
 * @param id at most 16 characters
 * @param shared another workflow's Cal.com, and the address it is reached at; a new one when absent
 */
export async function openTemplateAtCalCom(
	e2e: E2e,
	slug: string,
	id: string,
	shared?: { cal: CalCom; baseUrl: string },
): Promise<TemplateAtCalCom> {
	const cal = shared?.cal ?? (await startCalCom({ rateLimit: 1_000 }));
	const calComApi = await calComCredential(e2e, id, { apiKey: cal.apiKey, baseUrl: shared?.baseUrl ?? cal.url });
	const template = seldom(await readTemplate(slug));
	const workflow = attachCredentials({ ...template, id, name: id }, { ...e2e.credentials, calComApi });
	return {
		id,
		cal,
		async save(settings = {}, parameters = {}) {
			const changes = Object.entries(parameters).map(([name, more]) => [name, withParameters(more)] as const);
			await e2e.editor.saveWorkflow(withNodes(withSettings(workflow, settings), Object.fromEntries(changes)));
		},
		run: (trigger, timeoutMs) => e2e.editor.run(id, trigger, timeoutMs),
		publish: () => e2e.editor.activate(id),
		unpublish: () => e2e.editor.deactivate(id),
		async executions() {
			return await waitFor(
				'all executions to end',
				async () => {
					const all = await e2e.editor.executions(id, 100);
					return all.every(({ status }) => !RUNNING.has(status)) && all.length;
				},
				{ timeout: 60_000 },
			);
		},
		async close() {
			await e2e.editor.deleteWorkflow(id);
			if (!shared) await cal.stop();
		},
	};
}
