import type { Resource } from '../operation';
import { check } from './check.operation';

/** Whether Cal.com can be worked with right now. */
export const health: Resource = {
	option: { name: 'Health', value: 'health' },
	operations: [check],
};
