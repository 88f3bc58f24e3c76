// The lead capture template, fed by the poll trigger, and what it has written.
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import { attachCredentials } from '../../../playground/src/templates.mts';
import { readTemplate } from '../../support/template.mts';
import { link, node } from '../support/action-workflow.mts';
import type { E2e } from '../support/e2e.mts';
import { type Credential, EVENT, POLL, pollTrigger } from './workflow.mts';

const WEBHOOK = 'Cal.com Trigger';

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
	{ webhook }: { webhook: boolean },
): Promise<Workflow> {
	const workflow = await readTemplate('01-lead-capture');
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
		pollTrigger({ bookingTypes: bookingTypesOf(workflow) }, calComApi),
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

/** The bookings in the tables, in the order of `rowsOf`. */
export async function bookingRows({ db }: E2e): Promise<Record<string, unknown>[]> {
	const { rows } = await db.query<Record<string, unknown>>(
		'SELECT uid, uids, status, start_time, attendee_email FROM calcom.bookings ORDER BY attendee_email COLLATE "C", uid COLLATE "C"',
	);
	return rows;
}
