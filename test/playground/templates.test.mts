import { join } from 'node:path';
import {
	CALLER_HEADER,
	attachCredentials,
	fingerprint,
	listensAt,
	manualTrigger,
	parseTemplate,
	playgroundCredentials,
	readTemplates,
	startOf,
} from '../../playground/src/templates.mts';

const node = (name: string, type: string) => ({ name, type, parameters: {}, typeVersion: 1, position: [0, 0] });
const text = JSON.stringify({
	name: 'Capture',
	nodes: [
		node('In', 'n8n-nodes-calcom-sync.calComTrigger'),
		node('Save', 'n8n-nodes-base.postgres'),
		node('Set', 'n8n-nodes-base.set'),
	],
	connections: {},
	settings: { executionOrder: 'v1' },
});
const saved = {
	calComApi: { id: 'c1', name: 'Cal.com' },
	postgres: { id: 'p1', name: 'PG' },
	twilioApi: { id: 't1', name: 'Twilio' },
	httpHeaderAuth: { id: 'h1', name: 'Retool' },
};

describe('templates made ready for an n8n', () => {
	test('the id is made from the number and is short enough for n8n to keep static data', () => {
		const { workflow } = parseTemplate('01-a-long-name-that-goes-on', text);
		expect(workflow.id).toBe('calcom-01');
		expect(workflow.id.length).toBeLessThanOrEqual(21);
	});

	test('what nodes carry besides name and type is kept', () => {
		expect(parseTemplate('01-x', text).workflow.nodes[0]).toEqual(
			node('In', 'n8n-nodes-calcom-sync.calComTrigger'),
		);
	});

	test('each node gets the credential of its kind, other nodes none', () => {
		const { nodes } = attachCredentials(parseTemplate('01-x', text).workflow, saved);
		expect(nodes.map(({ credentials }) => credentials)).toEqual([
			{ calComApi: saved.calComApi },
			{ postgres: saved.postgres },
			undefined,
		]);
	});

	test('Twilio: both nodes, and an HTTP Request that borrows the credential', () => {
		const borrowing = {
			...node('Ask', 'n8n-nodes-base.httpRequest'),
			parameters: { authentication: 'predefinedCredentialType', nodeCredentialType: 'twilioApi' },
		};
		const nodes = [
			node('Replies', 'n8n-nodes-base.twilioTrigger'),
			node('Send', 'n8n-nodes-base.twilio'),
			borrowing,
			node('Plain', 'n8n-nodes-base.httpRequest'),
		];
		const { workflow } = parseTemplate('04-x', JSON.stringify({ name: 'Replies', nodes, connections: {} }));
		const { twilioApi } = saved;
		expect(attachCredentials(workflow, saved).nodes.map(({ credentials }) => credentials)).toEqual([
			{ twilioApi },
			{ twilioApi },
			{ twilioApi },
			undefined,
		]);
	});

	test('callers of a webhook, and requests to one, are known by a header', () => {
		const nodes = [
			{ ...node('In', 'n8n-nodes-base.webhook'), parameters: { authentication: 'headerAuth' } },
			{ ...node('Open', 'n8n-nodes-base.webhook'), parameters: {} },
			{ ...node('Out', 'n8n-nodes-base.httpRequest'), parameters: { genericAuthType: 'httpHeaderAuth' } },
			node('Changed', 'n8n-nodes-base.postgresTrigger'),
		];
		const { workflow } = parseTemplate('08-x', JSON.stringify({ name: 'Actions', nodes, connections: {} }));
		const { httpHeaderAuth, postgres } = saved;
		expect(attachCredentials(workflow, saved).nodes.map(({ credentials }) => credentials)).toEqual([
			{ httpHeaderAuth },
			undefined,
			{ httpHeaderAuth },
			{ postgres },
		]);
	});

	test('the secret of the webhooks is the one that is asked for', () => {
		const postgres = {
			...{ host: 'h', port: 1, user: 'u', password: 'p', database: 'd', url: '' },
			createDatabase: () => Promise.resolve(),
			stop: () => Promise.resolve(),
		};
		const places = { postgres, calcom: { url: 'http://x', apiKey: 'k' }, webhookSecret: 'own' };
		const header = playgroundCredentials(places).find(({ type }) => type === 'httpHeaderAuth');
		expect(header?.data).toEqual({ name: CALLER_HEADER.name, value: 'own' });
	});

	test('Execute starts at the node that is made for it, else at the first schedule', () => {
		const of = (...types: string[]) =>
			startOf(
				parseTemplate(
					'01-x',
					JSON.stringify({
						name: 'x',
						nodes: types.map((type) => node(type, `n8n-nodes-base.${type}`)),
						connections: {},
					}),
				).workflow,
			);
		expect(of('scheduleTrigger', 'manualTrigger')).toBe('manualTrigger');
		expect(of('webhook', 'scheduleTrigger')).toBe('scheduleTrigger');
		expect(of('webhook')).toBeNull();
	});

	test('a webhook is known by its id', () => {
		const nodes = [
			{ ...node('In', 'n8n-nodes-base.webhook'), webhookId: 'abc' },
			node('Set', 'n8n-nodes-base.set'),
		];
		const { workflow } = parseTemplate('01-x', JSON.stringify({ name: 'x', nodes, connections: {} }));
		expect(listensAt(workflow, 'http://127.0.0.1:1/webhook/abc/calcom')).toBe(true);
		expect(listensAt(workflow, 'http://127.0.0.1:1/webhook/abcd/calcom')).toBe(false);
	});

	test('a credential that is missing is named with the node that needs it', () => {
		const { workflow } = parseTemplate('01-x', text);
		expect(() => attachCredentials(workflow, { calComApi: saved.calComApi })).toThrow(
			'"Save" needs a credential of type postgres.',
		);
	});

	test('a text that is no workflow is refused', () => {
		expect(() => parseTemplate('01-x', '{"name":"x"}')).toThrow();
	});

	test('the fingerprint changes with the workflow, and only then', () => {
		const { workflow } = parseTemplate('01-x', text);
		expect(fingerprint(workflow)).toBe(fingerprint(parseTemplate('01-x', text).workflow));
		expect(fingerprint(attachCredentials(workflow, saved))).not.toBe(fingerprint(workflow));
	});

	test("the package's own templates are read in order, each with an id of its own", async () => {
		const templates = await readTemplates(join(import.meta.dirname, '..', '..', 'workflows'));
		expect(templates.map(({ slug }) => slug).slice(0, 2)).toEqual(['00-set-up-tables', '01-lead-capture']);
		expect(new Set(templates.map(({ workflow }) => workflow.id)).size).toBe(templates.length);
		const [tables] = templates;
		expect(tables && manualTrigger(tables.workflow)).toBe('Press Execute Once');
	});
});
