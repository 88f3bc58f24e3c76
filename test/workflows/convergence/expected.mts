// What a person expects of the tables after each life, so that orders which agree on something wrong are caught too.
import * as lives from './lives.mts';
import type { Act } from './record.mts';

/** What the deliveries do not say, so that no order of them can lead there; and what heals it. */
export interface Gap {
	why: string;
	/** What the reconcile makes of the bookings. */
	bookings: string[];
	/** What it adds to the activities. */
	activities: string[];
}

export interface Life {
	name: string;
	act: Act;
	/** The triggers listen to every event there is. */
	everything?: boolean;
	/** In words, see `bookingsOf` of in-words.mts. */
	bookings: string[];
	activities: string[];
	/** Reminders that wait to be sent before any of it has begun: two for each person and appointment. */
	reminders?: number;
	/** None: the deliveries say all of it, and a reconcile afterwards changes nothing. */
	gap?: Gap;
}

const INTAKE = 'Intake (needs approval)';

export const LIVES: readonly Life[] = [
	{
		name: 'requested, confirmed, moved twice, held, the booker absent',
		act: lives.requestedToNoShow,
		bookings: ['2026-12-09 11:00 no_show (no_show): ada, moved 2, 3 uids'],
		activities: ['Booked', 'Completed', 'No-Show', 'Requested', 'Rescheduled', 'Rescheduled'].map(
			(word) => `${INTAKE} ${word}: ada`,
		),
	},
	{
		name: 'requested, declined twice',
		act: lives.declined,
		bookings: ['2026-12-07 09:00 cancelled (rejected): ada, because Teacher is ill'],
		activities: [`${INTAKE} Rejected: ada`, `${INTAKE} Requested: ada`],
	},
	{
		name: 'booked, moved twice, cancelled',
		act: lives.movedTwiceAndCancelled,
		bookings: ['2026-12-09 11:00 cancelled (cancelled): ada, moved 2, 3 uids, because Teacher has flu'],
		activities: ['Booked', 'Cancelled', 'Rescheduled', 'Rescheduled'].map((word) => `Level Check ${word}: ada`),
	},
	{
		name: 'booked, moved away and back',
		act: lives.movedAwayAndBack,
		reminders: 2,
		bookings: ['2026-12-07 09:00 scheduled (rescheduled): ada, moved 2, 3 uids'],
		activities: ['Booked', 'Rescheduled', 'Rescheduled'].map((word) => `Level Check ${word}: ada`),
	},
	{
		name: 'booked, cancelled, and its end told nevertheless',
		act: lives.cancelledYetEnded,
		bookings: ['2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu'],
		activities: ['Booked', 'Cancelled', 'Completed'].map((word) => `Level Check ${word}: ada`),
	},
	{
		name: 'three seats, one given up, the whole cancelled',
		act: lives.seatsGivenUpAndCancelled,
		bookings: ['2026-12-07 09:00 cancelled (cancelled): ada cem, because Teacher has flu'],
		activities: [
			'Group class Booked: ada',
			'Group class Booked: bob',
			'Group class Booked: cem',
			'Group class Cancelled: ada',
			'Group class Seat Given Up: bob',
		],
	},
	{
		name: 'three seats, one given up, one moved alone, the rest cancelled',
		act: lives.seatMovedAlone,
		bookings: [
			'2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu',
			'2026-12-08 10:00 scheduled (rescheduled): cem (no number), moved 1',
		],
		activities: [
			'Group class Booked: ada',
			'Group class Booked: bob',
			'Group class Booked: cem',
			'Group class Cancelled: ada',
			'Group class Rescheduled: cem',
			'Group class Seat Given Up: bob',
		],
		gap: {
			why: 'a seat is moved without its number, which the API has; but it does not say that the seat was moved, so the booking counts as one more that was made',
			bookings: [
				'2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu',
				'2026-12-08 10:00 scheduled (rescheduled): cem, moved 1',
			],
			activities: ['Group class Booked: cem'],
		},
	},
	{
		name: 'three seats, all moved at once, one given up, held',
		act: lives.groupMoved,
		reminders: 4,
		bookings: ['2026-12-08 10:00 scheduled (rescheduled): ada cem, moved 1'],
		activities: [
			'Group class Booked: ada',
			'Group class Booked: bob',
			'Group class Booked: cem',
			'Group class Completed: ada',
			'Group class Rescheduled: ada',
			'Group class Seat Given Up: bob',
		],
		gap: {
			why: 'Cal.com announces the end of the time that the group had when it was booked, and no other',
			bookings: ['2026-12-08 10:00 completed (completed): ada cem, moved 1'],
			activities: ['Group class Completed: ada'],
		},
	},
	{
		name: 'two seats, one given up and taken again',
		act: lives.seatTakenAgain,
		reminders: 4,
		bookings: ['2026-12-07 09:00 scheduled (scheduled): ada bob'],
		activities: [
			'Group class Booked: ada',
			'Group class Booked: bob',
			'Group class Booked: bob',
			'Group class Seat Given Up: bob',
		],
	},
	{
		name: 'two seats, both given up',
		act: lives.everySeatGivenUp,
		bookings: ['2026-12-07 09:00 scheduled (scheduled): nobody'],
		activities: [
			'Group class Booked: ada',
			'Group class Booked: bob',
			'Group class Seat Given Up: ada',
			'Group class Seat Given Up: bob',
		],
		gap: {
			why: 'the last seat is given up like any other, and others may have seats that nothing was told of',
			bookings: ['2026-12-07 09:00 cancelled (cancelled): nobody, because Bob cannot come'],
			activities: ['Group class Cancelled'],
		},
	},
	{
		name: 'a series: one moved, two cancelled one by one',
		act: lives.seriesOneByOne,
		reminders: 2,
		bookings: [
			'2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu',
			'2026-12-08 10:00 scheduled (rescheduled): ada, moved 1, 2 uids',
			'2026-12-21 09:00 cancelled (cancelled): ada, because Teacher has flu',
		],
		activities: ['Booked', 'Booked', 'Booked', 'Cancelled', 'Cancelled', 'Rescheduled'].map(
			(word) => `Weekly piano ${word}: ada`,
		),
	},
	{
		name: 'a series: one moved, one cancelled, then all cancelled at once',
		act: lives.seriesCancelledAtOnce,
		reminders: 2,
		bookings: [
			'2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu',
			'2026-12-08 10:00 scheduled (rescheduled): ada, moved 1, 2 uids',
			'2026-12-21 09:00 cancelled (cancelled): ada, because Teacher has flu',
		],
		activities: ['Booked', 'Booked', 'Booked', 'Cancelled', 'Cancelled', 'Rescheduled'].map(
			(word) => `Weekly piano ${word}: ada`,
		),
		gap: {
			why: 'a series that is cancelled as a whole is told by one delivery, the same as for its first booking alone',
			bookings: [
				'2026-12-07 09:00 cancelled (cancelled): ada, because Teacher has flu',
				'2026-12-08 10:00 cancelled (cancelled): ada, moved 1, 2 uids, because Teacher has flu',
				'2026-12-21 09:00 cancelled (cancelled): ada, because Teacher has flu',
			],
			activities: ['Weekly piano Cancelled: ada'],
		},
	},
	{
		name: 'a series that needs approval, confirmed',
		act: lives.confirmedSeries,
		reminders: 2,
		bookings: [
			'2026-12-07 09:00 scheduled (scheduled): ada',
			'2026-12-14 09:00 scheduled (requested): ada',
			'2026-12-21 09:00 scheduled (requested): ada',
		],
		activities: ['Booked', 'Requested', 'Requested', 'Requested'].map(
			(word) => `Weekly with approval ${word}: ada`,
		),
		gap: {
			why: 'a series is confirmed by one delivery, and none of them names the series that the others belong to',
			bookings: [
				'2026-12-07 09:00 scheduled (scheduled): ada',
				'2026-12-14 09:00 scheduled (scheduled): ada',
				'2026-12-21 09:00 scheduled (scheduled): ada',
			],
			activities: ['Weekly with approval Booked: ada', 'Weekly with approval Booked: ada'],
		},
	},
	{
		name: 'round robin: moved to another host, cancelled',
		act: lives.hostChanges,
		bookings: ['2026-12-08 10:00 cancelled (cancelled): ada, with ben, moved 1, 2 uids, because Teacher has flu'],
		activities: ['Booked', 'Cancelled', 'Rescheduled'].map((word) => `Intake lesson (round robin) ${word}: ada`),
	},
	{
		name: 'payment begun, paid',
		act: lives.paid,
		reminders: 2,
		bookings: ['2026-12-07 09:00 scheduled (scheduled): ada, paid 4500 EUR'],
		activities: ['Paid lesson Booked: ada'],
	},
	{
		name: 'held, recorded, the host absent by video, the booker absent and then not',
		act: lives.held,
		everything: true,
		bookings: ['2026-12-07 09:00 completed (completed): ada guest1 (no number), host absent'],
		activities: ['Booked', 'Completed', 'Host No-Show', 'No-Show', 'No-Show Cleared', 'Started'].map(
			(word) => `Level Check ${word}: ada`,
		),
	},
	{
		name: 'booked, asked for another time, moved by the attendee',
		act: lives.askedForAnotherTime,
		reminders: 2,
		bookings: ['2026-12-08 10:00 scheduled (rescheduled): ada, moved 1, 2 uids'],
		activities: ['Booked', 'Cancelled: New Time Asked For', 'Rescheduled'].map(
			(word) => `Level Check ${word}: ada`,
		),
	},
	{
		name: 'confirmed, moved by the attendee as a new request, confirmed again',
		act: lives.requestMovedByAttendee,
		reminders: 2,
		bookings: ['2026-12-08 10:00 scheduled (scheduled): ada, 2 uids'],
		activities: ['Booked', 'Booked', 'Requested', 'Requested'].map((word) => `${INTAKE} ${word}: ada`),
		gap: {
			why: 'the request to move a booking does not say that it is one; the API does',
			bookings: ['2026-12-08 10:00 scheduled (scheduled): ada, moved 1, 2 uids'],
			activities: [`${INTAKE} Rescheduled: ada`],
		},
	},
];
