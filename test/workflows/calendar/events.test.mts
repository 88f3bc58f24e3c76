// What the calendar template makes of events, held on a real PostgreSQL. In which order they come: also convergence/.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { depth } from '../../support/depth.mts';
import { readIndex, readRecordings } from '../../nodes/shared/events/recordings.mts';
import { normalize } from '../../nodes/shared/events/support.mts';
import { openCalendar, SETTINGS, type Calendar } from './calendar.mts';
import { startDatabase, type TestDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { STORIES } from '../stories.mts';
import { S1 } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

const OWNER = 'owner@school.example';
const ADA = 'ada@student.example';
const addService = () =>
	calendar.query(
		"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price) VALUES ('Level Check', 1, 'north', 45)",
	);

/** All deliveries of many stories in one list, each story with uids of its own. */
const everything: CalComEvent[] = fc
	.sample(
		fc.shuffledSubarray(STORIES, { minLength: depth(5, STORIES.length), maxLength: depth(5, STORIES.length) }),
		1,
	)
	.flat()
	.flatMap(({ deliveries }, story) =>
		deliveries.map((delivery) => {
			const rename = (uid: string | null) => (uid === null ? null : `${String(story)}-${uid}`);
			return {
				...delivery,
				eventKey: `${String(story)}|${delivery.eventKey}`,
				booking: {
					...delivery.booking,
					uid: rename(delivery.booking.uid),
					previousUid: rename(delivery.booking.previousUid),
					iCalUid: delivery.booking.iCalUid?.startsWith('A@') ? `${String(story)}-A@Cal.com` : null,
				},
			};
		}),
	);

/** Some orders of a list. */
const orders = <T,>(items: T[], count: number): T[][] =>
	fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), count);

describe('the life of a booking', () => {
	test.each(STORIES)(
		'is one appointment per booking, lead capture or not: $name',
		async ({ deliveries, bookings }) => {
			for (const delivery of deliveries) await calendar.apply(delivery);
			const rows = await calendar.rows();
			expect(rows).toHaveLength(bookings.length);
			bookings.forEach(({ uid, ...columns }, at) => {
				const shared = Object.entries(columns).filter(([name]) => name in (rows[at] ?? {}));
				expect(shared.length).toBeGreaterThan(0);
				expect(rows[at]).toMatchObject({ booking_uid: uid, ...Object.fromEntries(shared) });
			});
			expect((await db.tables()).leads).toEqual([]);
		},
	);

	test('ends the same when many stories, both templates, a new service and new staff come at the same moment', async () => {
		const addStaff = () =>
			calendar.query('INSERT INTO calcom.staff (email, name) VALUES ($1, $2)', [OWNER, 'The Owner']);
		await Promise.all([addService(), addStaff()]);
		for (const delivery of everything) {
			await db.apply(delivery);
			await calendar.apply(delivery, { addHostsToStaff: false });
		}
		const reference = [await calendar.rows(), await db.tables()];
		expect(reference[0]).toContainEqual(
			expect.objectContaining({
				client_email: ADA,
				staff_email: OWNER,
				service_name: 'Level Check',
				branch_id: 'north',
			}),
		);
		const jobs = [
			...[...everything, ...everything].flatMap((delivery) => [
				() => db.apply(delivery),
				() => calendar.apply(delivery, { addHostsToStaff: false }),
			]),
			addService,
			addStaff,
		];
		for (const order of orders(jobs, depth(1, 8))) {
			await db.empty();
			await Promise.all(order.map((job) => job()));
			expect([await calendar.rows(), await db.tables()]).toEqual(reference);
		}
	}, 120_000);

	test('ends the same for everything a real Cal.com has sent, in any order', async () => {
		const secrets = new Map(readIndex().map(({ number, secret }) => [number, secret]));
		const recorded = readRecordings()
			// One of the webhooks that heard everything.
			.filter(({ number }) => secrets.get(number) === 'whsec-all-0001')
			.map(({ bytes }) => normalize(JSON.parse(bytes.toString())));
		const bookings = new Set(
			recorded.flatMap(({ category, booking }) => (category === 'booking' ? (booking.uid ?? []) : [])),
		);
		for (const event of recorded) await calendar.apply(event);
		const reference = await calendar.rows();
		expect(reference.flatMap(({ uids }) => uids)).toEqual(expect.arrayContaining([...bookings]));
		for (const order of orders(recorded, depth(1, 6))) {
			await db.empty();
			for (const event of order) await calendar.apply(event);
			expect(await calendar.rows()).toEqual(reference);
		}
	}, 120_000);

	test('an event without a booking makes no appointment', async () => {
		const event = bookingEvent({
			event: 'OOO_CREATED',
			uid: 'none',
			minute: 0,
			attendees: [],
			booking: { uid: null },
			rest: { category: 'outOfOffice' },
		});
		expect(await calendar.apply(event)).toBe(true);
		expect(await calendar.rows()).toEqual([]);
	});
});

describe('the workflow', () => {
	const nodeSchema = z.object({
		name: z.string(),
		parameters: z
			.object({
				query: z.string(),
				assignments: z.object({ assignments: z.array(z.object({ name: z.string(), value: z.unknown() })) }),
			})
			.partial(),
	});
	const { nodes } = z
		.object({ nodes: z.array(nodeSchema) })
		.parse(
			JSON.parse(readFileSync(join(import.meta.dirname, '../../../workflows/02-calendar-events.json'), 'utf8')),
		);

	test('comes with the settings that are tested here', () => {
		const given = nodes.find(({ name }) => name === 'Settings')?.parameters.assignments?.assignments ?? [];
		expect(Object.fromEntries(given.map(({ name, value }) => [name, value]))).toEqual(SETTINGS);
	});

	test('claims, finishes and fails in its own name', () => {
		const queries = nodes.flatMap(({ parameters }) => parameters.query ?? []);
		const claims = queries.filter((query) => /claim_event|finish_event/.test(query));
		expect(claims).toHaveLength(3);
		for (const query of claims) expect(query).toContain("'calendar-events')");
	});
});

describe('a group', () => {
	test('is one appointment: its client is the first who still comes, and metadata of the last to book names nobody', async () => {
		const bob = person('Bob Stone', 'bob@student.example');
		const seat = (minute: number, key: string, attendees = [person('Ada Lovelace', ADA)]) =>
			bookingEvent({
				event: 'BOOKING_CREATED',
				uid: 'G',
				minute,
				key,
				attendees,
				booking: { seats: 3, seatUid: key },
				rest: { metadata: { clientId: key, subjectId: S1 } },
			});
		for (const event of [seat(0, 's1'), seat(1, 's2', [bob])]) {
			await db.apply({ ...event, eventKey: `lead ${event.eventKey}` });
			await calendar.apply(event);
		}
		const rows = await calendar.rows();
		expect(rows).toMatchObject([
			{ client_email: ADA, client_linked_by: 'email', subject_id: null, attendee_count: 2 },
		]);
		const visits = await calendar.query(
			'SELECT client_email, client_id IS NOT NULL AS known FROM calcom.client_visits ORDER BY 1',
		);
		expect(visits).toEqual([
			{ client_email: ADA, known: true },
			{ client_email: 'bob@student.example', known: true },
		]);
	});
});
