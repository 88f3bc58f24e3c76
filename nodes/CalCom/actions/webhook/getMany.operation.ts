import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { includeSecretField } from './fields';
import { webhookOutput } from './output';
import { webhookRequest } from '../../../shared/webhooks/request';
import { readWebhooksPath, webhookScopeFields } from './scope';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many webhooks',
		description: 'Get the webhooks of the account, of an event type or of an organization',
	},
	fields: [...webhookScopeFields, ...listFields, includeSecretField],
	async execute(itemIndex, session) {
		const request = webhookRequest('GET', await readWebhooksPath(this, itemIndex, session));
		const found = await readPages(this, itemIndex, session, request);
		return found.map((webhook) => webhookOutput(this, itemIndex, webhook));
	},
};
