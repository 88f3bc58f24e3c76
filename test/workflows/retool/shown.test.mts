// What the Retool app shows and saves: its queries with inputs, on a real PostgreSQL.
import { type TestDatabase, startDatabase } from '../database.mts';
import { type Values, asRetool } from './queries.mts';
import { ANNA, GUEST, fill, hours } from './school.mts';

type Row = Record<string, unknown>;

let db: TestDatabase;
beforeAll(async () => {
	db = await startDatabase();
	await fill(db);
});
afterAll(() => db.stop());

/** Inputs that nobody has touched are null in Retool. */
async function run(file: string, values: Values = {}): Promise<Row[]> {
	const { sql, given } = asRetool(file, values, null);
	return (await db.pool.query<Row>(sql, given)).rows;
}

const uids = (rows: Row[]) => rows.map(({ uid }) => uid).sort();

describe('the table of bookings', () => {
	const FILTERS: [filter: string, values: Values, uids: string[]][] = [
		['none', {}, ['CHECK', 'GROUP', 'SERIES']],
		['status', { 'statusFilter.value': 'cancelled' }, ['SERIES']],
		['location type', { 'locationFilter.value': 'inPerson' }, ['GROUP']],
		['recurring', { 'recurringFilter.value': 'yes' }, ['SERIES']],
		['not recurring', { 'recurringFilter.value': 'no' }, ['CHECK', 'GROUP']],
		['attendee count', { 'attendeesFilter.value': 2 }, ['GROUP']],
		['sync status', { 'syncFilter.value': 'synced' }, ['CHECK']],
		['from', { 'dateRange.value.start': hours(47).slice(0, 10) }, ['CHECK', 'SERIES']],
		['text', { 'search.value': 'cleo' }, []],
		['text in a name', { 'search.value': 'noyce' }, ['GROUP']],
		[
			'all at once',
			{ 'statusFilter.value': 'scheduled', 'attendeesFilter.value': '2', 'search.value': 'choir' },
			['GROUP'],
		],
	];
	test.each(FILTERS)('filtered by %s', async (_filter, values, expected) => {
		expect(uids(await run('bookings.sql', values))).toEqual(expected);
	});

	test('up to a day, that day included', async () => {
		const [first] = await run('bookings.sql', { 'search.value': 'Ada', 'statusFilter.value': 'scheduled' });
		const day = new Date(String(first?.['local_start'])).toISOString().slice(0, 10);
		expect(uids(await run('bookings.sql', { 'dateRange.value.end': day }))).toContain('GROUP');
	});
});

describe('the selected booking', () => {
	const selected = (file: string, uid = 'CHECK') => run(file, { 'selected.value': uid });

	test('in detail', async () => {
		expect(await selected('booking-detail.sql')).toMatchObject([
			{
				uid: 'CHECK',
				status: 'scheduled',
				location_type: 'video',
				organizer_name: 'Your School',
				lead_status: 'new',
			},
		]);
		expect(await selected('booking-detail.sql', 'SERIES')).toMatchObject([
			{ status: 'cancelled', cancellation_reason: 'ill', is_recurring: true },
		]);
	});

	test('attendees and guests', async () => {
		expect(await selected('booking-attendees.sql')).toMatchObject([
			{ email: 'ada@student.example', phone: '+31612345678', role: 'attendee' },
			{ email: GUEST, role: 'guest' },
		]);
		expect(await selected('booking-attendees.sql', 'GROUP')).toHaveLength(2);
	});

	test('hosts, with the person of the staff', async () => {
		expect(await selected('booking-hosts.sql')).toMatchObject([
			{ email: 'owner@school.example', role: 'organizer', staff_name: null },
			{ email: ANNA.email, role: 'host', staff_name: 'Anna' },
		]);
	});

	test('answers as text', async () => {
		expect(await selected('booking-answers.sql')).toEqual([
			{ question: 'days', answer: '["Mon"]' },
			{ question: 'goals', answer: 'Bach' },
		]);
	});

	test('payloads and timeline', async () => {
		expect(await selected('booking-payloads.sql')).toMatchObject([
			{ event: 'BOOKING_CREATED', status: 'processed', payload: { booking: { uid: 'CHECK' } } },
		]);
		expect(await selected('booking-timeline.sql')).toMatchObject([{ title: 'Level Check Booked' }]);
	});

	test('a note is saved', async () => {
		await run('save-note.sql', { 'selected.value': 'CHECK', 'bookingNote.value': ' wants Bach ' });
		expect(await selected('booking-detail.sql')).toMatchObject([{ internal_note: 'wants Bach' }]);
	});
});

describe('the other tables', () => {
	test('level checks to come', async () => {
		expect(await run('upcoming-level-checks.sql')).toMatchObject([{ uid: 'CHECK', attendee_name: 'Ada Lovelace' }]);
		expect(await run('upcoming-level-checks.sql', { 'search.value': 'nobody' })).toEqual([]);
	});

	test('today', async () => {
		const rows = await run('today.sql');
		// The group is in an hour: near midnight that is tomorrow.
		for (const row of rows)
			expect(row).toMatchObject({ uid: 'GROUP', attendee_count: 2, location_type: 'inPerson' });
		const { rows: today } = await db.pool.query<Row>('SELECT uid FROM calcom.todays_appointments');
		expect(rows).toHaveLength(today.length);
	});

	test('attendee count', async () => {
		expect(await run('attendee-count.sql')).toMatchObject([
			{ uid: 'GROUP', attendee_count: 2, seats: 4, free_seats: 2, attendees: 'Bob Noyce, Cleo' },
		]);
	});

	test('location types', async () => {
		expect(await run('location-types.sql')).toEqual([
			{ location_type: 'inPerson', bookings: 1 },
			{ location_type: 'video', bookings: 1 },
		]);
	});

	test('recurring', async () => {
		expect(await run('recurring.sql')).toMatchObject([
			{ attendee_email: 'ada@student.example', event_type_title: 'Piano', to_come: 0, cancelled: 1 },
		]);
	});

	test('services, by sync status and by whether they can be booked', async () => {
		const names = async (values: Values) => (await run('sync-status.sql', values)).map(({ name }) => name);
		expect(await names({})).toEqual(['Level check', 'Piano']);
		expect(await names({ 'syncFilter.value': 'conflict' })).toEqual(['Piano']);
		expect(await names({ 'bookableFilter.value': 'yes' })).toEqual(['Level check']);
		expect(await names({ 'bookableFilter.value': 'no' })).toEqual(['Piano']);
	});

	test('conflicts', async () => {
		expect(await run('sync-conflicts.sql')).toMatchObject([
			{
				service: 'Piano',
				field: 'title',
				column_name: 'name',
				agreed_last: 'P',
				ours: 'Piano',
				theirs: 'Piano class',
			},
		]);
	});

	test('leads, and what happened to one', async () => {
		const leads = await run('leads.sql');
		expect(leads).toHaveLength(2);
		const ada = leads.find(({ email }) => email === 'ada@student.example');
		expect(ada).toMatchObject({ next_booking_uid: 'CHECK' });
		const activities = await run('lead-activities.sql', { 'leads.selectedRow.id': ada?.['id'] });
		expect(activities.map(({ type }) => type).sort()).toEqual(['booked', 'cancelled']);
		const edit = { 'leadStatus.value': 'won', 'leadTeacher.value': 'Anna', 'leadNote.value': '' };
		await run('save-lead.sql', { ...edit, 'leads.selectedRow.id': ada?.['id'] });
		expect(await run('leads.sql', { 'leadStatusFilter.value': 'won' })).toMatchObject([
			{ email: 'ada@student.example', assigned_teacher: 'Anna', internal_note: null },
		]);
	});

	test('staff', async () => {
		expect(await run('staff.sql')).toMatchObject([{ name: 'Anna' }]);
	});

	test('health', async () => {
		expect(await run('health.sql')).toMatchObject([{ deliveries: '3', processed: '3', failed: '0', problems: 1 }]);
		expect(await run('health-problems.sql')).toMatchObject([{ area: 'services', what: 'Piano' }]);
		const days = await run('health-by-day.sql');
		expect(days.map(({ event, received }) => [event, received])).toEqual([
			['BOOKING_CANCELLED', 1],
			['BOOKING_CREATED', 2],
		]);
	});

	test('an event that failed is tried again', async () => {
		await db.pool.query(
			"UPDATE calcom.event_claims SET status = 'failed' WHERE event_key = 'BOOKING_CREATED:CHECK'",
		);
		const again = await run('retry-event.sql', { 'healthProblems.selectedRow.key': 'BOOKING_CREATED:CHECK' });
		expect(again).toEqual([{ consumer: 'lead-capture', status: 'processed' }]);
	});
});
