// The package's workflow templates, made ready for an n8n: a stable id each, credentials attached.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Credential, Editor, Workflow } from './n8n/editor.mts';
import type { Postgres } from './postgres.mts';

const PACKAGE = 'n8n-nodes-calcom-sync';
const TRIGGER = `${PACKAGE}.calComTrigger`;

/** Which credential the nodes of a type need. */
const NEEDS = [
	{ nodeType: new RegExp(`^${PACKAGE}\\.`), credential: 'calComApi' },
	{ nodeType: /^n8n-nodes-base\.postgres$/, credential: 'postgres' },
];

const nodeSchema = z.object({ name: z.string(), type: z.string() }).passthrough();
const exportSchema = z.object({
	name: z.string(),
	nodes: z.array(nodeSchema),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()).optional(),
});

/** Credential type -> the saved credential of that type. */
export type SavedCredentials = Record<string, { id: string; name: string }>;

export interface Template {
	/** File name without ending, e.g. `01-lead-capture`. */
	slug: string;
	workflow: Workflow;
}

/** Reads all templates of a folder, in the order of their names. Throws naming the file that is no workflow. */
export async function readTemplates(folder: string): Promise<Template[]> {
	const files = (await readdir(folder)).filter((file) => /^\d\d-.*\.json$/.test(file)).sort();
	return await Promise.all(
		files.map(async (file) => {
			try {
				return parseTemplate(basename(file, '.json'), await readFile(join(folder, file), 'utf8'));
			} catch (cause) {
				throw new Error(`${file} is no workflow that n8n can import.`, { cause });
			}
		}),
	);
}

/**
 * Opens one export. The id is made from the file's number, so that the next start finds the workflow again.
 * n8n takes longer ids too, but above 21 characters it does not keep a workflow's static data: no trigger works then.
 */
export function parseTemplate(slug: string, text: string): Template {
	const { name, nodes, connections, settings } = exportSchema.parse(JSON.parse(text));
	return { slug, workflow: { id: `calcom-${slug.slice(0, 2)}`, name, nodes, connections, settings } };
}

/** The workflow with each node's credential filled in. Throws when there is none of a type that a node needs. */
export function attachCredentials(workflow: Workflow, saved: SavedCredentials): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const need = NEEDS.find(({ nodeType }) => nodeType.test(node.type));
		if (!need) return node;
		const credential = saved[need.credential];
		if (!credential) throw new Error(`"${node.name}" needs a credential of type ${need.credential}.`);
		return { ...node, credentials: { ...node.credentials, [need.credential]: credential } };
	});
	return { ...workflow, nodes };
}

/** Whether a workflow is started by Cal.com, and so has to be switched on. */
export const isTriggered = (workflow: Workflow) => workflow.nodes.some((node) => node.type === TRIGGER);

/** The node that "Execute workflow" starts from, or null. */
export function manualTrigger(workflow: Workflow): string | null {
	return workflow.nodes.find((node) => node.type === 'n8n-nodes-base.manualTrigger')?.name ?? null;
}

/** Tells two states of a template apart. Kept in the saved workflow's `meta`. */
export function fingerprint(workflow: Workflow): string {
	return createHash('sha256').update(JSON.stringify(workflow)).digest('hex').slice(0, 16);
}

/**
 * Saves a template in n8n. A workflow saved from the same template before is left alone: people may have changed it.
 * @returns whether it was saved
 */
export async function importTemplate(editor: Editor, workflow: Workflow): Promise<boolean> {
	const mark = fingerprint(workflow);
	const known = await editor.findWorkflow(workflow.id);
	if (known?.meta?.['playgroundTemplate'] === mark) return false;
	await editor.saveWorkflow({ ...workflow, meta: { ...workflow.meta, playgroundTemplate: mark } });
	return true;
}

/** The two credentials that the templates use. */
export function playgroundCredentials(postgres: Postgres, calcom: { url: string; apiKey: string }): Credential[] {
	return [
		{
			name: 'Cal.com (playground)',
			type: 'calComApi',
			data: {
				apiKey: calcom.apiKey,
				baseUrl: calcom.url,
				edition: 'selfHosted',
				webhookSecret: '',
				previousWebhookSecret: '',
			},
		},
		{
			name: 'PostgreSQL (playground)',
			type: 'postgres',
			data: {
				host: postgres.host,
				port: postgres.port,
				database: postgres.database,
				user: postgres.user,
				password: postgres.password,
				ssl: 'disable',
			},
		},
	];
}
