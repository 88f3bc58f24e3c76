import { join } from 'node:path';
import { z } from 'zod';
import type { Editor, Workflow } from '../../playground/src/n8n/editor.mts';
import { errorWorkflow, importAll, notHere, publish, runsByItself } from '../../playground/src/publish.mts';
import { type Template, readTemplates } from '../../playground/src/templates.mts';
import { type Places, VALUES, withValues } from '../../playground/src/values.mts';

const places: Places = {
	n8n: 'http://127.0.0.1:5678',
	twilio: { number: '+15005550006', account: { sid: 'AC1' } },
};
const own = await readTemplates(join(import.meta.dirname, '..', '..', 'workflows'));

const node = (type: string, more: Record<string, unknown> = {}) => ({ name: type, type, parameters: {}, ...more });
const template = (slug: string, ...types: (string | ReturnType<typeof node>)[]): Template => ({
	slug,
	workflow: {
		id: `calcom-${slug.slice(0, 2)}`,
		name: slug,
		nodes: types.map((type) => (typeof type === 'string' ? node(type) : type)),
		connections: {},
	},
});

describe('what runs by itself', () => {
	test.each([
		['n8n-nodes-calcom-sync.calComTrigger', true],
		['n8n-nodes-calcom-sync.calComPollTrigger', true],
		['n8n-nodes-base.scheduleTrigger', true],
		['n8n-nodes-base.webhook', true],
		['n8n-nodes-base.formTrigger', true],
		['n8n-nodes-base.postgresTrigger', true],
		['n8n-nodes-base.errorTrigger', true],
		['n8n-nodes-base.executeWorkflowTrigger', true],
		['n8n-nodes-base.manualTrigger', false],
		['n8n-nodes-base.respondToWebhook', false],
		['n8n-nodes-base.postgres', false],
	])('%s: %p', (type, expected) => {
		expect(runsByItself(template('01-x', type).workflow)).toBe(expected);
		expect(runsByItself(template('01-x', node(type, { disabled: true })).workflow)).toBe(false);
	});

	test('of our own: all but the tables; the assistant needs a model that the playground has not', () => {
		const off = own.filter(({ workflow }) => !runsByItself(workflow) || notHere(workflow) !== null);
		expect(off.map(({ slug }) => slug)).toEqual(['00-set-up-tables', '11-ai-booking-assistant']);
		expect(errorWorkflow(own)).toBe('calcom-09');
	});
});

/** An n8n that refuses some workflows, and writes down what it was asked. */
function fakeEditor(refused: Record<string, string> = {}, known: Workflow[] = []) {
	const asked: string[] = [];
	const saved = new Map(known.map((workflow) => [workflow.id, workflow]));
	const editor: Pick<Editor, 'activate' | 'deactivate' | 'findWorkflow' | 'saveWorkflow'> = {
		activate: async (id: string) => {
			const reason = refused[id];
			if (reason !== undefined) throw new Error(reason);
			await Promise.resolve();
			asked.push(`on ${id}`);
		},
		deactivate: (id: string) => Promise.resolve(void asked.push(`off ${id}`)),
		findWorkflow: (id: string) => {
			const found = saved.get(id);
			return Promise.resolve(
				found ? { ...found, settings: found.settings ?? {}, versionId: 'v', active: true } : null,
			);
		},
		saveWorkflow: (workflow: Workflow) => {
			saved.set(workflow.id, workflow);
			asked.push(`save ${workflow.id}`);
			return Promise.resolve({ id: workflow.id, versionId: 'v', active: false });
		},
	};
	return { editor, asked, saved };
}

describe('switching on', () => {
	const capture = template('01-capture', 'n8n-nodes-calcom-sync.calComTrigger');
	const reminders = template('03-reminders', 'n8n-nodes-base.scheduleTrigger');
	const errors = template('09-errors', 'n8n-nodes-base.errorTrigger');
	const byHand = template('00-tables', 'n8n-nodes-base.manualTrigger');
	const chat = template('11-chat', '@n8n/n8n-nodes-langchain.chatTrigger', '@n8n/n8n-nodes-langchain.lmChatOpenAi');

	test('one that n8n refuses, and one that needs what is not here, stop no other', async () => {
		const { editor } = fakeEditor({ 'calcom-03': 'Missing or invalid required parameters: secret' });
		const all = [byHand, capture, reminders, errors, chat];
		const { on, problems } = await publish(editor, all, new Set(all.map(({ workflow }) => workflow.id)));
		expect(on).toEqual(['01-capture', '09-errors']);
		expect(problems).toEqual(
			expect.arrayContaining([
				{
					slug: '03-reminders',
					name: '03-reminders',
					reason: 'Missing or invalid required parameters: secret',
				},
				{ slug: '11-chat', name: '11-chat', reason: expect.stringContaining('chat model') },
			]),
		);
		expect(problems).toHaveLength(2);
	});

	test('those that others call come first; what registers elsewhere does so anew, the rest stays as it is', async () => {
		const { editor, asked } = fakeEditor();
		await publish(editor, [capture, reminders, errors], new Set(['calcom-09']));
		expect(asked).toEqual(['off calcom-09', 'on calcom-09', 'off calcom-01', 'on calcom-01']);
	});

	test('a second import keeps what a person changed, and only puts in what is new in the playground', async () => {
		const settings = (value: string) => ({
			assignments: {
				assignments: [
					{ name: 'twilioAccountSid', value },
					{ name: 'business', value: 'Your School' },
				],
			},
		});
		const sms = template('03-appointment-reminders', {
			...node('n8n-nodes-base.set', { parameters: settings('') }),
			name: 'Settings',
		});
		const { editor, asked, saved } = fakeEditor();
		expect(await importAll(editor, [sms], {}, places)).toEqual(new Set(['calcom-03']));
		expect(JSON.stringify(saved.get('calcom-03'))).toContain('AC1');
		expect(await importAll(editor, [sms], {}, places)).toEqual(new Set());
		expect(asked).toEqual(['save calcom-03']);

		const kept = saved.get('calcom-03');
		if (!kept) throw new Error('not saved');
		const text = JSON.stringify(kept).replace('Your School', 'Ours');
		const edited = z.custom<Workflow>((value) => value !== null).parse(JSON.parse(text));
		const again = fakeEditor({}, [edited]);
		const other = { ...places, twilio: { ...places.twilio, account: { sid: 'AC2' } } };
		expect(await importAll(again.editor, [sms], {}, other)).toEqual(new Set(['calcom-03']));
		expect(JSON.stringify(again.saved.get('calcom-03'))).toMatch(/AC2.*Ours/);
	});

	test('errors of all others are told to the template that is made for it', async () => {
		const { editor, saved } = fakeEditor();
		const credentials = { calComApi: { id: 'c1', name: 'Cal.com' } };
		await importAll(editor, [capture, errors], credentials, places);
		expect(saved.get('calcom-01')?.settings).toEqual({ errorWorkflow: 'calcom-09' });
		expect(saved.get('calcom-09')?.settings).toEqual({});
	});
});

describe('what the playground puts into the templates', () => {
	const cases = Object.entries(VALUES).flatMap(([slug, nodes]) =>
		Object.entries(nodes).flatMap(([name, values]) =>
			Object.keys(values(places)).map((value): [string, string, string] => [slug, name, value]),
		),
	);

	test.each(cases)('%s has a node "%s" with a place for %s', (slug, name, value) => {
		const found = own.find((one) => one.slug === slug)?.workflow.nodes.find((one) => one.name === name);
		expect(JSON.stringify(found?.['parameters'])).toContain(`"${value}"`);
	});

	test('is there afterwards, and nothing else has changed', () => {
		const reminders = own.find(({ slug }) => slug === '03-appointment-reminders');
		if (!reminders) throw new Error('no such template');
		const { nodes } = withValues(reminders.slug, reminders.workflow, places);
		const changed = nodes.filter((one, index) => one !== reminders.workflow.nodes[index]);
		expect(changed.map(({ name }) => name).sort()).toEqual(['Settings']);
		expect(JSON.stringify(changed)).toContain('http://127.0.0.1:5678/webhook/calcom-sms-status');
	});

	test('leaves a template that needs nothing as it is', () => {
		const [tables] = own;
		expect(tables && withValues(tables.slug, tables.workflow, places)).toEqual(tables?.workflow);
	});
});
