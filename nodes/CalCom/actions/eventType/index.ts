import type { Resource } from '../operation';
import { create } from './create.operation';
import { createPrivateLink } from './createPrivateLink.operation';
import { remove } from './delete.operation';
import { deletePrivateLink } from './deletePrivateLink.operation';
import { duplicate } from './duplicate.operation';
import { get } from './get.operation';
import { getMany } from './getMany.operation';
import { getPrivateLinks } from './getPrivateLinks.operation';
import { update } from './update.operation';
import { updatePrivateLink } from './updatePrivateLink.operation';

export const eventType: Resource = {
	option: {
		name: 'Event Type',
		value: 'eventType',
		description: 'What can be booked, and its private links',
	},
	operations: [
		getMany,
		get,
		create,
		update,
		duplicate,
		remove,
		createPrivateLink,
		getPrivateLinks,
		updatePrivateLink,
		deletePrivateLink,
	],
};
