import { join } from 'node:path';
import {
	attachCredentials,
	fingerprint,
	isTriggered,
	manualTrigger,
	parseTemplate,
	readTemplates,
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
const saved = { calComApi: { id: 'c1', name: 'Cal.com' }, postgres: { id: 'p1', name: 'PG' } };

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

	test("the package's own templates are read in order, and each can be started one way or the other", async () => {
		const templates = await readTemplates(join(import.meta.dirname, '..', '..', 'workflows'));
		expect(templates.map(({ slug }) => slug).slice(0, 2)).toEqual(['00-set-up-tables', '01-lead-capture']);
		expect(new Set(templates.map(({ workflow }) => workflow.id)).size).toBe(templates.length);
		const [tables, capture] = templates;
		expect(tables && [isTriggered(tables.workflow), manualTrigger(tables.workflow)]).toEqual([
			false,
			expect.any(String),
		]);
		expect(capture && isTriggered(capture.workflow)).toBe(true);
	});
});
