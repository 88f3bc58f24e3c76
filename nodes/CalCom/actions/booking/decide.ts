import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import { bookingPath, bookingRequest, bookingFacts, readBookings, someBookings } from '../../../shared/api/bookings';
import { shape } from './output';
import { sendOnce } from '../../../shared/api/outcome';
import { readUid } from './parameters';

interface Decision {
	path: '/confirm' | '/decline';
	body?: IDataObject;
	/** The status that it leads to. */
	status: 'accepted' | 'rejected';
}

/** Confirms or declines a booking that waits for it. */
export async function decide(
	ctx: IExecuteFunctions,
	itemIndex: number,
	session: Session,
	{ path, body, status }: Decision,
): Promise<IDataObject[]> {
	const uid = readUid(ctx, itemIndex);
	const decided = await sendOnce(
		session,
		itemIndex,
		bookingRequest(session, 'POST', bookingPath(uid, path), body),
		someBookings,
		async () => {
			const bookings = await readBookings(session, itemIndex, uid);
			return bookings.every((booking) => bookingFacts(booking).status === status) ? bookings : null;
		},
	);
	return shape(ctx, itemIndex, session, decided);
}
