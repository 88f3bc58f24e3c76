// One workflow with nothing but the Cal.com Trigger, and what it has registered at Cal.com.
import { ofetch } from 'ofetch';
import { type E2e, openE2e } from '../support/e2e.mts';
import { triggerWorkflow } from '../support/trigger-workflow.mts';

export interface Webhook {
	id: string;
	subscriberUrl: string;
	triggers: string[];
	active: boolean;
	secret: string | null;
	payloadTemplate: string | null;
}

export const ID = 'registering';

export interface RegistrationDesk {
	e2e: E2e;
	/** Where the workflow listens once it is published. */
	listening: string;
	/** Asks Cal.com's API for what is below `data`. */
	api<T>(path: string, method?: string, body?: Record<string, unknown>): Promise<T>;
	/** The webhooks that lead to the workflow. */
	ours(path?: string): Promise<Webhook[]>;
	/** Saves the workflow with these parameters of the trigger, and publishes it. */
	activate(parameters?: Record<string, unknown>): Promise<void>;
	/** Takes the workflow away. */
	clear(): Promise<void>;
	/** What publishing a workflow says when it fails. */
	messageOf(id: string): Promise<string>;
}

export async function openRegistration(): Promise<RegistrationDesk> {
	const e2e = await openE2e();
	const listening = triggerWorkflow(e2e, ID, {}).url;
	const api = async <T,>(path: string, method = 'GET', body?: Record<string, unknown>): Promise<T> =>
		(
			await ofetch<{ data: T }>(`${e2e.calcom.url}${path}`, {
				method,
				body,
				headers: { authorization: `Bearer ${e2e.calcom.apiKey}`, 'cal-api-version': '2024-06-14' },
				retry: 0,
			})
		).data;
	return {
		e2e,
		listening,
		api,
		ours: async (path = '/webhooks') =>
			(await api<Webhook[]>(path)).filter(({ subscriberUrl }) => subscriberUrl === listening),
		async activate(parameters = {}) {
			await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ID, parameters).workflow);
			await e2e.editor.activate(ID);
		},
		async clear() {
			if (!(await e2e.editor.findWorkflow(ID))) return;
			await e2e.editor.deactivate(ID);
			await e2e.editor.deleteWorkflow(ID);
		},
		messageOf: (id) =>
			e2e.editor.activate(id, 60_000).then(
				() => 'it was published',
				(error: unknown) => (error instanceof Error ? error.message : String(error)),
			),
	};
}
