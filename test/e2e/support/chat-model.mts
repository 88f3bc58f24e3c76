// A chat model on loopback that speaks OpenAI's protocol and follows a script: which tool to call next, with what.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { z } from 'zod';

const requestSchema = z.object({
	stream: z.boolean().optional(),
	tools: z
		.array(z.object({ function: z.object({ name: z.string(), parameters: z.record(z.unknown()).optional() }) }))
		.default([]),
	messages: z.array(z.object({ role: z.string(), content: z.unknown() })),
});

type ChatRequest = z.infer<typeof requestSchema>;

/** A call of the tool whose name fits, with arguments made from what the tools have answered so far. */
export interface Turn {
	tool: RegExp;
	input: (answers: string[]) => Record<string, unknown>;
}

export interface ChatModel {
	/** For the credential: http://127.0.0.1:port/v1 */
	url: string;
	/** Every request that came, in order. */
	requests: ChatRequest[];
	stop(): Promise<void>;
}

const textOf = (content: unknown): string => (typeof content === 'string' ? content : JSON.stringify(content));

const answersIn = ({ messages }: ChatRequest): string[] =>
	messages.filter(({ role }) => role === 'tool').map(({ content }) => textOf(content));

/** The message that comes next: a tool call for each turn that is left, then the farewell. */
function nextMessage(request: ChatRequest, script: Turn[], farewell: string) {
	const answers = answersIn(request);
	const turn = script[answers.length];
	if (!turn) return { role: 'assistant', content: farewell };
	const name = request.tools.map((tool) => tool.function.name).find((tool) => turn.tool.test(tool));
	if (name === undefined) return { role: 'assistant', content: `There is no tool like ${String(turn.tool)}` };
	const call = { name, arguments: JSON.stringify(turn.input(answers)) };
	const id = `call_${String(answers.length + 1)}`;
	return { role: 'assistant', content: null, tool_calls: [{ id, type: 'function', function: call }] };
}

type Message = ReturnType<typeof nextMessage>;

const finish = (message: Message) => ('tool_calls' in message ? 'tool_calls' : 'stop');
const common = (object: string) => ({ id: 'chat_1', object, created: 1, model: 'script' });
const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 };

const whole = (message: Message) =>
	JSON.stringify({
		...common('chat.completion'),
		choices: [{ index: 0, message, finish_reason: finish(message) }],
		usage,
	});

function streamed(message: Message): string {
	const calls = 'tool_calls' in message ? message.tool_calls : undefined;
	const delta = { ...message, ...(calls ? { tool_calls: calls.map((call, index) => ({ ...call, index })) } : {}) };
	const chunks = [
		{ index: 0, delta, finish_reason: null },
		{ index: 0, delta: {}, finish_reason: finish(message) },
	].map((choice) => JSON.stringify({ ...common('chat.completion.chunk'), choices: [choice] }));
	return [...chunks, '[DONE]'].map((chunk) => `data: ${chunk}\n\n`).join('');
}

/** Starts the model. It says `farewell` when the script is at its end. */
export async function startChatModel(script: Turn[], farewell: string): Promise<ChatModel> {
	const requests: ChatRequest[] = [];
	const server = createServer((incoming, response) => {
		if (incoming.method !== 'POST') return void response.end(JSON.stringify({ object: 'list', data: [] }));
		json(incoming).then(
			(body) => {
				const request = requestSchema.parse(body);
				requests.push(request);
				const message = nextMessage(request, script, farewell);
				const type = request.stream === true ? 'text/event-stream' : 'application/json';
				response.setHeader('content-type', type);
				response.end(request.stream === true ? streamed(message) : whole(message));
			},
			(error: unknown) => response.writeHead(400).end(JSON.stringify({ error: { message: String(error) } })),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${String(port)}/v1`,
		requests,
		async stop() {
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			});
		},
	};
}
