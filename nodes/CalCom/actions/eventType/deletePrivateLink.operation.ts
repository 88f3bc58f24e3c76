import type { Operation } from '../operation';
import { dataObject, DELETED } from '../shared/answer';
import { linkField, privateLinkScope, readLinkScope } from './privateLinks';
import { requestOf } from '../../../shared/eventTypes/scope';

export const deletePrivateLink: Operation = {
	option: {
		name: 'Delete Private Link',
		value: 'deletePrivateLink',
		action: 'Delete a private link to an event type',
		description: 'Delete a private link, so that it stops working at once',
	},
	fields: [...privateLinkScope, linkField],
	async execute(itemIndex, session) {
		const scope = await readLinkScope(this, itemIndex, session);
		await session.request(itemIndex, requestOf(scope, 'DELETE'), dataObject);
		return { ...DELETED };
	},
};
