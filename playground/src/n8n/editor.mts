// What a person does in n8n's editor, done through the same REST interface the editor uses: make the owner
// account, sign in, save credentials and workflows, switch workflows on, press Execute, look at executions.
import { setTimeout as sleep } from 'node:timers/promises';
import { FetchError, ofetch } from 'ofetch';
import { z } from 'zod';
import { openFlatted } from './flatted.mts';
import { type RestDifferences, n8nInstallation } from './versions.mts';

export interface Login {
	email: string;
	/** n8n wants 8 characters or more, a digit and a capital letter. */
	password: string;
}

export interface Credential {
	name: string;
	type: string;
	data: Record<string, unknown>;
}

/** n8n takes longer ids too, but keeps no static data for them: n8n 1 above 16 characters, n8n 2 above 21. */
const LONGEST_ID = 16;

/** A workflow as exported, with the id it is to have. */
export interface Workflow {
	/** At most 16 characters. */
	id: string;
	name: string;
	nodes: WorkflowNode[];
	connections: Record<string, unknown>;
	settings?: Record<string, unknown>;
	meta?: Record<string, unknown> | null;
}

export interface WorkflowNode {
	id?: string;
	name: string;
	type: string;
	webhookId?: string;
	credentials?: Record<string, { id: string; name: string }>;
	[field: string]: unknown;
}

export interface Execution {
	id: string;
	workflowId: string;
	/** success, error, crashed, running, waiting, new, canceled */
	status: string;
	/** How it was started, e.g. `manual`, `webhook`. */
	mode: string;
}

export interface ExecutionDetail extends Execution {
	/** The error that ended it, with the node it happened in. */
	error: { message: string; node: string | null } | null;
	/** Node name -> the items of its first output in its last run. */
	output: Record<string, unknown[]>;
}

const envelope = <T extends z.ZodTypeAny>(data: T) => z.object({ data });
const executionSchema = z.object({ id: z.string(), workflowId: z.string(), status: z.string(), mode: z.string() });
const itemSchema = z.object({ json: z.unknown() });
const outputSchema = z.object({ main: z.array(z.array(itemSchema).nullish()) }).partial();
const resultSchema = z.object({
	error: z.object({ message: z.string(), node: z.object({ name: z.string() }).optional() }).optional(),
	runData: z.record(z.array(z.object({ data: outputSchema.optional() }))).default({}),
});
// Nothing is in it yet while an execution runs.
const runDataSchema = z.object({ resultData: resultSchema.default({}) }).default({});
const savedWorkflowSchema = z.object({ id: z.string(), versionId: z.string(), active: z.boolean() });
const foundWorkflowSchema = savedWorkflowSchema.extend({
	name: z.string(),
	nodes: z.array(
		z
			.object({
				name: z.string(),
				type: z.string(),
				credentials: z.record(z.object({ id: z.string(), name: z.string() })).optional(),
			})
			.passthrough(),
	),
	connections: z.record(z.unknown()),
	settings: z
		.record(z.unknown())
		.nullish()
		.transform((settings) => settings ?? {}),
	meta: z.record(z.unknown()).nullish(),
});
const publicationSchema = envelope(
	z.object({
		status: z.string(),
		triggers: z.array(z.object({ status: z.string(), errorMessage: z.string().nullish() })),
	}),
);
const RUNNING = new Set(['new', 'running', 'waiting', 'unknown']);

export type Editor = ReturnType<typeof editorOf>;

/**
 * Signs in to the n8n at `url`, making the owner account first where n8n has none yet.
 * All functions throw an Error with n8n's own message when n8n refuses.
 */
export async function openEditor(url: string, login: Login): Promise<Editor> {
	const settings = await call(url, '/rest/settings', {});
	const fresh = envelope(z.object({ userManagement: z.object({ showSetupOnFirstLoad: z.boolean() }) })).parse(
		settings.body,
	);
	const signIn = fresh.data.userManagement.showSetupOnFirstLoad
		? await call(url, '/rest/owner/setup', {
				method: 'POST',
				body: { ...login, firstName: 'Playground', lastName: 'Owner' },
			})
		: await call(url, '/rest/login', {
				method: 'POST',
				body: { emailOrLdapLoginId: login.email, password: login.password },
			});
	return editorOf(url, signIn.cookies.map((text) => text.split(';')[0]).join('; '));
}

/**
 * The editor of somebody who is signed in already: n8n lets nobody sign in more than a few times in five minutes.
 * @param rest how this n8n is spoken to
 */
export function editorOf(url: string, cookie: string, rest: RestDifferences = n8nInstallation().rest) {
	const request = async (path: string, method = 'GET', body?: Record<string, unknown>) =>
		(await call(url, `/rest${path}`, { method, body, headers: { cookie } })).body;

	/** n8n registers and deregisters triggers after it has answered, and keeps what came of it. */
	const untilSettled = async (id: string, timeoutMs: number) => {
		if (!rest.publishesLater) return { status: 'published', triggers: [] };
		for (const deadline = Date.now() + timeoutMs; ; await sleep(50)) {
			const { data } = publicationSchema.parse(await request(`/workflows/${id}/publication-status`));
			if (data.status !== 'in_progress') return data;
			if (Date.now() > deadline)
				throw new Error(`Publishing ${id} is still under way after ${String(timeoutMs / 1000)} s.`);
		}
	};

	const isThere = async (id: string) => {
		if (!rest.saysWhetherThere) {
			const list = envelope(z.array(z.object({ id: z.string() }))).parse(await request('/workflows'));
			return list.data.some((known) => known.id === id);
		}
		return envelope(z.object({ exists: z.boolean() })).parse(await request(`/workflows/${id}/exists`)).data.exists;
	};

	const editor = {
		url,
		/** The session cookie, `name=value`. */
		cookie,
		request,

		/** Saves a credential under its name and type; the one of that name is updated. */
		async saveCredential(credential: Credential): Promise<{ id: string; name: string }> {
			const list = envelope(z.array(z.object({ id: z.string(), name: z.string(), type: z.string() })));
			const known = list.parse(await request('/credentials')).data;
			const same = known.find(({ name, type }) => name === credential.name && type === credential.type);
			const answer = same
				? await request(`/credentials/${same.id}`, 'PATCH', { ...credential })
				: await request('/credentials', 'POST', { ...credential });
			return { id: envelope(z.object({ id: z.string() })).parse(answer).data.id, name: credential.name };
		},

		/** The workflow of that id, or null. */
		async findWorkflow(id: string) {
			if (!(await isThere(id))) return null;
			return envelope(foundWorkflowSchema).parse(await request(`/workflows/${id}`)).data;
		},

		/** Saves a workflow under its id, replacing the one of that id. An active one stays as published until activated again. */
		async saveWorkflow(workflow: Workflow) {
			if (workflow.id.length > LONGEST_ID)
				throw new Error(`The id ${workflow.id} is too long: no trigger would remember anything.`);
			const known = await editor.findWorkflow(workflow.id);
			// n8n 1.x takes no id here: it goes in as `wantedId`, for the hook in `keep-ids.cjs`.
			const fresh = { active: false, wantedId: workflow.id, ...workflow };
			const answer = known
				? await request(`/workflows/${workflow.id}?forceSave=true`, 'PATCH', {
						...workflow,
						versionId: known.versionId,
					})
				: await request('/workflows', 'POST', fresh);
			return envelope(savedWorkflowSchema).parse(answer).data;
		},

		/** Publishes the workflow as saved and waits until its triggers have registered. Throws with a trigger's error when one has not. */
		async activate(id: string, timeoutMs = 30_000): Promise<void> {
			const saved = await editor.findWorkflow(id);
			if (!saved) throw new Error(`There is no workflow ${id}.`);
			await request(`/workflows/${id}/activate`, 'POST', { versionId: saved.versionId });
			const { status, triggers } = await untilSettled(id, timeoutMs);
			if (status === 'published') return;
			const failed = triggers.find((trigger) => trigger.status === 'failed');
			throw new Error(failed?.errorMessage ?? `The triggers of ${id} did not register (${status}).`);
		},

		/** Switches the workflow off and waits until its triggers have deregistered. */
		async deactivate(id: string, timeoutMs = 30_000): Promise<void> {
			await request(`/workflows/${id}/deactivate`, 'POST', {});
			await untilSettled(id, timeoutMs);
		},

		/** Removes the workflow and its executions. */
		async deleteWorkflow(id: string): Promise<void> {
			await request(`/workflows/${id}/archive`, 'POST', {});
			await untilSettled(id, 30_000);
			await request(`/workflows/${id}`, 'DELETE');
		},

		/** Presses Execute on a trigger. @returns id of the execution; null where the trigger listens for a test event now */
		async start(id: string, triggerName: string): Promise<string | null> {
			const sent = rest.runsWhatIsSaved ? {} : { workflowData: await editor.findWorkflow(id) };
			const body = { ...sent, triggerToStartFrom: { name: triggerName } };
			const answer = await request(`/workflows/${id}/run`, 'POST', body);
			return envelope(z.object({ executionId: z.string().optional() })).parse(answer).data.executionId ?? null;
		},

		/** Presses Execute on a trigger and waits for the end. Throws when the run does not succeed. */
		async run(id: string, triggerName: string, timeoutMs = 60_000): Promise<ExecutionDetail> {
			const executionId = await editor.start(id, triggerName);
			if (executionId === null) throw new Error(`"${triggerName}" waits to be called.`);
			const ended = await editor.untilEnded(executionId, timeoutMs);
			if (ended.status === 'success') return ended;
			const where = ended.error?.node ? ` in "${ended.error.node}"` : '';
			throw new Error(`The workflow ended with ${ended.status}${where}: ${ended.error?.message ?? 'no message'}`);
		},

		/** Waits until an execution has ended, however it ends. */
		async untilEnded(executionId: string, timeoutMs = 60_000): Promise<ExecutionDetail> {
			for (const deadline = Date.now() + timeoutMs; ; await sleep(50)) {
				const found = await editor.execution(executionId);
				if (found && !RUNNING.has(found.status)) return found;
				if (Date.now() > deadline)
					throw new Error(`Execution ${executionId} is still ${found?.status ?? 'not there'}.`);
			}
		},

		/** The newest executions of a workflow, newest first. */
		async executions(workflowId: string, limit = 20): Promise<Execution[]> {
			const filter = encodeURIComponent(JSON.stringify({ workflowId }));
			const answer = await request(`/executions?limit=${String(limit)}&filter=${filter}`);
			return envelope(z.object({ results: z.array(executionSchema) })).parse(answer).data.results;
		},

		/** One execution with its error and what each node put out; null while n8n has not stored it yet. */
		async execution(id: string): Promise<ExecutionDetail | null> {
			const answer = await request(`/executions/${id}`);
			// n8n answers with an empty body where it has none.
			const found = envelope(executionSchema.extend({ data: z.string() }))
				.optional()
				.parse(answer)?.data;
			if (!found) return null;
			const { error, runData } = runDataSchema.parse(openFlatted(found.data)).resultData;
			const output = Object.entries(runData).map(([node, runs]) => {
				const items = runs.at(-1)?.data?.main?.[0] ?? [];
				return [node, items.map((item) => item.json)] as const;
			});
			return {
				id: found.id,
				workflowId: found.workflowId,
				mode: found.mode,
				status: found.status,
				error: error ? { message: error.message, node: error.node?.name ?? null } : null,
				output: Object.fromEntries(output),
			};
		},
	};
	return editor;
}

interface CallOptions {
	method?: string;
	body?: Record<string, unknown>;
	headers?: Record<string, string>;
}

async function call(url: string, path: string, options: CallOptions): Promise<{ body: unknown; cookies: string[] }> {
	// An n8n on Node 22 that was busy closes a connection as idle just when it is used again: what reads asks once more.
	const retry = (options.method ?? 'GET') === 'GET' ? 2 : 0;
	try {
		const response = await ofetch.raw(`${url}${path}`, {
			...options,
			retry,
			// What ofetch calls an answer that never came.
			retryStatusCodes: [500],
			responseType: 'json',
		});
		return { body: response._data, cookies: response.headers.getSetCookie() };
	} catch (error) {
		if (!(error instanceof FetchError)) throw error;
		const said = z.object({ message: z.string() }).safeParse(error.data);
		const what = said.success ? said.data.message : error.message;
		throw new Error(`n8n refused ${options.method ?? 'GET'} ${path}: ${what}`, { cause: error });
	}
}
