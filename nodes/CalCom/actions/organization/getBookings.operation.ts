import type { IDataObject } from 'n8n-workflow';
import { aBooking } from '../../../shared/api/bookings';
import { filterFields, readQuery, sortFields } from '../booking/filters';
import { readOutputFields, shapeRead } from '../booking/output';
import type { Operation } from '../operation';
import { listFields, readLimit } from '../shared/listing';
import { organizationField } from '../../../shared/panel/organization';
import { organizationRequest } from './request';

export const getBookings: Operation = {
	option: {
		name: 'Get Bookings',
		value: 'getBookings',
		action: 'Get the bookings of an organization',
		description: 'Get the bookings of all members of an organization',
	},
	fields: [organizationField, ...listFields, filterFields, ...sortFields, ...readOutputFields],
	async execute(itemIndex, session) {
		const asked = {
			what: 'Bookings of an organization',
			path: '/bookings',
			query: readQuery(this, itemIndex),
		};
		const request = await organizationRequest(this, itemIndex, session, asked);
		const items: IDataObject[] = [];
		for await (const page of session.pages(itemIndex, request, aBooking, readLimit(this, itemIndex))) {
			items.push(...(await shapeRead(this, itemIndex, session, page)));
		}
		return items;
	},
};
