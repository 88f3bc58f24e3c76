import type { INodeProperties } from 'n8n-workflow';

/** Which credential the node works with; `credentialOf` reads it. */
export const authenticationField: INodeProperties = {
	displayName: 'Authentication',
	name: 'authentication',
	type: 'options',
	noDataExpression: true,
	default: 'apiKey',
	options: [
		{ name: 'API Key', value: 'apiKey', description: 'Every Cal.com, in the cloud or your own' },
		{ name: 'OAuth2', value: 'oAuth2', description: 'Sign in to Cal.com with an OAuth client of its own' },
	],
};
