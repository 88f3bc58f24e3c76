import type { Resource } from '../operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { get } from './get.operation';
import { getDefault } from './getDefault.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

/** The hours at which event types can be booked. */
export const schedule: Resource = {
	option: { name: 'Schedule', value: 'schedule' },
	operations: [getMany, create, get, getDefault, update, remove],
};
