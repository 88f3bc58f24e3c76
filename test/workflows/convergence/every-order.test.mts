// Every order of the deliveries of a booking's life, with repeats, gives the same tables; on a real PostgreSQL, with
// the statements of the templates as they ship, and with what a stand-in of Cal.com really sends.
import { depth } from '../../support/depth.mts';
import { bookingEvent } from '../event-builder.mts';
import { LIVES, type Life } from './expected.mts';
import { type Grounds, type Tables, startGround } from './ground.mts';
import { activitiesOf, bookingsOf } from './in-words.mts';
import { added, deliver, endAsInOrder, takenBack } from './orders.mts';
import { type Recorded, record } from './record.mts';
import { BEFORE_ALL_APPOINTMENTS, toSend } from './to-send.mts';

/** Which lives are tried in every order: in the gate, those of up to three deliveries, and this one of four. */
const inEveryOrder = ({ name }: Life, deliveries: number) =>
	deliveries <= depth(3, Infinity) || name === 'booked, moved twice, cancelled';
/** The others in so many, drawn by chance. */
const DRAWN = 2;

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
const jobsOf = (life: Life) => recordingOf(life).deliveries.map(({ jobs }) => jobs);

describe.each(LIVES)('$name', (life) => {
	const { bookings, activities, gap } = life;

	describe('in order', () => {
		beforeAll(async () => {
			await ground.setClock(recordingOf(life).now);
			await ground.query('BEGIN');
			await deliver(ground, recordingOf(life));
		});
		afterAll(() => ground.query('ROLLBACK'));
		beforeEach(() => ground.query('SAVEPOINT in_order'));
		afterEach(() => ground.query('ROLLBACK TO in_order'));

		test('what a person expects', async () => {
			const tables = await ground.tables();
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

		test('the reminders that wait to be sent', async () => {
			await ground.setClock(BEFORE_ALL_APPOINTMENTS);
			expect(await toSend(ground)).toHaveLength(life.reminders ?? 0);
		});

		test(
			gap === undefined
				? 'a reconcile afterwards changes nothing'
				: `a reconcile afterwards heals it: ${gap.why}`,
			async () => {
				const before = await ground.tables();
				await ground.reconcile(recordingOf(life).bookings);
				const after = await ground.tables();
				if (gap === undefined) {
					expect(after).toEqual(before);
					return;
				}
				expect(bookingsOf(after)).toEqual(gap.bookings);
				expect(added(activitiesOf(after), activitiesOf(before))).toEqual(gap.activities);
				expect(statuses(after)).toEqual(['processed']);
				// And once more: nothing.
				await ground.reconcile(recordingOf(life).bookings);
				expect(await ground.tables()).toEqual(after);
			},
		);
	});

	test('in other orders, with repeats', async () => {
		const { now } = recordingOf(life);
		const deliveries = jobsOf(life);
		await endAsInOrder(ground, now, deliveries, inEveryOrder(life, deliveries.length) ? {} : { drawn: DRAWN });
	}, 600_000);
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
const PAID = 'payment begun, paid';

test.each(named(PAID, ...depth([], ['booked, moved twice, cancelled', 'two seats, one given up and taken again'])))(
	'order by order, no two of them tried together: $name',
	async (life) => {
		await endAsInOrder(ground, recordingOf(life).now, jobsOf(life), { apart: true });
	},
	600_000,
);

test.each(
	named(
		PAID,
		...depth(
			[],
			['booked, asked for another time, moved by the attendee', 'round robin: moved to another host, cancelled'],
		),
	),
)(
	'the templates each in an order of their own: $name',
	async (life) => {
		const jobs = jobsOf(life).flatMap((delivery) => delivery.map((job) => [job]));
		await endAsInOrder(ground, recordingOf(life).now, jobs);
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
		await ground.setClock(now);
		const tables = await takenBack(ground, async () => {
			await deliver(ground, { deliveries: late });
			// The key tells one fact, whose moment is that of the delivery that came first: the other changes nothing.
			const before = await ground.print();
			await deliver(ground, { deliveries });
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
