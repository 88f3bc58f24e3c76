import { z } from 'zod';
import type { Operation } from '../operation';
import { DELETED } from '../shared/answer';
import { requireText } from '../../../shared/panel/identifiers';
import { webhookField } from './fields';
import { webhookRequest } from '../../../shared/webhooks/request';
import { readWebhooksPath, webhookScopeFields } from './scope';

export const remove: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete a webhook',
		description: 'Delete a webhook for good; nothing more is sent to its URL',
	},
	fields: [...webhookScopeFields, webhookField],
	async execute(itemIndex, session) {
		const id = requireText(this, itemIndex, 'webhookId', 'Webhook');
		const request = webhookRequest('DELETE', await readWebhooksPath(this, itemIndex, session), { id });
		await session.request(itemIndex, request, z.unknown());
		return { ...DELETED };
	},
};
