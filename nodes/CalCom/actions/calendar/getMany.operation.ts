import type { Operation } from '../operation';
import { simplify, wantsSimple } from '../shared/simplify';
import { readCalendars, readRawCalendars } from './connected';

export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many connected calendars',
		description: 'Get the calendars that are connected to Cal.com, and which one bookings are written to',
	},
	fields: [simplify],
	async execute(itemIndex, session) {
		return wantsSimple(this, itemIndex)
			? await readCalendars(itemIndex, session)
			: await readRawCalendars(itemIndex, session);
	},
};
