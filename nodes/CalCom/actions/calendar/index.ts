import type { Resource } from '../operation';
import { getBusyTimes } from './getBusyTimes.operation';
import { getConnections } from './getConnections.operation';
import { getFreeBusy } from './getFreeBusy.operation';
import { getMany } from './getMany.operation';
import { setDestination } from './setDestination.operation';

/** The calendars that are connected to Cal.com. */
export const calendar: Resource = {
	option: { name: 'Calendar', value: 'calendar' },
	operations: [getMany, getBusyTimes, getConnections, getFreeBusy, setDestination],
};
