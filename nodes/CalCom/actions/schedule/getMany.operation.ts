import type { Operation } from '../operation';
import { listFields, readWhole } from '../shared/listing';
import { scheduleAnswer, scheduleRequest } from './fields';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many schedules',
		description: "Get the schedules of the API key's owner",
	},
	fields: listFields,
	async execute(itemIndex, session) {
		return await readWhole(this, itemIndex, session, scheduleRequest(session, 'GET'), scheduleAnswer);
	},
};
