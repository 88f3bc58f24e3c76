// What the lead capture template makes of events, held on a real PostgreSQL. In which order they come: convergence/.
import fc from 'fast-check';
import { depth } from '../../support/depth.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { STORIES } from '../stories.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('the life of a booking', () => {
	test.each(STORIES)('$name', async ({ deliveries, bookings, leads, activities }) => {
		for (const delivery of deliveries) await db.apply(delivery);
		const tables = await db.tables();
		expect(tables.bookings).toHaveLength(bookings.length);
		bookings.forEach((columns, at) => expect(tables.bookings[at]).toMatchObject(columns));
		expect(tables.leads.map((lead) => lead.email)).toEqual(leads);
		expect(tables.activities.map((activity) => activity.title).sort()).toEqual(activities);
		expect(tables.inbox.every((row) => row.status === 'processed')).toBe(true);
	});
});

describe('the lead', () => {
	const every = <T,>(items: T[]): T[][] =>
		items.length < 2
			? [items]
			: items.flatMap((item, at) => every(items.toSpliced(at, 1)).map((rest) => [item, ...rest]));
	/** Every order; in the gate, some. */
	const orders = <T,>(items: T[]): T[][] => {
		const all = every(items);
		const some = { minLength: Math.min(all.length, 3), maxLength: Math.min(all.length, 3) };
		return depth(fc.sample(fc.subarray(all, some), 1).flat(), all);
	};
	const by = (minute: number, attendee = person('Ada Lovelace', 'ada@student.example')) =>
		bookingEvent({ event: 'BOOKING_CREATED', uid: `U${String(minute)}`, minute, attendees: [attendee] });

	test('is one per email, whatever the case', async () => {
		await db.apply(by(0));
		await db.apply(by(1, person('Ada Lovelace', 'ADA@Student.example')));
		expect((await db.tables()).leads).toHaveLength(1);
	});

	test('keeps what a person wrote, and takes what they left blank', async () => {
		await db.pool.query(
			"INSERT INTO calcom.leads (email, name, phone, internal_note) VALUES ('ada@student.example', 'Ada L.', '+31611111111', 'from the fair')",
		);
		await db.apply(by(0, { ...person('Ada Lovelace', 'ada@student.example', '+31622222222'), locale: 'nl' }));
		expect((await db.tables()).leads[0]).toMatchObject({
			name: 'Ada L.',
			phone: '+31611111111',
			locale: 'nl',
			internal_note: 'from the fair',
		});
	});

	test('keeps the number it gave for a booking when Cal.com moves that without numbers', async () => {
		const move = (uid: string, previousUid: string, minute: number, phone: string | null) =>
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid,
				minute,
				booking: { previousUid, seats: uid === previousUid ? 3 : null },
				attendees: [person('Ada Lovelace', 'ada@student.example', phone)],
				key: `${uid} ${String(minute)}`,
			});
		const told = [
			by(0, person('Ada Lovelace', 'ada@student.example', '+31612345678')),
			move('U0', 'U0', 1, null),
			move('V', 'U0', 2, null),
			move('W', 'V', 3, '+31610000003'),
		];
		for (const [at, phone] of ['+31612345678', '+31612345678', '+31612345678', '+31610000003'].entries()) {
			for (const order of orders(told.slice(0, at + 1))) {
				await db.empty();
				for (const delivery of order) await db.apply(delivery);
				expect((await db.tables()).bookings).toMatchObject([{ attendee_phone: phone, attendees: [{ phone }] }]);
			}
		}
	}, 120_000);

	test('has the latest answer per field, whatever came last', async () => {
		const answers = [
			by(0, person('Ada', 'ada@student.example', '+31610000000')),
			by(1, person('Ada King', 'ada@student.example', '+31610000001')),
			by(2, person('Ada Lovelace', 'ada@student.example')),
		];
		for (const order of orders(answers)) {
			await db.empty();
			for (const delivery of order) await db.apply(delivery);
			expect((await db.tables()).leads).toMatchObject([
				{ name: 'Ada Lovelace', last_name: 'Lovelace', phone: '+31610000001' },
			]);
		}
	});
});

describe('odd values', () => {
	test.each([
		['SQL', "Robert'); DROP TABLE calcom.leads;--"],
		['HTML', '<script>alert(1)</script>'],
		['a formula', '=HYPERLINK("http://evil.example","x")'],
		['emoji and right-to-left', '👩‍🎓 \u202Eعادة\u200B'],
		['100 KB', 'x'.repeat(100_000)],
	])('a name made of %s is stored as it is', async (_, name) => {
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'A',
				minute: 0,
				attendees: [{ ...person('x', 'ada@student.example'), name }],
			}),
		);
		const tables = await db.tables();
		expect([tables.leads[0]?.name, tables.bookings[0]?.attendee_name]).toEqual([name, name]);
	});

	test('a zone that PostgreSQL does not know breaks no view', async () => {
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'A',
				minute: 0,
				booking: { timeZone: 'Mars/Olympus', start: new Date().toISOString() },
			}),
		);
		const { rows } = await db.pool.query('SELECT uid, time_zone FROM calcom.todays_appointments');
		expect(rows).toEqual([{ uid: 'A', time_zone: null }]);
	});

	test.each(['BOOKING_REQUESTED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'])(
		'%s of a booking that nobody can tell is refused with what is known of it, never taken for done',
		async (kind) => {
			const event = bookingEvent({
				event: kind,
				uid: 'none',
				minute: 0,
				booking: { uid: null, previousUid: 'A', id: 77 },
			});
			await expect(db.apply(event)).rejects.toThrow(
				'Cal.com told of a booking without its uid, so nobody can tell which one it is. Look for it in Cal.com: ada@student.example, 2026-12-01T09:00:00.000Z (id 77).',
			);
			expect((await db.tables()).bookings).toEqual([]);
		},
	);

	test('an event without a booking changes no booking and no lead', async () => {
		const event = bookingEvent({
			event: 'OOO_CREATED',
			uid: 'none',
			minute: 0,
			attendees: [],
			booking: { uid: null },
			rest: { category: 'outOfOffice', attendees: [] },
		});
		await db.apply(event);
		const tables = await db.tables();
		expect([tables.leads, tables.bookings, tables.activities]).toEqual([[], [], []]);
	});
});

describe('setting up', () => {
	test('again keeps every row', async () => {
		await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
		const before = await db.tables();
		await db.setUp();
		expect(await db.tables()).toEqual(before);
	});
});

describe('the views', () => {
	test('show what is to come, today, and how the inbox is', async () => {
		const inAnHour = new Date(Date.now() + 3_600_000).toISOString();
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'A',
				minute: 0,
				booking: { start: inAnHour, timeZone: 'UTC' },
			}),
		);
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'B',
				minute: 1,
				booking: { start: '2020-01-01T00:00:00.000Z' },
			}),
		);
		await db.apply(
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'C',
				minute: 2,
				booking: { start: inAnHour },
				rest: {
					eventType: {
						id: 2,
						slug: 'piano',
						title: 'Piano',
						description: null,
						lengthMinutes: 30,
						schedulingType: null,
					},
				},
			}),
		);
		const uids = async (view: string) =>
			(await db.pool.query<{ uid: string }>(`SELECT uid FROM calcom.${view} ORDER BY uid`)).rows.map(
				(row) => row.uid,
			);
		expect(await uids('upcoming_level_checks')).toEqual(['A']);
		expect(await uids('todays_appointments')).not.toContain('B');
		await db.pool.query('SELECT calcom.claim_event($1::jsonb, $2)', [
			JSON.stringify(bookingEvent({ event: 'BOOKING_CREATED', uid: 'X', minute: 3 })),
			'dead',
		]);
		await db.pool.query(
			"UPDATE calcom.event_claims SET claimed_at = now() - interval '1 hour' WHERE event_key = 'BOOKING_CREATED:X'",
		);
		const { rows } = await db.pool.query(
			'SELECT deliveries::int, processed::int, stuck::int, failed::int FROM calcom.sync_health',
		);
		expect(rows).toEqual([{ deliveries: 4, processed: 3, stuck: 1, failed: 0 }]);
		expect((await db.pool.query('SELECT event_key FROM calcom.deliveries_to_look_at')).rows).toEqual([
			{ event_key: 'BOOKING_CREATED:X' },
		]);
	});
});
