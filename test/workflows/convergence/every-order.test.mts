// Every order of the deliveries of a booking's life, with repeats, gives the same tables; on a real PostgreSQL, with
// the statements of the templates as they ship, and with what a stand-in of Cal.com really sends.
import { bookingEvent } from '../event-builder.mts';
import { LIVES, type Life } from './expected.mts';
import { type Grounds, type Job, type Tables, startGround } from './ground.mts';
import { activitiesOf, bookingsOf, rowsOf } from './in-words.mts';
import { type Recorded, record } from './record.mts';
import { tell } from './tell.mts';
import { type Walked, walk } from './walk.mts';

let ground: Grounds;
const recordings = new Map<Life, Recorded>();
beforeAll(async () => {
	ground = await startGround(bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0 }));
	for (const [at, life] of LIVES.entries())
		recordings.set(life, await record(life.act, { everything: life.everything ?? false, later: at }));
}, 120_000);
afterAll(() => ground.stop());

function recordingOf(life: Life): Recorded {
	const recorded = recordings.get(life);
	if (!recorded) throw new Error(`${life.name} was not recorded`);
	return recorded;
}

/** Everything in the order in which Cal.com sent it, and then `work`; nothing of it stays. */
async function inOrder<T>({ deliveries, now }: Recorded, work: () => Promise<T>): Promise<T> {
	await ground.setClock(now);
	await ground.query('BEGIN');
	try {
		for (const { jobs } of deliveries) for (const job of jobs) await ground.deliver(job);
		return await work();
	} finally {
		await ground.query('ROLLBACK');
	}
}

/** Walks through every order and holds the tables at the end to those of the order in which Cal.com sent them. */
async function endsAsInOrder(recorded: Recorded, deliveries: Job[][], merge: boolean): Promise<Walked> {
	const reference = await inOrder(recorded, async () => ({
		rows: rowsOf(await ground.tables()),
		print: await ground.print(),
	}));
	const others: object[] = [];
	const walked = await walk(ground, deliveries, {
		merge,
		atEnd: async (order) => {
			const rows = rowsOf(await ground.tables());
			const [tooMuch, missing] = [added(rows, reference.rows), added(reference.rows, rows)];
			if (tooMuch.length + missing.length === 0 || others.length > 0) return;
			others.push({
				order: order.map((at) => deliveries[at]?.map(({ event }) => event.eventKey)),
				tooMuch,
				missing,
			});
		},
	});
	expect(others).toEqual([]);
	expect([...walked.ends.keys()]).toEqual([reference.print]);
	return walked;
}

const added = (after: string[], before: string[]): string[] => {
	const left = [...before];
	return after.filter((line) => {
		const at = left.indexOf(line);
		if (at >= 0) left.splice(at, 1);
		return at < 0;
	});
};

describe.each(LIVES)('$name', (life) => {
	const { name, bookings, activities, gap } = life;

	test('in order: what a person expects', async () => {
		const tables = await inOrder(recordingOf(life), () => ground.tables());
		expect(bookingsOf(tables)).toEqual(bookings);
		expect(activitiesOf(tables)).toEqual(activities.toSorted());
		expect(statuses(tables)).toEqual(['processed']);
		// An appointment for each booking, linked to the lead who booked and to the host.
		const facets = (row: Record<string, unknown>, uid: string) =>
			[uid, 'status', 'lifecycle', 'start_time', 'attendee_count', 'reschedule_count'].map(
				(column) => row[column],
			);
		const rows = (table: string) => tables[table] ?? [];
		expect(
			rows('calendar_events')
				.map((row) => facets(row, 'booking_uid'))
				.sort(),
		).toEqual(
			rows('bookings')
				.map((row) => facets(row, 'uid'))
				.sort(),
		);
		for (const row of rows('calendar_events')) {
			expect(row['client_id']).toBe(
				row['attendee_email'] === null ? null : `lead ${String(row['attendee_email'])}`,
			);
			expect(row['staff_id']).toBe(`staff ${String(row['host_email'])}`);
		}
	});

	test('in every order, with repeats', async () => {
		const recorded = recordingOf(life);
		const walked = await endsAsInOrder(
			recorded,
			recorded.deliveries.map(({ jobs }) => jobs),
			true,
		);
		expect(walked.unsteady).toEqual([]);
		tell(name, walked);
	}, 600_000);

	test(
		gap === undefined ? 'a reconcile afterwards changes nothing' : `a reconcile afterwards heals it: ${gap.why}`,
		async () => {
			const recorded = recordingOf(life);
			await inOrder(recorded, async () => {
				const before = await ground.tables();
				await ground.reconcile(recorded.bookings);
				const after = await ground.tables();
				if (gap === undefined) {
					expect(after).toEqual(before);
					return;
				}
				expect(bookingsOf(after)).toEqual(gap.bookings);
				expect(added(activitiesOf(after), activitiesOf(before))).toEqual(gap.activities);
				expect(statuses(after)).toEqual(['processed']);
				// And once more: nothing.
				await ground.reconcile(recorded.bookings);
				expect(await ground.tables()).toEqual(after);
			});
		},
	);
});

/** The different statuses in inbox and claims. */
const statuses = (tables: Tables) => [
	...new Set([...(tables['webhook_events'] ?? []), ...(tables['event_claims'] ?? [])].map((row) => row['status'])),
];

const named = (...names: string[]) =>
	names.map((name) => {
		const life = LIVES.find((one) => one.name === name);
		if (!life) throw new Error(`No life is called ${name}`);
		return life;
	});

test.each(named('booked, moved twice, cancelled', 'two seats, one given up and taken again', 'payment begun, paid'))(
	'order by order, no two of them tried together: $name',
	async (life) => {
		const recorded = recordingOf(life);
		const walked = await endsAsInOrder(
			recorded,
			recorded.deliveries.map(({ jobs }) => jobs),
			false,
		);
		tell(`${life.name}, order by order`, walked);
	},
	600_000,
);

test.each(
	named(
		'booked, asked for another time, moved by the attendee',
		'payment begun, paid',
		'round robin: moved to another host, cancelled',
	),
)(
	'the templates each in an order of their own: $name',
	async (life) => {
		const recorded = recordingOf(life);
		const jobs = recorded.deliveries.flatMap((delivery) => delivery.jobs.map((job) => [job]));
		const walked = await endsAsInOrder(recorded, jobs, true);
		expect(walked.unsteady).toEqual([]);
		tell(`${life.name}, the templates apart`, walked);
	},
	600_000,
);

test('a request that is declined twice ends the same whichever rejection comes first', async () => {
	for (const life of named('requested, declined twice')) {
		const { deliveries, now } = recordingOf(life);
		const late = deliveries.map(({ jobs, later, ...rest }) => ({
			...rest,
			later,
			jobs: later.length > 0 ? later : jobs,
		}));
		expect(late).not.toEqual(deliveries);
		const tables = await inOrder({ deliveries: late, bookings: [], now }, async () => {
			// The key tells one fact, whose moment is that of the delivery that came first: the other changes nothing.
			const before = await ground.print();
			for (const { jobs } of deliveries) for (const job of jobs) await ground.deliver(job);
			expect(await ground.print()).toBe(before);
			return await ground.tables();
		});
		expect([bookingsOf(tables), activitiesOf(tables)]).toEqual([life.bookings, life.activities]);
	}
});

describe('what no delivery says', () => {
	/** Events without what is the booking's own: uids, ids and moments. */
	const masked = (life: Life) => {
		const { deliveries } = recordingOf(life);
		const uids = [...new Set(deliveries.flatMap(({ jobs }) => jobs.map(({ event }) => event.booking.uid ?? '')))];
		const plain = JSON.stringify(
			deliveries.map(({ jobs }) => jobs.map(({ event }) => ({ ...event, occurredAt: null }))),
		);
		return uids
			.reduce((words, uid, at) => words.replaceAll(uid, `uid ${String(at)}`), plain)
			.replaceAll(/"iCalUid":"[^"]+"/g, '"iCalUid":""')
			.replaceAll(/video\/[0-9A-Za-z-]+/g, 'video/');
	};
	const [alone, atOnce] = named(
		'a series: one moved, two cancelled one by one',
		'a series: one moved, one cancelled, then all cancelled at once',
	);

	test('whether one booking of a series was cancelled, or all of it: the deliveries are the same, Cal.com is not', () => {
		if (!alone || !atOnce) throw new Error('two lives');
		expect(masked(atOnce)).toBe(masked(alone));
		const ended = (life: Life) =>
			recordingOf(life).bookings.filter(({ booking }) => booking.status === 'cancelled').length;
		expect(ended(atOnce)).toBeGreaterThan(ended(alone));
	});

	test('which requests belong to the series that is confirmed', () => {
		for (const life of named('a series that needs approval, confirmed'))
			for (const { jobs } of recordingOf(life).deliveries)
				for (const { event } of jobs) expect(event.booking.recurringBookingUid).toBeNull();
	});
});
