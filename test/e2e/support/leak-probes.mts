// What is put into an n8n before a look for leaks: nodes that show all they get, with credentials whose secrets are known.
import { z } from 'zod';
import type { WorkflowNode } from '../../../playground/src/n8n/editor.mts';
import type { Playground } from '../../../playground/src/playground.mts';

/** Of a webhook that was registered by hand. */
export const BY_HAND = { webhookSecret: 'by-hand-Canary/55aa+01==', previousWebhookSecret: 'before-Canary/66bb+02==' };
/** Of somebody who has signed in to Cal.com. */
export const OAUTH = {
	clientSecret: 'client-Canary/77cc+03==',
	access_token: 'access-Canary/88dd+04',
	refresh_token: 'refresh-Canary/99ee+05',
};
/** Where the trigger of `saveProbes` listens. */
export const PROBE_PATH = '/webhook/hook-leaks/calcom';
/** Where a trigger listens that was told to keep secrets: there they have to be found. */
export const OPEN_PATH = '/webhook/hook-open/calcom';

const PACKAGE = 'n8n-nodes-calcom-sync';

const parametersOf = (node: WorkflowNode) => z.record(z.unknown()).parse(node['parameters']);

/** The trigger, the action node with an API key and with OAuth, each in a workflow `leaks-…` of its own. */
export async function saveProbes({ editor, calcom }: Playground): Promise<void> {
	const baseUrl = calcom.url;
	const byHand = await editor.saveCredential({
		name: 'By hand',
		type: 'calComApi',
		data: { apiKey: calcom.apiKey, baseUrl, edition: 'selfHosted', ...BY_HAND },
	});
	const { clientSecret, ...tokens } = OAUTH;
	const oauth = await editor.saveCredential({
		name: 'OAuth',
		type: 'calComOAuth2Api',
		data: {
			clientId: 'client',
			clientSecret,
			region: 'own',
			appUrl: calcom.origin,
			apiUrl: baseUrl,
			oauthTokenData: { ...tokens, token_type: 'bearer' },
		},
	});
	const node = (name: string, type: string, more: Partial<WorkflowNode> = {}): WorkflowNode => ({
		id: name,
		name,
		type,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		...more,
	});
	const save = async (id: string, first: WorkflowNode, second: WorkflowNode) => {
		const connections = { [first.name]: { main: [[{ node: second.name, type: 'main', index: 0 }]] } };
		const settings = { executionOrder: 'v1' };
		await editor.saveWorkflow({ id, name: id, nodes: [first, second], connections, settings });
	};
	const trigger = node('Trigger', `${PACKAGE}.calComTrigger`, {
		typeVersion: 2,
		webhookId: 'hook-leaks',
		credentials: { calComApi: byHand },
		parameters: { registration: 'byHand', events: ['BOOKING_CREATED', 'RECORDING_READY'], output: 'both' },
	});
	await save('leaks-trigger', trigger, node('End', 'n8n-nodes-base.noOp'));
	await editor.activate('leaks-trigger');
	const options = { includeSecrets: true };
	const open = { ...trigger, webhookId: 'hook-open', parameters: { ...parametersOf(trigger), options } };
	await save('leaks-open', open, node('End', 'n8n-nodes-base.noOp'));
	await editor.activate('leaks-open');
	const actions: [string, Record<string, unknown>, Record<string, { id: string; name: string }>][] = [
		['Webhooks', { resource: 'webhook', operation: 'getAll', returnAll: true }, { calComApi: byHand }],
		['Me', { resource: 'user', operation: 'getMe' }, { calComApi: byHand }],
		['Signed in', { authentication: 'oAuth2', resource: 'user', operation: 'getMe' }, { calComOAuth2Api: oauth }],
	];
	for (const [name, parameters, credentials] of actions) {
		const action = node(name, `${PACKAGE}.calCom`, { parameters, credentials });
		await save(
			`leaks-${name.toLowerCase().replace(' ', '-')}`,
			node('Start', 'n8n-nodes-base.manualTrigger'),
			action,
		);
	}
}
