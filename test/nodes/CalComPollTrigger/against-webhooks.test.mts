import { readdirSync } from 'node:fs';
import type { IDataObject } from 'n8n-workflow';
import { ADA, BOB, inSession, post, SLOT, uidOf } from 'stand-ins/calcom/session';
import type { Received, Session } from 'stand-ins/calcom/session';
import { BOOKING_EVENTS } from '../../../nodes/CalComPollTrigger/parameters.ts';
import { allExchanges } from '../shared/api/recorded-exchanges.mts';
import { STORIES, type Steps, seatOf } from '../shared/events/stories.mts';
import { isFields, normalize, recorded } from '../shared/events/support.mts';
import { account } from './support/account.mts';
import type { ListedBooking } from './support/account.mts';
import { fakePoll } from './support/fake-poll.mts';
import type { FakePoll } from './support/fake-poll.mts';

const POLLED: ReadonlySet<string> = new Set(BOOKING_EVENTS);

/** A poll that asks the stand-in. */
function pollOf({ cal }: Session, parameters: IDataObject = {}): FakePoll {
	return fakePoll({
		parameters,
		credential: { baseUrl: cal.url },
		now: cal.state.bookings.length === 0 ? Date.parse('2026-11-20T08:58:00Z') : 0,
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

const keysOfWebhooks = (received: readonly Received[]): string[] =>
	received
		.map(({ text }) => normalize(JSON.parse(text)))
		.flatMap((one) => (POLLED.has(one.event) ? [one.eventKey] : []));

describe('the stand-in, seen by webhook and by poll', () => {
	test.each(STORIES)('%s: the same keys, none twice', async (_name, steps) => {
		await inSession(async (session) => {
			await session.subscribe();
			const poll = pollOf(session);
			const told: string[] = [];
			const ask = async () => {
				for (const { eventKey } of (await poll.poll()) ?? []) told.push(String(eventKey));
			};
			await ask();
			const tellTale = async () => {
				await ask();
				await session.cal.advance(90_000);
			};
			await steps(session, tellTale);
			await ask();
			await ask();
			expect(told.sort()).toEqual([...new Set(keysOfWebhooks(session.received))].sort());
		});
	});

	test.each(STORIES)('%s, found at the end only: nothing that no webhook tells', async (_name, steps) => {
		await inSession(async (session) => {
			await session.subscribe();
			const poll = pollOf(session);
			await poll.poll();
			await steps(session, async () => await session.cal.advance(90_000));
			const told = (await poll.poll()) ?? [];
			const known = new Set(session.received.map(({ text }) => normalize(JSON.parse(text)).booking.uid));
			expect(told.length).toBeGreaterThan(0);
			for (const { booking } of told) expect(known.has(String((booking as IDataObject)['uid']))).toBe(true);
			expect(await poll.poll()).toBeNull();
		});
	});

	test.each<[string, Steps, string[], string[]]>([
		[
			'a series cancelled at once: one webhook, and every date by poll',
			async (session, then) => {
				const made = await session.data('POST', '/bookings', {
					body: { start: SLOT, eventTypeId: 13, attendee: ADA },
				});
				await then();
				const first = Array.isArray(made) && isFields(made[0]) ? made[0] : {};
				await session.data('POST', `/bookings/${String(first.recurringBookingUid)}/cancel`, {
					body: { cancellationReason: 'x' },
				});
			},
			['BOOKING_CANCELLED', 'BOOKING_CANCELLED', 'BOOKING_CANCELLED'],
			[],
		],
		[
			'a payment that is waited for: a request by poll',
			async (session, then) => {
				const booking = await session.book(21, SLOT);
				await then();
				await session.cal.pay(uidOf(booking));
			},
			['BOOKING_REQUESTED'],
			[],
		],
		[
			'a seat that is given up: only the webhook tells',
			async (session, then) => {
				const booking = await session.book(14, SLOT, { attendee: ADA });
				const second = await session.book(14, SLOT, { attendee: BOB });
				await then();
				await post(session, booking, 'cancel', { seatUid: seatOf(second), cancellationReason: 'x' });
			},
			[],
			['BOOKING_CANCELLED'],
		],
	])('where they differ: %s', async (_name, steps, more, less) => {
		await inSession(async (session) => {
			await session.subscribe();
			const poll = pollOf(session);
			await poll.poll();
			const told: string[] = [];
			const ask = async () => {
				for (const { eventKey } of (await poll.poll()) ?? []) told.push(String(eventKey));
			};
			await steps(session, ask);
			await ask();
			const sent = keysOfWebhooks(session.received);
			const eventsOf = (keys: string[]) => keys.map((key) => key.split(':')[0]);
			expect(eventsOf(told.filter((key) => !sent.includes(key)))).toEqual(more);
			expect(eventsOf(sent.filter((key) => !told.includes(key)))).toEqual(less);
		});
	});
});

describe('recorded deliveries and API answers of the same bookings', () => {
	const answered = allExchanges().flatMap(({ body }) => {
		const data = isFields(body) ? body.data : undefined;
		const all: unknown[] = Array.isArray(data) ? data : [data];
		return all.filter(isFields).filter(({ uid, start, hosts }) => uid && start && hosts);
	});
	const stems = readdirSync(new URL('../../fixtures/recorded/deliveries/', import.meta.url))
		.filter((name) => /-BOOKING_(CREATED|REQUESTED|RESCHEDULED|CANCELLED|REJECTED).*\.body\.json$/.test(name))
		.map((name) => name.replace('.body.json', ''));
	const STATUS: Record<string, string> = {
		BOOKING_CREATED: 'accepted',
		BOOKING_RESCHEDULED: 'accepted',
		BOOKING_REQUESTED: 'pending',
		BOOKING_CANCELLED: 'cancelled',
		BOOKING_REJECTED: 'rejected',
	};
	const PAIRS = stems.flatMap((stem) => {
		const delivery = normalize(recorded(stem));
		const { uid, seats } = delivery.booking;
		const found = answered.filter((one) => one.uid === uid && one.status === STATUS[delivery.event]);
		return found.length === 0 || seats !== null ? [] : [{ stem, delivery, answer: found.at(-1) }];
	});

	test('there are enough of them to tell', () => {
		expect(new Set(PAIRS.map(({ delivery }) => delivery.event))).toEqual(POLLED);
		expect(PAIRS.length).toBeGreaterThan(30);
	});

	test.each(PAIRS)('$stem: told by a poll with the key of the delivery', async ({ delivery, answer }) => {
		const it = account();
		const poll = fakePoll({ answer: it.answer });
		const listed = answer as unknown as ListedBooking;
		// A request that was confirmed was known as a request before.
		const confirmed = delivery.event === 'BOOKING_CREATED' && listed.rescheduledFromUid !== undefined;
		if (confirmed) it.bookings.push({ ...listed, status: 'pending' });
		await poll.poll();
		it.bookings = [{ ...listed }];
		const items = await poll.poll();
		expect(items?.map(({ eventKey }) => eventKey)).toEqual([delivery.eventKey]);
	});
});
