// Which bookings have changed, as those who poll ask for it.
import { isObject } from '../../src/calcom/json.mts';
import type { Json, JsonObject } from '../../src/calcom/json.mts';
import { inSession, LATER, post, SLOT, START, uidOf } from '../../src/calcom/session.mts';
import type { Session } from '../../src/calcom/session.mts';

const HOUR = 60 * 60_000;
const WEEK = 7 * 24 * HOUR;
const PLAIN = 3;
const TO_CONFIRM = 12;
const SEATS = 14;
const GUESTS = { guests: [{ email: 'late@student.example' }] };

interface Page {
	items: JsonObject[];
	pagination: JsonObject;
}
const page = async ({ ask }: Session, query: string): Promise<Page> => {
	const { status, body } = await ask('GET', `/bookings?${query}`);
	expect(status).toBe(200);
	const answer = isObject(body) ? body : {};
	const { data, pagination } = answer;
	return {
		items: Array.isArray(data) ? data.filter(isObject) : [],
		pagination: isObject(pagination) ? pagination : {},
	};
};
const uids = ({ items }: Page) => items.map(uidOf);

interface Action {
	eventTypeId: number;
	path: string;
	method?: 'POST' | 'PATCH';
	body?: Json;
	/** Time that passes between the booking and the action. */
	after?: number;
}

/** What recordings and Cal.com's own source show: which actions make a booking one that has changed. */
const BUMPS: Record<string, Action> = {
	cancel: { eventTypeId: PLAIN, path: 'cancel', body: { cancellationReason: 'ill' } },
	confirm: { eventTypeId: TO_CONFIRM, path: 'confirm', body: {} },
	decline: { eventTypeId: TO_CONFIRM, path: 'decline', body: {} },
	'add guests': { eventTypeId: PLAIN, path: 'guests', body: GUESTS },
	'another place': {
		eventTypeId: PLAIN,
		path: 'location',
		method: 'PATCH',
		body: { location: { type: 'link', link: 'https://meet.example/1' } },
	},
	'the host did not come': { eventTypeId: PLAIN, path: 'mark-absent', body: { host: true }, after: 4 * WEEK },
};

const act = async (session: Session, { eventTypeId, path, method = 'POST', body = {}, after = HOUR }: Action) => {
	const booking = await session.book(eventTypeId, SLOT);
	await session.cal.advance(after);
	const { status } = await session.ask(method, `/bookings/${uidOf(booking)}/${path}`, { body });
	expect(status).toBe(200);
	return booking;
};
const since = new Date(START.getTime() + HOUR / 2).toISOString();

describe('the time of change', () => {
	test.each(Object.entries(BUMPS))('%s: is new', async (_, action) => {
		await inSession(async (session) => {
			const booking = await act(session, action);
			const changed = await page(session, `afterUpdatedAt=${since}`);
			expect(uids(changed)).toEqual([uidOf(booking)]);
			expect(changed.items[0]?.['updatedAt']).toBe(session.cal.state.bookings[0]?.updatedAt);
			expect(String(changed.items[0]?.['createdAt']) < since).toBe(true);
		});
	});

	test('rescheduled: of both, the old one and the new one', async () => {
		await inSession(async (session) => {
			const booking = await session.book(PLAIN, SLOT);
			await session.cal.advance(HOUR);
			const moved = await post(session, booking, 'reschedule', { start: LATER });
			const changed = await page(session, `afterUpdatedAt=${since}&sortUpdatedAt=asc`);
			expect(uids(changed).toSorted()).toEqual([uidOf(booking), uidOf(isObject(moved) ? moved : {})].toSorted());
		});
	});

	test('the host asks for another time: is new', async () => {
		await inSession(async (session) => {
			const booking = await session.book(PLAIN, SLOT);
			await session.cal.advance(HOUR);
			await session.cal.requestReschedule(uidOf(booking), 'holiday');
			expect(uids(await page(session, `afterUpdatedAt=${since}`))).toEqual([uidOf(booking)]);
		});
	});

	test('an attendee who did not come, and a seat that is taken: stays as it was', async () => {
		await inSession(async (session) => {
			const booking = await session.book(PLAIN, SLOT);
			await session.book(SEATS, LATER, {});
			await session.cal.advance(HOUR);
			await session.book(SEATS, LATER, { attendee: { name: 'Bo', email: 'bo@x.example', timeZone: 'UTC' } });
			await session.cal.advance(4 * WEEK);
			const absent = { attendees: [{ email: 'ada@student.example', absent: true }] };
			await post(session, booking, 'mark-absent', absent);
			expect(uids(await page(session, `afterUpdatedAt=${since}`))).toEqual([]);
		});
	});

	test('both ends of the span belong to it', async () => {
		await inSession(async (session) => {
			const booking = await session.book(PLAIN, SLOT);
			const at = String(session.cal.state.bookings[0]?.updatedAt);
			for (const name of ['afterUpdatedAt', 'beforeUpdatedAt', 'afterCreatedAt', 'beforeCreatedAt'])
				expect(uids(await page(session, `${name}=${at}`))).toEqual([uidOf(booking)]);
			const later = new Date(Date.parse(at) + 1).toISOString();
			expect(uids(await page(session, `afterUpdatedAt=${later}`))).toEqual([]);
		});
	});
});

describe('pages of changes', () => {
	const many = async (work: (session: Session, all: string[]) => Promise<void>) =>
		await inSession(async (session) => {
			session.cal.seedBookings(25);
			for (const [at, booking] of session.cal.state.bookings.entries())
				booking.updatedAt = new Date(START.getTime() + ((at * 7) % 25) * 1_000).toISOString();
			const sorted = session.cal.state.bookings.toSorted((a, b) => a.updatedAt.localeCompare(b.updatedAt));
			await work(
				session,
				sorted.map(({ uid }) => uid),
			);
		});

	test.each(['asc', 'desc'])('sorted %s, page by page, each once', async (direction) => {
		await many(async (session, all) => {
			const found: string[] = [];
			for (let skip = 0; skip < 25; skip += 10) {
				const query = `afterUpdatedAt=${START.toISOString()}&sortUpdatedAt=${direction}`;
				found.push(...uids(await page(session, `${query}&take=10&skip=${String(skip)}`)));
			}
			expect(found).toEqual(direction === 'asc' ? all : all.toReversed());
		});
	});

	test('the count is of all bookings, whatever has changed: the last page says that there are more', async () => {
		await many(async (session, all) => {
			const from = new Date(START.getTime() + 20_000).toISOString();
			const { items, pagination } = await page(session, `afterUpdatedAt=${from}&sortUpdatedAt=asc&take=10`);
			expect(items.map(uidOf)).toEqual(all.slice(20));
			expect(pagination).toMatchObject({ returnedItems: 5, totalItems: 25, hasNextPage: true });
		});
	});
});
