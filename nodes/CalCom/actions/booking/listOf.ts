import type { INodeProperties } from 'n8n-workflow';
import type { DataSchema } from '../../../shared/api/client';
import type { JsonObject } from '../../../shared/values/json';
import type { Operation } from '../operation';
import { aList, bookingPath, bookingRequest } from '../../../shared/api/bookings';
import { bookingField, readText, readUid } from './parameters';

interface BookingList {
	option: Operation['option'];
	/** Below the booking's path. */
	path: string;
	schema?: DataSchema<JsonObject[]>;
	/** A field whose value, when there is one, is sent as a query parameter of the same name. */
	filter?: INodeProperties;
}

/** Something that a booking has several of: all of it, one item each. */
export function listOf({ option, path, schema = aList, filter }: BookingList): Operation {
	return {
		option,
		fields: [bookingField('The booking that they belong to'), ...(filter === undefined ? [] : [filter])],
		async execute(itemIndex, session) {
			const request = bookingRequest(session, 'GET', bookingPath(readUid(this, itemIndex), path));
			const value = filter === undefined ? '' : readText(this, filter.name, itemIndex);
			const query = filter === undefined || value === '' ? {} : { query: { [filter.name]: value } };
			return await session.request(itemIndex, { ...request, ...query }, schema);
		},
	};
}
