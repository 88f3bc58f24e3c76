import { z } from 'zod';
import type { Operation } from '../operation';
import { dataObject } from '../shared/answer';
import { calendarRequest } from './request';

const connections = z.object({ connections: z.array(dataObject) });

export const getConnections: Operation = {
	option: {
		name: 'Get Connections',
		value: 'getConnections',
		action: 'Get the connections to calendars',
		description:
			'Get the connected Google, Office 365 and Apple accounts, with the IDs that Get Free and Busy takes',
	},
	fields: [],
	async execute(itemIndex, session) {
		const request = calendarRequest(session, '/calendars/connections');
		return (await session.request(itemIndex, request, connections)).connections;
	},
};
