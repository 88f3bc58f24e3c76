import type { Session } from '../../../shared/api/session';
import type { Operation } from '../operation';
import type { Booking } from '../../../shared/api/bookings';
import { aBooking, readBookings, seatRequest } from '../../../shared/api/bookings';
import { latestOf, wholeChain } from './chain';
import { readOutputFields, shapeRead } from './output';
import { bookingField, readSeatUid, readText, readUid, seatField } from './parameters';

/** Cal.com answers with everyone's seats: the one asked for is named, as in the answer that made it. */
async function readBySeat(session: Session, itemIndex: number, seatUid: string): Promise<Booking> {
	return { ...(await session.request(itemIndex, seatRequest(session, seatUid), aBooking)), seatUid };
}

/** Reads a booking: by its uid, by the uid of a seat, or the bookings before and after a reschedule. */
export const get: Operation = {
	option: {
		name: 'Get',
		value: 'get',
		action: 'Get a booking',
		description: 'Read one booking, a series, or a booking with what it was before its reschedules',
	},
	fields: [
		{
			displayName: 'Get By',
			name: 'getBy',
			type: 'options',
			noDataExpression: true,
			default: 'booking',
			options: [
				{ name: 'Booking', value: 'booking', description: 'A booking, or all of a recurring series' },
				{ name: 'Seat', value: 'seat', description: 'The booking in which someone has this seat' },
			],
		},
		{
			...bookingField('The booking to read. The UID of a recurring series gives all its bookings.'),
			displayOptions: { show: { getBy: ['booking'] } },
		},
		{ ...seatField('As in the attendees of a booking with seats'), displayOptions: { show: { getBy: ['seat'] } } },
		{
			displayName: 'Rescheduled Bookings',
			name: 'rescheduled',
			type: 'options',
			default: 'asIs',
			options: [
				{ name: 'Just This One', value: 'asIs', description: 'Even if it was moved to another time since' },
				{
					name: 'The Latest',
					value: 'latest',
					description: 'Follow its reschedules to the booking that counts now',
				},
				{
					name: 'The Whole Chain',
					value: 'chain',
					description: 'All bookings that it was and became, the first one first',
				},
			],
			description: 'Each reschedule gives a booking a new UID: which of them to read',
		},
		...readOutputFields,
	],
	async execute(itemIndex, session) {
		const bySeat = readText(this, 'getBy', itemIndex) === 'seat';
		const bookings = bySeat
			? [await readBySeat(session, itemIndex, readSeatUid(this, itemIndex))]
			: await readBookings(session, itemIndex, readUid(this, itemIndex));
		const [only] = bookings;
		// The bookings of a series each have a chain of their own.
		if (only === undefined || bookings.length > 1) return await shapeRead(this, itemIndex, session, bookings);
		const read = async (uid: string) => (await readBookings(session, itemIndex, uid))[0] ?? null;
		const rescheduled = readText(this, 'rescheduled', itemIndex);
		if (rescheduled === 'latest') return await shapeRead(this, itemIndex, session, [await latestOf(only, read)]);
		return await shapeRead(
			this,
			itemIndex,
			session,
			rescheduled === 'chain' ? await wholeChain(only, read) : bookings,
		);
	},
};
