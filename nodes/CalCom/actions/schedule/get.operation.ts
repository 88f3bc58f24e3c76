import type { Operation } from '../operation';
import { requireId } from '../../../shared/panel/identifiers';
import { scheduleAnswer, scheduleField, scheduleRequest } from './fields';

export const get: Operation = {
	option: { name: 'Get', value: 'get', action: 'Get a schedule', description: 'Get a schedule with its hours' },
	fields: [scheduleField],
	async execute(itemIndex, session) {
		const id = requireId(this, itemIndex, 'scheduleId', 'Schedule');
		return await session.request(itemIndex, scheduleRequest(session, 'GET', `/${id}`), scheduleAnswer);
	},
};
