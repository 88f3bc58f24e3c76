import { fields as readFields } from '../../../shared/values/readers';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { activeField, includeSecretField, moreFields, triggersField, urlField } from './fields';
import { webhookOutput } from './output';
import { webhookRequest } from '../../../shared/webhooks/request';
import { readWebhooksPath, webhookScopeFields } from './scope';
import { defaultDelay, tellLostDelay, webhookSettings } from './settings';

export const create: Operation = {
	option: {
		name: 'Create',
		value: 'create',
		action: 'Create a webhook',
		description: 'Make Cal.com tell a URL what happens. The Cal.com Trigger makes its own webhook.',
	},
	fields: [
		...webhookScopeFields,
		{ ...urlField, required: true },
		{ ...triggersField, required: true, default: ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'] },
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add field',
			default: {},
			options: [activeField, ...moreFields],
		},
		includeSecretField,
	],
	async execute(itemIndex, session) {
		const more = readFields(this.getNodeParameter('additionalFields', itemIndex, {})) ?? {};
		const path = await readWebhooksPath(this, itemIndex, session);
		const triggers = this.getNodeParameter('triggers', itemIndex, []);
		const body = webhookSettings(this, itemIndex, {
			active: true,
			...defaultDelay(triggers),
			...more,
			subscriberUrl: this.getNodeParameter('subscriberUrl', itemIndex, ''),
			triggers,
		});
		const request = webhookRequest('POST', path, { body });
		const webhook = await session.request(itemIndex, request, dataObject);
		tellLostDelay(session, body, webhook);
		return webhookOutput(this, itemIndex, webhook);
	},
};
