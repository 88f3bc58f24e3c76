import type { ICredentialType, Icon, INodeProperties } from 'n8n-workflow';
import { domainFields } from '../nodes/shared/panel/domains';
import { editionField } from '../nodes/shared/panel/edition';
import { instanceField } from '../nodes/shared/panel/instance';
import { plainHttpNotice } from '../nodes/shared/panel/plainHttp';

/** Scopes of an OAuth client in Cal.com that everything a person owns needs. */
const SCOPES = [
	'BOOKING_READ',
	'BOOKING_WRITE',
	'EVENT_TYPE_READ',
	'EVENT_TYPE_WRITE',
	'SCHEDULE_READ',
	'SCHEDULE_WRITE',
	'APPS_READ',
	'APPS_WRITE',
	'PROFILE_READ',
	'PROFILE_WRITE',
	'WEBHOOK_READ',
	'WEBHOOK_WRITE',
].join(' ');

const isOwn = '$self["region"] === "own"';
const typed = (field: string): string => `$self["${field}"].trim().replace(/\\/+$/, "")`;
/** Where people sign in. */
const APP = `${isOwn} ? ${typed('appUrl')} : "https://app.cal." + $self["region"]`;
/** Where the API answers: for an own installation as typed, else below its web app. */
const API = `${isOwn} ? (${typed('apiUrl')} || ${typed('appUrl')} + "/api/v2") : "https://api.cal." + $self["region"] + "/v2"`;

/** Signing in to Cal.com with an OAuth client that was made there. */
export class CalComOAuth2Api implements ICredentialType {
	name = 'calComOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Cal.com OAuth2 API';

	icon: Icon = { light: 'file:../icons/calcom.svg', dark: 'file:../icons/calcom.dark.svg' };

	documentationUrl =
		'https://github.com/calcom-sync/n8n-nodes-calcom-sync/blob/main/docs/credential.md#the-calcom-oauth2-api-credential';

	properties: INodeProperties[] = [
		{ displayName: 'Grant Type', name: 'grantType', type: 'hidden', default: 'authorizationCode' },
		{
			displayName: 'Cal.com',
			name: 'region',
			type: 'options',
			default: 'com',
			options: [
				{ name: 'Cal.com (Cloud)', value: 'com' },
				{ name: 'Cal.eu (Cloud, European Region)', value: 'eu' },
				{ name: 'Own Installation', value: 'own' },
			],
			description: 'Where the OAuth client was made',
			hint: 'Made in Cal.com under Settings > Developer > OAuth, with the redirect URL that stands above',
		},
		{
			displayName: 'Address',
			name: 'appUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://cal.example.com',
			displayOptions: { show: { region: ['own'] } },
			description: 'Of the web app, where people sign in',
		},
		{
			displayName: 'API Address',
			name: 'apiUrl',
			type: 'string',
			default: '',
			placeholder: 'e.g. https://cal-api.example.com/v2',
			displayOptions: { show: { region: ['own'] } },
			description: 'Only when the API answers elsewhere than under /api/v2 of the address above',
		},
		plainHttpNotice('appUrl', { region: ['own'] }),
		plainHttpNotice('apiUrl', { region: ['own'] }),
		{ displayName: 'Base URL', name: 'baseUrl', type: 'hidden', default: `={{ ${API} }}` },
		editionField,
		instanceField,
		{
			displayName: 'Authorization URL',
			name: 'authUrl',
			type: 'hidden',
			default: `={{ (${APP}) + "/auth/oauth2/authorize" }}`,
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'hidden',
			default: `={{ (${API}) + "/auth/oauth2/token" }}`,
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: SCOPES,
			description:
				'What the node may do, in words of Cal.com. The OAuth client must have them too. Add TEAM_ and ORG_ scopes for teams and organizations.',
		},
		{ displayName: 'Auth URI Query Parameters', name: 'authQueryParameters', type: 'hidden', default: '' },
		{ displayName: 'Authentication', name: 'authentication', type: 'hidden', default: 'body' },
		...domainFields,
	];
}
