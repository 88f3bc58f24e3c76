// A booking that is read from Cal.com's list: what it does to the tables, also beside webhooks that tell the same; on a
// real PostgreSQL.
import { normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';
import { readRecordings } from '../../nodes/shared/events/recordings.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { type Backfill, CONTEXT, PAST, apiBooking, openBackfill, past, read } from './backfill.mts';

let db: TestDatabase;
let backfill: Backfill;
beforeAll(async () => {
	db = await startDatabase();
	backfill = openBackfill(db);
});
beforeEach(() => db.empty());
afterAll(() => db.stop());

describe('a booking that is read', () => {
	test('fills lead, booking, appointment and activity as its webhook would have', async () => {
		expect(await backfill.apply([read(apiBooking('a'))])).toMatchObject({
			read: 1,
			applied: 1,
			known: 0,
			failed: 0,
		});
		expect(await backfill.booking()).toMatchObject({
			uid: 'a',
			status: 'scheduled',
			booking_type: 'Level Check',
			tag: 'amsterdam',
			attendee_phone: '+31612345678',
			location_type: 'link',
			responses: { goals: 'Play Bach' },
		});
		expect(await backfill.rows('SELECT title FROM calcom.lead_activities')).toEqual([
			{ title: 'Level Check Booked' },
		]);
		expect(await backfill.rows('SELECT booking_uid FROM calcom.calendar_events')).toEqual([{ booking_uid: 'a' }]);
		expect(await backfill.rows('SELECT consumer, status FROM calcom.event_claims ORDER BY 1')).toEqual([
			{ consumer: 'calendar-events', status: 'processed' },
			{ consumer: 'lead-capture', status: 'processed' },
		]);
	});

	test('only the templates that are named get it', async () => {
		await backfill.apply([read(apiBooking('a'))], { consumers: 'lead-capture' });
		expect(await backfill.rows('SELECT consumer FROM calcom.event_claims')).toEqual([{ consumer: 'lead-capture' }]);
		expect(await backfill.rows('SELECT * FROM calcom.calendar_events')).toEqual([]);
	});

	test('that is over is completed, unless that is not wanted', async () => {
		await backfill.apply([read(apiBooking('a', past))], { completePast: false });
		expect(await backfill.booking()).toMatchObject({ status: 'scheduled' });
		expect(await backfill.apply([read(apiBooking('a', past))])).toMatchObject({ applied: 1, known: 1 });
		expect(await backfill.booking()).toMatchObject({ status: 'completed' });
		const [ended] = await backfill.rows("SELECT event_key FROM calcom.lead_activities WHERE type = 'completed'");
		expect(ended).toEqual({ event_key: `MEETING_ENDED:a:${String(PAST.toISO())}` });
	});

	test('to which nobody came is a no-show', async () => {
		const absent = { ...past, attendees: [{ name: 'Ada', email: 'Ada@student.example', absent: true }] };
		await backfill.apply([read(apiBooking('a', absent))]);
		expect(await backfill.booking()).toMatchObject({ status: 'no_show' });
		expect(await backfill.apply([read(apiBooking('a', absent))])).toMatchObject({ applied: 0, failed: 0 });
		expect(await backfill.rows("SELECT FROM calcom.lead_activities WHERE type = 'no_show'")).toHaveLength(1);
	});

	test('of a group that came seat by seat is known', async () => {
		const seat = (name: string) => person(name, `${name}@student.example`);
		for (const name of ['ada', 'bob'])
			await db.apply(
				bookingEvent({
					event: 'BOOKING_CREATED',
					uid: 'group',
					minute: 0,
					key: `BOOKING_CREATED:group:${name}`,
					booking: { seats: 5, seatUid: name },
					attendees: [seat(name)],
				}),
			);
		const both = { attendees: ['ada', 'bob'].map((name) => ({ name, email: `${name}@student.example` })) };
		expect(await backfill.apply([read(apiBooking('group', both))])).toMatchObject({ applied: 0, known: 1 });
		expect(await backfill.booking()).toMatchObject({ attendee_count: 2 });
	});

	test('of a group that was cancelled is cancelled, though seats had been given up before', async () => {
		const seat = { event: 'BOOKING_CREATED', uid: 'group', booking: { seats: 5 } };
		for (const name of ['ada', 'bob'])
			await db.apply(
				bookingEvent({
					...seat,
					minute: 0,
					key: `BOOKING_CREATED:group:${name}`,
					attendees: [person(name, `${name}@student.example`)],
				}),
			);
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CANCELLED',
				uid: 'group',
				minute: 1,
				key: 'BOOKING_CANCELLED:group:bob@student.example:2',
				booking: { seats: 5, seatRemoved: true, status: 'accepted', lifecycle: 'scheduled' },
				attendees: [person('bob', 'bob@student.example')],
			}),
		);
		expect(await backfill.booking()).toMatchObject({ status: 'scheduled', attendee_count: 1 });
		await backfill.apply([read(apiBooking('group', { status: 'cancelled', attendees: [] }))]);
		expect(await backfill.booking()).toMatchObject({ status: 'cancelled' });
	});

	test('that cannot be applied is told, tried again later, and stops none of the others', async () => {
		const bad = read(apiBooking('bad'));
		const broken = { ...bad, booking: { ...bad.booking, start: 'never' } };
		const answer = await backfill.apply([broken, read(apiBooking('good'))]);
		expect(answer).toMatchObject({ read: 2, applied: 1, failed: 1 });
		expect(answer['problems']).toEqual([{ what: 'BOOKING_CREATED:bad', reason: expect.stringContaining('never') }]);
		expect(await backfill.rows('SELECT uid FROM calcom.bookings')).toEqual([{ uid: 'good' }]);
		expect(await backfill.rows('SELECT DISTINCT event_key FROM calcom.failed_events')).toEqual([
			{ event_key: 'BOOKING_CREATED:bad' },
		]);
	});
});

describe('beside webhooks', () => {
	const recorded = readRecordings()
		.map(({ bytes }) => normalizeDelivery(bytes.toString(), CONTEXT))
		.filter(({ category, booking: { uid } }) => category === 'booking' && uid !== null);

	test('the same facts, first as Cal.com delivered them and then by asking, are told once', async () => {
		expect(recorded.length).toBeGreaterThan(5);
		for (const event of recorded) await db.apply(event);
		const before = await db.tables();
		const asked = recorded.map((event) => ({ ...event, source: 'poll' as const }));
		const settings = { consumers: 'lead-capture', completePast: false };
		expect(await backfill.apply(asked, settings)).toMatchObject({ applied: 0, failed: 0 });
		expect(await db.tables()).toEqual(before);
	});

	test('a webhook that comes after the backfill finds it applied', async () => {
		const event = read(apiBooking('a'));
		await backfill.apply([event]);
		const { eventKey } = event;
		expect(eventKey).toBe('BOOKING_CREATED:a');
		expect(await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'a', minute: 0 }))).toBe(false);
	});

	test('what a person set stays', async () => {
		await backfill.apply([read(apiBooking('a', past))]);
		await db.pool.query("UPDATE calcom.bookings SET status = 'no_show', assigned_teacher = 'Clara'");
		await backfill.apply([
			read(apiBooking('a', { ...past, status: 'cancelled', updatedAt: '2026-11-03T09:00:00.000Z' })),
		]);
		expect(await backfill.booking()).toMatchObject({ status: 'no_show', assigned_teacher: 'Clara' });
	});
});

test('the report says how complete the bookings are, and why something is missing', async () => {
	await backfill.apply([
		read(apiBooking('a')),
		read(apiBooking('b', { bookingFieldsResponses: {}, location: null })),
		read(apiBooking('c', { status: 'cancelled', location: null })),
	]);
	await db.apply(
		bookingEvent({ event: 'BOOKING_CREATED', uid: 'd', minute: 0, attendees: [], booking: { location: null } }),
	);
	const report = await backfill.rows('SELECT * FROM calcom.backfill_report');
	const of = (what: string) => report.find((line) => line['what'] === what);
	expect(of('attendees')).toMatchObject({ bookings: '4', have: '3', missing: '1', percent: '75.0' });
	expect(of('location')).toMatchObject({ have: '1', missing: '3', percent: '25.0' });
	expect(of('location')?.['why']).toBe(
		'The event type has no location: 2; It was cancelled before a place was set: 1',
	);
	expect(of('responses')?.['why']).toMatch(/no questions of its own/);
	expect(of('reason of the cancellation')).toMatchObject({ bookings: '1', missing: '1', why: 'Nobody gave one: 1' });
	expect(of('events that could not be applied')).toMatchObject({ missing: '0' });
	expect(await backfill.rows("SELECT uid FROM calcom.backfill_gaps WHERE missing = 'attendees'")).toEqual([
		{ uid: 'd' },
	]);
});
