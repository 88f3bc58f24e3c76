// What people do with bookings at Cal.com, each a life of its own.
import { type Json, type JsonObject, isObject } from 'stand-ins/calcom';
import { ADA, BOB, CEM, type Session, uidOf } from 'stand-ins/calcom/session';
import type { Act } from './record.mts';

/** A week after the stand-in's clock begins. */
const MON = '2026-12-07T09:00:00Z';
const TUE = '2026-12-08T10:00:00Z';
const WED = '2026-12-09T11:00:00Z';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;

/** Event types of the stand-in's school. */
const ROUND_ROBIN = 1;
const APPROVAL = 12;
const WEEKLY = 13;
const GROUP = 14;
const WEEKLY_APPROVAL = 18;
const PAID = 21;
const LEVEL_CHECK = 23;

const PHONE = { phoneNumber: '+31612345678' };
const ada: JsonObject = { ...ADA, ...PHONE };
const bob: JsonObject = { ...BOB, phoneNumber: '+12125550123' };
const cem: JsonObject = { ...CEM, phoneNumber: '+905321234567' };

const one = (value: Json): JsonObject => {
	const found = Array.isArray(value) ? value[0] : value;
	if (!isObject(found)) throw new Error('Expected a booking');
	return found;
};

/** One thing that is done, ten minutes after the one before. */
async function act(
	session: Session,
	uid: string,
	action: string,
	body: Json = {},
	key?: string | null,
): Promise<JsonObject> {
	await session.cal.advance(10 * MINUTE);
	return one(
		await session.data('POST', `/bookings/${uid}/${action}`, { body, ...(key === undefined ? {} : { key }) }),
	);
}

const book = async (session: Session, eventType: number, start: string, extra: JsonObject = {}) => {
	await session.cal.advance(10 * MINUTE);
	return await session.book(eventType, start, { attendee: ada, ...extra });
};

const after = (session: Session, weeks: number) => session.cal.advance(weeks * WEEK);
const move = (session: Session, uid: string, start: string, more: JsonObject = {}) =>
	act(session, uid, 'reschedule', { start, ...more });
const cancel = (session: Session, uid: string, more: JsonObject = {}) =>
	act(session, uid, 'cancel', { cancellationReason: 'Teacher has flu', ...more });
const absent = (session: Session, uid: string, flags: Record<string, boolean>) =>
	act(session, uid, 'mark-absent', {
		attendees: Object.entries(flags).map(([email, absent]) => ({ email, absent })),
	});

const EMAIL = 'ada@student.example';

export const requestedToNoShow: Act = async (session) => {
	const booking = await book(session, APPROVAL, MON, { metadata: { leadId: '7' } });
	await act(session, uidOf(booking), 'confirm');
	const second = await move(session, uidOf(booking), TUE);
	const third = await move(session, uidOf(second), WED, { reschedulingReason: 'holiday' });
	await after(session, 4);
	await absent(session, uidOf(third), { [EMAIL]: true });
};

export const declined: Act = async (session) => {
	const booking = await book(session, APPROVAL, MON);
	await act(session, uidOf(booking), 'decline', { reason: 'Teacher is ill' });
	await act(session, uidOf(booking), 'decline', { reason: 'Teacher is ill' });
};

export const movedTwiceAndCancelled: Act = async (session) => {
	const first = await book(session, LEVEL_CHECK, MON, {
		bookingFieldsResponses: { goals: 'Play Bach', notes: 'hi' },
	});
	const second = await move(session, uidOf(first), TUE);
	const third = await move(session, uidOf(second), WED);
	await cancel(session, uidOf(third));
};

export const movedAwayAndBack: Act = async (session) => {
	const first = await book(session, LEVEL_CHECK, MON);
	const second = await move(session, uidOf(first), TUE);
	await move(session, uidOf(second), MON);
};

export const cancelledYetEnded: Act = async (session) => {
	const booking = await book(session, LEVEL_CHECK, MON);
	await cancel(session, uidOf(booking));
	await after(session, 4);
	// The end was scheduled when the booking was made, and is told although it was cancelled.
	await session.cal.fireMeeting('MEETING_ENDED', uidOf(booking));
};

const threeSeats = async (session: Session) => {
	const seats: JsonObject[] = [];
	for (const attendee of [ada, bob, cem]) seats.push(await book(session, GROUP, MON, { attendee }));
	const [first = {}, second = {}, third = {}] = seats;
	return { first, second, third };
};

export const seatsGivenUpAndCancelled: Act = async (session) => {
	const { first, second } = await threeSeats(session);
	await cancel(session, uidOf(first), { seatUid: second['seatUid'] ?? '', cancellationReason: 'Bob cannot come' });
	await cancel(session, uidOf(first));
};

export const seatMovedAlone: Act = async (session) => {
	const { first, second, third } = await threeSeats(session);
	await cancel(session, uidOf(first), { seatUid: second['seatUid'] ?? '', cancellationReason: 'Bob cannot come' });
	await move(session, uidOf(first), TUE, { seatUid: third['seatUid'] ?? '' });
	await cancel(session, uidOf(first));
};

export const groupMoved: Act = async (session) => {
	const { first, second } = await threeSeats(session);
	await move(session, uidOf(first), TUE);
	await cancel(session, uidOf(first), { seatUid: second['seatUid'] ?? '', cancellationReason: 'Bob cannot come' });
	await after(session, 4);
};

export const seatTakenAgain: Act = async (session) => {
	const first = await book(session, GROUP, MON);
	const second = await book(session, GROUP, MON, { attendee: bob });
	await cancel(session, uidOf(first), { seatUid: second['seatUid'] ?? '', cancellationReason: 'Bob cannot come' });
	await book(session, GROUP, MON, { attendee: bob });
};

export const everySeatGivenUp: Act = async (session) => {
	const first = await book(session, GROUP, MON);
	const second = await book(session, GROUP, MON, { attendee: bob });
	await cancel(session, uidOf(first), { seatUid: first['seatUid'] ?? '', cancellationReason: 'Ada cannot come' });
	await cancel(session, uidOf(first), { seatUid: second['seatUid'] ?? '', cancellationReason: 'Bob cannot come' });
};

const series = async (session: Session) => {
	await session.cal.advance(10 * MINUTE);
	const booked = await session.data('POST', '/bookings', {
		body: { start: MON, eventTypeId: WEEKLY, attendee: ada, recurrenceCount: 3 },
	});
	const [first = {}, second = {}, third = {}] = Array.isArray(booked) ? booked.filter(isObject) : [];
	return { first, second, third };
};

export const seriesOneByOne: Act = async (session) => {
	const { first, second, third } = await series(session);
	await move(session, uidOf(second), TUE);
	await cancel(session, uidOf(third));
	await cancel(session, uidOf(first));
};

export const seriesCancelledAtOnce: Act = async (session) => {
	const { second, third, first } = await series(session);
	await move(session, uidOf(second), TUE);
	await cancel(session, uidOf(third));
	await cancel(session, String(first['recurringBookingUid']));
};

export const hostChanges: Act = async (session) => {
	// A team's event type takes webhooks in Cal.com's web app alone.
	for (const webhook of session.cal.state.webhooks)
		Object.assign(webhook, { userId: null, eventTypeId: ROUND_ROBIN });
	const booking = await book(session, ROUND_ROBIN, MON);
	const [host] = Array.isArray(booking['hosts']) ? booking['hosts'].filter(isObject) : [];
	const busy = {
		userId: Number(host?.['id']),
		externalId: 'private@school.example',
		start: new Date(TUE).toISOString(),
	};
	session.cal.state.busy.push({ ...busy, end: new Date(WED).toISOString() });
	const second = await move(session, uidOf(booking), TUE);
	await cancel(session, uidOf(second));
};

export const paid: Act = async (session) => {
	const booking = await book(session, PAID, MON);
	await session.cal.advance(10 * MINUTE);
	await session.cal.pay(uidOf(booking));
};

export const held: Act = async (session) => {
	const booking = await book(session, LEVEL_CHECK, MON, { guests: ['guest1@student.example'] });
	await after(session, 4);
	await session.cal.recordingReady(uidOf(booking));
	session.cal.waitForMissing(5, 'MINUTE');
	await session.cal.nobodyCame('hosts', uidOf(booking));
	await absent(session, uidOf(booking), { [EMAIL]: true, 'guest1@student.example': false });
	await absent(session, uidOf(booking), { [EMAIL]: false });
};

export const askedForAnotherTime: Act = async (session) => {
	const booking = await book(session, LEVEL_CHECK, MON);
	await session.cal.advance(10 * MINUTE);
	await session.cal.requestReschedule(uidOf(booking), 'Teacher is ill');
	// The link in the mail books on from the old one, which the API does not offer once it is cancelled.
	for (const one of session.cal.state.bookings) one.status = 'ACCEPTED';
	await move(session, uidOf(booking), TUE);
};

export const requestMovedByAttendee: Act = async (session) => {
	const booking = await book(session, APPROVAL, MON);
	await act(session, uidOf(booking), 'confirm');
	const moved = await act(session, uidOf(booking), 'reschedule', { start: TUE, rescheduledBy: EMAIL }, null);
	await act(session, uidOf(moved), 'confirm');
};

export const confirmedSeries: Act = async (session) => {
	const body = { start: MON, eventTypeId: WEEKLY_APPROVAL, attendee: ada };
	const booking = await session.data('POST', '/bookings', { body });
	await act(session, uidOf(one(booking)), 'confirm');
};
