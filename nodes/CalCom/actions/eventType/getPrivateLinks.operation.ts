import type { Operation } from '../operation';
import { listFields, readWhole } from '../shared/listing';
import { privateLinkScope, readLinksScope } from './privateLinks';
import { requestOf } from '../../../shared/eventTypes/scope';

export const getPrivateLinks: Operation = {
	option: {
		name: 'Get Private Links',
		value: 'getPrivateLinks',
		action: 'Get the private links to an event type',
		description: 'Get the private links of an event type, with how often each was used',
	},
	fields: [...privateLinkScope, ...listFields],
	async execute(itemIndex, session) {
		const scope = await readLinksScope(this, itemIndex, session);
		return await readWhole(this, itemIndex, session, requestOf(scope, 'GET'));
	},
};
