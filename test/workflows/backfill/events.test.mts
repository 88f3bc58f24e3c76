// Backfill and reconcile: what a page does to the tables, beside webhooks that tell the same; on a real PostgreSQL.
import { DateTime } from 'luxon';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { bookingToEvent } from '../../../nodes/shared/events/fromApi.ts';
import { normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';
import { readRecordings } from '../../nodes/shared/events/recordings.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
});
beforeEach(async () => {
	await db.empty();
});
afterAll(() => db.stop());

type Fields = Record<string, unknown>;
const rows = async (sql: string, values: unknown[] = []): Promise<Fields[]> =>
	(await db.pool.query<Fields>(sql, values)).rows;

const SETTINGS = {
	source: 'calcom',
	dryRun: false,
	from: '',
	to: '',
	batchSize: 3,
	consumers: 'lead-capture, calendar-events',
	bookingTypes: [{ match: 'titleContains', value: 'level check', name: 'Level Check' }],
	tag: 'amsterdam',
	completePast: true,
};
const CONTEXT = {
	source: 'webhook' as const,
	verified: true,
	tag: null,
	receivedAt: '2026-11-20T09:00:00.000Z',
	includeSecrets: false,
	includeRaw: false,
	defaultCountry: null,
	bookingTypeRules: [],
	defaultBookingType: null,
};

const PAST = DateTime.utc().minus({ days: 30 }).startOf('hour');
const FUTURE = DateTime.utc().plus({ days: 30 }).startOf('hour');
/** A booking as API v2 gives it. */
function apiBooking(uid: string, more: Fields = {}): Fields {
	const start = FUTURE.toISO();
	return {
		uid,
		id: 7,
		title: 'Level Check between Your School and Ada Lovelace',
		status: 'accepted',
		start,
		end: FUTURE.plus({ minutes: 30 }).toISO(),
		createdAt: '2026-11-01T09:00:00.000Z',
		updatedAt: '2026-11-02T09:00:00.000Z',
		eventTypeId: 1,
		eventType: { id: 1, slug: 'level-check' },
		location: 'https://meet.example/1',
		hosts: [{ id: 1, name: 'Your School', email: 'owner@school.example', timeZone: 'Europe/Amsterdam' }],
		attendees: [
			{
				name: 'Ada Lovelace',
				email: 'ada@student.example',
				timeZone: 'Europe/Amsterdam',
				phoneNumber: '+31612345678',
			},
		],
		bookingFieldsResponses: { email: 'ada@student.example', name: 'Ada Lovelace', goals: 'Play Bach' },
		...more,
	};
}
const past = { start: PAST.toISO(), end: PAST.plus({ minutes: 30 }).toISO() };
/** As the Cal.com node gives it with Output: Normalized. */
const read = (booking: Fields): CalComEvent =>
	bookingToEvent(booking, { ...CONTEXT, baseUrl: 'https://api.cal.example/v2' });

const everyOrder = <T,>(all: readonly T[]): T[][] =>
	all.length === 0
		? [[]]
		: all.flatMap((first) => everyOrder(all.filter((other) => other !== first)).map((rest) => [first, ...rest]));

const apply = async (events: unknown[], settings: Fields = {}): Promise<Fields> => {
	const [found] = await rows('SELECT calcom.apply_backfill($1, $2, $3) AS answer', [
		JSON.stringify(events),
		JSON.stringify({ ...SETTINGS, ...settings }),
		'test',
	]);
	return found?.['answer'] as Fields;
};
const next = async (claimant: string, settings: Fields = {}, byHand = true): Promise<Fields | undefined> =>
	(
		await rows('SELECT * FROM calcom.next_backfill_page($1, $2, $3)', [
			JSON.stringify({ ...SETTINGS, ...settings }),
			claimant,
			byHand,
		])
	)[0];
const batch = async (run: unknown, events: unknown[], claimant: string, settings: Fields = {}): Promise<Fields> =>
	(
		await rows('SELECT * FROM calcom.backfill_batch($1, $2, $3, $4)', [
			run,
			JSON.stringify(events),
			JSON.stringify({ ...SETTINGS, ...settings }),
			claimant,
		])
	)[0] ?? {};
const booking = async () => (await rows('SELECT * FROM calcom.bookings'))[0];

describe('a booking that is read', () => {
	test('fills lead, booking, appointment and activity as its webhook would have', async () => {
		expect(await apply([read(apiBooking('a'))])).toMatchObject({ read: 1, applied: 1, known: 0, failed: 0 });
		expect(await booking()).toMatchObject({
			uid: 'a',
			status: 'scheduled',
			booking_type: 'Level Check',
			tag: 'amsterdam',
			attendee_phone: '+31612345678',
			location_type: 'link',
			responses: { goals: 'Play Bach' },
		});
		expect(await rows('SELECT title FROM calcom.lead_activities')).toEqual([{ title: 'Level Check Booked' }]);
		expect(await rows('SELECT booking_uid FROM calcom.calendar_events')).toEqual([{ booking_uid: 'a' }]);
		expect(await rows('SELECT consumer, status FROM calcom.event_claims ORDER BY 1')).toEqual([
			{ consumer: 'calendar-events', status: 'processed' },
			{ consumer: 'lead-capture', status: 'processed' },
		]);
	});

	test('only the templates that are named get it', async () => {
		await apply([read(apiBooking('a'))], { consumers: 'lead-capture' });
		expect(await rows('SELECT consumer FROM calcom.event_claims')).toEqual([{ consumer: 'lead-capture' }]);
		expect(await rows('SELECT * FROM calcom.calendar_events')).toEqual([]);
	});

	test('that is over is completed, unless that is not wanted', async () => {
		await apply([read(apiBooking('a', past))], { completePast: false });
		expect(await booking()).toMatchObject({ status: 'scheduled' });
		expect(await apply([read(apiBooking('a', past))])).toMatchObject({ applied: 1, known: 1 });
		expect(await booking()).toMatchObject({ status: 'completed' });
		const [ended] = await rows("SELECT event_key FROM calcom.lead_activities WHERE type = 'completed'");
		expect(ended).toEqual({ event_key: `MEETING_ENDED:a:${String(PAST.toISO())}` });
	});

	test('to which nobody came is a no-show', async () => {
		const absent = { ...past, attendees: [{ name: 'Ada', email: 'Ada@student.example', absent: true }] };
		await apply([read(apiBooking('a', absent))]);
		expect(await booking()).toMatchObject({ status: 'no_show' });
		expect(await apply([read(apiBooking('a', absent))])).toMatchObject({ applied: 0, failed: 0 });
		expect(await rows("SELECT FROM calcom.lead_activities WHERE type = 'no_show'")).toHaveLength(1);
	});

	test('that only moved is not a cancellation', async () => {
		const old = { status: 'cancelled', rescheduledToUid: 'b' };
		const moved = apiBooking('b', { rescheduledFromUid: 'a' });
		expect(await apply([read(apiBooking('a', old)), read(moved)])).toMatchObject({ passed_over: 1, applied: 1 });
		// Of series and seats Cal.com does not say that they moved.
		expect(await apply([read(apiBooking('a', { status: 'cancelled' }))])).toMatchObject({ passed_over: 1 });
		expect(await rows('SELECT uid, uids, status FROM calcom.bookings')).toEqual([
			{ uid: 'b', uids: ['a', 'b'], status: 'scheduled' },
		]);
	});

	describe('a booking that moved twice, of which webhooks were lost', () => {
		const at = (days: number) => {
			const start = FUTURE.plus({ days });
			return { start: start.toISO(), end: start.plus({ minutes: 30 }).toISO() };
		};
		const later = (uid: string, previousUid: string, minute: number, from: number, to: number) =>
			bookingEvent({
				event: 'BOOKING_RESCHEDULED',
				uid,
				minute,
				booking: { ...at(to), previousUid, previousStart: at(from).start },
			});
		const told = [
			bookingEvent({ event: 'BOOKING_CREATED', uid: 'a', minute: 0, booking: at(0) }),
			later('b', 'a', 1, 0, 1),
			later('c', 'b', 2, 1, 2),
		];
		const gone = { status: 'cancelled' };
		const asked = [
			read(apiBooking('a', { ...gone, ...at(0), rescheduledToUid: 'b' })),
			read(apiBooking('b', { ...gone, ...at(1), rescheduledFromUid: 'a', rescheduledToUid: 'c' })),
			read(apiBooking('c', { ...at(2), rescheduledFromUid: 'b' })),
		];
		const some = [[], [0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]];
		test.each(some)('came: %j', async (...came) => {
			for (const n of came) await db.apply(told[n] as CalComEvent);
			expect(await apply(asked)).toMatchObject({ read: 3, failed: 0 });
			expect(
				await rows(
					'SELECT uid, uids, status, start_time, previous_start, reschedule_count, attendee_count FROM calcom.bookings',
				),
			).toEqual([
				{
					uid: 'c',
					uids: ['a', 'b', 'c'],
					status: 'scheduled',
					start_time: new Date(String(at(2).start)),
					previous_start: new Date(String(at(1).start)),
					reschedule_count: 2,
					attendee_count: 1,
				},
			]);
			expect(await rows('SELECT booking_uid, status FROM calcom.calendar_events')).toEqual([
				{ booking_uid: 'c', status: 'scheduled' },
			]);
			const before = await db.tables();
			await apply(asked);
			expect(await db.tables()).toEqual(before);
		});
	});

	describe('a booking that moved three times, read in any order, a page each', () => {
		const uids = ['a', 'b', 'c', 'd'];
		const chain = (last: Fields) =>
			uids.map((uid, n) => {
				const start = FUTURE.plus({ days: n });
				return read(
					apiBooking(uid, {
						start: start.toISO(),
						end: start.plus({ minutes: 30 }).toISO(),
						rescheduledFromUid: uids[n - 1],
						...(n < 3 ? { status: 'cancelled', rescheduledToUid: uids[n + 1] } : last),
					}),
				);
			});
		const pages = async (events: CalComEvent[], order: readonly number[]) => {
			for (const n of order) expect(await apply([events[n]])).toMatchObject({ read: 1, failed: 0 });
		};

		test.each(['accepted', 'cancelled'])('%s in the end', async (status) => {
			const events = chain({ status });
			await pages(events, [3, 2, 1, 0]);
			const wanted = await db.tables();
			expect(wanted.bookings).toMatchObject([
				// Of one that was cancelled Cal.com no longer says that it had moved before.
				status === 'accepted'
					? { uid: 'd', uids, status: 'scheduled', reschedule_count: 3 }
					: { uid: 'd', uids, status: 'cancelled', reschedule_count: 2 },
			]);
			for (const order of everyOrder([0, 1, 2, 3])) {
				await db.empty();
				await pages(events, order);
				expect({ order, ...(await db.tables()) }).toEqual({ order, ...wanted });
				await pages(events, order);
				expect({ order, ...(await db.tables()) }).toEqual({ order, ...wanted });
				expect(await rows('SELECT uid FROM calcom.moved_bookings')).toEqual([]);
			}
		});

		test('until the last of them is read nothing stands in the tables', async () => {
			await pages(chain({ status: 'accepted' }), [0, 2, 1]);
			expect(await rows('SELECT uid FROM calcom.bookings')).toEqual([]);
			expect(await rows('SELECT uid FROM calcom.moved_bookings ORDER BY uid')).toEqual([
				{ uid: 'a' },
				{ uid: 'b' },
				{ uid: 'c' },
			]);
		});
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
		expect(await apply([read(apiBooking('group', both))])).toMatchObject({ applied: 0, known: 1 });
		expect(await booking()).toMatchObject({ attendee_count: 2 });
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
		expect(await booking()).toMatchObject({ status: 'scheduled', attendee_count: 1 });
		await apply([read(apiBooking('group', { status: 'cancelled', attendees: [] }))]);
		expect(await booking()).toMatchObject({ status: 'cancelled' });
	});

	test('that cannot be applied is told, tried again later, and stops none of the others', async () => {
		const bad = read(apiBooking('bad'));
		const broken = { ...bad, booking: { ...bad.booking, start: 'never' } };
		const answer = await apply([broken, read(apiBooking('good'))]);
		expect(answer).toMatchObject({ read: 2, applied: 1, failed: 1 });
		expect(answer['problems']).toEqual([{ what: 'BOOKING_CREATED:bad', reason: expect.stringContaining('never') }]);
		expect(await rows('SELECT uid FROM calcom.bookings')).toEqual([{ uid: 'good' }]);
		expect(await rows('SELECT DISTINCT event_key FROM calcom.failed_events')).toEqual([
			{ event_key: 'BOOKING_CREATED:bad' },
		]);
	});

	test('that moved, and of which an earlier step cannot be linked, is told and stops none of the others', async () => {
		const gone = read(apiBooking('a', { status: 'cancelled', rescheduledToUid: 'b' }));
		const broken = { ...gone, booking: { ...gone.booking, start: 'never' } };
		const now = read(apiBooking('b', { rescheduledFromUid: 'a' }));
		const answer = await apply([broken, now, read(apiBooking('good'))]);
		expect(answer).toMatchObject({ read: 3, applied: 2, failed: 1 });
		expect(answer['problems']).toEqual([{ what: 'a, moved to b', reason: expect.stringContaining('never') }]);
		expect(await rows('SELECT uid FROM calcom.bookings ORDER BY uid')).toEqual([{ uid: 'b' }, { uid: 'good' }]);

		expect(await apply([gone])).toMatchObject({ failed: 0 });
		expect(await rows('SELECT uid FROM calcom.moved_bookings')).toEqual([]);
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
		expect(await apply(asked, settings)).toMatchObject({ applied: 0, failed: 0 });
		expect(await db.tables()).toEqual(before);
	});

	test('a webhook that comes after the backfill finds it applied', async () => {
		const event = read(apiBooking('a'));
		await apply([event]);
		const { eventKey } = event;
		expect(eventKey).toBe('BOOKING_CREATED:a');
		expect(await db.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'a', minute: 0 }))).toBe(false);
	});

	test('what a person set stays', async () => {
		await apply([read(apiBooking('a', past))]);
		await db.pool.query("UPDATE calcom.bookings SET status = 'no_show', assigned_teacher = 'Clara'");
		await apply([read(apiBooking('a', { ...past, status: 'cancelled', updatedAt: '2026-11-03T09:00:00.000Z' }))]);
		expect(await booking()).toMatchObject({ status: 'no_show', assigned_teacher: 'Clara' });
	});
});

describe('page by page', () => {
	/** Cal.com with so many bookings, two at a time each. */
	const calcom = (many: number) =>
		Array.from({ length: many }, (_, n) => {
			const start = PAST.plus({ hours: Math.floor(n / 2) });
			return read(
				apiBooking(`b${String(n).padStart(3, '0')}`, {
					start: start.toISO(),
					end: start.plus({ minutes: 30 }).toISO(),
				}),
			);
		});
	const list = (all: CalComEvent[], page: Fields | undefined) =>
		all
			.filter(({ booking: { start } }) => Date.parse(String(start)) >= Date.parse(String(page?.['after_start'])))
			.slice(0, Number(page?.['page_size']));
	/** Reads pages until there is none, or so many. */
	const go = async (all: CalComEvent[], claimant: string, settings: Fields = {}, pages = 100) => {
		for (let page = 0; page < pages; page += 1) {
			const asked = await next(claimant, settings);
			const done = await batch(asked?.['run_id'], list(all, asked), claimant, settings);
			if (done['more'] !== true) return;
		}
		throw new Error(`It did not come to an end within ${String(pages)} pages`);
	};
	const runs = () => rows('SELECT * FROM calcom.backfill_runs ORDER BY id');

	test.each([0, 1, 2, 3, 7, 20])('%i bookings: each is read once, whatever starts at the same time', async (many) => {
		await go(calcom(many), '1', { completePast: false });
		expect(await runs()).toMatchObject([{ status: 'done', read: many, applied: many, known: 0 }]);
		expect(await rows('SELECT FROM calcom.bookings')).toHaveLength(many);
	});

	test('more bookings at one time than a page holds', async () => {
		const crowd = calcom(20).map((event) => ({ ...event, booking: { ...event.booking, ...past } }));
		await go(crowd, '1', { completePast: false });
		expect(await runs()).toMatchObject([{ status: 'done', read: 20, applied: 20 }]);
	});

	test('stopped, another execution goes on, and the first one stops when it hears of it', async () => {
		const all = calcom(20);
		await expect(go(all, '1', {}, 2)).rejects.toThrow(/within 2 pages/);
		const asked = await next('1');
		const taken = await next('2');
		expect(taken).toEqual(asked);
		await expect(batch(asked?.['run_id'], list(all, asked), '1')).rejects.toThrow(/Execution 2 goes on/);
		await go(all, '2');
		expect(await runs()).toMatchObject([{ status: 'done', read: 20 }]);
	});

	test('the schedule goes on with what is silent, and starts nothing', async () => {
		expect(await next('1', {}, false)).toBeUndefined();
		const asked = await next('2');
		expect(await next('3', {}, false)).toBeUndefined();
		await db.pool.query("UPDATE calcom.backfill_runs SET updated_at = now() - interval '3 minutes'");
		expect(await next('3', {}, false)).toEqual(asked);
		expect(await next('3', {}, false)).toEqual(asked);
	});

	test('another period is another run; another size of a page is not', async () => {
		await next('1');
		await next('2', { batchSize: 10 });
		expect(await runs()).toHaveLength(1);
		await next('3', { from: '2026-01-01' });
		expect(await runs()).toHaveLength(2);
	});

	test('from and to, both ends included', async () => {
		const all = calcom(10);
		const bounds = { from: all[2]?.booking.start, to: all[6]?.booking.start };
		await go(all, '1', { ...bounds, completePast: false });
		expect((await rows('SELECT uid FROM calcom.bookings ORDER BY uid')).map(({ uid }) => uid)).toEqual([
			'b002',
			'b003',
			'b004',
			'b005',
			'b006',
			'b007',
		]);
	});

	test('a dry run counts what would happen, and changes nothing', async () => {
		await apply([calcom(1)[0]]);
		const before = await db.tables();
		await go(calcom(5), '1', { dryRun: true });
		expect(await runs()).toMatchObject([{ dry_run: true, status: 'done', read: 5, applied: 8, known: 2 }]);
		expect(await db.tables()).toEqual(before);
	});

	test('its last page also applies what a run that died had begun, though Cal.com tells nothing of it any more', async () => {
		const [only] = calcom(1);
		const event = bookingEvent({ event: 'BOOKING_CREATED', uid: 'begun', minute: 0 });
		const claim = "SELECT * FROM calcom.claim_event($1, 'dead', $2)";
		for (const consumer of ['lead-capture', 'calendar-events'])
			await rows(claim, [JSON.stringify(event), consumer]);
		const statuses = () =>
			rows("SELECT DISTINCT status FROM calcom.event_claims WHERE event_key = 'BOOKING_CREATED:begun'");
		await go([only as CalComEvent], '1');
		// It may be at work still.
		expect(await statuses()).toEqual([{ status: 'processing' }]);
		await db.pool.query("UPDATE calcom.event_claims SET claimed_at = claimed_at - interval '3 minutes'");
		await go([only as CalComEvent], '2', { dryRun: true });
		expect(await statuses()).toEqual([{ status: 'processing' }]);
		await go([only as CalComEvent], '3');
		expect(await statuses()).toEqual([{ status: 'processed' }]);
		expect(await rows("SELECT FROM calcom.lead_activities WHERE event_key = 'BOOKING_CREATED:begun'")).toHaveLength(
			1,
		);
	});

	test('an answer of Cal.com with nothing in it ends it', async () => {
		const asked = await next('1');
		expect(await batch(asked?.['run_id'], [{}], '1')).toMatchObject({ more: false, read: 0 });
	});
});

describe('old payloads of a table', () => {
	const table = { source: 'table', oldTable: 'public.old', oldColumn: 'body', oldKey: 'nr', batchSize: 10 };
	const payload = {
		uid: 'old-1',
		title: 'Level Check',
		type: 'level-check',
		startTime: '2025-03-03T10:00:00+01:00',
		endTime: '2025-03-03T10:30:00+01:00',
		attendees: [{ name: 'Grace Brewster Hopper', email: 'Grace@student.example', language: { locale: 'nl' } }],
		cancellationReason: 'ill',
	};
	const delivery = { triggerEvent: 'BOOKING_CANCELLED', createdAt: '2025-03-01T09:00:00.000Z', payload };
	const fill = async (type: string, values: string[]) => {
		await db.pool.query(
			`DROP TABLE IF EXISTS public.old; CREATE TABLE public.old (nr text PRIMARY KEY, body ${type})`,
		);
		for (const [n, value] of values.entries())
			await db.pool.query('INSERT INTO public.old VALUES ($1, $2)', [`k${String(n)}`, value]);
	};
	afterAll(() => db.pool.query('DROP TABLE IF EXISTS public.old'));

	const text = JSON.stringify(delivery);
	test.each([
		['text', text],
		['json', text],
		['jsonb', text],
		['text', JSON.stringify(text)],
		['jsonb', JSON.stringify(text)],
		['text', JSON.stringify(JSON.stringify(text))],
		['jsonb', JSON.stringify({ headers: {}, body: delivery })],
		['jsonb', JSON.stringify([{ json: { body: text } }])],
		['jsonb', JSON.stringify({ ...delivery, payload: JSON.stringify(payload) })],
	])('a column of %s, however often it is encoded (%#)', async (type, value) => {
		await fill(type, [value]);
		const asked = await next('1', table);
		expect(asked).toMatchObject({ source: 'table', uids: ['old-1'] });
		const gone = [{ error: 'Cal.com did not find this booking' }];
		expect(await batch(asked?.['run_id'], gone, '1', table)).toMatchObject({ more: false, read: 1, applied: 1 });
		expect(await booking()).toMatchObject({
			uid: 'old-1',
			status: 'cancelled',
			cancellation_reason: 'ill',
			attendee_name: 'Grace Brewster Hopper',
			attendee_email: 'grace@student.example',
			attendee_locale: 'nl',
			start_time: new Date('2025-03-03T09:00:00Z'),
			last_event_at: new Date('2025-03-01T09:00:00Z'),
		});
		expect(await rows('SELECT event_key FROM calcom.webhook_events')).toEqual([
			{ event_key: 'BOOKING_CANCELLED:old-1' },
		]);
	});

	test('what Cal.com still has is taken from there', async () => {
		await fill('text', [text]);
		const asked = await next('1', table);
		await batch(asked?.['run_id'], [read(apiBooking('old-1'))], '1', table);
		expect(await booking()).toMatchObject({ status: 'scheduled', attendee_email: 'ada@student.example' });
	});

	test('Cal.com that cannot be asked stops the page: a payload is no substitute for an answer', async () => {
		await fill('text', [text]);
		const asked = await next('1', table);
		const busy = [{ error: 'Cal.com is not available', details: '503' }];
		await expect(batch(asked?.['run_id'], busy, '1', table)).rejects.toThrow(/could not be asked.*not available/);
		expect(await rows('SELECT * FROM calcom.bookings')).toEqual([]);
	});

	test('what cannot be read is told by its key', async () => {
		await fill('text', [
			'no JSON',
			'{"triggerEvent": "PING"}',
			JSON.stringify({ triggerEvent: 'RECORDING_READY', payload }),
		]);
		const asked = await next('1', table);
		await batch(asked?.['run_id'], [{ error: 'not found' }], '1', table);
		const [run] = await rows('SELECT * FROM calcom.backfill_runs');
		expect(run).toMatchObject({ status: 'done', read: 3, passed_over: 3, applied: 0 });
		expect((run?.['problems'] as Fields[]).map(({ what }) => what)).toEqual(['row k0', 'row k1', 'row k2']);
	});

	test.each([
		[{ oldTable: 'public.nowhere' }, /no table "public.nowhere"/],
		[{ oldColumn: 'nothing' }, /no column "nothing"/],
		[{ oldTable: 'public.old; DROP TABLE calcom.leads' }, /(no table|invalid name|syntax)/],
	])('settings that do not fit are told: %j', async (wrong, message) => {
		await fill('text', []);
		await expect(next('1', { ...table, ...wrong })).rejects.toThrow(message);
	});
});

test('the report says how complete the bookings are, and why something is missing', async () => {
	await apply([
		read(apiBooking('a')),
		read(apiBooking('b', { bookingFieldsResponses: {}, location: null })),
		read(apiBooking('c', { status: 'cancelled', location: null })),
	]);
	await db.apply(
		bookingEvent({ event: 'BOOKING_CREATED', uid: 'd', minute: 0, attendees: [], booking: { location: null } }),
	);
	const report = await rows('SELECT * FROM calcom.backfill_report');
	const of = (what: string) => report.find((line) => line['what'] === what);
	expect(of('attendees')).toMatchObject({ bookings: '4', have: '3', missing: '1', percent: '75.0' });
	expect(of('location')).toMatchObject({ have: '1', missing: '3', percent: '25.0' });
	expect(of('location')?.['why']).toBe(
		'The event type has no location: 2; It was cancelled before a place was set: 1',
	);
	expect(of('responses')?.['why']).toMatch(/no questions of its own/);
	expect(of('reason of the cancellation')).toMatchObject({ bookings: '1', missing: '1', why: 'Nobody gave one: 1' });
	expect(of('events that could not be applied')).toMatchObject({ missing: '0' });
	expect(await rows("SELECT uid FROM calcom.backfill_gaps WHERE missing = 'attendees'")).toEqual([{ uid: 'd' }]);
});
