// What the views of the calendar and of the templates' health say.
import { openCalendar, type Calendar } from './calendar.mts';
import { startDatabase, type TestDatabase } from '../database.mts';
import { bookingEvent, person, type EventChanges } from '../event-builder.mts';
import { C7, S1 } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

const HOUR = 3_600_000;
let count = 0;
/** An appointment at a time, an hour long; `what` is the kind of delivery that tells of it. */
const at = (start: string, changes: Partial<EventChanges> = {}, settings = {}) => {
	count += 1;
	const end = new Date(Date.parse(start) + HOUR).toISOString();
	return calendar.apply(
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: `U${String(count)}`,
			minute: 0,
			...changes,
			booking: { start, end, ...changes.booking },
		}),
		settings,
	);
};
const ago = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString();
const bob = [person('Bob Stone', 'bob@student.example')];
const cem = [person('Cem Yilmaz', 'cem@student.example')];

describe('where an appointment stands', () => {
	test.each([
		['to come', 'BOOKING_CREATED', -1, 'upcoming'],
		['going on', 'BOOKING_CREATED', 0.5, 'upcoming'],
		['over, and nobody said otherwise', 'BOOKING_CREATED', 2, 'held'],
		['over and ended', 'MEETING_ENDED', 2, 'held'],
		['never confirmed, and its time is over', 'BOOKING_REQUESTED', 2, 'lapsed'],
		['cancelled', 'BOOKING_CANCELLED', -1, 'cancelled'],
		['declined', 'BOOKING_REJECTED', -1, 'cancelled'],
	])('%s', async (_, event, hours, phase) => {
		await at(ago(hours), { event });
		expect(await calendar.query('SELECT phase FROM calcom.appointments')).toEqual([{ phase }]);
	});

	test('nobody told its time yet', async () => {
		await at(ago(1), { booking: { start: null, end: null } });
		expect(await calendar.query('SELECT phase FROM calcom.appointments')).toEqual([{ phase: 'unknown' }]);
	});
});

describe('today', () => {
	/** A time of the day that is today in a zone, in minutes after its midnight, as an instant. */
	const todayIn = async (zone: string, minutes: number) =>
		String(
			(
				await calendar.query(
					"SELECT to_json((date_trunc('day', now() AT TIME ZONE $1) + make_interval(mins => $2)) AT TIME ZONE $1) #>> '{}' AS time",
					[zone, minutes],
				)
			)[0]?.['time'],
		);
	const today = async () =>
		await calendar.query(
			"SELECT uid, to_char(local_start, 'HH24:MI') AS local FROM calcom.todays_appointments ORDER BY start_time",
		);
	const aroundMidnight = async (zone: string, booking: { timeZone: string }, settings = {}) => {
		const day = 24 * 60;
		for (const [uid, minutes] of [
			['yesterday', -30],
			['early', 30],
			['late', day - 30],
			['tomorrow', day + 30],
		] as const)
			await at(await todayIn(zone, minutes), { uid, booking }, settings);
	};
	const EDGES = [
		{ uid: 'early', local: '00:30' },
		{ uid: 'late', local: '23:30' },
	];

	test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])('is that of the organizer: %s', async (zone) => {
		await aroundMidnight(zone, { timeZone: zone });
		expect(await today()).toEqual(EDGES);
	});

	test.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago'])(
		'is that of the settings, when they name a zone: %s',
		async (zone) => {
			await aroundMidnight(zone, { timeZone: 'Europe/Amsterdam' }, { timeZone: zone });
			expect(await today()).toEqual(EDGES);
		},
	);

	test('has the links, and leaves out what was cancelled', async () => {
		await at(await todayIn('UTC', 720), {
			booking: { timeZone: 'UTC' },
			rest: { metadata: { clientId: C7, subjectId: S1 } },
		});
		await at(await todayIn('UTC', 720), { event: 'BOOKING_CANCELLED', booking: { timeZone: 'UTC' } });
		expect(
			await calendar.query(
				'SELECT client_id, client_linked_by, subject_id, staff_name FROM calcom.todays_appointments',
			),
		).toEqual([{ client_id: C7, client_linked_by: 'random', subject_id: S1, staff_name: 'Your School' }]);
	});
});

describe('visits and money', () => {
	beforeEach(async () => {
		await calendar.query(
			"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price) VALUES ('Piano', 1, 'north', 40)",
		);
		// Ada: March twice, April, one to come, one cancelled. Bob: April, and missed in May. Cem: a group with Bob in May.
		await at('2025-03-03T09:00:00.000Z');
		await at('2025-03-31T22:30:00.000Z');
		await at('2025-04-10T09:00:00.000Z');
		await at(ago(-48));
		await at('2025-04-11T09:00:00.000Z', { event: 'BOOKING_CANCELLED' });
		await at('2025-04-12T09:00:00.000Z', { attendees: bob });
		await at('2025-05-02T09:00:00.000Z', { attendees: bob, uid: 'missed' });
		await calendar.query("UPDATE calcom.calendar_events SET status = 'no_show' WHERE booking_uid = 'missed'");
		for (const [key, attendees] of [
			['s1', cem],
			['s2', bob],
		] as const)
			await at('2025-05-03T09:00:00.000Z', { uid: 'group', key, attendees, booking: { seats: 5, seatUid: key } });
	});

	test('per client, by email when no client is known', async () => {
		expect(
			await calendar.query(
				`SELECT client, name, visits::int, missed::int, cancelled::int, upcoming::int, to_char(first_visit, 'MM-DD') AS first,
				to_char(last_visit, 'MM-DD') AS last, next_visit > now() AS next FROM calcom.visits_per_client ORDER BY client`,
			),
		).toEqual([
			{
				client: 'ada@student.example',
				name: 'Ada Lovelace',
				visits: 3,
				missed: 0,
				cancelled: 1,
				upcoming: 1,
				first: '03-03',
				last: '04-10',
				next: true,
			},
			{
				client: 'bob@student.example',
				name: 'Bob Stone',
				visits: 2,
				missed: 1,
				cancelled: 0,
				upcoming: 0,
				first: '04-12',
				last: '05-03',
				next: null,
			},
			{
				client: 'cem@student.example',
				name: 'Cem Yilmaz',
				visits: 1,
				missed: 0,
				cancelled: 0,
				upcoming: 0,
				first: '05-03',
				last: '05-03',
				next: null,
			},
		]);
		const past = await calendar.query(
			"SELECT visit_number::int FROM calcom.client_visits WHERE client_name = 'Ada Lovelace' AND phase <> 'cancelled' ORDER BY start_time",
		);
		expect(past.map((row) => row['visit_number'])).toEqual([1, 2, 3, null]);
	});

	test('per month: a late evening counts where the organizer lives, first and repeated visits, in per cent', async () => {
		expect(
			await calendar.query(
				"SELECT to_char(month, 'YYYY-MM') AS month, visits::int, clients::int, first_visits::int, repeat_visits::int, repeat_percent::float FROM calcom.visits_per_month",
			),
		).toEqual([
			{ month: '2025-05', visits: 2, clients: 2, first_visits: 1, repeat_visits: 1, repeat_percent: 50 },
			// 31 March 22:30 in UTC is 1 April in Amsterdam.
			{ month: '2025-04', visits: 3, clients: 2, first_visits: 1, repeat_visits: 2, repeat_percent: 66.7 },
			{ month: '2025-03', visits: 1, clients: 1, first_visits: 1, repeat_visits: 0, repeat_percent: 0 },
		]);
	});

	test('retention: of those who came first in a month, how many came again', async () => {
		expect(
			await calendar.query(
				"SELECT to_char(cohort, 'YYYY-MM') AS cohort, cohort_clients::int, months_later, clients::int, percent::float FROM calcom.retention",
			),
		).toEqual([
			{ cohort: '2025-05', cohort_clients: 1, months_later: 0, clients: 1, percent: 100 },
			{ cohort: '2025-04', cohort_clients: 1, months_later: 0, clients: 1, percent: 100 },
			{ cohort: '2025-04', cohort_clients: 1, months_later: 1, clients: 1, percent: 100 },
			{ cohort: '2025-03', cohort_clients: 1, months_later: 0, clients: 1, percent: 100 },
			{ cohort: '2025-03', cohort_clients: 1, months_later: 1, clients: 1, percent: 100 },
		]);
	});

	test('money: held, expected and lost, a group once per attendee', async () => {
		const money = await calendar.query(
			"SELECT to_char(month, 'YYYY-MM') AS month, currency, branch_id, appointments::int, revenue::float, expected::float, lost::float FROM calcom.revenue_per_month ORDER BY month",
		);
		expect(money.slice(0, 3)).toEqual([
			{
				month: '2025-03',
				currency: 'EUR',
				branch_id: 'north',
				appointments: 1,
				revenue: 40,
				expected: 0,
				lost: 0,
			},
			{
				month: '2025-04',
				currency: 'EUR',
				branch_id: 'north',
				appointments: 3,
				revenue: 120,
				expected: 0,
				lost: 40,
			},
			{
				month: '2025-05',
				currency: 'EUR',
				branch_id: 'north',
				appointments: 1,
				revenue: 80,
				expected: 0,
				lost: 40,
			},
		]);
		expect(money[3]).toMatchObject({ appointments: 0, revenue: 0, expected: 40 });
	});
});

describe('health', () => {
	const claim = (key: string) =>
		calendar.query("SELECT * FROM calcom.claim_event($1::jsonb, 'n8n', 'calendar-events')", [
			JSON.stringify(bookingEvent({ event: 'BOOKING_CREATED', uid: key, key, minute: 0 })),
		]);
	const finish = (key: string, outcome: string, message: string | null = null) =>
		calendar.query("SELECT calcom.finish_event($1, $2, $3, 'calendar-events')", [key, outcome, message]);

	test('per day, event and template; what failed and what died is listed with its reason', async () => {
		for (const key of ['good', 'fine', 'failed', 'skipped', 'dead', 'busy']) await claim(key);
		await finish('good', 'processed');
		await finish('fine', 'processed');
		await finish('failed', 'failed', 'no connection');
		await finish('skipped', 'skipped');
		await calendar.query(
			"UPDATE calcom.event_claims SET claimed_at = now() - interval '3 minutes' WHERE event_key = 'dead'",
		);
		expect(
			await calendar.query(
				'SELECT event, consumer, received::int, processed::int, failed::int, skipped::int, processing::int, success_percent::float FROM calcom.sync_health_by_day',
			),
		).toEqual([
			{
				event: 'BOOKING_CREATED',
				consumer: 'calendar-events',
				received: 6,
				processed: 2,
				failed: 1,
				skipped: 1,
				processing: 2,
				success_percent: 66.7,
			},
		]);
		expect(await calendar.query('SELECT event_key, error FROM calcom.failed_events')).toEqual([
			{ event_key: 'failed', error: 'no connection' },
		]);
		expect(await calendar.query('SELECT event_key, claimed_by FROM calcom.stuck_claims')).toEqual([
			{ event_key: 'dead', claimed_by: 'n8n' },
		]);
	});
});
