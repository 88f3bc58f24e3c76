// The action node as a tool: an AI Agent in a real n8n finds a time and books it.
import type { Workflow } from '../../playground/src/n8n/editor.mts';
import { type CalCom, startCalCom } from 'stand-ins/calcom';
import { CALCOM, link, node, start } from './support/action-workflow.mts';
import { type ChatModel, startChatModel } from './support/chat-model.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { calComCredential } from './support/trigger-workflow.mts';

const ID = 'action-tool';
const LANGCHAIN = '@n8n/n8n-nodes-langchain';
const ADA = { Name: 'Ada Lovelace', Email: 'ada@student.example' };

const firstStart = (answer = ''): string => /"start":"([^"]+)"/.exec(answer.replaceAll('\\', ''))?.[1] ?? '';

let e2e: E2e;
let cal: CalCom;
let model: ChatModel;
beforeAll(async () => {
	e2e = await openE2e();
	cal = await startCalCom();
	model = await startChatModel(
		[
			{ tool: /find/i, input: () => ({ How_many: 2 }) },
			{ tool: /book/i, input: ([slots]) => ({ ...ADA, Start: firstStart(slots) }) },
		],
		'You are booked.',
	);
});
afterAll(async () => {
	await e2e.editor.deleteWorkflow(ID);
	await model.stop();
	await cal.stop();
	await e2e.close();
});

async function agentWorkflow(): Promise<Workflow> {
	const calComApi = await calComCredential(e2e, ID, { apiKey: cal.apiKey, baseUrl: cal.url });
	const openAiApi = await e2e.editor.saveCredential({
		name: ID,
		type: 'openAiApi',
		data: { apiKey: 'made-up', url: model.url, header: false },
	});
	const eventTypeId = { __rl: true, mode: 'id', value: '3' };
	const credentials = { calComApi };
	const ofModel = (key: string, type = 'string') => `={{ $fromAI('${key}', '', '${type}') }}`;
	return {
		id: ID,
		name: ID,
		nodes: [
			start,
			node('Agent', `${LANGCHAIN}.agent`, 2.2, {
				promptType: 'define',
				text: 'Book me the next free trial lesson.',
				options: { enableStreaming: false },
			}),
			node(
				'Model',
				`${LANGCHAIN}.lmChatOpenAi`,
				1.2,
				{ model: { __rl: true, mode: 'id', value: 'script' }, options: {} },
				{ credentials: { openAiApi } },
			),
			node(
				'Find slots',
				`${CALCOM}Tool`,
				1,
				{ resource: 'slot', operation: 'findNext', eventTypeId, count: ofModel('How_many', 'number') },
				{ credentials },
			),
			node(
				'Book',
				`${CALCOM}Tool`,
				1,
				{
					resource: 'booking',
					operation: 'create',
					eventTypeId,
					start: ofModel('Start'),
					timeZone: 'Europe/Amsterdam',
					attendeeName: ofModel('Name'),
					attendeeEmail: ofModel('Email'),
				},
				{ credentials },
			),
		],
		connections: {
			Start: link('Agent'),
			Model: link('Agent', 'ai_languageModel'),
			'Find slots': link('Agent', 'ai_tool'),
			Book: link('Agent', 'ai_tool'),
		},
		settings: { executionOrder: 'v1' },
	};
}

test('an agent asks for free times, books the first one, and both arrive at Cal.com', async () => {
	const [free] = cal.freeSlots('trial-lesson', 1);
	await e2e.editor.saveWorkflow(await agentWorkflow());
	const { output } = await e2e.editor.run(ID, 'Start');

	expect(output['Agent']).toEqual([expect.objectContaining({ output: 'You are booked.' })]);
	expect(model.requests).toHaveLength(3);
	expect(cal.requests.counts).toMatchObject({ 'GET /slots': expect.any(Number), 'POST /bookings': 1 });
	expect(cal.state.bookings.map(({ start, attendees: [first] }) => [start, first?.email])).toEqual([
		[free, ADA.Email],
	]);
}, 120_000);
