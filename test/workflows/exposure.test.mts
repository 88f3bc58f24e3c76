// Every address that the templates show to the internet, and what protects it. A new one has to be entered here.
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FOLDER = join(import.meta.dirname, '../../workflows');
const workflowSchema = z.object({
	nodes: z.array(z.object({ name: z.string(), type: z.string(), parameters: z.record(z.unknown()) })),
	connections: z.record(z.object({ main: z.array(z.array(z.object({ node: z.string() }))).default([]) })),
	settings: z.record(z.unknown()),
});
type Workflow = z.infer<typeof workflowSchema>;
type Protection = (workflow: Workflow, node: Workflow['nodes'][number]) => void;

/** n8n checks the secret header before it starts anything. */
const header: Protection = ({ settings }, { parameters }) => {
	expect(parameters['authentication']).toBe('headerAuth');
	// n8n would keep it with all headers of the call, whatever it is called.
	expect(settings['saveDataSuccessExecution']).toBe('none');
};
/** The trigger checks the signature: registered by itself, so with a secret. */
const signed: Protection = (_, { parameters }) => {
	expect(parameters['registration'] ?? 'automatic').toBe('automatic');
	expect(parameters['acceptUnsigned'] ?? false).toBe(false);
};
/** Between the call and Twilio's own answer nothing is written, and of the call no node reads anything but the sid. */
const twilio: Protection = ({ nodes, connections }, { name }) => {
	const after = (node: string) => connections[node]?.main.map((branch) => branch.map((next) => next.node));
	const parametersOf = (node: string) => JSON.stringify(nodes.find((one) => one.name === node)?.parameters);
	expect(after(name)).toEqual([['Does It Name a Message?']]);
	expect(after('Does It Name a Message?')).toEqual([['Settings'], ['Refuse It']]);
	expect(parametersOf('Does It Name a Message?')).toContain('/^(SM|MM)[0-9a-f]{32}$/.test(value)');
	expect(after('Is the Account SID There?')).toEqual([['Ask Twilio'], ['Say That Settings Are Missing']]);
	expect(parametersOf('Is the Account SID There?')).toContain('/^AC[0-9a-f]{32}$/.test');
	const [check = ''] = after('Ask Twilio')?.[0] ?? [];
	expect(check).toMatch(/^Is It a/);
	expect(parametersOf(check)).toContain('$json.statusCode === 200 && $json.body.account_sid === ');
	expect(after(check)?.[1]).toEqual(['Has Twilio Answered?']);
	expect(after('Ask Twilio Again')).toEqual([[check]]);
	for (const ask of ['Ask Twilio', 'Ask Twilio Again']) {
		expect(parametersOf(ask)).toContain('"nodeCredentialType":"twilioApi"');
		expect(parametersOf(ask)).toContain('"url":"=https://api.twilio.com/2010-04-01/Accounts/');
	}
	// What the call says is read to check its sid, and to ask for that.
	const readers = nodes.filter(({ parameters }) => JSON.stringify(parameters).includes(`$('${name}').first()`));
	expect(readers.map((node) => node.name)).toEqual(['Ask Twilio', 'Ask Twilio Again']);
	for (const ask of readers)
		expect(JSON.stringify(ask.parameters).split(`$('${name}').first().json.`).slice(1)).toEqual([
			expect.stringMatching(/^body\.MessageSid \}\}\.json"/),
		]);
};
/** A secret in a parameter would be in each export, in the history and in each saved execution. */
const WITH_A_SECRET = /crypto|jwt/i;
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

test('no node of a template has a place for a secret among its parameters', () => {
	const names = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
	const nodes = names.flatMap(
		(file) => workflowSchema.parse(JSON.parse(readFileSync(join(FOLDER, file), 'utf8'))).nodes,
	);
	expect(nodes.length).toBeGreaterThan(100);
	const found = nodes.filter(({ type, parameters }) => WITH_A_SECRET.test(type) || 'secret' in parameters);
	expect(found.map(({ name }) => name)).toEqual([]);
});
