import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { dueLead } from '../../../nodes/CalComPollTrigger/upcoming.ts';
import { account, aBooking, iso } from './support/account.mts';
import type { ListedBooking } from './support/account.mts';
import { fakePoll, restart } from './support/fake-poll.mts';

const T = Date.parse('2026-11-20T09:00:00.000Z');
const MINUTE = 60_000;
const at = (minutes: number): string => iso(T + minutes * MINUTE);

function reminding(parameters: IDataObject = {}, ...bookings: ListedBooking[]) {
	const it = account({ bookings });
	const fake = fakePoll({
		answer: it.answer,
		now: T,
		parameters: { watch: 'upcoming', minutesBefore: [60], ...parameters },
	});
	const leads = async (): Promise<unknown[]> =>
		((await fake.poll()) ?? []).map(({ changes }) => (changes as IDataObject)['minutesBefore']);
	return { it, fake, leads };
}

const starting = (minutes: number, more: Partial<ListedBooking> = {}): ListedBooking =>
	aBooking({ updatedAt: at(-5000), start: at(minutes), ...more });

test.each<[string, number, number[], number | undefined, number | null]>([
	['too early', 61, [60], undefined, null],
	['due to the minute', 60, [60], undefined, 60],
	['late, and still before the start', 1, [60], undefined, 60],
	['at the start', 0, [60], undefined, null],
	['after the start', -1, [60], undefined, null],
	['told already', 30, [60], 60, null],
	['a nearer one after a further one', 30, [60, 1440], 1440, 60],
	['two at once: the nearest', 30, [60, 1440], undefined, 60],
	['a further one after a nearer one', 300, [60, 1440], 60, null],
	['a lead time of nothing', 1, [0], undefined, null],
])('%s', (_name, minutes, leads, told, expected) => {
	expect(dueLead(T + minutes * MINUTE, T, leads, told)).toBe(expected);
});

test('once for each booking and lead time, with the time it was due', async () => {
	const booking = starting(90);
	const { fake } = reminding({ minutesBefore: [60, 15] }, booking);
	expect(await fake.poll()).toBeNull();
	fake.time.now = T + 32 * MINUTE;
	expect(await fake.poll()).toEqual([
		expect.objectContaining({
			event: 'BOOKING_UPCOMING',
			category: 'booking',
			source: 'poll',
			eventKey: `BOOKING_UPCOMING:${booking.uid}:${booking.start}:60`,
			occurredAt: at(30),
			changes: { minutesBefore: 60 },
			booking: expect.objectContaining({ uid: booking.uid, lifecycle: 'scheduled' }),
		}),
	]);
	expect(await fake.poll()).toBeNull();
	fake.time.now = T + 75 * MINUTE;
	expect(await fake.poll()).toHaveLength(1);
	expect(fake.staticData['upcoming']).toMatchObject({ reminded: [expect.any(String)] });
	fake.time.now = T + 91 * MINUTE;
	expect(await fake.poll()).toBeNull();
	expect(fake.staticData['upcoming']).toMatchObject({ reminded: [] });
});

test.each<[string, Partial<ListedBooking>, IDataObject, number]>([
	['accepted', {}, {}, 1],
	['cancelled', { status: 'cancelled' }, {}, 0],
	['rejected', { status: 'rejected' }, {}, 0],
	['unconfirmed', { status: 'pending' }, {}, 0],
	['unconfirmed, and asked for', { status: 'pending' }, { includeUnconfirmed: true }, 1],
	['of another event type', {}, { filters: { eventTypes: { values: [{ eventTypeId: { value: '9' } }] } } }, 0],
])('%s: %#', async (_name, booking, parameters, count) => {
	const { leads } = reminding(parameters, starting(30, booking));
	expect(await leads()).toHaveLength(count);
});

test('a moved booking is told for its new time, under its old uid or a new one', async () => {
	const booking = starting(30);
	const { it, leads } = reminding({}, booking);
	expect(await leads()).toHaveLength(1);
	booking.start = at(45);
	expect(await leads()).toHaveLength(1);
	Object.assign(booking, { status: 'cancelled', rescheduledToUid: 'next' });
	it.bookings.push(starting(50, { rescheduledFromUid: booking.uid }));
	expect(await leads()).toHaveLength(1);
	expect(await leads()).toEqual([]);
});

test('every seat by itself', async () => {
	const seat = (name: string) => ({ name, email: `${name}@student.example`, seatUid: `seat-${name}` });
	const booking = starting(30, { eventTypeId: 14, attendees: [seat('ada'), seat('bob')] });
	const { it, fake } = reminding({}, booking);
	it.eventTypes.push({ id: 14, seats: { seatsPerTimeSlot: 3 } });
	const keys = ((await fake.poll()) ?? []).map(({ eventKey }) => eventKey);
	expect(keys).toEqual(['ada', 'bob'].map((name) => `BOOKING_UPCOMING:${booking.uid}:seat-${name}:${at(30)}:60`));
	booking.attendees.push(seat('cem'));
	expect(await fake.poll()).toHaveLength(1);
});

test('more than a poll may tell: the next to start first, the rest with the next poll', async () => {
	const bookings = [50, 10, 40, 20, 30].map((minutes) => starting(minutes));
	const { fake } = reminding({ options: { maxPerPoll: 2 } }, ...bookings);
	const starts = async () => ((await fake.poll()) ?? []).map(({ booking }) => (booking as IDataObject)['start']);
	expect(await starts()).toEqual([at(10), at(20)]);
	expect(await starts()).toEqual([at(30), at(40)]);
	expect(await starts()).toEqual([at(50)]);
	expect(await starts()).toEqual([]);
});

test('only what starts within the furthest lead time is read', async () => {
	const bookings = Array.from({ length: 600 }, (_, index) => starting(10 + index));
	const { fake } = reminding({}, ...bookings);
	expect(await fake.poll()).toHaveLength(51);
	expect(fake.asked.filter(({ path }) => path === '/bookings')).toHaveLength(1);
});

test('an execution by hand shows the next bookings and remembers nothing', async () => {
	const { fake } = reminding({}, starting(5000), starting(-10), starting(7000, { status: 'cancelled' }));
	fake.mode = 'manual';
	expect(await fake.poll()).toEqual([expect.objectContaining({ event: 'BOOKING_UPCOMING' })]);
	expect(fake.staticData).toEqual({});
});

test('whatever is booked, moved and cancelled: nobody is told twice, too early, or of nothing', async () => {
	const step = fc.oneof(
		fc.record({ kind: fc.constant('book' as const), in: fc.integer({ min: 1, max: 300 }) }),
		fc.record({ kind: fc.constantFrom('move', 'cancel'), in: fc.integer({ min: 1, max: 300 }) }),
		fc.record({ kind: fc.constantFrom('poll', 'restart'), in: fc.integer({ min: 1, max: 40 }) }),
	);
	await fc.assert(
		fc.asyncProperty(
			fc.array(step, { maxLength: 40 }),
			fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 3 }),
			async (steps, minutesBefore) => {
				const { it, fake } = reminding({ minutesBefore });
				let saved = '{}';
				const told = new Set<string>();
				for (const one of steps) {
					const now = fake.time.now;
					const open = it.bookings.filter(
						({ status, start }) => status === 'accepted' && Date.parse(start) > now,
					);
					const chosen = open[one.in % Math.max(1, open.length)];
					if (one.kind === 'book')
						it.bookings.push(aBooking({ updatedAt: iso(now), start: iso(now + one.in * MINUTE) }));
					else if (one.kind === 'restart') restart(fake, saved);
					else if (one.kind === 'move' && chosen) chosen.start = iso(now + one.in * MINUTE);
					else if (one.kind === 'cancel' && chosen) chosen.status = 'cancelled';
					else if (one.kind === 'poll') {
						fake.time.now += one.in * MINUTE;
						for (const { eventKey, booking, changes } of (await fake.poll()) ?? []) {
							expect(told.has(String(eventKey))).toBe(false);
							told.add(String(eventKey));
							const { uid, start } = booking as { uid: string; start: string };
							const lead = Number((changes as IDataObject)['minutesBefore']);
							expect(it.bookings.find((booked) => booked.uid === uid)).toMatchObject({
								status: 'accepted',
								start,
							});
							expect(Date.parse(start)).toBeGreaterThan(fake.time.now);
							expect(Date.parse(start) - lead * MINUTE).toBeLessThanOrEqual(fake.time.now);
							saved = JSON.stringify(fake.staticData);
						}
						// Whatever is due by now was told, by its nearest lead time or a nearer one.
						for (const { uid, start, status } of it.bookings) {
							const due = minutesBefore.filter(
								(lead) => Date.parse(start) - lead * MINUTE <= fake.time.now,
							);
							if (status !== 'accepted' || due.length === 0 || Date.parse(start) <= fake.time.now)
								continue;
							expect(told).toContain(`BOOKING_UPCOMING:${uid}:${start}:${Math.min(...due)}`);
						}
					}
				}
			},
		),
	);
});
