import type { IExecuteFunctions } from 'n8n-workflow';
import type { z } from 'zod';
import type { Session } from '../../../shared/api/session';
import { invalid } from '../../../shared/panel/invalid';
import { reservation, reservationRequest } from './reservations';

/**
 * A reservation that still holds.
 *
 * @throws NodeOperationError when it has run out: Cal.com answers that with nothing at all
 */
export async function findReservation(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	uid: string,
): Promise<z.infer<typeof reservation>> {
	const found = await session.request(itemIndex, reservationRequest(session, 'GET', { uid }), reservation.nullish());
	if (found !== null && found !== undefined) return found;
	throw invalid(
		ctx,
		itemIndex,
		'RESERVATION_NOT_FOUND',
		`There is no reservation "${uid}"`,
		'It has run out, was released, or its time was booked. Reserve the slot again if it is still free.',
	);
}
