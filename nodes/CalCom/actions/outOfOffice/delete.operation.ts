import { z } from 'zod';
import type { Operation } from '../operation';
import { DELETED } from '../shared/answer';
import { requireId } from '../../../shared/panel/identifiers';
import { absenceRequest, entryField, memberFields, readMemberPath } from './place';

export const remove: Operation = {
	option: {
		name: 'Delete',
		value: 'delete',
		action: 'Delete an out of office entry',
		description: 'Take an absence back; the times can be booked again',
	},
	fields: [entryField, ...memberFields],
	async execute(itemIndex, session) {
		const path = await readMemberPath(this, itemIndex, session);
		const id = requireId(this, itemIndex, 'entryId', 'Entry ID');
		await session.request(itemIndex, absenceRequest(session, 'DELETE', `${path}/${id}`), z.unknown());
		return { ...DELETED };
	},
};
