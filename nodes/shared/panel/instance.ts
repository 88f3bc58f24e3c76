import type { INodeProperties } from 'n8n-workflow';

/** The credential's word for a Cal.com of one's own. */
export const instanceField: INodeProperties = {
	displayName: 'Instance',
	name: 'instance',
	type: 'string',
	default: '',
	placeholder: 'e.g. amsterdam',
	description:
		'A word of yours for this Cal.com, when you have several of your own. It stands in every event, so that bookings of different installations are told apart, and stays the same when the address changes. Left out, the host is taken; cal.com and cal.eu keep their names.',
};
