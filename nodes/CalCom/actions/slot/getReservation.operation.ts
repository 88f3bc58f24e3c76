import type { Operation } from '../operation';
import { requireText } from '../../../shared/panel/identifiers';
import { findReservation } from './findReservation';
import { reservationUidField } from './reservations';

export const getReservation: Operation = {
	option: {
		name: 'Get Reservation',
		value: 'getReservation',
		action: 'Get a reservation of a slot',
		description: 'Get a reservation by its UID, to see until when it holds',
	},
	fields: [reservationUidField],
	async execute(itemIndex, session) {
		const uid = requireText(this, itemIndex, 'reservationUid', 'Reservation UID');
		return await findReservation(this, itemIndex, session, uid);
	},
};
