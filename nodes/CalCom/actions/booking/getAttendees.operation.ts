import type { Operation } from '../operation';
import { fetchAttendees } from './attendees';
import { bookingField, readUid } from './parameters';

/** Lists who is in a booking, each with an id. */
export const getAttendees: Operation = {
	option: {
		name: 'Get Attendees',
		value: 'getAttendees',
		action: 'Get the attendees of a booking',
		description: 'List who is in a booking',
	},
	fields: [bookingField('The booking whose attendees to list')],
	async execute(itemIndex, session) {
		return await fetchAttendees(session, itemIndex, readUid(this, itemIndex));
	},
};
