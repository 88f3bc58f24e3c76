import type { Resource } from '../operation';
import { get } from './get.operation';
import { getBookings } from './getBookings.operation';
import { getEventTypes } from './getEventTypes.operation';
import { getMany } from './getMany.operation';
import { getMembers } from './getMembers.operation';

/** Teams: hosted Cal.com only. */
export const team: Resource = {
	option: { name: 'Team', value: 'team' },
	operations: [getMany, get, getEventTypes, getMembers, getBookings],
	hostedOnly: true,
};
