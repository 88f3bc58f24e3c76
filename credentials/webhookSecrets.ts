import type { IDisplayOptions, INodeProperties } from 'n8n-workflow';

/** What n8n shows the editor in place of a secret that is saved empty. */
const EMPTY = ['', '__n8n_EMPTY_VALUE_7b1af746-3729-4c60-9b9b-e08eb29e58da'];

/**
 * When the secrets are shown: asked for by the switch, or because one of them is there. n8n drops what is not shown, so
 * a secret in use stays whatever the switch says. Each field stands here once for each of these, since the conditions of
 * one field are all to be met. The slash keeps a field from waiting for itself when n8n puts fields in order.
 */
const SHOWN: readonly IDisplayOptions[] = [
	{ show: { webhooksByHand: [true] } },
	{ show: { webhooksByHand: [false] }, hide: { '/webhookSecret': EMPTY } },
	{
		show: { webhooksByHand: [false] },
		hide: { '/webhookSecret': [{ _cnd: { not: '' } }], '/previousWebhookSecret': EMPTY },
	},
];

const SECRETS: readonly INodeProperties[] = [
	{
		displayName: 'Webhook Secret',
		name: 'webhookSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'The secret that you gave the webhook in Cal.com, under Settings > Developer > Webhooks',
	},
	{
		displayName: 'Previous Webhook Secret',
		name: 'previousWebhookSecret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description:
			'The secret before, while you change it: deliveries signed with either are accepted. Empty it once Cal.com has the new one.',
	},
];

/** What a Cal.com Trigger with Registration By Hand checks deliveries with. */
export const webhookSecretFields: INodeProperties[] = [
	{
		displayName: 'Webhooks Registered by Hand',
		name: 'webhooksByHand',
		type: 'boolean',
		noDataExpression: true,
		default: false,
		description:
			'Whether a Cal.com Trigger with Registration By Hand uses this credential, and needs the secret of its webhook. A Cal.com Trigger that registers by itself needs none.',
	},
	...SECRETS.flatMap((field) => SHOWN.map((displayOptions) => ({ ...field, displayOptions }))),
];
