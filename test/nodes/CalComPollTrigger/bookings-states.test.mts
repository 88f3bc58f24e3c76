// Which state of a booking is told, and which of its seats.
import { account, aBooking } from './support/account.mts';
import type { ListedBooking } from './support/account.mts';
import { at, keys, started, watching } from './support/watching.mts';

describe('the state that is told', () => {
	test.each<[string, Partial<ListedBooking>, Partial<ListedBooking>, string | null]>([
		['confirmed', { status: 'pending' }, { status: 'accepted' }, 'BOOKING_CREATED'],
		['declined', { status: 'pending' }, { status: 'rejected' }, 'BOOKING_REJECTED'],
		['cancelled', {}, { status: 'cancelled' }, 'BOOKING_CANCELLED'],
		[
			'a request to move, confirmed',
			{ status: 'pending', rescheduledFromUid: 'old' },
			{ status: 'accepted' },
			'BOOKING_CREATED',
		],
		['moved on', {}, { status: 'cancelled', rescheduledToUid: 'next' }, null],
		['touched', {}, {}, null],
		['touched while it waits', { status: 'pending' }, {}, null],
	])('%s', async (_name, first, change, event) => {
		const { fake, booking } = await started({}, first);
		Object.assign(booking, change, { updatedAt: at(1) });
		const items = await fake.poll();
		expect(items?.map((item) => item['event']) ?? []).toEqual(event === null ? [] : [event]);
		expect(await fake.poll()).toBeNull();
	});

	test('is the present one: a booking that was made and cancelled meanwhile is only told as cancelled', async () => {
		const { it, fake } = await started();
		it.bookings.push(aBooking({ updatedAt: at(1), status: 'cancelled' }));
		expect((await fake.poll())?.map(({ event }) => event)).toEqual(['BOOKING_CANCELLED']);
	});

	test('a moved booking tells where it came from, and when that was', async () => {
		const { it, fake, booking } = await started();
		const next = aBooking({ updatedAt: at(2), rescheduledFromUid: booking.uid });
		Object.assign(booking, { status: 'cancelled', rescheduledToUid: next.uid, updatedAt: at(2) });
		it.bookings.push(next);
		const [item, ...others] = (await fake.poll()) ?? [];
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			event: 'BOOKING_RESCHEDULED',
			source: 'poll',
			booking: { uid: next.uid, previousUid: booking.uid, previousStart: booking.start },
		});
	});

	test.each<[string, Partial<ListedBooking>, string[]]>([
		['and cancelled', { status: 'cancelled' }, ['BOOKING_RESCHEDULED', 'BOOKING_CANCELLED']],
		['and declined', { status: 'rejected' }, ['BOOKING_REQUESTED', 'BOOKING_REJECTED']],
		['and moved on', { status: 'cancelled', rescheduledToUid: 'next' }, ['BOOKING_RESCHEDULED']],
	])(
		'moved %s before anyone knew: the move is told too, or the old row would never be over',
		async (_, end, told) => {
			const { it, fake, booking } = await started();
			const next = aBooking({ updatedAt: at(2), rescheduledFromUid: booking.uid, ...end });
			Object.assign(booking, { status: 'cancelled', rescheduledToUid: next.uid, updatedAt: at(1) });
			it.bookings.push(next);
			const items = (await fake.poll()) ?? [];
			expect(items.map(({ event }) => event)).toEqual(told);
			for (const item of items)
				expect(item).toMatchObject({ booking: { uid: next.uid, previousUid: booking.uid } });
			expect(await fake.poll()).toBeNull();
		},
	);

	test('moved twice before anyone knew: one move after the other', async () => {
		const { it, fake, booking } = await started();
		const middle = aBooking({ updatedAt: at(2), status: 'cancelled', rescheduledFromUid: booking.uid });
		const last = aBooking({ updatedAt: at(3), rescheduledFromUid: middle.uid });
		Object.assign(booking, { status: 'cancelled', rescheduledToUid: middle.uid, updatedAt: at(1) });
		middle.rescheduledToUid = last.uid;
		it.bookings.push(middle, last);
		expect(((await fake.poll()) ?? []).map(({ booking: told }) => told)).toEqual([
			expect.objectContaining({ uid: middle.uid, previousUid: booking.uid }),
			expect.objectContaining({ uid: last.uid, previousUid: middle.uid }),
		]);
	});

	test('a move that was told is not told again when the booking ends', async () => {
		const { it, fake, booking } = await started();
		const next = aBooking({ updatedAt: at(1), rescheduledFromUid: booking.uid });
		Object.assign(booking, { status: 'cancelled', rescheduledToUid: next.uid, updatedAt: at(1) });
		it.bookings.push(next);
		expect((await fake.poll())?.map(({ event }) => event)).toEqual(['BOOKING_RESCHEDULED']);
		Object.assign(next, { status: 'cancelled', updatedAt: at(2) });
		expect((await fake.poll())?.map(({ event }) => event)).toEqual(['BOOKING_CANCELLED']);
	});

	test('a date of a series that was moved is not told as cancelled, though Cal.com does not say where it went', async () => {
		const { it, fake, booking } = await started();
		const next = aBooking({ updatedAt: at(1), rescheduledFromUid: booking.uid });
		Object.assign(booking, { status: 'cancelled', updatedAt: at(1) });
		it.bookings.push(next);
		expect((await fake.poll())?.map(({ event }) => event)).toEqual(['BOOKING_RESCHEDULED']);
		// Nor later, when only the old one is looked at again.
		it.bookings = [booking];
		expect(await fake.poll()).toBeNull();
	});
});

describe('seats', () => {
	const group = { id: 14, seats: { seatsPerTimeSlot: 3 } };
	const seat = (name: string) => ({ name, email: `${name}@student.example`, seatUid: `seat-${name}` });
	const lesson = () => aBooking({ updatedAt: at(-60), start: at(3000), eventTypeId: 14, attendees: [seat('ada')] });

	test('one that is taken later is told, although Cal.com does not call the booking changed', async () => {
		const booking = lesson();
		const it = account({ bookings: [booking], eventTypes: [{ ...group }] });
		const fake = watching(it);
		expect(await fake.poll()).toBeNull();
		booking.attendees.push(seat('bob'));
		expect(await fake.poll()).toEqual([
			expect.objectContaining({
				eventKey: `BOOKING_CREATED:${booking.uid}:seat-bob`,
				booking: expect.objectContaining({ seats: 3 }),
				attendeeCount: 1,
			}),
		]);
		expect(await fake.poll()).toBeNull();
	});

	test('all of them moved by the host keep their uid: a reschedule all the same', async () => {
		const booking = lesson();
		booking.attendees.push(seat('bob'));
		const fake = watching(account({ bookings: [booking], eventTypes: [{ ...group }] }));
		await fake.poll();
		const before = booking.start;
		Object.assign(booking, { start: at(5000), updatedAt: at(1) });
		const [item, ...others] = (await fake.poll()) ?? [];
		expect(others).toEqual([]);
		expect(item).toMatchObject({
			event: 'BOOKING_RESCHEDULED',
			eventKey: `BOOKING_RESCHEDULED:${booking.uid}:${at(5000)}`,
			occurredAt: at(1),
			booking: { previousUid: booking.uid, previousStart: before },
			attendeeCount: 2,
		});
		expect(await fake.poll()).toBeNull();
	});

	test('a credential that may not read event types still tells of bookings', async () => {
		const it = account();
		const fake = watching(
			it,
			{},
			{
				answer: (asked) => (asked.path === '/event-types' ? { status: 403, body: {} } : it.answer(asked)),
			},
		);
		expect(await fake.poll()).toBeNull();
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('with a start date, the seats of older bookings are no news', async () => {
		const it = account({ bookings: [lesson()], eventTypes: [{ ...group }] });
		const fake = watching(it, { startFrom: 'date', startDate: at(-10) });
		expect(await fake.poll()).toBeNull();
		it.bookings[0]?.attendees.push(seat('cem'));
		expect(await keys(fake)).toEqual([expect.stringContaining('seat-cem')]);
	});
});
