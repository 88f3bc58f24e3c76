import { z } from 'zod';
import type { Operation } from '../operation';
import { DELETED } from '../shared/answer';
import { requireId } from '../../../shared/panel/identifiers';
import { scheduleField, scheduleRequest } from './fields';

export const remove: Operation = {
	option: { name: 'Delete', value: 'delete', action: 'Delete a schedule', description: 'Delete a schedule for good' },
	fields: [scheduleField],
	async execute(itemIndex, session) {
		const id = requireId(this, itemIndex, 'scheduleId', 'Schedule');
		await session.request(itemIndex, scheduleRequest(session, 'DELETE', `/${id}`), z.unknown());
		return { ...DELETED };
	},
};
