import { dataObject, DELETED } from '../shared/answer';
import type { Operation } from '../operation';
import { eventTypeFields, readEventTypeScope, requestOf } from '../../../shared/eventTypes/scope';

export const remove: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete an event type',
		description: 'Delete an event type permanently',
	},
	fields: eventTypeFields(['account', 'organizationTeam', 'team'], 'The event type to delete'),
	async execute(itemIndex, session) {
		const scope = await readEventTypeScope(this, itemIndex, session);
		await session.request(itemIndex, requestOf(scope, 'DELETE'), dataObject);
		return { ...DELETED };
	},
};
