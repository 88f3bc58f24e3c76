// What the calendar template promises of its rows, whatever comes in which order, held on a real PostgreSQL.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { z } from 'zod';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { readIndex, readRecordings } from '../../nodes/shared/events/recordings.mts';
import { normalize } from '../../nodes/shared/events/support.mts';
import { openCalendar, SETTINGS, type Calendar } from './calendar.mts';
import { startDatabase, type TestDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { STORIES } from '../stories.mts';

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

/** All deliveries of all stories in one list, each story with uids of its own. */
const everything: CalComEvent[] = STORIES.flatMap(({ deliveries }, story) =>
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

/** Some orders of a list, the same ones in every run. */
const orders = <T,>(items: T[], count: number): T[][] =>
	fc.sample(fc.shuffledSubarray(items, { minLength: items.length }), { numRuns: count, seed: 11 });

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

	test.each(STORIES)(
		'ends the same in every order and doubled: $name',
		async ({ deliveries }) => {
			await addService();
			for (const delivery of deliveries) await calendar.apply(delivery);
			const reference = await calendar.rows();
			for (const order of orders([...deliveries, ...deliveries], 16)) {
				await db.empty();
				await addService();
				for (const delivery of order) await calendar.apply(delivery);
				expect(await calendar.rows()).toEqual(reference);
			}
		},
		120_000,
	);

	test('ends the same when all stories, both templates, a new service and new staff come at the same moment', async () => {
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
		for (const order of orders(jobs, 8)) {
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
		for (const order of orders(recorded, 6)) {
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

describe('claims of several templates', () => {
	const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 });
	const inbox = () => calendar.query('SELECT status, error, attempts FROM calcom.webhook_events');
	const claim = (consumer: string) =>
		calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', $2)", [JSON.stringify(event), consumer]);
	const finish = (consumer: string, outcome: string, message: string | null = null) =>
		calendar.query('SELECT calcom.finish_event($1, $2, $3, $4)', [event.eventKey, outcome, message, consumer]);

	test('each is given once, however many runs ask, and the payload is kept once', async () => {
		const runs = Array.from({ length: 20 }, (_, at) => [
			() => db.apply(event, `lead ${String(at)}`),
			() => calendar.apply(event, {}, `calendar ${String(at)}`),
		]).flat();
		const given = await Promise.all(runs.map((run) => run()));
		expect(given.filter(Boolean)).toHaveLength(2);
		expect(await calendar.query('SELECT consumer, status, attempts FROM calcom.event_claims ORDER BY 1')).toEqual([
			{ consumer: 'calendar-events', status: 'processed', attempts: 1 },
			{ consumer: 'lead-capture', status: 'processed', attempts: 1 },
		]);
		expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 1 }]);
	});

	test('the inbox row tells the worst of them', async () => {
		await claim('lead-capture');
		await claim('calendar-events');
		await finish('lead-capture', 'processed');
		expect(await inbox()).toEqual([{ status: 'processing', error: null, attempts: 1 }]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await inbox()).toEqual([{ status: 'failed', error: 'no connection', attempts: 1 }]);
		await claim('calendar-events');
		await finish('calendar-events', 'processed');
		expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 2 }]);
	});

	test('the inbox row is right when templates finish at the same moment', async () => {
		const consumers = Array.from({ length: 10 }, (_, at) => `template ${String(at)}`);
		for (let round = 0; round < 10; round += 1) {
			await db.empty();
			await Promise.all(consumers.map(claim));
			await Promise.all(consumers.map((consumer) => finish(consumer, 'processed')));
			expect(await inbox()).toEqual([{ status: 'processed', error: null, attempts: 1 }]);
		}
	});

	test('the retry applies what its own template left, with the settings of the last run', async () => {
		await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'Z', minute: 0 }), {
			clientKey: 'customer',
		});
		const failed = { ...event, metadata: { customer: 'C-7' } };
		await calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
			JSON.stringify(failed),
		]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await calendar.query('SELECT * FROM calcom.retry_events()')).toEqual([
			{ event_key: event.eventKey, status: 'processed', error: null },
		]);
		expect(await calendar.query("SELECT client_id FROM calcom.calendar_events WHERE booking_uid = 'A'")).toEqual([
			{ client_id: 'C-7' },
		]);
		// Lead capture was never asked: it has no lead.
		expect((await db.tables()).leads).toEqual([]);
	});

	test('the retry waits longer after each failure, and gives up', async () => {
		const retry = () => calendar.query("SELECT status FROM calcom.retry_events(100, 3, interval '1 minute')");
		const later = (minutes: number) =>
			calendar.query('UPDATE calcom.event_claims SET claimed_at = claimed_at - make_interval(mins => $1)', [
				minutes,
			]);
		const broken = { ...event, booking: { ...event.booking, start: 'not a time' } };
		await calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
			JSON.stringify(broken),
		]);
		await finish('calendar-events', 'failed', 'no connection');
		expect(await retry()).toEqual([]);
		await later(1);
		expect(await retry()).toEqual([{ status: 'failed' }]);
		await later(1);
		expect(await retry()).toEqual([]);
		await later(1);
		expect(await retry()).toEqual([{ status: 'failed' }]);
		await later(60);
		expect(await retry()).toEqual([]);
		expect(await calendar.query('SELECT consumer, attempts FROM calcom.failed_events')).toEqual([
			{ consumer: 'calendar-events', attempts: 3 },
		]);
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
				rest: { metadata: { clientId: key, subjectId: 'piano' } },
			});
		for (const event of [seat(0, 's1'), seat(1, 's2', [bob])]) {
			await db.apply({ ...event, eventKey: `lead ${event.eventKey}` });
			await calendar.apply(event);
		}
		const rows = await calendar.rows();
		expect(rows).toMatchObject([
			{ client_email: ADA, client_linked_by: 'email', subject_id: 'piano', attendee_count: 2 },
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
