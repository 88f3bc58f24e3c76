import type { INodeProperties } from 'n8n-workflow';

/** Whose bookings a webhook is about. */
export const scopeField: INodeProperties = {
	displayName: 'Scope',
	name: 'scope',
	type: 'options',
	noDataExpression: true,
	default: 'account',
	options: [
		{ name: 'Account', value: 'account', description: "All bookings of the API key's owner" },
		{ name: 'Event Type', value: 'eventType', description: 'Bookings of one of their event types' },
		{
			name: 'Organization',
			value: 'organization',
			description: 'All bookings of an organization (hosted Cal.com only)',
		},
		{
			name: 'Team Event Type',
			value: 'teamEventType',
			description: 'Bookings of an event type of a team (hosted Cal.com only)',
		},
	],
	description: 'Whose bookings the webhook is about',
};
