// What a real Cal.com was seen to do, beyond what one recorded exchange shows.
import { isObject } from '../../src/calcom/json.mts';
import type { Json } from '../../src/calcom/json.mts';
import { ADA, BOB, LATER, SLOT, inSession, post, uidOf } from '../../src/calcom/session.mts';
import type { Session } from '../../src/calcom/session.mts';

const messageOf = (body: Json): unknown =>
	isObject(body) && isObject(body['error']) ? body['error']['message'] : undefined;

const listed = async ({ data }: Session): Promise<Json> => await data('GET', '/bookings');

describe('a booking made in two steps', () => {
	test('is listed without its room first, and told when it has one', async () => {
		await inSession(async (session) => {
			await session.subscribe();
			const release = session.cal.holdRooms();
			const booking = session.book(23, SLOT);
			while (session.cal.state.bookings.length === 0) await new Promise((resolve) => setImmediate(resolve));
			expect(await listed(session)).toMatchObject([{ status: 'accepted', location: 'integrations:daily' }]);
			expect(session.received).toEqual([]);
			release();
			const { location } = await booking;
			expect(location).toMatch(/\/video\/\w+$/);
			expect(await listed(session)).toMatchObject([{ location }]);
			expect(session.received.map(({ event }) => event)).toEqual(['BOOKING_CREATED']);
		});
	});

	test('can take its time, moved ones too', async () => {
		await inSession(async (session) => {
			session.cal.slowRooms(5);
			const moved = await post(session, await session.book(23, SLOT), 'reschedule', { start: LATER });
			expect(moved).toMatchObject({ location: expect.stringMatching(/\/video\/\w+$/) });
		});
	});
});

test('a seat that Cal.com stumbles over is gone, and nobody is told', async () => {
	await inSession(async (session) => {
		await session.book(14, SLOT);
		const booking = await session.book(14, SLOT, { attendee: BOB });
		await session.subscribe();
		session.cal.stumbleOverSeats(1);
		const body = { seatUid: booking['seatUid'] ?? '', cancellationReason: 'x' };
		const answer = await session.ask('POST', `/bookings/${uidOf(booking)}/cancel`, { body });
		expect(answer.status).toBe(404);
		expect(session.cal.state.bookings[0]?.attendees.map(({ email }) => email)).toEqual([ADA['email']]);
		expect(session.received).toEqual([]);
	});
});

test("a moved booking takes the event type's own length", async () => {
	await inSession(async (session) => {
		const booking = await session.book(16, SLOT, { lengthInMinutes: 60 });
		expect(booking['duration']).toBe(60);
		expect(await post(session, booking, 'reschedule', { start: LATER })).toMatchObject({ duration: 30 });
	});
});

test('a series that is to end goes on', async () => {
	await inSession(async ({ data }) => {
		const changed = await data('PATCH', '/event-types/13', { body: { recurrence: { disabled: true } } });
		expect(changed).toMatchObject({ recurrence: { disabled: false, occurrences: 4 } });
	});
});

test('a reservation keeps a time out of lists, and nobody from booking it', async () => {
	await inSession(async ({ data, ask, book }) => {
		const slots = `/slots?eventTypeId=23&start=${SLOT.slice(0, 10)}&end=${SLOT.slice(0, 10)}`;
		const before = JSON.stringify(await data('GET', slots));
		await data('POST', '/slots/reservations', { body: { eventTypeId: 23, slotStart: SLOT } });
		const start = '2026-12-07T09:00:00.000Z';
		expect(before).toContain(start);
		expect(JSON.stringify(await data('GET', slots))).not.toContain(start);
		expect(await book(23, SLOT)).toMatchObject({ status: 'accepted' });
		const again = await ask('POST', '/slots/reservations', { body: { eventTypeId: 23, slotStart: SLOT } });
		expect(messageOf(again.body)).toBe("Can't reserve a slot if the event is already booked.");
	});
});

test('the community edition keeps no delay of a webhook and never sends what needs one, the hosted one does', async () => {
	const body = { time: 5, timeUnit: 'MINUTE' };
	for (const [edition, kept] of [
		['selfHosted', { time: null, timeUnit: null }],
		['hosted', body],
	] as const)
		await inSession(
			async ({ cal, data, subscribe, book, received }) => {
				const { id } = await subscribe('/all', body);
				expect(await data('GET', `/webhooks/${String(id)}`)).toMatchObject(kept);
				await cal.nobodyCame('hosts', uidOf(await book(23, SLOT)));
				const events = received.map(({ event }) => event);
				expect(events.includes('AFTER_HOSTS_CAL_VIDEO_NO_SHOW')).toBe(kept.time !== null);
			},
			{ edition },
		);
});

test('without a place, what only the attendee knows is called by its question', async () => {
	await inSession(async ({ book }) => {
		expect(await book(8, SLOT)).toMatchObject({ location: 'phone' });
		expect(await book(10, LATER)).toMatchObject({ location: 'attendeeInPerson' });
	});
});

describe('a phone number without its country', () => {
	test.each([
		['as the place', 8, { location: { type: 'attendeePhone', phone: '0612345678' } }, '{location}invalid_number'],
		[
			"as the attendee's",
			23,
			{ attendee: { ...ADA, phoneNumber: '0612345678' } },
			'{attendeePhoneNumber}invalid_number',
		],
		['as an answer', 23, { bookingFieldsResponses: { mobile: '0612345678' } }, '{mobile}invalid_number'],
	])('is refused %s', async (_where, eventTypeId, extra, problem) => {
		await inSession(async ({ cal, ask }) => {
			const bookingFields = [{ type: 'phone', slug: 'mobile', label: 'Mobile', required: false }];
			cal.editEventType('level-check', { bookingFields });
			const body = { start: SLOT, eventTypeId, attendee: ADA, ...extra };
			const answer = await ask('POST', '/bookings', { body });
			expect(answer.status).toBe(400);
			expect(messageOf(answer.body)).toBe(`responses - ${problem}, `);
		});
	});

	test('is not one with a trunk zero behind the country: that is forgiven', async () => {
		await inSession(async ({ book }) => {
			await book(23, SLOT, { attendee: { ...ADA, phoneNumber: '+310612345678' } });
		});
	});
});
