import { type Done, type Found, differences } from '../../playground/src/once.mts';
import { somebody } from '../../playground/src/people.mts';

const person = somebody(() => 0);
const done: Done = { person, oldUid: 'old', newUid: 'new', start: '2026-12-01T09:00:00.000Z', reason: 'Moved away' };
const inbox = (event: string, status = 'processed', error: string | null = null) => ({ event, status, error });
const activity = (type: string) => ({ type, title: type, details: null });

const good = (): Found => ({
	leads: [{ id: '1', name: person.name, email: person.email, phone: null }],
	bookings: [
		{
			id: '1',
			uid: 'new',
			uids: ['old', 'new'],
			status: 'cancelled',
			lifecycle: 'cancelled',
			start_time: new Date(done.start),
			cancellation_reason: 'Moved away',
		},
	],
	activities: [activity('booked'), activity('cancelled'), activity('rescheduled')],
	inbox: [inbox('BOOKING_CANCELLED'), inbox('BOOKING_CREATED'), inbox('BOOKING_RESCHEDULED')],
});

describe('what differs after booking, moving and cancelling', () => {
	test('nothing, when every row is as it should be, in whatever order', () => {
		expect(differences(done, good())).toEqual([]);
	});

	test('a booking that was doubled', () => {
		const found = good();
		expect(differences(done, { ...found, bookings: [...found.bookings, ...found.bookings] })).toEqual([
			'The number of booking rows is 2, and should be 1.',
		]);
	});

	test('a forgotten uid and a wrong start', () => {
		const [booking] = good().bookings;
		if (!booking) throw new Error('no booking');
		const bookings = [{ ...booking, uids: ['new'], start_time: new Date(0) }];
		expect(differences(done, { ...good(), bookings })).toEqual([
			'Whether the booking remembers its first uid is false, and should be true.',
			'The booking\'s start is "1970-01-01T00:00:00.000Z", and should be "2026-12-01T09:00:00.000Z".',
		]);
	});

	test('a failed inbox row, with its error', () => {
		const rows = good().inbox.map((row) =>
			row.event === 'BOOKING_CREATED' ? inbox(row.event, 'failed', 'no such table') : row,
		);
		expect(differences(done, { ...good(), inbox: rows })).toEqual([
			'The inbox row of BOOKING_CREATED (no such table) is "failed", and should be "processed".',
		]);
	});

	test('nothing at all in the tables', () => {
		const empty = { leads: [], bookings: [], activities: [], inbox: [] };
		expect(differences(done, empty)).toContain('The number of leads of this email is 0, and should be 1.');
	});
});
