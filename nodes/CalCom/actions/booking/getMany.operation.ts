import type { IDataObject } from 'n8n-workflow';
import { versionFor } from '../../../shared/api/versions';
import type { Operation } from '../operation';
import { listFields, readLimit } from '../shared/listing';
import { aBooking } from '../../../shared/api/bookings';
import { filterFields, readQuery, sortFields } from './filters';
import { readOutputFields, shapeRead } from './output';

/** Lists bookings, by every filter and sort of the API. */
export const getMany: Operation = {
	option: {
		name: 'Get Many',
		value: 'getMany',
		action: 'Get many bookings',
		description: 'List bookings by state, time, attendee, event type or team',
	},
	fields: [...listFields, filterFields, ...sortFields, ...readOutputFields],
	async execute(itemIndex, session) {
		const query = readQuery(this, itemIndex);
		const request = {
			method: 'GET',
			path: '/bookings',
			version: versionFor('bookingsList', session.edition),
			query,
		} as const;
		const items: IDataObject[] = [];
		// Each page is shaped as it comes: only what goes out is held.
		for await (const page of session.pages(itemIndex, request, aBooking, readLimit(this, itemIndex))) {
			items.push(...(await shapeRead(this, itemIndex, session, page)));
		}
		return items;
	},
};
