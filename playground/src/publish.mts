// Saves the templates in n8n and switches on what runs by itself: all at once, because n8n takes its time for each.
import type { Editor, Workflow, WorkflowNode } from './n8n/editor.mts';
import { type SavedCredentials, type Template, attachCredentials, importTemplate } from './templates.mts';
import { type Places, withValues } from './values.mts';

/** Started by a person, or by the chat window of the editor. */
const BY_HAND = /\.(manualTrigger|manualChatTrigger)$/;
const STARTS = /Trigger$|\.webhook$/;
/** Have to register anew at each start: the other side is empty then, or listens somewhere else. */
const REGISTERED = /\.(calComTrigger|calComPollTrigger|twilioTrigger|postgresTrigger)$/;
/** Started by other workflows, which n8n does not publish before these. */
const CALLED = /\.(executeWorkflowTrigger|errorTrigger)$/;
const ERRORS = /\.errorTrigger$/;
/** All at once on a busy machine: n8n is not quick then. */
const PATIENCE_MS = 120_000;
/** What there is no stand-in for. */
const NOT_HERE = [
	{ nodeType: /\.lmChat\w+$/, reason: 'It needs a chat model: add a credential to its model node and publish it.' },
];

const enabled = (workflow: Workflow) => workflow.nodes.filter(({ disabled }) => disabled !== true);
const has = (workflow: Workflow, type: RegExp) => enabled(workflow).some((node) => type.test(node.type));
const isStart = ({ type }: WorkflowNode) => STARTS.test(type) && !BY_HAND.test(type);

/** Whether a workflow is started by anything but a person, and so has to be switched on. */
export const runsByItself = (workflow: Workflow) => enabled(workflow).some(isStart);

/** The template that is told about the errors of all others, or null. */
export const errorWorkflow = (templates: Template[]): string | null =>
	templates.find(({ workflow }) => has(workflow, ERRORS))?.workflow.id ?? null;

/** Why the playground cannot run a workflow, or null. */
export const notHere = (workflow: Workflow): string | null =>
	NOT_HERE.find(({ nodeType }) => has(workflow, nodeType))?.reason ?? null;

/** Saves the templates with their credentials. @returns ids of those that have to be published anew */
export async function importAll(
	editor: Pick<Editor, 'findWorkflow' | 'saveWorkflow'>,
	templates: Template[],
	credentials: SavedCredentials,
	places: Places,
): Promise<Set<string>> {
	const told = errorWorkflow(templates);
	const changed = new Set<string>();
	for (const { slug, workflow } of templates) {
		const settings = told === null || told === workflow.id ? {} : { errorWorkflow: told };
		const own = { ...workflow, settings: { ...workflow.settings, ...settings } };
		const fill = (found: Workflow) => withValues(slug, found, places);
		if (await importTemplate(editor, attachCredentials(own, credentials), fill)) changed.add(workflow.id);
	}
	return changed;
}

/** A template that is not switched on. */
export interface Problem {
	slug: string;
	name: string;
	reason: string;
}

export interface Published {
	/** Slugs of what is switched on. */
	on: string[];
	problems: Problem[];
}

/**
 * Switches on what runs by itself. One that cannot be stops nothing: it comes back with n8n's reason.
 * @param changed ids of the workflows that differ from what n8n has published
 */
export async function publish(
	editor: Pick<Editor, 'activate' | 'deactivate'>,
	templates: Template[],
	changed: Set<string>,
): Promise<Published> {
	const result: Published = { on: [], problems: [] };
	const one = async ({ slug, workflow }: Template) => {
		const reason = notHere(workflow);
		try {
			if (reason !== null) throw new Error(reason);
			if (changed.has(workflow.id) || has(workflow, REGISTERED)) {
				await editor.deactivate(workflow.id, PATIENCE_MS);
				await editor.activate(workflow.id, PATIENCE_MS);
			}
			result.on.push(slug);
		} catch (error) {
			const said = error instanceof Error ? error.message : String(error);
			result.problems.push({ slug, name: workflow.name, reason: said });
		}
	};
	const wanted = templates.filter(({ workflow }) => runsByItself(workflow));
	await Promise.all(wanted.filter(({ workflow }) => has(workflow, CALLED)).map(one));
	await Promise.all(wanted.filter(({ workflow }) => !has(workflow, CALLED)).map(one));
	result.on.sort();
	return result;
}
