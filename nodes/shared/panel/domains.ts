import type { INodeProperties } from 'n8n-workflow';

/**
 * n8n adds these two fields to every credential that HTTP Request nodes can use, unless it has them already. They are
 * n8n's own, with the same names and values; here they say what they mean for Cal.com.
 */
export const domainFields: INodeProperties[] = [
	{
		displayName: 'Allowed HTTP Request Domains',
		name: 'allowedHttpRequestDomains',
		type: 'options',
		default: 'all',
		options: [
			{ name: 'All', value: 'all', description: 'They may send it to any address' },
			{ name: 'None', value: 'none', description: 'They may not use it at all' },
			{ name: 'Specific Domains', value: 'domains', description: 'They may send it to these addresses only' },
		],
		description:
			"Where n8n's HTTP Request and GraphQL nodes may send this credential. The Cal.com nodes talk to your Cal.com only, whatever is chosen here.",
		hint: 'For HTTP Request and GraphQL nodes. If none of yours uses this credential, choose None.',
	},
	{
		displayName: 'Allowed Domains',
		name: 'allowedDomains',
		type: 'string',
		default: '',
		placeholder: 'e.g. api.cal.com',
		description: 'Separated by commas; * stands for anything, as in *.cal.com',
		displayOptions: { show: { allowedHttpRequestDomains: ['domains'] } },
	},
];
