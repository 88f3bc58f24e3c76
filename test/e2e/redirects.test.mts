// A Cal.com that sends every request on to another server, in a real n8n: the person is told, and the other server never
// sees a request, let alone a key. Without `disableFollowRedirect` it would see both.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { depth } from '../support/depth.mts';
import type { Workflow, WorkflowNode } from '../../playground/src/n8n/editor.mts';
import { type E2e, openE2e } from './support/e2e.mts';
import { CALCOM, link, node, start } from './support/action-workflow.mts';
import { calComCredential, triggerWorkflow } from './support/trigger-workflow.mts';
import { pollWorkflow } from './poll/workflow.mts';

const STATUSES = [301, 302, 303, 307, 308];
const KEY = 'cal_a_key_for_one_host_only';

interface Listening {
	url: string;
	/** Method and path of each request that came. */
	seen: string[];
	close(): Promise<void>;
}

async function listen(answer: (request: IncomingMessage) => { status: number; location?: string }): Promise<Listening> {
	const seen: string[] = [];
	const server: Server = createServer((request, response) => {
		seen.push(`${String(request.method)} ${String(request.url)}`);
		const { status, location } = answer(request);
		response.writeHead(status, location === undefined ? {} : { location }).end();
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
		seen,
		close: () =>
			new Promise((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

let e2e: E2e;
let other: Listening;
/** What answers each request with its status, and leads it to the other server. */
const leading = new Map<number, Listening>();
const credentials = new Map<number, { id: string; name: string }>();
beforeAll(async () => {
	e2e = await openE2e();
	other = await listen(() => ({ status: 200 }));
	// Another name too, not only another port.
	const otherHost = other.url.replace('127.0.0.1', 'localhost');
	for (const status of STATUSES) {
		const server = await listen(({ url }) => ({ status, location: `${otherHost}${String(url)}` }));
		leading.set(status, server);
		const data = { apiKey: KEY, baseUrl: `${server.url}/v2` };
		credentials.set(status, await calComCredential(e2e, `redirect-${String(status)}`, data));
	}
}, 60_000);
afterAll(async () => {
	for (const server of [other, ...leading.values()]) await server.close();
	await e2e.close();
});

const credentialOf = (status: number) => {
	const found = credentials.get(status);
	if (!found) throw new Error(`No credential for ${String(status)}`);
	return found;
};
const TOLD = /The base URL redirects to http:\/\/localhost:\d+\/v2: put that address in the credential/;

/** @returns what n8n says when it is done, and the requests that the first server saw */
async function tried(status: number, ask: () => Promise<unknown>): Promise<{ said: string; seen: string[] }> {
	const first = leading.get(status);
	if (!first) throw new Error(`No server answers ${String(status)}`);
	first.seen.length = 0;
	const said = await ask().then(
		(value) => `it went well: ${JSON.stringify(value)}`,
		(error: unknown) => (error instanceof Error ? error.message : String(error)),
	);
	return { said, seen: [...first.seen] };
}

async function withWorkflow(workflow: Workflow, ask: () => Promise<unknown>): Promise<unknown> {
	await e2e.editor.saveWorkflow(workflow);
	try {
		return await ask();
	} finally {
		await e2e.editor.deleteWorkflow(workflow.id);
	}
}

const run = (workflow: Workflow) => withWorkflow(workflow, () => e2e.editor.run(workflow.id, 'Start'));
const publish = (workflow: Workflow) => withWorkflow(workflow, () => e2e.editor.activate(workflow.id, 60_000));

/** Runs one node of ours with these credentials: the person is told, after one request, and the key is not in it. */
async function refuses(
	status: number,
	type: string,
	parameters: Record<string, unknown>,
	using: WorkflowNode['credentials'] = { calComApi: credentialOf(status) },
): Promise<void> {
	const id = `redirected-${String(status)}`;
	const { said, seen } = await tried(status, () =>
		run({
			id,
			name: id,
			nodes: [start, node('Asks', type, 1, parameters, { credentials: using })],
			connections: { Start: link('Asks') },
			settings: { executionOrder: 'v1' },
		}),
	);
	expect(said).toMatch(TOLD);
	expect(said).not.toContain(KEY);
	expect(seen).toHaveLength(1);
}

describe.each(STATUSES)('%i', (status) => {
	afterEach(() => expect(other.seen).toEqual([]));

	test.each([
		['an action that reads', CALCOM, { resource: 'booking', operation: 'getMany' }],
		['an action that writes', CALCOM, { resource: 'booking', operation: 'cancel', bookingUid: 'uid-1' }],
		['a sync', `${CALCOM}Sync`, { resource: 'eventType', apply: 'dryRun' }],
	])('%s', (_, type, parameters) => refuses(status, type, parameters), 60_000);

	test('an action of somebody who has signed in', async () => {
		const calComOAuth2Api = await e2e.editor.saveCredential({
			name: `redirect-oauth-${String(status)}`,
			type: 'calComOAuth2Api',
			data: {
				clientId: 'client',
				clientSecret: 'client-secret',
				region: 'own',
				appUrl: String(leading.get(status)?.url),
				apiUrl: `${String(leading.get(status)?.url)}/v2`,
				oauthTokenData: { access_token: KEY, refresh_token: KEY, token_type: 'bearer' },
			},
		});
		const parameters = { authentication: 'oAuth2', resource: 'user', operation: 'getMe' };
		await refuses(status, CALCOM, parameters, { calComOAuth2Api });
	}, 60_000);

	test('the test of the credential', async () => {
		const { id, name } = credentialOf(status);
		const { said, seen } = await tried(status, () =>
			e2e.editor.request('/credentials/test', 'POST', {
				credentials: {
					id,
					name,
					type: 'calComApi',
					data: { apiKey: KEY, baseUrl: `${String(leading.get(status)?.url)}/v2`, edition: 'detect' },
				},
			}),
		);
		expect(said).toMatch(TOLD);
		expect(said).toContain('"status":"Error"');
		expect(seen).toEqual(['GET /v2/me']);
	}, 60_000);
});

// n8n tries five times to publish, for 15 seconds: all of them at once, and few of them where time counts.
test('publishing a trigger, and the first poll of a poll trigger', async () => {
	const tries = depth([302, 308], STATUSES).flatMap((status) => [
		publish(
			triggerWorkflow(e2e, `redir-hook-${String(status)}`, { events: ['BOOKING_CREATED'] }, credentialOf(status))
				.workflow,
		),
		publish(pollWorkflow(`redir-poll-${String(status)}`, { watch: 'bookings' }, credentialOf(status))),
	]);
	const said = (await Promise.allSettled(tries)).map((one) =>
		one.status === 'rejected' ? String(one.reason) : 'it was published',
	);
	expect(said).toEqual(tries.map(() => expect.stringMatching(TOLD)));
	expect(other.seen).toEqual([]);
}, 180_000);
