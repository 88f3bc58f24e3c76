import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { shaped, simplify } from '../shared/simplify';
import { meRequest, SIMPLE_KEYS } from './fields';

export const getMe: Operation = {
	option: {
		name: 'Get Me',
		value: 'getMe',
		action: 'Get my user',
		description: 'Get the user that the credential belongs to',
	},
	fields: [simplify],
	async execute(itemIndex, session) {
		const me = await session.request(itemIndex, meRequest(session, 'GET'), dataObject);
		return shaped(this, itemIndex, me, SIMPLE_KEYS);
	},
};
