import type { Operation } from '../operation';
import { decide } from './decide';
import { outputField } from './output';
import { bookingField, filled, readText } from './parameters';

/** Declines a booking that waits for its host. Of a recurring series, one declines all. */
export const decline: Operation = {
	option: {
		name: 'Decline',
		value: 'decline',
		action: 'Decline a booking',
		description: 'Reject a booking that waits for confirmation',
	},
	fields: [
		bookingField('The booking to decline. In a recurring series it declines all of them.'),
		{
			displayName: 'Reason',
			name: 'reason',
			type: 'string',
			default: '',
			placeholder: 'e.g. Fully booked this week',
			description: 'Told to the attendee',
		},
		outputField,
	],
	async execute(itemIndex, session) {
		const body = filled({ reason: readText(this, 'reason', itemIndex) });
		return await decide(this, itemIndex, session, { path: '/decline', body, status: 'rejected' });
	},
};
