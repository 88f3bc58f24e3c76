import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { expiryFields, linkField, privateLinkScope, readExpiry, readLinkScope } from './privateLinks';
import { requestOf } from '../../../shared/eventTypes/scope';

export const updatePrivateLink: Operation = {
	option: {
		name: 'Update Private Link',
		value: 'updatePrivateLink',
		action: 'Update a private link to an event type',
		description: 'Change when a private link stops working',
	},
	fields: [...privateLinkScope, linkField, ...expiryFields],
	async execute(itemIndex, session) {
		const scope = await readLinkScope(this, itemIndex, session);
		const body = readExpiry(this, itemIndex);
		return await session.request(itemIndex, { ...requestOf(scope, 'PATCH'), body }, dataObject);
	},
};
