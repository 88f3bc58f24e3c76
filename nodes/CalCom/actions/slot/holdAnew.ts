import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { operationError } from '../../../shared/api/nodeErrors';
import type { Session } from '../../../shared/api/session';
import { reservation, reservationRequest } from './reservations';

const TRIES = 2;

/**
 * Holds the same time for longer. Cal.com counts a reservation against itself, so the old one has to be given up first.
 *
 * @param body as for a new reservation
 * @throws NodeOperationError when nothing is reserved any more: the old one is gone, and a new one was refused
 */
export async function holdAnew(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	uid: string,
	body: IDataObject,
): Promise<z.infer<typeof reservation>> {
	await session.request(itemIndex, reservationRequest(session, 'DELETE', { uid }), z.unknown());
	let why = '';
	for (let tries = 0; tries < TRIES; tries++) {
		const made = await session.send(itemIndex, reservationRequest(session, 'POST', { body }), reservation);
		if (made.ok) {
			session.note(
				`Cal.com does not hold a reservation for longer: it was released and made anew, with another UID (${uid} is ${String(made.data.reservationUid)} now).`,
			);
			return made.data;
		}
		why = session.error(itemIndex, made.failure).message;
	}
	throw operationError(ctx.getNode(), 'RESERVATION_LOST', `The slot is not reserved any more: ${why}`, {
		itemIndex,
		description:
			'Cal.com does not hold a reservation for longer, so it was released to be made anew, and that failed twice. Reserve the slot again if it is still free.',
	});
}
