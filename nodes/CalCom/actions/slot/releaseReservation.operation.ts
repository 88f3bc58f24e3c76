import { z } from 'zod';
import type { Operation } from '../operation';
import { DELETED } from '../shared/answer';
import { requireText } from '../../../shared/panel/identifiers';
import { reservationRequest, reservationUidField } from './reservations';

export const releaseReservation: Operation = {
	option: {
		name: 'Release Reservation',
		value: 'releaseReservation',
		action: 'Release a reservation of a slot',
		description: 'Give a reserved time free before the reservation runs out',
	},
	fields: [reservationUidField],
	async execute(itemIndex, session) {
		const uid = requireText(this, itemIndex, 'reservationUid', 'Reservation UID');
		await session.request(itemIndex, reservationRequest(session, 'DELETE', { uid }), z.unknown());
		return { ...DELETED };
	},
};
