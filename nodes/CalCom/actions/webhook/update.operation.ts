import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { requireText } from '../../../shared/panel/identifiers';
import { invalid } from '../../../shared/panel/invalid';
import { activeField, includeSecretField, moreFields, triggersField, urlField, webhookField } from './fields';
import { webhookOutput } from './output';
import { webhookRequest } from '../../../shared/webhooks/request';
import { readWebhooksPath, webhookScopeFields } from './scope';
import { tellLostDelay, webhookSettings } from './settings';

export const update: Operation = {
	option: {
		name: 'Update',
		value: 'update',
		action: 'Update a webhook',
		description: 'Change the URL, what is told or other settings of a webhook',
	},
	fields: [
		...webhookScopeFields,
		webhookField,
		{
			displayName: 'Update Fields',
			name: 'updateFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			description: 'What is left out stays as it is',
			options: [
				activeField,
				{ ...triggersField, description: 'What Cal.com tells from now on, instead of all that it told before' },
				...moreFields,
				urlField,
			],
		},
		includeSecretField,
	],
	async execute(itemIndex, session) {
		const id = requireText(this, itemIndex, 'webhookId', 'Webhook');
		const changes = readFields(this.getNodeParameter('updateFields', itemIndex, {})) ?? {};
		const body = webhookSettings(this, itemIndex, changes);
		if (Object.keys(body).length === 0) {
			throw invalid(
				this,
				itemIndex,
				'NOTHING_TO_CHANGE',
				'There is nothing to change',
				'Add a field under Update Fields.',
			);
		}
		const request = webhookRequest('PATCH', await readWebhooksPath(this, itemIndex, session), { id, body });
		const webhook = await session.request(itemIndex, request, dataObject);
		tellLostDelay(session, body, webhook);
		return webhookOutput(this, itemIndex, webhook);
	},
};
