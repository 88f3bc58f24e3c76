// The package's workflow templates, made ready for an n8n: a stable id each, credentials attached.
import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import type { Credential, Editor, Workflow, WorkflowNode } from './n8n/editor.mts';
import type { Postgres } from './postgres.mts';

const PACKAGE = 'n8n-nodes-calcom-sync';

/** Which credential the nodes of a type need. */
const NEEDS = [
	{ nodeType: new RegExp(`^${PACKAGE}\\.`), credential: 'calComApi' },
	{ nodeType: /^n8n-nodes-base\.postgres(Trigger)?$/, credential: 'postgres' },
	{ nodeType: /^n8n-nodes-base\.twilio(Trigger)?$/, credential: 'twilioApi' },
];
/** Of nodes that can be used with several kinds of credential: what they say -> what they need then. */
const SAID = [
	{ parameter: 'nodeCredentialType', value: 'twilioApi', credential: 'twilioApi' },
	{ parameter: 'nodeCredentialType', value: 'calComApi', credential: 'calComApi' },
	{ parameter: 'genericAuthType', value: 'httpHeaderAuth', credential: 'httpHeaderAuth' },
	{ parameter: 'authentication', value: 'headerAuth', credential: 'httpHeaderAuth' },
];
/** What callers of the templates' own webhooks send along. The value is for tests: the demo makes up one of its own. */
export const CALLER_HEADER = { name: 'x-calcom-secret', value: 'playground' };

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

/**
 * Reads all templates of a folder, in the order of their names. Throws naming the file that is no workflow.
 * @param change makes each other than it is in its file
 */
export async function readTemplates(
	folder: string,
	change: (workflow: Workflow) => Workflow = (same) => same,
): Promise<Template[]> {
	const files = (await readdir(folder)).filter((file) => /^\d\d-.*\.json$/.test(file)).sort();
	return await Promise.all(
		files.map(async (file) => {
			try {
				const { slug, workflow } = parseTemplate(
					basename(file, '.json'),
					await readFile(join(folder, file), 'utf8'),
				);
				return { slug, workflow: change(workflow) };
			} catch (cause) {
				throw new Error(`${file} is no workflow that n8n can import.`, { cause });
			}
		}),
	);
}

/** Opens one export. The id is made from the file's number, so that the next start finds the workflow again. */
export function parseTemplate(slug: string, text: string): Template {
	const { name, nodes, connections, settings } = exportSchema.parse(JSON.parse(text));
	return { slug, workflow: { id: `calcom-${slug.slice(0, 2)}`, name, nodes, connections, settings } };
}

/** The workflow with each node's credential filled in. Throws when there is none of a type that a node needs. */
export function attachCredentials(workflow: Workflow, saved: SavedCredentials): Workflow {
	const nodes = workflow.nodes.map((node) => {
		const type = credentialOf(node);
		if (type === null) return node;
		const credential = saved[type];
		if (!credential) throw new Error(`"${node.name}" needs a credential of type ${type}.`);
		return { ...node, credentials: { ...node.credentials, [type]: credential } };
	});
	return { ...workflow, nodes };
}

const parametersSchema = z.record(z.unknown()).catch({});

/** The type of the credential that a node needs, or null. */
function credentialOf(node: WorkflowNode): string | null {
	const parameters = parametersSchema.parse(node['parameters']);
	const said = SAID.find(({ parameter, value }) => parameters[parameter] === value);
	return (said ?? NEEDS.find(({ nodeType }) => nodeType.test(node.type)))?.credential ?? null;
}

const firstOf = ({ nodes }: Workflow, type: string): string | null =>
	nodes.find((node) => node.type === `n8n-nodes-base.${type}`)?.name ?? null;

/** The node that is made for "Execute workflow", or null. */
export const manualTrigger = (workflow: Workflow): string | null => firstOf(workflow, 'manualTrigger');

/** The node that "Execute workflow" starts from: the one that is made for it, else the first schedule, or null. */
export const startOf = (workflow: Workflow): string | null =>
	manualTrigger(workflow) ?? firstOf(workflow, 'scheduleTrigger');

/** Whether one of its webhooks has this address. */
export const listensAt = ({ nodes }: Workflow, url: string): boolean =>
	nodes.some(({ webhookId }) => webhookId !== undefined && url.includes(`/${webhookId}/`));

/** Tells two states of a template apart. Kept in the saved workflow's `meta`. */
export function fingerprint(workflow: Workflow): string {
	return createHash('sha256').update(JSON.stringify(workflow)).digest('hex').slice(0, 16);
}

/**
 * Saves a template in n8n. A workflow saved from the same template before keeps what people have changed in it.
 * @param fill puts in what differs from start to start, such as addresses; also into the workflow that was kept
 * @returns whether n8n has something to publish: it was saved, or has not been published
 */
export async function importTemplate(
	editor: Pick<Editor, 'findWorkflow' | 'saveWorkflow'>,
	workflow: Workflow,
	fill: (workflow: Workflow) => Workflow = (same) => same,
): Promise<boolean> {
	const mark = fingerprint(workflow);
	const known = await editor.findWorkflow(workflow.id);
	const kept = known?.meta?.['playgroundTemplate'] === mark ? known : null;
	const wanted = fill(kept ?? { ...workflow, meta: { ...workflow.meta, playgroundTemplate: mark } });
	if (kept && JSON.stringify(kept.nodes) === JSON.stringify(wanted.nodes)) return !kept.active;
	await editor.saveWorkflow(wanted);
	return true;
}

/** Whom the credentials are for. */
export interface CredentialPlaces {
	postgres: Pick<Postgres, 'host' | 'port' | 'database' | 'user' | 'password'>;
	calcom: { url: string; apiKey: string };
	/** Absent where nothing is sent. */
	twilio?: { account: { sid: string; authToken: string } };
	/** The value of the header `CALLER_HEADER`. */
	webhookSecret?: string;
}

/** The credentials that the templates use. */
export function playgroundCredentials(places: CredentialPlaces): Credential[] {
	const { postgres, calcom, twilio, webhookSecret = CALLER_HEADER.value } = places;
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
		{ name: 'Retool (playground)', type: 'httpHeaderAuth', data: { ...CALLER_HEADER, value: webhookSecret } },
		...(twilio ? [twilioCredential(twilio.account)] : []),
	];
}

const twilioCredential = ({ sid, authToken }: { sid: string; authToken: string }): Credential => ({
	name: 'Twilio (playground)',
	type: 'twilioApi',
	data: { authType: 'authToken', accountSid: sid, authToken },
});
