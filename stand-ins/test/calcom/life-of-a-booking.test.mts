import { ADA, BOB, CEM, inSession, LATER, post, SLOT, uidOf } from '../../src/calcom/session.mts';
import { absent, book, bookThen, seats } from './support/stories.mts';
import type { Story } from './support/stories.mts';

describe('the life of a booking, as events', () => {
	const lives: [life: string, events: string[], story: Story][] = [
		['booked', ['BOOKING_CREATED'], book(4)],
		['requested', ['BOOKING_REQUESTED'], book(12)],
		['requested and confirmed', ['BOOKING_REQUESTED', 'BOOKING_CREATED'], bookThen(12, 'confirm', {})],
		[
			'declined twice',
			['BOOKING_REQUESTED', 'BOOKING_REJECTED', 'BOOKING_REJECTED'],
			async (session) => {
				const booking = await session.book(12, SLOT);
				await post(session, booking, 'decline', {});
				await post(session, booking, 'decline', { reason: 'x' });
			},
		],
		['rescheduled', ['BOOKING_CREATED', 'BOOKING_RESCHEDULED'], bookThen(4, 'reschedule', { start: LATER })],
		[
			'a request rescheduled by the attendee',
			['BOOKING_REQUESTED', 'BOOKING_REQUESTED'],
			bookThen(12, 'reschedule', { start: LATER, rescheduledBy: 'ada@student.example' }, {}, null),
		],
		['cancelled', ['BOOKING_CREATED', 'BOOKING_CANCELLED'], bookThen(4, 'cancel', {}, {}, null)],
		[
			'asked to reschedule by the host',
			['BOOKING_CREATED', 'BOOKING_CANCELLED'],
			async (session) => await session.cal.requestReschedule(uidOf(await session.book(4, SLOT)), 'ill'),
		],
		[
			'paid',
			['BOOKING_PAYMENT_INITIATED', 'BOOKING_PAID', 'BOOKING_CREATED'],
			async (session) => await session.cal.pay(uidOf(await session.book(21, SLOT))),
		],
		['a series', Array.from({ length: 4 }, () => 'BOOKING_CREATED'), book(13)],
		[
			'a series confirmed',
			['BOOKING_REQUESTED', 'BOOKING_REQUESTED', 'BOOKING_REQUESTED', 'BOOKING_CREATED'],
			bookThen(18, 'confirm', {}),
		],
		[
			'three seats',
			['BOOKING_CREATED', 'BOOKING_CREATED', 'BOOKING_CREATED'],
			(session) => seats(session, ADA, BOB, CEM),
		],
		[
			'an absent attendee',
			['BOOKING_CREATED', 'MEETING_STARTED', 'MEETING_ENDED', 'BOOKING_NO_SHOW_UPDATED'],
			absent,
		],
		['guests added', ['BOOKING_CREATED'], bookThen(3, 'guests', { guests: [{ email: 'late1@student.example' }] })],
	];

	test.each(lives)('%s', async (_life, events, story) => {
		await inSession(async (session) => {
			await session.subscribe();
			await story(session);
			expect(session.received.map(({ event }) => event)).toEqual(events);
		});
	});

	test('a cancellation is told before it is so', async () => {
		await inSession(async (session) => {
			await session.subscribe();
			const booking = await session.book(4, SLOT);
			const seen: string[] = [];
			session.cal.on('delivery', () => seen.push(session.cal.state.bookings[0]?.status ?? ''));
			await post(session, booking, 'cancel', { cancellationReason: 'x' });
			expect(seen).toEqual(['ACCEPTED']);
			expect(session.cal.state.bookings[0]?.status).toBe('CANCELLED');
		});
	});

	test('account and event type are told apart, each with its own moment', async () => {
		await inSession(async (session) => {
			await session.subscribe('/account');
			const body = { active: true, subscriberUrl: `${session.receiver}/type`, triggers: ['BOOKING_CREATED'] };
			await session.data('POST', '/event-types/4/webhooks', { body });
			await session.subscribe('/off', { active: false });
			await session.subscribe('/other-event', { triggers: ['BOOKING_CANCELLED'] });
			await session.book(4, SLOT);
			expect(session.received.map(({ url }) => url).sort()).toEqual(['/account', '/type']);
			await session.book(6, LATER);
			expect(session.received.filter(({ url }) => url === '/type')).toHaveLength(1);
		});
	});

	test('nothing is repeated and no redirect is followed', async () => {
		await inSession(async (session) => {
			await session.subscribe('/status/500/x');
			await session.subscribe('/status/301/x');
			await session.book(4, SLOT);
			expect(session.received.map(({ url }) => url).sort()).toEqual(['/status/301/x', '/status/500/x']);
			expect(session.cal.deliveries.map(({ status }) => status).sort()).toEqual([301, 500]);
		});
	});

	test('a receiver that is not there is logged and does not stop the booking', async () => {
		await inSession(async (session) => {
			await session.subscribe('/x', { subscriberUrl: 'http://127.0.0.1:9/closed' });
			const booking = await session.book(4, SLOT);
			const [delivery] = session.cal.deliveries;
			expect(booking['status']).toBe('accepted');
			expect(delivery).toMatchObject({ event: 'BOOKING_CREATED', uid: uidOf(booking), status: null });
			expect(delivery?.error).not.toBeNull();
		});
	});
});
