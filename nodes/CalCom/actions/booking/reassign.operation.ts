import type { Operation } from '../operation';
import { requireId } from '../../../shared/panel/identifiers';
import { bookingPath, bookingRequest, something } from '../../../shared/api/bookings';
import { bookingField, filled, readText, readUid } from './parameters';

/** Gives a round-robin booking to another host. */
export const reassign: Operation = {
	option: {
		name: 'Reassign',
		value: 'reassign',
		action: 'Reassign a booking',
		description: 'Give a round-robin booking to another host',
	},
	fields: [
		bookingField('The booking to give to another host; its event type must be a round robin'),
		{
			displayName: 'To',
			name: 'to',
			type: 'options',
			default: 'automatic',
			options: [
				{ name: 'Chosen by Cal.com', value: 'automatic', description: 'The next host who is free' },
				{ name: 'User', value: 'user', description: 'A host of the event type, by user ID' },
			],
			description: 'Who takes over',
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. 42',
			description: 'The number of the user who takes over, as in the hosts of a booking',
			displayOptions: { show: { to: ['user'] } },
		},
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Holiday cover',
			description: 'Kept with the booking',
			displayOptions: { show: { to: ['user'] } },
		},
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		if (readText(this, 'to', itemIndex) !== 'user') {
			const automatic = bookingRequest(session, 'POST', bookingPath(uid, '/reassign'), {});
			return await session.request(itemIndex, automatic, something);
		}
		const userId = requireId(this, itemIndex, 'userId', 'User ID');
		const body = filled({ reason: readText(this, 'reason', itemIndex) });
		const toUser = bookingRequest(session, 'POST', bookingPath(uid, `/reassign/${userId}`), body);
		return await session.request(itemIndex, toUser, something);
	},
};
