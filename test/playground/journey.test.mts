// How far a booking has come, with a world that is told what happens.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from 'stand-ins/calcom';
import { type Inbox, type Journey, type Witness, openJourneys } from '../../playground/src/page/journey.mts';

const booking = {
	uid: 'u1',
	title: 'Level Check',
	status: 'accepted',
	start: '2026-12-01T09:00:00.000Z',
	attendee: 'Ada',
};
const delivery = (answer: Partial<Delivery> = {}): Delivery => ({
	id: 'd1',
	event: 'BOOKING_CREATED',
	uid: 'u1',
	webhookId: 'w1',
	subscriberUrl: 'http://127.0.0.1:1/webhook/w1',
	headers: {},
	body: '{}',
	status: 200,
	answer: '{}',
	error: null,
	sentAt: new Date().toISOString(),
	ms: 5,
	...answer,
});
const inbox = (rest: Partial<Inbox> = {}): Inbox => ({
	...{ received: new Date(), begun: 2, done: 2, processed: new Date(), error: null },
	...rest,
});

interface World {
	sent?: Delivery[];
	/** What the inbox says, one look after the other; the last stays. */
	looks?: (Inbox | null)[];
	sms?: string | null;
	remind?: Witness['remind'];
}

async function follow({
	sent = [delivery()],
	looks = [inbox()],
	sms = 'Hi Ada',
	remind = () => Promise.resolve(),
}: World) {
	const listeners = new Set<(one: Delivery) => void>();
	const left = [...looks];
	const witness: Witness = {
		onDelivery(listener) {
			listeners.add(listener);
			return () => listeners.delete(listener);
		},
		writers: () => 2,
		inbox: () => Promise.resolve((left.length > 1 ? left.shift() : left[0]) ?? null),
		remind,
		sms: () => Promise.resolve(sms === null ? null : { at: new Date(), text: sms }),
	};
	const journeys = openJourneys(witness, { rowsMs: 100, everyMs: 1 });
	expect(journeys.current()).toBeNull();
	const done = await journeys
		.follow(async () => {
			for (const one of sent) for (const listener of listeners) listener(one);
			return await Promise.resolve(booking);
		})
		.catch((error: unknown) => error);
	while (!journeys.current()?.isOver) await sleep(1);
	return { journey: journeys.current(), done, listening: listeners.size };
}

const states = (journey: Journey | null) => journey?.stations.map(({ state }) => state).join(' ');
const said = (journey: Journey | null, wanted: string) => journey?.stations.find(({ name }) => name === wanted)?.says;

test('all the way, each station not before the one in front of it', async () => {
	// An answer that is still on its way when the rows are written.
	const slow = delivery({ ms: 60_000 });
	const { journey, done, listening } = await follow({
		sent: [delivery(), slow],
		looks: [null, inbox({ done: 1, processed: null }), inbox()],
	});
	expect(done).toBe(booking);
	expect(states(journey)).toBe('done done done done done');
	const [booked, delivered, verified, rows, sms] = journey?.stations.map(({ ms }) => ms ?? -1) ?? [];
	expect(booked).toBeGreaterThanOrEqual(0);
	expect(delivered).toBeGreaterThanOrEqual(booked ?? 0);
	expect(verified).toBeGreaterThanOrEqual(delivered ?? 0);
	expect(rows).toBeGreaterThanOrEqual(verified ?? 0);
	expect(sms).toBeGreaterThanOrEqual(rows ?? 0);
	expect(said(journey, 'sms')).toBe('Hi Ada');
	expect(listening).toBe(0);
});

test.each<[string, World, string, [string, string]]>([
	[
		'a signature that does not fit',
		{ sent: [delivery(), delivery({ status: 401 })] },
		'done done failed none none',
		['verified', 'n8n answered 401'],
	],
	[
		'an n8n that is down',
		{ sent: [delivery({ status: null, error: 'ECONNREFUSED' })] },
		'done failed none none none',
		['delivered', 'ECONNREFUSED'],
	],
	['nobody who listens', { sent: [] }, 'done none none none none', ['delivered', 'Nobody listens.']],
	[
		'a workflow that fails',
		{ looks: [inbox({ error: 'no such column' })] },
		'done done done failed none',
		['rows', 'no such column'],
	],
	['rows that never come', { looks: [null] }, 'done done failed none none', ['verified', 'nothing after 0.1 s']],
	[
		'a workflow that never ends',
		{ looks: [inbox({ done: 1, processed: null })] },
		'done done done failed none',
		['rows', 'nothing after 0.1 s'],
	],
	[
		'an event that changes nothing',
		{ looks: [inbox({ processed: null })] },
		'done done done none done',
		['rows', 'nothing new to write'],
	],
	['no SMS that is due', { sms: null }, 'done done done done none', ['sms', 'none is due']],
	['no workflow that sends', { remind: null }, 'done done done done none', ['sms', 'no workflow sends any']],
	[
		'reminders that fail',
		{ remind: () => Promise.reject(new Error('no account')) },
		'done done done done failed',
		['sms', 'no account'],
	],
])('%s', async (_what, world, expected, [station, words]) => {
	const { journey } = await follow(world);
	expect(states(journey)).toBe(expected);
	expect(said(journey, station)).toBe(words);
});

test('what Cal.com refuses is told to who asked, and goes nowhere', async () => {
	const journeys = openJourneys({
		onDelivery: () => () => undefined,
		writers: () => 0,
		inbox: () => Promise.resolve(null),
		remind: null,
		sms: () => Promise.resolve(null),
	});
	await expect(journeys.follow(() => Promise.reject(new Error('taken')))).rejects.toThrow('taken');
	expect(states(journeys.current())).toBe('failed none none none none');
	const before = journeys.current()?.id;
	await journeys.follow(() => Promise.resolve(booking));
	expect(journeys.current()?.id).not.toBe(before);
});
