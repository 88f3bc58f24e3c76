// Bookings that Cal.com is still making: listed as accepted, before they have their room and anybody is told of them.
import type { IDataObject } from 'n8n-workflow';
import { BOB, inSession, LATER, post, SLOT, uidOf } from 'stand-ins/calcom/session';
import type { Session } from 'stand-ins/calcom/session';
import { isHalfMade } from '../../../nodes/CalComPollTrigger/halfMade.ts';
import { exchange } from '../shared/api/recorded-exchanges.mts';
import { isFields, normalize } from '../shared/events/support.mts';
import { fakePoll } from './support/fake-poll.mts';
import type { FakePoll } from './support/fake-poll.mts';

/** The stand-in's clock, by which it stamps bookings. */
const START = Date.parse('2026-11-20T08:58:00.000Z');
const SECOND = 1_000;

function pollOf({ cal }: Session, parameters: IDataObject = {}): FakePoll {
	return fakePoll({
		parameters,
		credential: { baseUrl: cal.url },
		now: START,
		async answer({ path, query, version }) {
			const headers = {
				authorization: `Bearer ${cal.apiKey}`,
				...(version ? { 'cal-api-version': version } : {}),
			};
			const response = await fetch(`${cal.url}${path}?${new URLSearchParams(query)}`, { headers });
			return { status: response.status, body: await response.json() };
		},
	});
}

/** Waits until Cal.com lists so many bookings. */
async function listed({ cal }: Session, count: number): Promise<void> {
	while (cal.state.bookings.length < count) await new Promise((resolve) => setImmediate(resolve));
}

const told = async (poll: FakePoll): Promise<[event: unknown, url: unknown][]> =>
	((await poll.poll()) ?? []).map(({ event, booking }) => {
		const { location } = booking as { location: IDataObject };
		return [event, location['url']];
	});

const keysOf = ({ received }: Session): string[] => received.map(({ text }) => normalize(JSON.parse(text)).eventKey);

describe('a booking that Cal.com is still making', () => {
	test('is told by the next poll, with its link and the key of its webhook', async () => {
		await inSession(async (session) => {
			await session.subscribe();
			const poll = pollOf(session);
			await poll.poll();
			const release = session.cal.holdRooms();
			const booking = session.book(23, SLOT);
			await listed(session, 1);
			expect(await told(poll)).toEqual([]);
			release();
			const { location } = await booking;
			const events = (await poll.poll()) ?? [];
			expect(events).toMatchObject([{ event: 'BOOKING_CREATED', booking: { location: { url: location } } }]);
			expect(events.map(({ eventKey }) => eventKey)).toEqual(keysOf(session));
			expect(await poll.poll()).toBeNull();
		});
	});

	test('keeps nothing else back, and is not lost behind what changed after it', async () => {
		await inSession(async (session) => {
			// No overlap: only the place where reading goes on leads back.
			const poll = pollOf(session, { options: { overlapMinutes: 0 } });
			await poll.poll();
			const release = session.cal.holdRooms();
			const first = session.book(23, SLOT);
			await listed(session, 1);
			await session.cal.advance(10 * SECOND);
			poll.time.now += 10 * SECOND;
			await session.book(6, LATER);
			expect(await told(poll)).toEqual([['BOOKING_CREATED', null]]);
			// The room could not be made, and nothing changes any more.
			poll.time.now += 60 * SECOND;
			expect(await told(poll)).toEqual([['BOOKING_CREATED', null]]);
			expect(await poll.poll()).toBeNull();
			release();
			await first;
		});
	});

	test('is told, too, when it was in the making at the first poll', async () => {
		await inSession(async (session) => {
			await session.book(6, LATER);
			const release = session.cal.holdRooms();
			const booking = session.book(23, SLOT);
			await listed(session, 2);
			const poll = pollOf(session);
			expect(await poll.poll()).toBeNull();
			release();
			const { location } = await booking;
			expect(await told(poll)).toEqual([['BOOKING_CREATED', location]]);
		});
	});

	test('as a moved one: the old booking tells nothing meanwhile', async () => {
		await inSession(async (session) => {
			const poll = pollOf(session);
			await poll.poll();
			const old = await session.book(23, SLOT);
			expect(await told(poll)).toHaveLength(1);
			const release = session.cal.holdRooms();
			const moved = post(session, old, 'reschedule', { start: LATER });
			await listed(session, 2);
			expect(await told(poll)).toEqual([]);
			release();
			await moved;
			const events = (await poll.poll()) ?? [];
			expect(events).toMatchObject([{ event: 'BOOKING_RESCHEDULED', booking: { previousUid: uidOf(old) } }]);
		});
	});

	test('with seats: all of them are told once it is whole', async () => {
		await inSession(async (session) => {
			const poll = pollOf(session);
			await poll.poll();
			const release = session.cal.holdRooms();
			const first = session.book(14, SLOT);
			await listed(session, 1);
			await session.book(14, SLOT, { attendee: BOB });
			expect(await told(poll)).toEqual([]);
			release();
			const { location } = await first;
			expect(await told(poll)).toEqual([
				['BOOKING_CREATED', location],
				['BOOKING_CREATED', location],
			]);
		});
	});

	test('that starts soon is reminded of once it is whole', async () => {
		await inSession(async (session) => {
			const poll = pollOf(session, { watch: 'upcoming', minutesBefore: ['43200'] });
			const release = session.cal.holdRooms();
			const booking = session.book(23, SLOT);
			await listed(session, 1);
			expect(await told(poll)).toEqual([]);
			release();
			const { location } = await booking;
			expect(await told(poll)).toEqual([['BOOKING_UPCOMING', location]]);
		});
	});
});

describe('what counts as half-made', () => {
	const { data } = exchange('402').body as { data: IDataObject[] };
	const [whole = {}, half = {}] = data.filter(isFields) as IDataObject[];
	const made = Date.parse(String(half['updatedAt']));
	const at = (booking: IDataObject, now: number) => isHalfMade(booking as Parameters<typeof isHalfMade>[0], now);

	test.each<[string, IDataObject, number, boolean]>([
		['the recorded one, seconds old', half, made + 3 * SECOND, true],
		['by a clock that is a little behind', half, made - 30 * SECOND, true],
		['the recorded one that has its room', whole, Date.parse(String(whole['updatedAt'])), false],
		['one without a room for a minute', half, made + 60 * SECOND, false],
		['by a clock that is hours behind', half, made - 3_600 * SECOND, false],
		['a request, which has no room yet', { ...half, status: 'pending' }, made, false],
		['one at a place', { ...half, location: 'Dam 1' }, made, false],
		['one without any time', { ...half, createdAt: null, updatedAt: null }, made, false],
		['one that was changed never', { ...half, updatedAt: null }, made, true],
	])('%s', (_what, booking, now, expected) => {
		expect(at(booking, now)).toBe(expected);
	});
});
