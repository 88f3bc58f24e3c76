import type { IDataObject } from 'n8n-workflow';
import type { Operation } from '../operation';
import { readZone, timeZoneField } from '../shared/timeFields';
import { toInstant } from '../../../shared/panel/instant';
import type { Booking } from '../../../shared/api/bookings';
import { aBooking, bookingPath, bookingRequest, readBookings } from '../../../shared/api/bookings';
import { movedBooking } from '../../../shared/api/bookingOutcomes';
import { outputField, shape } from './output';
import { quietly, sendOnce } from '../../../shared/api/outcome';
import type { Session } from '../../../shared/api/session';
import { number } from '../../../shared/values/readers';
import { asText, bookingField, filled, readCollection, readUid } from './parameters';

const NO_REASON_FOR_SEATS = 'The reason was left out: Cal.com takes none where one seat is moved.';

/**
 * What to tell where a booking has another length than before: Cal.com takes that of the event type, and says nothing.
 * One that kept its uid cannot be compared any more. Not worth failing for: the booking is moved.
 */
async function lengthsOf(session: Session, itemIndex: number, uid: string, moved: Booking): Promise<string | null> {
	const after = number(moved.duration);
	if (after === null || moved.uid === uid) return null;
	const before = await quietly(async () => number((await readBookings(session, itemIndex, uid))[0]?.duration));
	if (before === null || before === after) return null;
	return `A booking took ${before} minutes and takes ${after} now: Cal.com gives a moved booking the length of its event type (new uid: ${String(moved.uid)}).`;
}

/** Moves a booking to another time. Cal.com gives it a new uid; `rescheduledFromUid` names the old one. */
export const reschedule: Operation = {
	option: {
		name: 'Reschedule',
		value: 'reschedule',
		action: 'Reschedule a booking',
		description: 'Move a booking, or one seat of it, to another time',
	},
	fields: [
		bookingField('The booking to move. It gets a new UID, and the length of its event type.'),
		{
			displayName: 'New Start',
			name: 'start',
			type: 'dateTime',
			default: '',
			required: true,
			description: 'A time without an offset is meant in the time zone below',
		},
		timeZoneField,
		{
			displayName: 'Additional Fields',
			name: 'additionalFields',
			type: 'collection',
			placeholder: 'Add Field',
			default: {},
			options: [
				{
					displayName: 'Email Verification Code',
					name: 'emailVerificationCode',
					type: 'string',
					default: '',
					description: 'For event types that verify the email address of who books',
				},
				{
					displayName: 'Reason',
					name: 'reschedulingReason',
					type: 'string',
					default: '',
					placeholder: 'e.g. The teacher is ill',
					description: 'Told to everyone in the booking. Cal.com takes none where one seat is moved.',
				},
				{
					displayName: 'Rescheduled By',
					name: 'rescheduledBy',
					type: 'string',
					default: '',
					placeholder: 'e.g. owner@school.example',
					description:
						"Email of who moves it. For bookings that need confirmation: with the owner's it stays confirmed, else it waits for the owner again.",
				},
				{
					displayName: 'Seat UID',
					name: 'seatUid',
					type: 'string',
					default: '',
					placeholder: 'e.g. 5d93781c-3012-448a-ad6b-b438f773e96c',
					description: 'To move one seat of a booking with seats; all of them when empty',
				},
			],
		},
		outputField,
	],
	async execute(itemIndex, session) {
		const uid = readUid(this, itemIndex);
		const more = readCollection(this, 'additionalFields', itemIndex);
		const zone = readZone(this, itemIndex);
		const value: unknown = this.getNodeParameter('start', itemIndex, '');
		const start = toInstant(this, itemIndex, { value, zone, label: 'New Start', skipped: 'refuse' });
		const seatUid = asText(more.seatUid);
		const reschedulingReason = asText(more.reschedulingReason);
		const isReasonTaken = seatUid === '';
		if (!isReasonTaken && reschedulingReason !== '') session.note(NO_REASON_FOR_SEATS);
		const body: IDataObject = {
			start,
			...filled({
				seatUid,
				rescheduledBy: asText(more.rescheduledBy),
				reschedulingReason: isReasonTaken ? reschedulingReason : '',
				emailVerificationCode: asText(more.emailVerificationCode),
			}),
		};
		const moved = await sendOnce(
			session,
			itemIndex,
			bookingRequest(session, 'POST', bookingPath(uid, '/reschedule'), body),
			aBooking,
			async () => await movedBooking(session, itemIndex, { uid, seatUid, start }),
		);
		const lengths = await lengthsOf(session, itemIndex, uid, moved);
		if (lengths !== null) session.note(lengths);
		return shape(this, itemIndex, session, [moved]);
	},
};
