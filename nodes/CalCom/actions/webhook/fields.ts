import type { INodeProperties } from 'n8n-workflow';
import { EVENT_CATALOG } from '../../../shared/events/catalog';
import { locator } from '../../../shared/panel/locator';

/** Events that a webhook may be made for: polling and the test button make the others. */
const OFFERED = EVENT_CATALOG.filter(({ internal }) => internal !== true);

const noteOf = (hostedOnly: boolean): string => (hostedOnly ? ' (hosted Cal.com only)' : '');

export const webhookField: INodeProperties = locator({
	displayName: 'Webhook',
	name: 'webhookId',
	searchListMethod: 'searchWebhooks',
	example: '69c578b8-8550-48ff-9f1d-e85faebd47e7',
	description: 'The webhook, from the list or by its ID',
	dependsOn: ['scope', 'eventTypeId.value', 'teamId.value', 'teamEventTypeId.value', 'organizationId'],
});

export const includeSecretField: INodeProperties = {
	displayName: 'Include Secret',
	name: 'includeSecret',
	type: 'boolean',
	default: false,
	description: 'Whether the output shows the secret that signs the deliveries. Executions are stored by n8n.',
};

export const urlField: INodeProperties = {
	displayName: 'Subscriber URL',
	name: 'subscriberUrl',
	type: 'string',
	default: '',
	placeholder: 'e.g. https://n8n.example.com/webhook/calcom',
	description: 'Where Cal.com tells what happens',
};

export const triggersField: INodeProperties = {
	displayName: 'Events',
	name: 'triggers',
	type: 'multiOptions',
	default: [],
	options: OFFERED.map(({ event, name, description, editions }) => ({
		name,
		value: event,
		description: `${description}${noteOf(!editions.includes('selfHosted'))}`,
	})),
	description: 'What Cal.com tells',
};

export const activeField: INodeProperties = {
	displayName: 'Active',
	name: 'active',
	type: 'boolean',
	default: true,
	description: 'Whether Cal.com sends anything',
};

/** What may be set beside URL and events, in alphabetical order. */
export const moreFields: INodeProperties[] = [
	{
		displayName: 'Payload Template',
		name: 'payloadTemplate',
		type: 'string',
		typeOptions: { rows: 4 },
		default: '',
		placeholder: 'e.g. {"title": "{{title}}"}',
		description: 'Changes what is sent. The Cal.com Trigger cannot read such deliveries: leave it empty for those.',
	},
	{
		displayName: 'Secret',
		name: 'secret',
		type: 'string',
		typeOptions: { password: true },
		default: '',
		description: 'Signs the deliveries. Empty means that they are not signed.',
	},
	{
		displayName: 'Wait Before Calling It a No-Show',
		name: 'time',
		type: 'number',
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: 5,
		description:
			'How long after the start Cal.com looks whether everyone has joined the Cal Video call. A self-hosted Cal.com drops it and never sends these events: set it in Cal.com itself.',
	},
	{
		displayName: 'Wait Unit',
		name: 'timeUnit',
		type: 'options',
		default: 'MINUTE',
		options: [
			{ name: 'Days', value: 'DAY' },
			{ name: 'Hours', value: 'HOUR' },
			{ name: 'Minutes', value: 'MINUTE' },
		],
	},
];
