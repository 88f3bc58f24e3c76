import type { Operation } from '../operation';
import { listFields, readPages } from '../shared/listing';
import { includeSecretField } from './fields';
import { webhookOutput } from './output';
import { webhookRequest } from './request';
import { readCollection, scopeFields } from './scope';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many webhooks',
		description: 'Get the webhooks of the account, of an event type or of an organization',
	},
	fields: [...scopeFields, ...listFields, includeSecretField],
	async execute(itemIndex, session) {
		const request = webhookRequest(session, 'GET', await readCollection(this, itemIndex, session));
		const found = await readPages(this, itemIndex, session, request);
		return found.map((webhook) => webhookOutput(this, itemIndex, webhook));
	},
};
