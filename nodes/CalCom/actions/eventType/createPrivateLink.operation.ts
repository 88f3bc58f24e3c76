import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { expiryFields, privateLinkScope, readExpiry, readLinksScope } from './privateLinks';
import { requestOf } from '../../../shared/eventTypes/scope';

export const createPrivateLink: Operation = {
	option: {
		name: 'Create Private Link',
		value: 'createPrivateLink',
		action: 'Create a private link to an event type',
		description: 'Create a link that works a limited number of times or for a limited time',
	},
	fields: [...privateLinkScope, ...expiryFields],
	async execute(itemIndex, session) {
		const scope = await readLinksScope(this, itemIndex, session);
		const body = readExpiry(this, itemIndex);
		return await session.request(itemIndex, { ...requestOf(scope, 'POST'), body }, dataObject);
	},
};
