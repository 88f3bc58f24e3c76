import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { scheduleAnswer, scheduleRequest } from './fields';

export const getDefault: Operation = {
	option: {
		name: 'Get Default',
		value: 'getDefault',
		action: 'Get the default schedule',
		description: 'Get the schedule that event types without one of their own use',
	},
	fields: [],
	async execute(itemIndex, session) {
		const request = scheduleRequest(session, 'GET', '/default');
		const found = await session.request(itemIndex, request, scheduleAnswer.nullish());
		if (found !== null && found !== undefined) return found;
		throw invalid(
			this,
			itemIndex,
			'NO_DEFAULT_SCHEDULE',
			'The owner of this API key has no default schedule',
			'Create a schedule with Default switched on, or make one the default in Cal.com under Availability.',
		);
	},
};
