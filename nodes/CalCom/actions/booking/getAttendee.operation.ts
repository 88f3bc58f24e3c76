import type { Operation } from '../operation';
import { bookingPath, bookingRequest, something } from '../../../shared/api/bookings';
import { attendeeField, readAttendeeId } from './attendees';
import { bookingField, readUid } from './parameters';

/** Reads one attendee of a booking. */
export const getAttendee: Operation = {
	option: {
		name: 'Get Attendee',
		value: 'getAttendee',
		action: 'Get an attendee of a booking',
		description: 'Read one attendee of a booking',
	},
	fields: [bookingField('The booking that the attendee is in'), attendeeField],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const id = await readAttendeeId(this, itemIndex, session, uid);
		const request = bookingRequest(session, 'GET', bookingPath(uid, `/attendees/${id}`));
		return await session.request(itemIndex, request, something);
	},
};
