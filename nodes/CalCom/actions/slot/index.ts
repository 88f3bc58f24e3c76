import type { Resource } from '../operation';
import { findNext } from './findNext.operation';
import { getAvailable } from './getAvailable.operation';
import { getReservation } from './getReservation.operation';
import { releaseReservation } from './releaseReservation.operation';
import { reserve } from './reserve.operation';
import { updateReservation } from './updateReservation.operation';

/** Free times, and reservations that keep them free for a while. */
export const slot: Resource = {
	option: { name: 'Slot', value: 'slot' },
	operations: [getAvailable, findNext, reserve, getReservation, updateReservation, releaseReservation],
};
