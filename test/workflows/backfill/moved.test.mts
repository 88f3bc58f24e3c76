// Bookings that moved, read from Cal.com's list: one booking, whatever is missing and in whatever order it is read; on a
// real PostgreSQL.
import fc from 'fast-check';
import type { CalComEvent } from '../../../nodes/shared/events/event.ts';
import { depth } from '../../support/depth.mts';
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import { type Backfill, FUTURE, type Fields, apiBooking, openBackfill, read } from './backfill.mts';

let db: TestDatabase;
let backfill: Backfill;
beforeAll(async () => {
	db = await startDatabase();
	backfill = openBackfill(db);
});
beforeEach(() => db.empty());
afterAll(() => db.stop());

const everyOrder = <T,>(all: readonly T[]): T[][] =>
	all.length === 0
		? [[]]
		: all.flatMap((first) => everyOrder(all.filter((other) => other !== first)).map((rest) => [first, ...rest]));

test('a booking that only moved is not a cancellation', async () => {
	const old = { status: 'cancelled', rescheduledToUid: 'b' };
	const moved = apiBooking('b', { rescheduledFromUid: 'a' });
	expect(await backfill.apply([read(apiBooking('a', old)), read(moved)])).toMatchObject({
		passed_over: 1,
		applied: 1,
	});
	// Of series and seats Cal.com does not say that they moved.
	expect(await backfill.apply([read(apiBooking('a', { status: 'cancelled' }))])).toMatchObject({ passed_over: 1 });
	expect(await backfill.rows('SELECT uid, uids, status FROM calcom.bookings')).toEqual([
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
	test.each(some.map((came) => [came]))('came: %j', async (came) => {
		for (const n of came) await db.apply(told[n] as CalComEvent);
		expect(await backfill.apply(asked)).toMatchObject({ read: 3, failed: 0 });
		expect(
			await backfill.rows(
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
		expect(await backfill.rows('SELECT booking_uid, status FROM calcom.calendar_events')).toEqual([
			{ booking_uid: 'c', status: 'scheduled' },
		]);
		const before = await db.tables();
		await backfill.apply(asked);
		expect(await db.tables()).toEqual(before);
	});
});

/** How four pages can come: in some orders, or in every one. */
const ORDERS = depth(
	fc.sample(fc.subarray(everyOrder([0, 1, 2, 3]), { minLength: 3, maxLength: 3 }), 1).flat(),
	everyOrder([0, 1, 2, 3]),
);

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
		for (const n of order) expect(await backfill.apply([events[n]])).toMatchObject({ read: 1, failed: 0 });
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
		for (const order of ORDERS) {
			await db.empty();
			await pages(events, order);
			expect({ order, ...(await db.tables()) }).toEqual({ order, ...wanted });
			await pages(events, order);
			expect({ order, ...(await db.tables()) }).toEqual({ order, ...wanted });
			expect(await backfill.rows('SELECT uid FROM calcom.moved_bookings')).toEqual([]);
		}
	});

	test('until the last of them is read nothing stands in the tables', async () => {
		await pages(chain({ status: 'accepted' }), [0, 2, 1]);
		expect(await backfill.rows('SELECT uid FROM calcom.bookings')).toEqual([]);
		expect(await backfill.rows('SELECT uid FROM calcom.moved_bookings ORDER BY uid')).toEqual([
			{ uid: 'a' },
			{ uid: 'b' },
			{ uid: 'c' },
		]);
	});
});

test('a booking that moved, and of which an earlier step cannot be linked, is told and stops none of the others', async () => {
	const gone = read(apiBooking('a', { status: 'cancelled', rescheduledToUid: 'b' }));
	const broken = { ...gone, booking: { ...gone.booking, start: 'never' } };
	const now = read(apiBooking('b', { rescheduledFromUid: 'a' }));
	const answer = await backfill.apply([broken, now, read(apiBooking('good'))]);
	expect(answer).toMatchObject({ read: 3, applied: 2, failed: 1 });
	expect(answer['problems']).toEqual([{ what: 'a, moved to b', reason: expect.stringContaining('never') }]);
	expect(await backfill.rows('SELECT uid FROM calcom.bookings ORDER BY uid')).toEqual([
		{ uid: 'b' },
		{ uid: 'good' },
	]);

	expect(await backfill.apply([gone])).toMatchObject({ failed: 0 });
	expect(await backfill.rows('SELECT uid FROM calcom.moved_bookings')).toEqual([]);
});
