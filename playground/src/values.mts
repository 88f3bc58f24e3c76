// What the playground puts into the templates' nodes in a person's place: its Twilio account and its own addresses.
import { z } from 'zod';
import type { Workflow, WorkflowNode } from './n8n/editor.mts';

/** What is different in each playground, and partly at each start. */
export interface Places {
	/** n8n's address, `http://127.0.0.1:port`. */
	n8n: string;
	twilio: { number: string; account: { sid: string } };
}

/** Name of a setting, or of a parameter where the node is no settings node -> what to put there. */
type Values = (places: Places) => Record<string, unknown>;

/** Slug of a template -> name of a node -> its values. A test holds every name against the templates. */
export const VALUES: Record<string, Record<string, Values>> = {
	'03-appointment-reminders': {
		Settings: ({ n8n, twilio }) => ({
			from: twilio.number,
			twilioAccountSid: twilio.account.sid,
			statusCallback: `${n8n}/webhook/calcom-sms-status`,
			// People look at the playground at any hour.
			quietFrom: '00:00',
			quietUntil: '00:00',
			confirmationSms: true,
		}),
	},
	'04-reminder-replies': { Settings: ({ twilio }) => ({ twilioAccountSid: twilio.account.sid }) },
	// The school has a few services; what else Cal.com offers is only listed.
	'05-service-sync': { Settings: () => ({ importNew: false }), 'Cal.com Sync': () => ({ apply: 'write' }) },
};

const settingsSchema = z.object({
	assignments: z.object({ assignments: z.array(z.object({ name: z.string() }).passthrough()) }),
});

/** The node with values in its settings, or in its parameters; what it has no place for is left out. */
function filled(node: WorkflowNode, values: Record<string, unknown>): WorkflowNode {
	const parameters = z.record(z.unknown()).parse(node['parameters']);
	const settings = settingsSchema.safeParse(parameters);
	if (!settings.success) return { ...node, parameters: { ...parameters, ...values } };
	const assignments = settings.data.assignments.assignments.map((one) =>
		one.name in values ? { ...one, value: values[one.name] } : one,
	);
	return { ...node, parameters: { ...parameters, assignments: { ...settings.data.assignments, assignments } } };
}

/** The workflow with what the playground puts into it. A node that a person has renamed or removed is left alone. */
export function withValues(slug: string, workflow: Workflow, places: Places): Workflow {
	const ours = VALUES[slug] ?? {};
	const nodes = workflow.nodes.map((node) => {
		const values = ours[node.name];
		return values ? filled(node, values(places)) : node;
	});
	return { ...workflow, nodes };
}
