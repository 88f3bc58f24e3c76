import { dataObject } from '../shared/answer';
import type { Operation } from '../operation';
import { simplify } from '../shared/simplify';
import { eventTypeOutput } from './output';
import { eventTypeFields, readEventTypeScope, requestOf } from '../../../shared/eventTypes/scope';

export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get an event type',
		description: 'Get an event type with all its settings',
	},
	fields: [...eventTypeFields(['account', 'organizationTeam', 'team'], 'The event type to get'), simplify],
	async execute(itemIndex, session) {
		const scope = await readEventTypeScope(this, itemIndex, session);
		const found = await session.request(itemIndex, requestOf(scope, 'GET'), dataObject);
		return eventTypeOutput(this, itemIndex, found);
	},
};
