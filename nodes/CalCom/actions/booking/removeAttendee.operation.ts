import type { Operation } from '../operation';
import { DELETED } from '../shared/answer';
import { bookingPath, bookingRequest, something } from '../../../shared/api/bookings';
import { attendeeField, readAttendeeId, fetchAttendees } from './attendees';
import { sendOnce } from '../../../shared/api/outcome';
import { bookingField, readUid } from './parameters';

/** Takes an attendee out of a booking. */
export const removeAttendee: Operation = {
	option: {
		name: 'Remove Attendee',
		value: 'removeAttendee',
		action: 'Remove an attendee from a booking',
		description: 'Take someone out of a booking',
	},
	fields: [bookingField('The booking that the attendee is in'), attendeeField],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const id = await readAttendeeId(this, itemIndex, session, uid);
		const request = bookingRequest(session, 'DELETE', bookingPath(uid, `/attendees/${id}`));
		await sendOnce(session, itemIndex, request, something, async () => {
			const left = await fetchAttendees(session, itemIndex, uid);
			return left.some((attendee) => attendee.id === id) ? null : {};
		});
		return { ...DELETED };
	},
};
