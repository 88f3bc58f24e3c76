// Nothing is missed and nothing told twice: after trouble, among a great many, and whatever happens in whatever order.
import fc from 'fast-check';
import { CAPACITY } from '../../../nodes/CalComPollTrigger/memory.ts';
import { depth } from '../../support/depth.mts';
import { account, aBooking, iso } from './support/account.mts';
import { restart } from './support/fake-poll.mts';
import { at, keys, keysOf, MINUTE, started, T, watching } from './support/watching.mts';

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

	test('a default country that does not exist is refused when publishing or testing, and stops no later poll', async () => {
		const wrong = { options: { defaultCountry: 'UK' } };
		const words = 'Default Country "UK" is no country';
		await expect(watching(account(), wrong, { activation: 'activate' }).poll()).rejects.toThrow(words);
		await expect(watching(account(), wrong, { mode: 'manual' }).poll()).rejects.toThrow(words);
		const it = account();
		const fake = watching(it, wrong, { activation: 'init' });
		await fake.poll();
		it.bookings.push(aBooking({ updatedAt: at(1) }));
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
			{ numRuns: depth(100, 1_000) },
		);
	});
});
