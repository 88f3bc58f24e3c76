// Every address that the templates show to the internet, and what protects it. A new one has to be entered here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../workflows');
const workflowSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
	connections: z.record(z.object({ main: z.array(z.array(z.object({ node: z.string() }))).default([]) })),
});
type Workflow = z.infer<typeof workflowSchema>;
type Protection = (workflow: Workflow, node: Workflow['nodes'][number]) => void;

/** n8n checks the secret header before it starts anything. */
const header: Protection = (_, { parameters }) => expect(parameters['authentication']).toBe('headerAuth');
/** The trigger checks the signature: registered by itself, so with a secret. */
const signed: Protection = (_, { parameters }) => {
	expect(parameters['registration'] ?? 'automatic').toBe('automatic');
	expect(parameters['acceptUnsigned'] ?? false).toBe(false);
};
/** Nothing happens between the call and the comparison with Twilio's signature, whose key nobody knows until it is set. */
const twilio: Protection = ({ nodes, connections }, { name }) => {
	const after = (node: string) => connections[node]?.main.map((branch) => branch.map((next) => next.node));
	expect(after(name)).toEqual([['Compute the Signature']]);
	expect(after('Compute the Signature')).toEqual([['Is It From Twilio?']]);
	expect(after('Is It From Twilio?')?.[1]).toEqual(['Refuse It']);
	const compute = nodes.find((node) => node.name === 'Compute the Signature');
	expect(compute?.parameters['secret']).toMatch(/^=\{\{.*Math\.random\(\).*\}\}$/);
};
const notPublic: Protection = (_, { parameters }) => expect(parameters['public']).toBe(false);
/** A page for everybody: it asks for no more than what Cal.com's own page asks for. */
const everybody: Protection = (_, { parameters }) =>
	expect(Object.keys(parameters).sort()).toEqual(['formDescription', 'formFields', 'formTitle', 'options']);

const KNOWN: Record<string, Protection> = {
	'01-lead-capture: Cal.com Trigger': signed,
	'02-calendar-events: Cal.com Trigger': signed,
	'03-appointment-reminders: Twilio Tells the Status': twilio,
	'04-reminder-replies: Twilio Tells a Reply': twilio,
	'07-book-with-availability: Booking Form': everybody,
	'07-book-with-availability: A Voice Agent Asks': header,
	'08-retool-actions: Retool Calls': header,
	'10-quick-start-data-table: Cal.com Trigger': signed,
	'11-ai-booking-assistant: When a Chat Message Comes': notPublic,
};
/** Types of nodes that do not listen. */
const INSIDE =
	/\.(manualTrigger|scheduleTrigger|errorTrigger|executeWorkflowTrigger|postgresTrigger|calComPollTrigger)$/;
const LISTENS = /(Trigger|\.webhook)$/;

const exposed = readdirSync(FOLDER)
	.filter((file) => file.endsWith('.json'))
	.flatMap((file) => {
		const workflow = workflowSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8')));
		const listening = workflow.nodes.filter(({ type }) => LISTENS.test(type) && !INSIDE.test(type));
		return listening.map((node) => [`${file.slice(0, -5)}: ${node.name}`, workflow, node] as const);
	});

test('all of them are known', () => {
	expect(exposed.map(([place]) => place)).toEqual(Object.keys(KNOWN));
});

test.each(exposed)('%s is protected', (place, workflow, node) => {
	const protection = KNOWN[place];
	if (!protection) throw new Error('Say what protects it.');
	protection(workflow, node);
});
