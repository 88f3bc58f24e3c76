// Lives of bookings as Cal.com tells them, delivery by delivery, and how the tables must end.
import type { CalComEvent } from '../../nodes/shared/events/event.ts';
import { bookingEvent, noShowEvent, person, thin } from './event-builder.mts';

export interface Story {
	name: string;
	/** The life of convergence/expected.mts that has the same steps, as the stand-in of Cal.com tells them. */
	life?: string;
	deliveries: CalComEvent[];
	/** Per booking row that must be there at the end: the columns that matter. */
	bookings: Record<string, unknown>[];
	/** Emails of the leads at the end. */
	leads: string[];
	activities: string[];
}

const created = (uid: string, minute: number, rest = {}) =>
	bookingEvent({ event: 'BOOKING_CREATED', uid, minute, ...rest });
const moved = (uid: string, previousUid: string, minute: number, start: string, previousStart: string) =>
	bookingEvent({
		event: 'BOOKING_RESCHEDULED',
		uid,
		minute,
		booking: { previousUid, previousStart, start, end: start.replace(':00:', ':30:') },
	});
const cancelled = (uid: string, minute: number, booking = {}) =>
	bookingEvent({
		event: 'BOOKING_CANCELLED',
		uid,
		minute,
		booking: { ...thin, cancellationReason: 'ill', ...booking },
	});

const T1 = '2026-12-01T09:00:00.000Z';
const T2 = '2026-12-02T09:00:00.000Z';
const T3 = '2026-12-03T09:00:00.000Z';
const ADA = 'ada@student.example';
const bob = person('Bob Stone', 'bob@student.example');
const cem = person('Cem Yilmaz', 'cem@student.example');
const seat = { seats: 3, seatUid: 's-ada', iCalUid: 'other@Cal.diy' };

export const STORIES: Story[] = [
	{
		name: 'booked, moved twice, cancelled',
		life: 'booked, moved twice, cancelled',
		deliveries: [
			created('A', 0),
			moved('B', 'A', 1, T2, T1),
			moved('C', 'B', 2, T3, T2),
			cancelled('C', 3, { start: T3 }),
		],
		bookings: [
			{
				uid: 'C',
				uids: ['A', 'B', 'C'],
				status: 'cancelled',
				lifecycle: 'cancelled',
				start_time: new Date(T3),
				reschedule_count: 2,
				cancellation_reason: 'ill',
			},
		],
		leads: [ADA],
		activities: [
			'Level Check Booked',
			'Level Check Cancelled',
			'Level Check Rescheduled',
			'Level Check Rescheduled',
		],
	},
	{
		name: 'requested, confirmed, ended, booker absent, then present after all',
		deliveries: [
			bookingEvent({
				event: 'BOOKING_REQUESTED',
				uid: 'A',
				minute: 0,
				booking: thin,
				rest: { metadata: { leadId: '7' } },
			}),
			created('A', 1, { rest: { metadata: { videoCallUrl: 'https://cal.example/video/A' } } }),
			bookingEvent({ event: 'MEETING_ENDED', uid: 'A', minute: 60, booking: thin }),
			noShowEvent('A', 70, { [ADA]: true, 'guest@student.example': false }),
			noShowEvent('A', 80, { [ADA]: false }),
		],
		bookings: [
			{
				uid: 'A',
				status: 'completed',
				lifecycle: 'completed',
				metadata: { leadId: '7', videoCallUrl: 'https://cal.example/video/A' },
				meeting_url: 'https://cal.example/video/A',
			},
		],
		leads: [ADA],
		activities: [
			'Level Check Booked',
			'Level Check Completed',
			'Level Check No-Show',
			'Level Check No-Show Cleared',
			'Level Check Requested',
		],
	},
	{
		name: 'a guest was absent, the booker was there',
		deliveries: [created('A', 0), noShowEvent('A', 70, { 'guest@student.example': true })],
		bookings: [{ uid: 'A', status: 'scheduled' }],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check No-Show'],
	},
	{
		name: 'the booker was absent',
		life: 'requested, confirmed, moved twice, held, the booker absent',
		deliveries: [
			created('A', 0),
			bookingEvent({ event: 'MEETING_ENDED', uid: 'A', minute: 60, booking: thin }),
			noShowEvent('A', 70, { [ADA]: true }),
		],
		bookings: [{ uid: 'A', status: 'no_show', lifecycle: 'no_show' }],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check Completed', 'Level Check No-Show'],
	},
	{
		name: 'a request is declined twice',
		life: 'requested, declined twice',
		deliveries: [
			bookingEvent({ event: 'BOOKING_REQUESTED', uid: 'A', minute: 0, booking: thin }),
			bookingEvent({
				event: 'BOOKING_REJECTED',
				uid: 'A',
				minute: 1,
				booking: { ...thin, rejectionReason: 'full' },
			}),
			bookingEvent({
				event: 'BOOKING_REJECTED',
				uid: 'A',
				minute: 1,
				booking: { ...thin, rejectionReason: 'full' },
			}),
		],
		bookings: [{ uid: 'A', status: 'cancelled', lifecycle: 'rejected', rejection_reason: 'full' }],
		leads: [ADA],
		activities: ['Level Check Rejected', 'Level Check Requested'],
	},
	{
		name: 'the attendee asks to move a booking that needs confirmation: a request under a new uid, known by its iCalUID only',
		deliveries: [
			created('A', 0, { booking: { iCalUid: 'A@Cal.com' } }),
			bookingEvent({
				event: 'BOOKING_REQUESTED',
				uid: 'B',
				minute: 1,
				booking: { ...thin, start: T2, iCalUid: 'A@Cal.com' },
			}),
			bookingEvent({ event: 'BOOKING_REJECTED', uid: 'B', minute: 2, booking: { ...thin, start: T2 } }),
		],
		bookings: [{ uid: 'B', uids: ['A', 'B'], status: 'cancelled', lifecycle: 'rejected' }],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check Rejected', 'Level Check Requested'],
	},
	{
		name: 'the host asks for another time and the attendee picks one',
		life: 'booked, asked for another time, moved by the attendee',
		deliveries: [created('A', 0), cancelled('A', 1, { rescheduleRequested: true }), moved('B', 'A', 2, T2, T1)],
		bookings: [
			{
				uid: 'B',
				status: 'scheduled',
				lifecycle: 'rescheduled',
				reschedule_requested: false,
				cancellation_reason: null,
			},
		],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check Cancelled: New Time Asked For', 'Level Check Rescheduled'],
	},
	{
		name: 'three seats, one given up, the group moved',
		deliveries: [
			created('G', 0, { booking: seat, key: 'k1' }),
			created('G', 1, { booking: { ...seat, seatUid: 's-bob' }, attendees: [bob], key: 'k2' }),
			created('G', 2, { booking: { ...seat, seatUid: 's-cem', ...thin }, attendees: [cem], key: 'k3' }),
			cancelled('G', 3, {
				...seat,
				seatUid: null,
				seatRemoved: true,
				status: 'accepted',
				lifecycle: 'scheduled',
			}),
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid: 'G',
				minute: 4,
				key: 'k5',
				attendees: [bob, cem],
				booking: { ...seat, previousUid: 'G', previousStart: T1, start: T2, seatUid: null },
			}),
		],
		bookings: [
			{
				uid: 'G',
				uids: ['G'],
				status: 'scheduled',
				start_time: new Date(T2),
				attendee_count: 2,
				attendee_email: 'bob@student.example',
				lead_email: 'bob@student.example',
				cancellation_reason: null,
				cancelled_by: null,
				meeting_url: 'https://cal.example/video/A',
			},
		],
		leads: [ADA, 'bob@student.example', 'cem@student.example'],
		activities: [
			'Level Check Booked',
			'Level Check Booked',
			'Level Check Booked',
			'Level Check Rescheduled',
			'Level Check Seat Given Up',
		],
	},
	{
		name: 'one of a group moves their own seat: two bookings from then on, and the others stay',
		deliveries: [
			created('G', 0, { booking: seat, key: 'k1' }),
			created('G', 1, { booking: { ...seat, seatUid: 's-bob' }, attendees: [bob], key: 'k2' }),
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid: 'H',
				minute: 2,
				attendees: [bob],
				booking: { ...seat, previousUid: 'G', previousStart: T1, start: T2, seatUid: null },
			}),
			cancelled('H', 3, { ...seat, seatUid: null }),
		],
		bookings: [
			{
				uid: 'G',
				uids: ['G'],
				status: 'scheduled',
				start_time: new Date(T1),
				reschedule_count: 0,
				attendee_count: 1,
				attendee_email: ADA,
			},
			{ uid: 'H', uids: ['H'], status: 'cancelled', start_time: new Date(T2), reschedule_count: 1 },
		],
		leads: [ADA, 'bob@student.example'],
		activities: ['Level Check Booked', 'Level Check Booked', 'Level Check Cancelled', 'Level Check Rescheduled'],
	},
	{
		name: 'a group moved while the end of its old time is still announced',
		life: 'three seats, all moved at once, one given up, held',
		deliveries: [
			created('G', 0, { booking: seat }),
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid: 'G',
				minute: 4,
				booking: { ...seat, previousUid: 'G', previousStart: T1, start: T2 },
			}),
			bookingEvent({ event: 'MEETING_ENDED', uid: 'G', minute: 60, booking: { ...thin, start: T1, seats: 3 } }),
		],
		bookings: [{ uid: 'G', status: 'scheduled', lifecycle: 'rescheduled', start_time: new Date(T2) }],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check Completed', 'Level Check Rescheduled'],
	},
	{
		name: 'two bookings of one person stay two',
		life: 'a series: one moved, two cancelled one by one',
		deliveries: [created('A', 0), created('B', 1, { booking: { start: T2 } }), cancelled('B', 2)],
		bookings: [
			{ uid: 'A', status: 'scheduled' },
			{ uid: 'B', status: 'cancelled' },
		],
		leads: [ADA],
		activities: ['Level Check Booked', 'Level Check Booked', 'Level Check Cancelled'],
	},
];
