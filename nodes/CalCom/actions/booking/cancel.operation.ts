import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import type { Session } from '../../../shared/api/session';
import type { Operation } from '../operation';
import { invalid } from '../../../shared/panel/invalid';
import { bookingPath, bookingRequest, bookingFacts, readBookings, someBookings } from '../../../shared/api/bookings';
import { isGone } from '../../../shared/api/bookingOutcomes';
import { outputField, shape } from './output';
import type { Doubt } from '../../../shared/api/outcome';
import { sendOnce } from '../../../shared/api/outcome';
import { bookingField, filled, readSeatUid, readText, readUid, seatField } from './parameters';

type Scope = 'booking' | 'following' | 'series' | 'seat';

interface Cancellation {
	/** Of the booking, or of the series. */
	uid: string;
	seatUid: string;
	body: IDataObject;
}

function readScope(ctx: IExecuteFunctions, itemIndex: number): Scope {
	const scope = readText(ctx, 'cancel', itemIndex);
	return scope === 'following' || scope === 'series' || scope === 'seat' ? scope : 'booking';
}

/** The uid under which Cal.com takes a series as a whole, from that of any of its bookings. */
async function seriesUid(ctx: IExecuteFunctions, itemIndex: number, session: Session, uid: string): Promise<string> {
	const [booking] = await readBookings(session, itemIndex, uid);
	const series = booking === undefined ? null : bookingFacts(booking).recurringBookingUid;
	if (series) return series;
	throw invalid(
		ctx,
		itemIndex,
		'NOT_A_SERIES',
		'This booking is not part of a recurring series',
		'Set Cancel to This Booking, or choose a booking of the series.',
	);
}

async function readCancellation(ctx: IExecuteFunctions, itemIndex: number, session: Session): Promise<Cancellation> {
	const scope = readScope(ctx, itemIndex);
	const uid = readUid(ctx, itemIndex);
	const seatUid = scope === 'seat' ? readSeatUid(ctx, itemIndex) : '';
	return {
		uid: scope === 'series' ? await seriesUid(ctx, itemIndex, session, uid) : uid,
		seatUid,
		body: {
			...filled({ seatUid, cancellationReason: readText(ctx, 'cancellationReason', itemIndex) }),
			...(scope === 'following' ? { cancelSubsequentBookings: true } : {}),
		},
	};
}

/** What is cancelled already; null while any of it takes place. */
async function goneAlready(session: Session, itemIndex: number, { uid, seatUid }: Cancellation) {
	const bookings = await readBookings(session, itemIndex, uid);
	return bookings.length > 0 && bookings.every((booking) => isGone(booking, seatUid)) ? bookings : null;
}

/** Now and then Cal.com stumbles over a seat that it has just removed: the code of its database, not of an unknown uid. */
const STUMBLED: Doubt = {
	isDoubtful: ({ status, code }) => status === 404 && code === 'NOT_FOUND',
	note: 'Cal.com answered that there is no such record, but the seat is given up. It sends no webhook about it.',
};

/** Cancels a booking, some or all of a recurring series, or one seat. */
export const cancel: Operation = {
	option: {
		name: 'Cancel',
		value: 'cancel',
		action: 'Cancel a booking',
		description: 'Cancel a booking, a seat, or bookings of a recurring series',
	},
	fields: [
		bookingField('The booking to cancel. The UID of a recurring series cancels all of it.'),
		{
			displayName: 'Cancel',
			name: 'cancel',
			type: 'options',
			default: 'booking',
			options: [
				{ name: 'One Seat', value: 'seat', description: 'The booking goes on for the others' },
				{ name: 'The Whole Series', value: 'series', description: 'All bookings of a recurring series' },
				{ name: 'This Booking', value: 'booking', description: 'Of a recurring series only this one' },
				{
					name: 'This One and the Following',
					value: 'following',
					description: 'Of a recurring series this booking and those after it',
				},
			],
			description: 'How much to cancel',
		},
		{
			...seatField('The seat to cancel'),
			displayOptions: { show: { cancel: ['seat'] } },
		},
		{
			displayName: 'Cancellation Reason',
			name: 'cancellationReason',
			type: 'string',
			default: '',
			placeholder: 'e.g. The teacher is ill',
			description: 'Told to everyone in the booking. Cal.com requires it when the host cancels.',
			hint: 'Required when the API key belongs to the host',
		},
		{
			displayName: 'Already Cancelled Is Fine',
			name: 'acceptCancelled',
			type: 'boolean',
			default: false,
			description:
				'Whether to return a booking that is cancelled already, with alreadyCancelled: true, instead of failing. Makes it safe to run twice.',
		},
		outputField,
	],
	async execute(itemIndex, session) {
		const cancellation = await readCancellation(this, itemIndex, session);
		const acceptCancelled = this.getNodeParameter('acceptCancelled', itemIndex, false) === true;
		if (acceptCancelled) {
			const gone = await goneAlready(session, itemIndex, cancellation);
			if (gone !== null) return shape(this, itemIndex, session, gone, { alreadyCancelled: true });
		}
		const path = bookingPath(cancellation.uid, '/cancel');
		const cancelled = await sendOnce(
			session,
			itemIndex,
			bookingRequest(session, 'POST', path, cancellation.body),
			someBookings,
			async () => await goneAlready(session, itemIndex, cancellation),
			cancellation.seatUid === '' ? undefined : STUMBLED,
		);
		return shape(this, itemIndex, session, cancelled, acceptCancelled ? { alreadyCancelled: false } : {});
	},
};
