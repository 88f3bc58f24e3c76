import { isObject } from '../../src/calcom/json.mts';
import type { JsonObject } from '../../src/calcom/json.mts';
import { ADA, inSession, uidOf } from '../../src/calcom/session.mts';

const SLOT = '2026-12-07T09:00:00Z';
const WISH = { start: SLOT, eventTypeId: 3, attendee: ADA };

const messageOf = (body: unknown): unknown => {
	const error: JsonObject = isObject(body) && isObject(body['error']) ? body['error'] : {};
	return error['message'];
};

describe('storms', () => {
	test('a 429 says when to come back, and nothing was done', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.storm([{ status: 429, resetSeconds: 7 }]);
			const refused = await ask('POST', '/bookings', { body: WISH });
			expect(refused.status).toBe(429);
			expect(refused.headers.get('x-ratelimit-remaining-default')).toBe('0');
			expect(refused.headers.get('x-ratelimit-reset-default')).toBe('7');
			expect(refused.headers.get('retry-after')).toBeNull();
			expect(cal.state.bookings).toEqual([]);
			expect((await ask('POST', '/bookings', { body: WISH })).status).toBe(201);
		});
	});

	test('gusts hit the requests they are meant for, in their order, and then it is over', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.storm([
				{ status: 502, count: 2, method: 'GET', path: '/bookings' },
				{ status: 503, method: 'GET' },
			]);
			const statuses = [];
			for (const path of ['/me', '/bookings', '/bookings', '/bookings', '/me'])
				statuses.push((await ask('GET', path)).status);
			expect(statuses).toEqual([503, 502, 502, 200, 200]);
		});
	});

	test('an answer that is lost: the booking is there all the same', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.storm([{ status: 504, method: 'POST', work: 'lost' }]);
			expect((await ask('POST', '/bookings', { body: WISH })).status).toBe(504);
			expect(cal.state.bookings).toHaveLength(1);
		});
	});

	test.each([
		['refused', 0],
		['lost', 1],
	] as const)('a connection that breaks, the request %s', async (work, bookings) => {
		await inSession(async ({ cal, ask }) => {
			cal.storm([{ status: 'cut', work }]);
			await expect(ask('POST', '/bookings', { body: WISH })).rejects.toThrow();
			expect(cal.state.bookings).toHaveLength(bookings);
			expect((await ask('GET', '/me')).status).toBe(200);
		});
	});
});

describe('deliveries that get lost', () => {
	const arrivals = async (share: number, seed: number) => {
		let arrived: boolean[] = [];
		await inSession(async ({ cal, subscribe, book, received }) => {
			await subscribe();
			cal.loseDeliveries(share, seed);
			for (let hour = 8; hour < 18; hour += 1)
				await book(3, `2026-12-07T${String(hour).padStart(2, '0')}:00:00Z`);
			expect(cal.state.bookings).toHaveLength(10);
			arrived = cal.deliveries.map(({ status }) => status === 200);
			expect(received).toHaveLength(arrived.filter(Boolean).length);
			for (const { status, error } of cal.deliveries) if (status === null) expect(error).toMatch(/Lost/);
		});
		return arrived;
	};

	test('none, some or all, the same ones for the same seed', async () => {
		expect((await arrivals(0, 1)).every(Boolean)).toBe(true);
		expect((await arrivals(1, 1)).some(Boolean)).toBe(false);
		const some = await arrivals(0.5, 7);
		expect(new Set(some).size).toBe(2);
		expect(await arrivals(0.5, 7)).toEqual(some);
		expect(await arrivals(0.5, 8)).not.toEqual(some);
	});
});

describe('a slot that is stolen', () => {
	test('was listed as free, and is taken when it is booked', async () => {
		await inSession(async ({ cal, ask, book }) => {
			cal.stealNextSlots(1);
			const refused = await ask('POST', '/bookings', { body: WISH });
			expect([refused.status, messageOf(refused.body)]).toEqual([
				400,
				'User either already has booking at this time or is not available',
			]);
			expect(cal.state.bookings.map(({ attendees: [first] }) => first?.name)).toEqual(['Quick Quinn']);
			expect(uidOf(await book(3, '2026-12-07T10:00:00Z'))).not.toBe('');
		});
	});

	test('on an event type with seats only a seat is gone', async () => {
		await inSession(async ({ cal, book }) => {
			cal.stealNextSlots(1);
			await book(14, SLOT);
			expect(cal.state.bookings[0]?.attendees).toHaveLength(2);
		});
	});
});

describe('many bookings', () => {
	test('10,000 are there in a moment, in the past, and paged to the last one', async () => {
		await inSession(async ({ cal, ask }) => {
			cal.seedBookings(10_000);
			const seen = new Set<string>();
			let requests = 0;
			for (let skip = 0, more = true; more; skip += 250, requests += 1) {
				const { body } = await ask('GET', `/bookings?take=250&skip=${String(skip)}`);
				const items = isObject(body) && Array.isArray(body['data']) ? body['data'] : [];
				for (const item of items) if (isObject(item)) seen.add(uidOf(item));
				const pagination = isObject(body) && isObject(body['pagination']) ? body['pagination'] : {};
				more = pagination['hasNextPage'] === true;
			}
			expect([seen.size, requests]).toEqual([10_000, 40]);
			expect(cal.deliveries).toEqual([]);
			expect(cal.freeSlots('trial-lesson', 1)).toHaveLength(1);
		});
	});
});
