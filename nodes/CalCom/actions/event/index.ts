import type { Resource } from '../operation';
import { normalize } from './normalize.operation';

/** What Cal.com told, brought into the one shape. */
export const event: Resource = {
	option: { name: 'Event', value: 'event' },
	operations: [normalize],
};
