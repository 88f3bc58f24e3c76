// What people do with bookings, in steps between which somebody may look.
import type { IDataObject } from 'n8n-workflow';
import { ADA, BOB, CEM, LATER, post, SLOT, uidOf } from 'stand-ins/calcom/session';
import type { Session } from 'stand-ins/calcom/session';
import { isFields } from './support.mts';

export const LATEST = '2026-12-09T11:00:00Z';

/** Something that people do, in steps between which a poll may fall. */
export type Steps = (session: Session, then: () => Promise<void>) => Promise<unknown>;

export const seatOf = (booking: IDataObject | Record<string, unknown>): string => String(booking['seatUid']);

export const STORIES: Array<[string, Steps]> = [
	['booked', async (session) => await session.book(4, SLOT)],
	[
		'booked with guests and touched',
		async (session, then) => {
			const booking = await session.book(3, SLOT, { guests: ['guest1@student.example'] });
			await then();
			await post(session, booking, 'guests', { guests: [{ email: 'late1@student.example' }] });
		},
	],
	[
		'requested, then confirmed',
		async (session, then) => {
			const booking = await session.book(12, SLOT);
			await then();
			await post(session, booking, 'confirm');
		},
	],
	[
		'requested, then declined',
		async (session, then) => {
			const booking = await session.book(12, SLOT);
			await then();
			await post(session, booking, 'decline', { reason: 'full' });
		},
	],
	[
		'moved twice, then cancelled',
		async (session, then) => {
			const first = await session.book(4, SLOT);
			await then();
			const second = await session.data('POST', `/bookings/${uidOf(first)}/reschedule`, {
				body: { start: LATER },
			});
			await then();
			const third = await session.data(
				'POST',
				`/bookings/${String(isFields(second) ? second.uid : '')}/reschedule`,
				{
					body: { start: LATEST },
				},
			);
			await then();
			await session.data('POST', `/bookings/${String(isFields(third) ? third.uid : '')}/cancel`, {
				body: { cancellationReason: 'x' },
			});
		},
	],
	[
		'a request that the attendee moves, then confirmed',
		async (session, then) => {
			const booking = await session.book(12, SLOT);
			await then();
			const next = await session.data('POST', `/bookings/${uidOf(booking)}/reschedule`, {
				body: { start: LATER, rescheduledBy: 'ada@student.example' },
				key: null,
			});
			await then();
			await session.data('POST', `/bookings/${String(isFields(next) ? next.uid : '')}/confirm`, { body: {} });
		},
	],
	[
		'the host asks for another time',
		async (session, then) => {
			const booking = await session.book(4, SLOT);
			await then();
			await session.cal.requestReschedule(uidOf(booking), 'ill');
		},
	],
	[
		'three seats, moved by the host, then cancelled',
		async (session, then) => {
			const booking = await session.book(14, SLOT, { attendee: ADA });
			await then();
			await session.book(14, SLOT, { attendee: BOB });
			await then();
			await session.book(14, SLOT, { attendee: CEM });
			await then();
			await post(session, booking, 'reschedule', { start: LATER });
			await then();
			await post(session, booking, 'cancel', { cancellationReason: 'x' });
		},
	],
	[
		'one of two seats moves',
		async (session, then) => {
			const booking = await session.book(14, SLOT, { attendee: ADA });
			await then();
			const second = await session.book(14, SLOT, { attendee: BOB });
			await then();
			await post(session, booking, 'reschedule', { start: LATER, seatUid: seatOf(second) });
		},
	],
	[
		'a series, one date of it moved and one cancelled',
		async (session, then) => {
			const made = await session.data('POST', '/bookings', {
				body: { start: SLOT, eventTypeId: 13, attendee: ADA },
			});
			const dates = Array.isArray(made) ? made.map((date) => (isFields(date) ? String(date['uid']) : '')) : [];
			await then();
			await session.data('POST', `/bookings/${dates[1] ?? ''}/reschedule`, { body: { start: LATEST } });
			await then();
			await session.data('POST', `/bookings/${dates[2] ?? ''}/cancel`, {
				body: { cancellationReason: 'x' },
			});
		},
	],
];
