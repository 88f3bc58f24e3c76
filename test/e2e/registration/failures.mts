// What keeps a workflow from being published, and what n8n says of it. n8n tries five times, for 15 seconds, and no
// setting of it makes that shorter: all of them at once.
import { startCalCom } from 'stand-ins/calcom';
import type { E2e } from '../support/e2e.mts';
import { calComCredential, triggerWorkflow } from '../support/trigger-workflow.mts';

interface Place {
	url: string;
	apiKey: string;
}

export interface Failure {
	name: string;
	parameters?: Record<string, unknown>;
	/** What is wrong with the credential; default: nothing. */
	data?: (calcom: Place, broken: Place) => Record<string, unknown>;
	words: RegExp;
}

/** One of each kind: what Cal.com refuses, what we know before, what Cal.com cannot do for now. */
export const CORE: Failure[] = [
	{
		name: 'a wrong key',
		data: () => ({ apiKey: 'cal_wrong' }),
		words: /does not accept the API key.*Check that/,
	},
	{
		name: 'an event of the hosted edition',
		parameters: { events: ['BOOKING_CREATED', 'BOOKING_REASSIGNED'] },
		words: /does not offer: Booking Reassigned.*Take it out/,
	},
	{
		name: 'an error of Cal.com itself',
		data: (_, { url, apiKey }) => ({ baseUrl: url, apiKey }),
		words: /Cal\.com failed to handle the request \(500\)/,
	},
];

export const FURTHER: Failure[] = [
	{
		name: 'a wrong path',
		data: ({ url }) => ({ baseUrl: url.replace('/v2', '/nothing/v2') }),
		words: /address.*base URL/,
	},
	{
		name: 'nobody there',
		data: () => ({ baseUrl: 'http://127.0.0.1:9/v2' }),
		words: /Nothing answers.*base URL/,
	},
	{
		name: 'an event type that is not there',
		parameters: { scope: 'eventType', eventTypeId: { __rl: true, mode: 'id', value: '99999' } },
		words: /does not know the event type.*Choose another/,
	},
	{
		name: 'teams on a self-hosted Cal.com',
		parameters: { scope: 'organization', organizationId: '1' },
		words: /only on hosted/,
	},
];

/** @returns what was said of each, in their order, as often as it was tried */
export async function failToPublish(e2e: E2e, failures: Failure[], times = 1): Promise<string[][]> {
	const broken = await startCalCom();
	broken.failNextRequests(1_000_000, 500);
	const messageOf = (id: string): Promise<string> =>
		e2e.editor.activate(id, 60_000).then(
			() => 'it was published',
			(error: unknown) => (error instanceof Error ? error.message : String(error)),
		);
	const ids = failures.map(({ name }) => `failing-${name.replaceAll(/\W/g, '')}`.slice(0, 16));
	for (const [at, { name, parameters = {}, data }] of failures.entries()) {
		const credential = await calComCredential(e2e, name, data?.(e2e.calcom, broken) ?? {});
		await e2e.editor.saveWorkflow(triggerWorkflow(e2e, ids[at] ?? '', parameters, credential).workflow);
	}
	const said: string[][] = failures.map(() => []);
	for (let time = 0; time < times; time += 1) {
		const messages = await Promise.all(ids.map(messageOf));
		for (const [at, message] of messages.entries()) said[at]?.push(message);
	}
	for (const id of ids) await e2e.editor.deleteWorkflow(id);
	await broken.stop();
	return said;
}
