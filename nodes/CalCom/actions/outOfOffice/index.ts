import type { Resource } from '../operation';
import { create } from './create.operation';
import { remove } from './delete.operation';
import { getMany } from './getMany.operation';
import { update } from './update.operation';

/** Absences of the members of an organization. */
export const outOfOffice: Resource = {
	option: { name: 'Out of Office', value: 'outOfOffice' },
	operations: [getMany, create, update, remove],
	hostedOnly: true,
};
