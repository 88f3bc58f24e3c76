import type { IAuthenticateGeneric, Icon, ICredentialType, INodeProperties } from 'n8n-workflow';
import { domainFields } from '../nodes/shared/panel/domains';
import { editionField } from '../nodes/shared/panel/edition';
import { instanceField } from '../nodes/shared/panel/instance';
import { plainHttpNotice } from '../nodes/shared/panel/plainHttp';
import { webhookSecretFields } from './webhookSecrets';

/** An API key of Cal.com. Its test is a function of the trigger node: only there can a refused connection be put into words. */
export class CalComApi implements ICredentialType {
	name = 'calComApi';

	displayName = 'Cal.com API';

	icon: Icon = { light: 'file:../icons/calcom.svg', dark: 'file:../icons/calcom.dark.svg' };

	documentationUrl = 'https://github.com/calcom-sync/n8n-nodes-calcom-sync/blob/main/docs/credential.md';

	properties: INodeProperties[] = [
		{
			displayName: 'API Key',
			name: 'apiKey',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			placeholder: 'e.g. cal_live_1a2b3c4d5e6f',
			description: 'Any kind of key is fine: n8n asks Cal.com whether it works',
			hint: 'Made in Cal.com under Settings > Developer > API keys. Copy it at once: Cal.com shows it one time only.',
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
		plainHttpNotice('baseUrl'),
		editionField,
		instanceField,
		...webhookSecretFields,
		...domainFields,
	];

	authenticate: IAuthenticateGeneric = {
		type: 'generic',
		properties: { headers: { Authorization: '=Bearer {{$credentials.apiKey.trim()}}' } },
	};
}
