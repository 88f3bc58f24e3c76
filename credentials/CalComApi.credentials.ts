import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { editionField } from '../nodes/shared/panel/edition';

/** An API key of Cal.com. Its test is a function of the trigger node: only there can a refused connection be put into words. */
export class CalComApi implements ICredentialType {
	name = 'calComApi';

	displayName = 'Cal.com API';

	icon: Icon = { light: 'file:../icons/calcom.svg', dark: 'file:../icons/calcom.dark.svg' };

	documentationUrl = 'https://cal.com/docs/api-reference/v2/introduction';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Made in Cal.com under Settings > Developer > API keys',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://api.cal.com/v2',
			placeholder: 'e.g. https://cal.example.com/api/v2',
			description:
				'Where the API answers. Use https://api.cal.eu/v2 for the European region. For your own Cal.com its address is enough: /api/v2 is added when no version is named.',
		},
		editionField,
		{
			displayName: 'Webhook Secret',
			name: 'webhookSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for a Cal.com Trigger whose webhook you register by hand: the secret that you gave that webhook in Cal.com',
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

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey.trim()}}' } },
	};
}
