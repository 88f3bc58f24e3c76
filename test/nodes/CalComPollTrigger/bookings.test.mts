import fc from 'fast-check';
import type { IDataObject } from 'n8n-workflow';
import { CAPACITY } from '../../../nodes/CalComPollTrigger/memory.ts';
import { account, aBooking, iso } from './support/account.mts';
import type { Account, ListedBooking } from './support/account.mts';
import { fakePoll, restart } from './support/fake-poll.mts';
import type { FakePoll, FakePollOptions } from './support/fake-poll.mts';

const T = Date.parse('2026-11-20T09:00:00.000Z');
const MINUTE = 60_000;
const at = (minutes: number): string => iso(T + minutes * MINUTE);

function watching(it: Account, parameters: IDataObject = {}, more: Partial<FakePollOptions> = {}): FakePoll {
	return fakePoll({ answer: it.answer, parameters, now: T, ...more });
}

const keysOf = (items: IDataObject[] | null): string[] => (items ?? []).map(({ eventKey }) => String(eventKey));
const keys = async (fake: FakePoll): Promise<string[]> => keysOf(await fake.poll());

/** An account with one booking, and a poll that has seen it. */
async function started(parameters: IDataObject = {}, first: Partial<ListedBooking> = {}) {
	const booking = aBooking({ updatedAt: at(-1000), ...first });
	const it = account({ bookings: [booking] });
	const fake = watching(it, parameters);
	expect(await fake.poll()).toBeNull();
	return { it, fake, booking };
}

describe('the first poll', () => {
	test('from now tells nothing of what is there', async () => {
		const { it, fake, booking } = await started();
		expect(await fake.poll()).toBeNull();
		const next = aBooking({ updatedAt: at(1) });
		it.bookings.push(next);
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${next.uid}`]);
		booking.updatedAt = at(2);
		expect(await fake.poll()).toBeNull();
	});

	test('of an account without bookings: the first one is told, whatever the clocks say', async () => {
		const it = account();
		const fake = watching(it, {}, { now: T + 5 * 3600_000 });
		expect(await fake.poll()).toBeNull();
		it.bookings.push(aBooking({ updatedAt: at(0) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('from a date tells what changed since, and nothing older', async () => {
		const bookings = [-30, -20, -10, -1].map((minutes) => aBooking({ updatedAt: at(minutes) }));
		const fake = watching(account({ bookings }), { startFrom: 'date', startDate: at(-20) });
		expect(await keys(fake)).toEqual(bookings.slice(1).map(({ uid }) => `BOOKING_CREATED:${uid}`));
		expect(await fake.poll()).toBeNull();
	});

	test('asks with the version of the recorded shapes, and for pages of 250', async () => {
		const { fake } = await started();
		await fake.poll();
		const lists = fake.asked.filter(({ path }) => path === '/bookings');
		expect(new Set(lists.map(({ version }) => version))).toEqual(new Set(['2024-08-13']));
		const afterUpdatedAt = iso(T - 1010 * MINUTE - 1);
		expect(lists.at(-1)?.query).toEqual({ afterUpdatedAt, sortUpdatedAt: 'asc', take: '250' });
	});
});

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

describe('what is chosen', () => {
	test.each<[string, IDataObject, number]>([
		['another event', { events: ['BOOKING_CANCELLED'] }, 0],
		['its event', { events: ['BOOKING_CREATED'] }, 1],
		['nothing: everything', { events: [] }, 1],
		['another attendee', { filters: { attendeeEmails: ['no@one.example'] } }, 0],
		['its event type', { filters: { eventTypes: { values: [{ eventTypeId: { value: '3' } }] } } }, 1],
		['another event type', { filters: { eventTypes: { values: [{ eventTypeId: { value: '4' } }] } } }, 0],
	])('%s', async (_name, parameters, count) => {
		const { it, fake } = await started(parameters);
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		expect((await fake.poll()) ?? []).toHaveLength(count);
	});

	test('what a filter passed over is not told when the filter goes', async () => {
		const { it, fake } = await started({ events: ['BOOKING_CANCELLED'] });
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		await fake.poll();
		delete fake.parameters['events'];
		expect(await fake.poll()).toBeNull();
	});

	test('the output: tag, booking type, raw', async () => {
		const { it, fake } = await started({
			output: 'both',
			options: { tag: 'Amsterdam' },
			bookingTypes: { rules: [{ match: 'slugIs', value: 'trial-lesson', name: 'Trial' }] },
		});
		const booking = aBooking({ updatedAt: at(1) });
		it.bookings.push(booking);
		expect(await fake.poll()).toEqual([
			expect.objectContaining({ tag: 'Amsterdam', bookingType: 'Trial', raw: booking }),
		]);
		fake.parameters['output'] = 'raw';
		it.bookings.push({ ...booking, uid: 'other', updatedAt: at(2) });
		expect(await fake.poll()).toEqual([{ ...booking, uid: 'other', updatedAt: at(2) }]);
	});
});

describe('trouble', () => {
	test('an error is thrown, what is remembered stays, and the next poll catches up', async () => {
		const { it, fake } = await started();
		const before = JSON.stringify(fake.staticData);
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		const answer = it.answer;
		it.meanwhile = () => {
			throw Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
		};
		await expect(fake.poll()).rejects.toThrow('Nothing answers at cal.school.example');
		expect(JSON.stringify(fake.staticData)).toBe(before);
		it.meanwhile = () => undefined;
		expect(answer).toBe(it.answer);
		expect(await fake.poll()).toHaveLength(1);
	});

	test('after a day down everything comes, in batches, the oldest first', async () => {
		const { it, fake } = await started({ options: { maxPerPoll: 100 } });
		const missed = Array.from({ length: 730 }, (_, index) => aBooking({ updatedAt: at(index * 2) }));
		it.bookings.push(...missed);
		const told: string[] = [];
		const sizes: number[] = [];
		for (;;) {
			const found = await keys(fake);
			if (found.length === 0) break;
			told.push(...found);
			sizes.push(found.length);
		}
		expect(told).toEqual(missed.map(({ uid }) => `BOOKING_CREATED:${uid}`));
		expect(sizes).toEqual([100, 100, 100, 100, 100, 100, 100, 30]);
	});

	test('more bookings with one and the same time than are remembered: each is told once', async () => {
		const { it, fake } = await started({ options: { maxPerPoll: 900 } });
		const count = CAPACITY + 700;
		it.bookings.push(...Array.from({ length: count }, () => aBooking({ updatedAt: at(1) })));
		const told: string[] = [];
		for (let round = 0; round < 8; round++) told.push(...(await keys(fake)));
		expect(told).toHaveLength(count);
		expect(new Set(told).size).toBe(count);
		// And nothing of it is read again and again.
		fake.asked.length = 0;
		await fake.poll();
		expect(fake.asked.filter(({ path }) => path === '/bookings')).toHaveLength(1);
		expect(JSON.stringify(fake.staticData).length).toBeLessThan(120_000);
	});

	test('a change that becomes visible late is found within the overlap', async () => {
		const { it, fake } = await started();
		it.bookings.push(aBooking({ updatedAt: at(20) }));
		await fake.poll();
		const late = aBooking({ updatedAt: at(12) });
		it.bookings.push(late, aBooking({ updatedAt: at(9) }));
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${late.uid}`]);
	});

	test('a poll stops asking before n8n gives it up, and the next goes on', async () => {
		const it = account({ bookings: [aBooking({ updatedAt: at(-1000) })] });
		const fake = watching(it, {}, { budget: 20_000 });
		await fake.poll();
		it.bookings.push(...Array.from({ length: 600 }, (_, index) => aBooking({ updatedAt: at(1 + index) })));
		it.meanwhile = ({ query }) => {
			if (query['afterUpdatedAt']) fake.time.now += 6_000;
		};
		const sizes = [];
		for (let round = 0; round < 4; round++) sizes.push((await keys(fake)).length);
		expect(sizes.reduce((a, b) => a + b)).toBe(600);
		expect(sizes[0]).toBeLessThan(600);
	});

	test('an n8n that does not say how long a poll may take is polled all the same', async () => {
		const it = account({ bookings: [aBooking({ updatedAt: at(-1000) })] });
		const fake = watching(it, {}, { budget: null });
		await fake.poll();
		const booked = aBooking({ updatedAt: at(5) });
		it.bookings.push(booked);
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${booked.uid}`]);
	});

	test('a poll that begins while another is under way leaves it alone', async () => {
		const { it, fake } = await started();
		it.bookings.push(aBooking({ updatedAt: at(1) }));
		const [one, other] = await Promise.all([fake.poll(), fake.poll()]);
		expect([one?.length, other]).toEqual([1, null]);
	});
});

describe('other settings', () => {
	test('another Cal.com starts anew, and tells nothing that is there', async () => {
		const { it, fake } = await started();
		const other = account({ bookings: [aBooking({ updatedAt: at(500) })] });
		fake.credential['baseUrl'] = 'https://api.cal.com/v2';
		it.bookings = other.bookings;
		expect(await fake.poll()).toBeNull();
		it.bookings.push(aBooking({ updatedAt: at(501) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('a date that is chosen later leads back to it; what is remembered is not told again', async () => {
		const { it, fake, booking } = await started();
		const told = aBooking({ updatedAt: at(1) });
		it.bookings.push(told);
		await fake.poll();
		const unseen = aBooking({ updatedAt: at(-2000) });
		it.bookings.push(unseen);
		Object.assign(fake.parameters, { startFrom: 'date', startDate: at(-3000) });
		expect(await keys(fake)).toEqual([`BOOKING_CREATED:${unseen.uid}`]);
		expect(booking.uid).not.toBe(unseen.uid);
		Object.assign(fake.parameters, { startFrom: 'now' });
		it.bookings.push(aBooking({ updatedAt: at(3) }));
		expect(await fake.poll()).toHaveLength(1);
	});

	test('who watches something else for a while and comes back has missed nothing', async () => {
		const { it, fake } = await started();
		fake.parameters['watch'] = 'eventTypes';
		await fake.poll();
		it.bookings.push(aBooking({ updatedAt: at(5) }));
		fake.parameters['watch'] = 'bookings';
		expect(await fake.poll()).toHaveLength(1);
	});

	test.each<[IDataObject, string]>([
		[{ startFrom: 'date', startDate: 'soon' }, 'The start date is not a date'],
		[{ watch: 'upcoming', minutesBefore: [] }, 'No lead time is given'],
		[{ watch: 'eventTypes', eventTypesOf: 'team' }, 'Team is not chosen'],
	])('%j is refused', async (parameters, message) => {
		await expect(watching(account(), parameters).poll()).rejects.toThrow(message);
	});
});

test('an execution by hand shows the newest bookings and remembers nothing', async () => {
	const bookings = [1, 2, 3, 4, 5].map((minutes) => aBooking({ updatedAt: at(minutes) }));
	const fake = watching(account({ bookings }), {}, { mode: 'manual' });
	expect(await keys(fake)).toEqual([5, 4, 3].map((n) => `BOOKING_CREATED:${bookings[n - 1]?.uid}`));
	expect(fake.staticData).toEqual({});
	await expect(watching(account(), {}, { mode: 'manual' }).poll()).rejects.toThrow('There is nothing to show yet');
});

test('what becomes visible late, after a batch that was cut short, is told all the same', async () => {
	const it = account();
	const fake = watching(it, { options: { maxPerPoll: 2 } });
	await fake.poll();
	it.bookings.push(aBooking({ updatedAt: at(1) }), aBooking({ updatedAt: at(2) }));
	expect(await fake.poll()).toHaveLength(2);
	const late = aBooking({ updatedAt: at(0) });
	it.bookings.push(late, aBooking({ updatedAt: at(60) }));
	await fake.poll();
	expect(await keys(fake)).toEqual([`BOOKING_CREATED:${late.uid}`]);
	expect(await fake.poll()).toBeNull();
});

describe('whatever happens in whatever order', () => {
	const step = fc.oneof(
		{
			weight: 5,
			arbitrary: fc.record({ kind: fc.constant('book' as const), late: fc.integer({ min: 0, max: 9 }) }),
		},
		{
			weight: 4,
			arbitrary: fc.record({ kind: fc.constantFrom('cancel', 'touch', 'confirm', 'move'), who: fc.nat() }),
		},
		{ weight: 4, arbitrary: fc.record({ kind: fc.constant('poll' as const) }) },
		{ weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('fail', 'restart', 'wait') }) },
	);

	test('every last state is told, and no key twice while it is remembered', async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(step, { maxLength: 60 }),
				fc.integer({ min: 1, max: 4 }),
				fc.integer({ min: -600, max: 600 }),
				async (steps, maxPerPoll, skewMinutes) => {
					const it = account();
					// n8n's clock is wrong by up to ten hours.
					const fake = watching(it, { options: { maxPerPoll } }, { now: T + skewMinutes * MINUTE });
					let clock = T;
					await fake.poll();
					let saved = JSON.stringify(fake.staticData);
					const told: string[] = [];
					const pollNow = async () => {
						const found = keysOf(await fake.poll());
						told.push(...found);
						// n8n writes static data only when a poll hands something over.
						if (found.length > 0) saved = JSON.stringify(fake.staticData);
						return found.length;
					};
					for (const one of steps) {
						clock += one.kind === 'wait' ? 30 * MINUTE : 20_000;
						const open = it.bookings.filter(({ status }) => status === 'accepted' || status === 'pending');
						const chosen = 'who' in one ? open[one.who % Math.max(1, open.length)] : undefined;
						if (one.kind === 'book') {
							const moment = iso(clock - ('late' in one ? one.late : 0) * MINUTE);
							it.bookings.push(
								aBooking({ updatedAt: moment, status: clock % 3 === 0 ? 'pending' : 'accepted' }),
							);
						} else if (one.kind === 'poll') await pollNow();
						else if (one.kind === 'restart') restart(fake, saved);
						else if (one.kind === 'fail') {
							it.meanwhile = () => {
								throw Object.assign(new Error('connect ENOTFOUND'), { code: 'ENOTFOUND' });
							};
							await expect(fake.poll()).rejects.toThrow();
							it.meanwhile = () => undefined;
						} else if (chosen !== undefined) {
							chosen.updatedAt = iso(clock);
							if (one.kind === 'cancel') chosen.status = 'cancelled';
							if (one.kind === 'confirm') chosen.status = 'accepted';
							if (one.kind === 'move') {
								const next = aBooking({
									updatedAt: iso(clock),
									rescheduledFromUid: chosen.uid,
									status: chosen.status,
								});
								Object.assign(chosen, { status: 'cancelled', rescheduledToUid: next.uid });
								it.bookings.push(next);
							}
						}
					}
					// A batch that was cut short goes on without looking back: that is done by the poll after it.
					for (let empty = 0, round = 0; empty < 2; round++) {
						expect(round).toBeLessThan(100);
						empty = (await pollNow()) > 0 ? 0 : empty + 1;
					}
					expect(told).toHaveLength(new Set(told).size);
					for (const { uid, status, rescheduledToUid, rescheduledFromUid } of it.bookings) {
						if (rescheduledToUid !== undefined) continue;
						const event = { pending: 'BOOKING_REQUESTED', cancelled: 'BOOKING_CANCELLED' }[status];
						const possible = event === undefined ? ['BOOKING_CREATED', 'BOOKING_RESCHEDULED'] : [event];
						expect([
							uid,
							rescheduledFromUid,
							possible.some((name) => told.includes(`${name}:${uid}`)),
						]).toEqual([uid, rescheduledFromUid, true]);
					}
				},
			),
			{ numRuns: 150 },
		);
	});
});
