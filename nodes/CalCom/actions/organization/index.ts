import type { Resource } from '../operation';
import { getBookings } from './getBookings.operation';
import { getEventTypes } from './getEventTypes.operation';
import { getMembers } from './getMembers.operation';

/** Organizations: hosted Cal.com only. */
export const organization: Resource = {
	option: { name: 'Organization', value: 'organization' },
	operations: [getBookings, getEventTypes, getMembers],
	hostedOnly: true,
};
