import type { Operation } from '../operation';
import { decide } from './decide';
import { outputField } from './output';
import { bookingField } from './parameters';

/** Confirms a booking that waits for its host. Of a recurring series, one confirms all. */
export const confirm: Operation = {
	option: {
		name: 'Confirm',
		value: 'confirm',
		action: 'Confirm a booking',
		description: 'Accept a booking that waits for confirmation',
	},
	fields: [bookingField('The booking to confirm. In a recurring series it confirms all of them.'), outputField],
	async execute(itemIndex, session) {
		return await decide(this, itemIndex, session, { path: '/confirm', status: 'accepted' });
	},
};
