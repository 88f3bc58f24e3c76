import { bookings } from '../../../../../nodes/CalComSync/sides/booking/index.ts';
import type { Fields } from '../../../../../nodes/shared/values/readers.ts';
import { exchange } from '../../../shared/api/recorded-exchanges.mts';
import { booking, calCom, gone, json, open, recordedList } from './support.mts';

/** A booking so many days from now; at 10 o'clock, for half an hour. */
function on(uid: string, days: number, more: Fields = {}): Fields {
	const day = new Date(Date.parse('2026-11-20T10:00:00.000Z') + days * 86_400_000).toISOString();
	return booking(uid, { start: day, end: day.replace('T10:00', 'T10:30'), ...more });
}

async function list(all: readonly Fields[], ids: readonly string[], parameters: Record<string, unknown> = {}) {
	const { side, requests, notes } = await open(calCom(all), parameters);
	const found = await side.list(ids);
	const byId = Object.fromEntries(found.map((object) => [bookings.identity(object).id, object]));
	return { found, byId, ids: Object.keys(byId).sort(), requests, notes };
}

const series = { recurringBookingUid: 'series' };
const many = (count: number, days: number): Fields[] =>
	Array.from({ length: count }, (_, index) => on(`far${index}`, days - (index % 7)));

describe('what is listed', () => {
	test('one list, from 30 days ago, when every record is in it', async () => {
		const { ids, requests } = await list([on('past', -10), on('next', 10)], ['past', 'next']);
		expect(ids).toEqual(['next', 'past']);
		expect(requests).toHaveLength(1);
		expect(requests[0]).toMatchObject({
			path: '/bookings',
			version: '2024-08-13',
			query: { afterStart: '2026-10-21T09:00:00.000Z' },
		});
		expect(requests[0]?.query).not.toHaveProperty('beforeEnd');
	});

	test('hosted Cal.com is read by cursor', async () => {
		const page = (uid: string, pagination: unknown) => ({ data: [on(uid, 1)], pagination });
		const answers = [page('a', { nextCursor: 'c1', hasMore: true }), page('b', { hasMore: false })];
		const { side, requests } = await open(answers, {}, {});
		expect(requests).toHaveLength(0);
		expect(await side.list([])).toHaveLength(2);
		expect(requests.map(({ version, query }) => [version, query.cursor])).toEqual([
			['2026-05-01', undefined],
			['2026-05-01', 'c1'],
		]);
	});

	test('the period of the panel; what begins after it is left out', async () => {
		const period = { from: '2026-11-25', to: '2026-11-27' };
		const all = [on('before', 4), on('first', 5), on('last', 7), on('after', 8)];
		const { ids, requests } = await list(all, [], { period });
		expect(requests[0]?.query).toMatchObject({
			afterStart: '2026-11-24T23:00:00.000Z',
			beforeEnd: '2026-11-28T23:00:00.000Z',
		});
		expect(ids).toEqual(['first', 'last']);
	});

	test('a period that ends before it begins is refused before anything is asked', async () => {
		const period = { from: '2026-11-25', to: '2026-11-20' };
		await expect(open([], { period })).rejects.toThrow('The period ends before it begins');
		await expect(open([], { period: { from: 'soon' } })).rejects.toThrow('From "soon" is not a date');
	});
});

describe('bookings that records have outside the period', () => {
	test('a few are read one by one', async () => {
		const { ids, requests } = await list([on('old', -100), on('next', 1)], ['old', 'next']);
		expect(ids).toEqual(['next', 'old']);
		expect(requests.map(({ path }) => path)).toEqual(['/bookings', '/bookings/old']);
	});

	test('many by the pages before the period, only as far back as needed, and no others come along', async () => {
		const all = [...many(20, -40), on('stranger', -41), on('older stranger', -400), on('next', 1)];
		const records = all.map(({ uid }) => String(uid)).filter((uid) => uid.startsWith('far'));
		const { ids, requests } = await list(all, records);
		expect(ids).toEqual([...records, 'next'].sort());
		expect(requests).toHaveLength(2);
		expect(requests[1]?.query).toMatchObject({ beforeEnd: '2026-10-22T09:00:00.000Z', sortStart: 'desc' });
	});

	test('after the period too', async () => {
		const period = { from: '2026-11-19', to: '2026-11-20' };
		const all = [...many(20, 60), on('today', 0)];
		const records = all.map(({ uid }) => String(uid));
		const { ids, requests } = await list(all, records, { period });
		expect(ids).toEqual([...records].sort());
		expect(requests).toHaveLength(3);
	});

	test('one that is nowhere is gone', async () => {
		const { ids, requests } = await list([on('next', 1)], ['nowhere', 'next']);
		expect(ids).toEqual(['next']);
		expect(requests.map(({ path }) => path)).toEqual(['/bookings', '/bookings/nowhere']);
	});

	test('never more requests than records, however many are gone', async () => {
		const strangers = Array.from({ length: 300 }, (_, index) => `other${index}`);
		const { requests, notes } = await list([on('next', 1)], strangers);
		expect(requests.length).toBeLessThan(5);
		expect(notes().join()).toMatch(/300 records hold a booking uid that is not in the whole list/);
		const few = await list([on('next', 1)], strangers.slice(0, 8));
		expect(few.requests.length).toBeLessThan(8 * 1.25 + 2);
		expect(few.notes()).toEqual([]);
	});
});

describe('bookings that were moved', () => {
	test('are given once, as what they became, whichever uid the record holds', async () => {
		for (const held of ['bB1k1izkF4WpXZigruz4EG', '3NGyVPTY1gycGXtTtiq11F', 'nMZF6sjXHhmzVurYT3u358']) {
			const { byId, requests } = await list(recordedList('239'), [held]);
			const moved = byId.nMZF6sjXHhmzVurYT3u358 ?? {};
			expect(bookings.identity(moved).formerIds).toContain('bB1k1izkF4WpXZigruz4EG');
			expect(bookings.valueOf(moved, 'appointmentStatus')).toBe('scheduled');
			expect(byId).not.toHaveProperty('bB1k1izkF4WpXZigruz4EG');
			expect(requests).toHaveLength(1);
		}
	});

	test('out of the period are followed', async () => {
		const period = { from: '2026-11-19', to: '2026-11-30' };
		const all = [
			on('a', 1, { status: 'cancelled', rescheduledToUid: 'b' }),
			on('b', 60, { status: 'cancelled', rescheduledToUid: 'c', rescheduledFromUid: 'a' }),
			on('c', 90, { rescheduledFromUid: 'b' }),
		];
		const { ids, byId, requests } = await list(all, ['a'], { period });
		expect(ids).toEqual(['c']);
		expect(bookings.identity(byId.c ?? {}).formerIds).toEqual(['b', 'a']);
		expect(requests.map(({ path }) => path)).toEqual(['/bookings', '/bookings/b', '/bookings/c']);
	});

	test('to nobody knows where are never called cancelled: they are not there', async () => {
		const { ids } = await list([on('a', 1, { status: 'cancelled', rescheduledToUid: 'hidden' })], ['a']);
		expect(ids).toEqual([]);
	});
});

describe('occurrences of a series', () => {
	const moved = [on('a', 1, { ...series, status: 'cancelled' }), on('b', 40, { ...series, rescheduledFromUid: 'a' })];

	test('that were moved within the list need no other request', async () => {
		const { ids, requests } = await list(moved, ['a']);
		expect(ids).toEqual(['b']);
		expect(requests).toHaveLength(1);
	});

	test('that were moved out of the list are looked for in their series', async () => {
		const period = { from: '2026-11-19', to: '2026-11-30' };
		const { ids, requests } = await list(moved, ['a'], { period });
		expect(ids).toEqual(['b']);
		expect(requests.map(({ path }) => path)).toEqual(['/bookings', '/bookings/series']);
	});

	test('that were moved before the period are too', async () => {
		const all = [
			on('a', -50, { ...series, status: 'cancelled' }),
			on('b', -40, { ...series, rescheduledFromUid: 'a' }),
		];
		expect((await list(all, ['a'])).ids).toEqual(['b']);
	});

	test('that were cancelled stay cancelled', async () => {
		const period = { from: '2026-11-19', to: '2026-11-30' };
		const { byId } = await list([on('a', 1, { ...series, status: 'cancelled' }), on('c', 2, series)], ['a'], {
			period,
		});
		expect(bookings.valueOf(byId.a ?? {}, 'appointmentStatus')).toBe('cancelled');
	});
});

describe('one booking, read again', () => {
	const read = async (all: readonly Fields[], uid: string) => {
		const { side, requests } = await open(calCom(all));
		return { booking: await side.read(uid), requests };
	};

	test('as it is', async () => {
		const { booking: found, requests } = await read([on('a', 1)], 'a');
		expect(found).toMatchObject({ uid: 'a' });
		expect(requests).toHaveLength(1);
	});

	test('as what it became', async () => {
		const all = [
			on('a', 1, { status: 'cancelled', rescheduledToUid: 'b' }),
			on('b', 2, { rescheduledFromUid: 'a' }),
		];
		const { booking: found } = await read(all, 'a');
		expect(found).toMatchObject({ uid: 'b' });
		expect(bookings.identity(found ?? {}).formerIds).toEqual(['a']);
	});

	test('an occurrence as what it became', async () => {
		const all = [
			on('a', 1, { ...series, status: 'cancelled' }),
			on('b', 2, { ...series, rescheduledFromUid: 'a' }),
		];
		expect((await read(all, 'a')).booking).toMatchObject({ uid: 'b' });
	});

	test('gone only on a real 404', async () => {
		expect((await read([], 'a')).booking).toBeNull();
		const { side } = await open(() => ({ status: 403, body: exchange('382').body }));
		await expect(side.read('a')).rejects.toThrow();
		const page = await open(() => ({ status: 404, body: '<html>not Cal.com</html>' }));
		await expect(page.side.read('a')).rejects.toThrow();
	});

	test("a series' own uid is no booking", async () => {
		expect((await read([on('a', 1, series)], 'series')).booking).toBeNull();
	});
});

test('the failure of a list is one of the whole node', async () => {
	const { side } = await open(() => ({ status: 403, body: exchange('382').body }));
	await expect(side.list(['a'])).rejects.toThrow();
	const later = await open(({ path }) => (path === '/bookings' ? json([]) : { ...gone, status: 403 }));
	await expect(later.side.list(['a'])).rejects.toThrow();
});
