// Whom and what an appointment is linked to.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent } from '../event-builder.mts';
import { type Calendar, openCalendar } from './calendar.mts';
import { ADA, C7, C8, S1, booked, cancelled, moved, withMetadata } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('the client', () => {
	test.each([
		['is the one in the metadata', { clientId: C7 }, {}, C7, 'random'],
		['is found under the name of the settings', { customer: C8 }, { clientKey: 'customer' }, C8, 'random'],
		[
			'is named by 500 characters at most',
			{ clientId: 'C'.repeat(500) },
			{ guessableIds: 'clientId' },
			'C'.repeat(500),
			'metadata',
		],
		[
			'is nobody when the metadata is longer than a name',
			{ clientId: 'C'.repeat(501) },
			{ guessableIds: 'clientId' },
			null,
			null,
		],
		['is nobody when the metadata is blank', { clientId: '  ' }, {}, null, null],
		['is nobody when no name is set', { clientId: C7, '': C8 }, { clientKey: '' }, null, null],
		['is nobody when nothing tells', {}, {}, null, null],
	])('%s', async (_, metadata, settings, client, by) => {
		await calendar.apply(withMetadata(metadata), settings);
		expect(await calendar.only('client_id, client_linked_by')).toEqual({ client_id: client, client_linked_by: by });
		const listed = await calendar.query('SELECT booking_uid FROM calcom.unlinked_appointments');
		expect(listed).toEqual(client === null ? [{ booking_uid: 'A' }] : []);
	});

	test('whose id was signed here is linked by it, and a booking page cannot make one up', async () => {
		const [made] = await calendar.query("SELECT calcom.signed_id(' 7 ') AS id");
		const signed = String(made?.['id']);
		const told: [string, string | null, string | null][] = [
			[signed, '7', 'signed'],
			// Anybody's guess, and what can be made of one that was signed for another.
			['7', null, null],
			[signed.replace(/^7/, '8'), null, null],
			[signed.replace(/^7/, '7 '), null, null],
			[signed.replace(/^7/, '07'), null, null],
			[signed.replace(/.$/, (last) => (last === '0' ? '1' : '0')), null, null],
			[signed.slice(0, -1), null, null],
			[
				signed.toUpperCase(),
				signed === signed.toUpperCase() ? '7' : null,
				signed === signed.toUpperCase() ? 'signed' : null,
			],
			[`${signed}${signed}`, null, null],
			[`7.${'0'.repeat(32)}`, null, null],
			[`.${signed}`, null, null],
			// Not random: a clock and a network card, a name, a counter.
			['5b8e7f60-1d2c-1e3f-8a9b-0c1d2e3f4a88', null, null],
			['5b8e7f60-1d2c-5e3f-8a9b-0c1d2e3f4a88', null, null],
			['00000000-0000-0000-0000-000000000007', null, null],
			[`${C7} `, C7, 'random'],
			[C7.toUpperCase(), C7.toUpperCase(), 'random'],
			[`${C7}0`, null, null],
		];
		for (const [at, [clientId, client, by]] of told.entries()) {
			await calendar.apply(
				bookingEvent({
					event: 'BOOKING_CREATED',
					uid: `U${String(at)}`,
					minute: at,
					rest: { metadata: { clientId } },
				}),
			);
			const [row] = await calendar.query(
				'SELECT client_id, client_linked_by FROM calcom.calendar_events WHERE booking_uid = $1',
				[`U${String(at)}`],
			);
			expect([clientId, row]).toEqual([clientId, { client_id: client, client_linked_by: by }]);
		}
	});

	test('is linked by a guessable id only under a key that the settings name', async () => {
		const guess = { clientId: '7', subjectId: 'piano' };
		await calendar.apply(withMetadata(guess));
		expect(await calendar.only('client_id, client_linked_by, subject_id')).toEqual({
			client_id: null,
			client_linked_by: null,
			subject_id: null,
		});
		await calendar.apply(booked({ minute: 5, key: 'again' }), { guessableIds: 'subjectId' });
		expect(await calendar.only('client_id, client_linked_by, subject_id')).toEqual({
			client_id: null,
			client_linked_by: null,
			subject_id: 'piano',
		});
		await calendar.apply(booked({ minute: 6, key: 'once more' }), { guessableIds: ' clientId, subjectId ' });
		expect(await calendar.only('client_id, client_linked_by, subject_id')).toEqual({
			client_id: '7',
			client_linked_by: 'metadata',
			subject_id: 'piano',
		});
	});

	test('says in every view how it was linked', async () => {
		await calendar.addLead(ADA);
		await calendar.apply(
			bookingEvent({ event: 'BOOKING_CREATED', uid: 'A', minute: 0, rest: { metadata: { clientId: C7 } } }),
		);
		await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'B', minute: 1 }));
		const how = async (sql: string) => (await calendar.query(sql)).map((row) => Object.values(row)[0]);
		expect(await how('SELECT client_linked_by FROM calcom.appointments ORDER BY booking_uid')).toEqual([
			'random',
			'email',
		]);
		expect(await how('SELECT client_linked_by FROM calcom.client_visits ORDER BY booking_uid')).toEqual([
			'random',
			'email',
		]);
		expect(await how('SELECT linked_by FROM calcom.visits_per_client ORDER BY linked_by')).toEqual([
			'email',
			'random',
		]);
	});

	test('is the lead with the booker’s email, in whatever case, when the metadata names nobody', async () => {
		const lead = await calendar.addLead('Ada@Student.example');
		await calendar.apply(booked());
		expect(await calendar.only('client_id, client_linked_by')).toEqual({
			client_id: lead,
			client_linked_by: 'email',
		});
	});

	test('who becomes a lead later, or gets that email later, is found then', async () => {
		await calendar.apply(booked());
		const lead = await calendar.addLead('typo@student.example');
		expect(await calendar.only('client_id')).toEqual({ client_id: null });
		await calendar.query('UPDATE calcom.leads SET email = $1', [ADA]);
		expect(await calendar.only('client_id')).toEqual({ client_id: lead });
		await calendar.query('DELETE FROM calcom.leads');
		expect(await calendar.only('client_id, client_linked_by')).toEqual({ client_id: null, client_linked_by: null });
	});

	test('whose email is corrected keeps the bookings made with the old one', async () => {
		const lead = await calendar.addLead(ADA);
		await calendar.apply(booked());
		await calendar.query("UPDATE calcom.leads SET email = 'ada@new.example'");
		await calendar.apply(moved);
		expect(await calendar.only('booking_uid, client_id')).toEqual({ booking_uid: 'B', client_id: lead });
	});

	test('named in the metadata of the booking stays when a later delivery has lost its metadata', async () => {
		await calendar.apply(withMetadata({ clientId: C7, subjectId: S1 }));
		await calendar.apply(moved);
		await calendar.apply(cancelled);
		expect(await calendar.only('booking_uid, uids, status, client_id, subject_id')).toEqual({
			booking_uid: 'B',
			uids: ['A', 'B'],
			status: 'cancelled',
			client_id: C7,
			subject_id: S1,
		});
	});

	test('is looked for again everywhere when the settings name another key', async () => {
		await calendar.apply(withMetadata({ clientId: C7, customer: C8 }));
		await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'X', minute: 5 }), {
			clientKey: 'customer',
		});
		expect(await calendar.query("SELECT client_id FROM calcom.calendar_events WHERE booking_uid = 'A'")).toEqual([
			{ client_id: C8 },
		]);
	});
});

describe('the host', () => {
	const addStaff = (email: string | null, userId: number | null) =>
		calendar.query('INSERT INTO calcom.staff (email, calcom_user_id, name) VALUES ($1, $2, $3)', [
			email,
			userId,
			'Hand-made',
		]);
	const staff = async () =>
		(
			await calendar.query(
				'SELECT s.name FROM calcom.calendar_events e LEFT JOIN calcom.staff s ON s.id::text = e.staff_id',
			)
		)[0]?.['name'];

	test.each([
		['by Cal.com user id, whatever the email', 'other@school.example', 1, 'Hand-made'],
		['by email when the id says nothing', 'OWNER@school.example', null, 'Hand-made'],
		['not at all when neither fits', 'other@school.example', 9, null],
	])('is found %s', async (_, email, userId, name) => {
		await addStaff(email, userId);
		await calendar.apply(booked(), { addHostsToStaff: false });
		expect(await staff()).toBe(name);
	});

	test('is found when the staff row is made, changed or removed afterwards', async () => {
		await calendar.apply(booked(), { addHostsToStaff: false });
		expect(await staff()).toBe(null);
		await addStaff('typo@school.example', null);
		expect(await staff()).toBe(null);
		await calendar.query("UPDATE calcom.staff SET email = 'owner@school.example'");
		expect(await staff()).toBe('Hand-made');
		await calendar.query('DELETE FROM calcom.staff');
		expect(await calendar.only('staff_id')).toEqual({ staff_id: null });
	});

	test('is not guessed when two share the email', async () => {
		await addStaff('owner@school.example', null);
		await addStaff('owner@school.example', null);
		await calendar.apply(booked(), { addHostsToStaff: false });
		expect(await staff()).toBe(null);
	});

	test('is added to the staff once, if the settings say so; the row is yours from then on', async () => {
		await calendar.apply(booked());
		await calendar.query("UPDATE calcom.staff SET name = 'Anna', email = 'anna@home.example'");
		await calendar.apply(moved);
		expect(await calendar.query('SELECT calcom_user_id::int, name, email FROM calcom.staff')).toEqual([
			{ calcom_user_id: 1, name: 'Anna', email: 'anna@home.example' },
		]);
		expect(await staff()).toBe('Anna');
	});

	test('who takes over a booking is the one it is linked to, also when that is told first', async () => {
		const other = { id: 2, name: 'Ben', email: 'ben@school.example', username: null, timeZone: null, locale: null };
		const reassigned = bookingEvent({
			event: 'BOOKING_REASSIGNED',
			uid: 'A',
			minute: 5,
			rest: { organizer: other },
		});
		for (const order of [
			[booked(), reassigned],
			[reassigned, booked()],
		]) {
			await db.empty();
			for (const event of order) await calendar.apply(event);
			expect(await staff()).toBe('Ben');
			expect(await calendar.query('SELECT name FROM calcom.staff ORDER BY name')).toEqual([
				{ name: 'Ben' },
				{ name: 'Your School' },
			]);
		}
	});
});

describe('the service, its branch and the price', () => {
	const addService = (price: number | null, currency: string | null = null) =>
		calendar.query(
			"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price, currency) VALUES ('Piano', 1, 'north', $1, $2)",
			[price, currency],
		);
	const link = () => calendar.only('service_id IS NOT NULL AS linked, branch_id, price::float, currency');

	test.each([
		['before the booking', true],
		['after the booking', false],
	])('come from the service of the event type that is there %s', async (_, first) => {
		if (first) await addService(45);
		await calendar.apply(booked());
		if (!first) await addService(45);
		expect(await link()).toEqual({ linked: true, branch_id: 'north', price: 45, currency: 'EUR' });
		await calendar.query("UPDATE calcom.services SET branch_id = 'south'");
		expect(await link()).toMatchObject({ branch_id: 'south' });
		await calendar.query('DELETE FROM calcom.services');
		expect(await link()).toMatchObject({ linked: false, branch_id: null });
	});

	test('a price raised later does not change what was booked before, also when the appointment changes', async () => {
		await addService(45, 'CHF');
		await calendar.apply(booked());
		await calendar.query('UPDATE calcom.services SET price = 60');
		await calendar.apply(moved);
		await calendar.apply(bookingEvent({ event: 'BOOKING_CREATED', uid: 'N', minute: 9 }));
		expect(
			await calendar.query('SELECT booking_uid, price::float, currency FROM calcom.calendar_events ORDER BY 1'),
		).toEqual([
			{ booking_uid: 'B', price: 45, currency: 'CHF' },
			{ booking_uid: 'N', price: 60, currency: 'CHF' },
		]);
	});

	test.each([
		['cents', 4_550, 'EUR', 45.5],
		['yen, which have no cents', 4_550, 'JPY', 4_550],
	])('the price that Cal.com charges goes first: %s', async (_, price, currency, whole) => {
		await addService(99);
		await calendar.apply(booked({ booking: { price, currency } }));
		expect(await link()).toMatchObject({ price: whole, currency });
	});
});
