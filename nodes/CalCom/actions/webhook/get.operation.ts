import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { requireText } from '../../../shared/panel/identifiers';
import { includeSecretField, webhookField } from './fields';
import { webhookOutput } from './output';
import { webhookRequest } from '../../../shared/webhooks/request';
import { readWebhooksPath, webhookScopeFields } from './scope';

export const get: Operation = {
	option: { name: 'Get', value: 'get', action: 'Get a webhook', description: 'Get a webhook by its ID' },
	fields: [...webhookScopeFields, webhookField, includeSecretField],
	async execute(itemIndex, session) {
		const id = requireText(this, itemIndex, 'webhookId', 'Webhook');
		const request = webhookRequest('GET', await readWebhooksPath(this, itemIndex, session), { id });
		return webhookOutput(this, itemIndex, await session.request(itemIndex, request, dataObject));
	},
};
