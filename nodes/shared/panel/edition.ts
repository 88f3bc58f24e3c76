import type { INodeProperties } from 'n8n-workflow';

/** The edition of a credential; `detect` goes by the host. */
export const editionField: INodeProperties = {
	displayName: 'Edition',
	name: 'edition',
	type: 'options',
	default: 'detect',
	options: [
		{ name: 'Detect', value: 'detect', description: 'Hosted on cal.com and cal.eu, else self-hosted' },
		{ name: 'Hosted', value: 'hosted', description: 'Cal.com in the cloud, or a licensed installation' },
		{ name: 'Self-Hosted', value: 'selfHosted', description: 'The community edition on your own server' },
	],
	description:
		'Which Cal.com this is. Teams, organizations and some choices under Events exist only on the hosted one.',
};
