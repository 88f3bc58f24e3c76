// Workflows of nothing but n8n's own Twilio nodes, to see what a template can rely on.
import { z } from 'zod';
import type { Workflow, WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import type { E2e } from './e2e.mts';

type Fields = Record<string, unknown>;

/** What a node put out; nothing where it was not run. */
const itemsSchema = z.array(z.record(z.unknown())).default([]);

const node = (
	name: string,
	type: string,
	typeVersion: number,
	parameters: Fields,
	more: Fields = {},
): WorkflowNode => ({
	id: name.toLowerCase().replaceAll(/\W+/g, '-'),
	name,
	type: `n8n-nodes-base.${type}`,
	typeVersion,
	position: [0, 0],
	parameters,
	...more,
});
const link = (name: string) => [{ node: name, type: 'main', index: 0 }];
const settings = { executionOrder: 'v1' };
const credentialsOf = ({ credentials: { twilioApi } }: E2e) => (twilioApi ? { twilioApi } : {});

/** Tells which of the texts an item came out of, as n8n knows it: its `n`, or null. */
const traced = (name: string): WorkflowNode =>
	node(name, 'set', 3.4, {
		mode: 'raw',
		jsonOutput: `={{ JSON.stringify({ ...$json, n: (() => { try { return $('Texts').item.json.n } catch { return null } })() }) }}`,
		options: {},
	});

export interface Text {
	to: string;
	text?: string;
	/** Where Twilio calls back. */
	callback?: string;
}

export interface Sent {
	/** What came out of the node, each with the number of the text it came out of, as n8n knows it. */
	taken: Fields[];
	refused: Fields[];
}

export interface SendOptions {
	onError?: 'continueErrorOutput' | 'continueRegularOutput' | 'stopWorkflow';
	retryOnFail?: boolean;
}

/** Sends texts with the Twilio node, all in one run of it. Throws with the node's message when the workflow fails. */
export async function sendTexts(e2e: E2e, texts: Text[], options: SendOptions = {}): Promise<Sent> {
	const { onError = 'continueErrorOutput', retryOnFail = false } = options;
	const id = 'e2e-twilio-send';
	const list = {
		texts: texts.map(({ text = 'Hello', callback = '', ...rest }, n) => ({ n, text, callback, ...rest })),
	};
	const send = {
		resource: 'sms',
		operation: 'send',
		from: e2e.twilio.number,
		to: '={{ $json.to }}',
		message: '={{ $json.text }}',
		options: { statusCallback: '={{ $json.callback }}' },
	};
	await e2e.editor.saveWorkflow({
		id,
		name: id,
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('List', 'set', 3.4, { mode: 'raw', jsonOutput: JSON.stringify(list), options: {} }),
			node('Texts', 'splitOut', 1, { fieldToSplitOut: 'texts', options: {} }),
			node('Send', 'twilio', 1, send, {
				onError,
				retryOnFail,
				maxTries: 3,
				waitBetweenTries: 10,
				credentials: credentialsOf(e2e),
			}),
			traced('Taken'),
			traced('Refused'),
		],
		connections: {
			Start: { main: [link('List')] },
			List: { main: [link('Texts')] },
			Texts: { main: [link('Send')] },
			Send: { main: [link('Taken'), link('Refused')] },
		},
		settings,
	});
	const { output } = await e2e.editor.run(id, 'Start');
	return { taken: itemsSchema.parse(output['Taken']), refused: itemsSchema.parse(output['Refused']) };
}

/** A message that is asked for with the HTTP Request node and Twilio's credential. */
export async function askTwilio(e2e: E2e, to: string): Promise<Fields> {
	const id = 'e2e-twilio-ask';
	const { accountSid, number } = e2e.twilio;
	const ask = {
		method: 'POST',
		url: `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`,
		authentication: 'predefinedCredentialType',
		nodeCredentialType: 'twilioApi',
		sendBody: true,
		contentType: 'form-urlencoded',
		bodyParameters: {
			parameters: Object.entries({ To: to, From: number, Body: 'Hello' }).map(([name, value]) => ({
				name,
				value,
			})),
		},
		options: { response: { response: { fullResponse: true, neverError: true } } },
	};
	await e2e.editor.saveWorkflow({
		id,
		name: id,
		nodes: [
			node('Start', 'manualTrigger', 1, {}),
			node('Ask', 'httpRequest', 4.2, ask, { credentials: credentialsOf(e2e) }),
		],
		connections: { Start: { main: [link('Ask')] } },
		settings,
	});
	const { output } = await e2e.editor.run(id, 'Start');
	return itemsSchema.parse(output['Ask'])[0] ?? {};
}

/** A workflow that listens, at a webhook of its own or with the Twilio Trigger. */
export function listening(e2e: E2e, id: string, kind: 'webhook' | 'trigger'): Workflow {
	const webhookId = `hook-${id}`;
	const start =
		kind === 'webhook'
			? node('In', 'webhook', 2, { httpMethod: 'POST', path: webhookId, options: {} }, { webhookId })
			: node(
					'In',
					'twilioTrigger',
					1,
					{ updates: ['com.twilio.messaging.inbound-message.received'] },
					{ webhookId, credentials: credentialsOf(e2e) },
				);
	const nodes = [start, node('End', 'noOp', 1, {})];
	return { id, name: id, nodes, connections: { In: { main: [link('End')] } }, settings };
}
