// What a person set on an appointment stays, and setting up again takes nothing away.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, noShowEvent } from '../event-builder.mts';
import { type Calendar, SETTINGS, openCalendar } from './calendar.mts';
import { ADA, C7, C8, S1, booked, cancelled, moved, withMetadata } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

describe('what a person set', () => {
	const SET: [column: string, value: string | number | null][] = [
		['client_id', 'C-1'],
		['client_id', null],
		['subject_id', 'S-1'],
		['staff_id', '99'],
		['service_id', 99],
		['branch_id', 'west'],
		['price', 12.5],
		['currency', 'USD'],
		['internal_note', 'likes Bach'],
	];
	const rest = [moved, noShowEvent('B', 70, { [ADA]: true }), cancelled];

	test.each(SET)('stays: %s = %s', async (column, value) => {
		await calendar.addLead(ADA);
		await calendar.query(
			"INSERT INTO calcom.services (name, calcom_event_type_id, branch_id, price) VALUES ('Piano', 1, 'north', 45)",
		);
		await calendar.apply(withMetadata({ subjectId: S1 }));
		await calendar.query(`UPDATE calcom.calendar_events SET ${column} = $1`, [value]);
		for (const event of rest) {
			await calendar.apply(event);
			const row = await calendar.only(`to_jsonb(${column}) AS value`);
			expect(row).toEqual({ value });
		}
		await calendar.apply(booked({ minute: 90, key: 'again' }), { clientKey: 'subjectId' });
		expect(await calendar.only(`to_jsonb(${column}) AS value`)).toEqual({ value });
	});

	test('stays when the tables are set up again', async () => {
		await calendar.apply(withMetadata({ clientId: C8, subjectId: S1 }));
		const values = SET.filter(([, value]) => value !== null);
		for (const [column, value] of values)
			await calendar.query(`UPDATE calcom.calendar_events SET ${column} = $1`, [value]);
		await db.setUp();
		await calendar.apply(booked({ minute: 90, key: 'again' }), { clientKey: 'subjectId' });
		for (const [column, value] of values)
			expect(await calendar.only(`to_jsonb(${column}) AS value`)).toEqual({ value });
	});

	test('stays by hand when the workflow comes to agree for a while', async () => {
		await calendar.apply(booked());
		await calendar.query('UPDATE calcom.calendar_events SET client_id = $1', [C7]);
		await calendar.apply(booked({ minute: 2, key: 'k2', rest: { metadata: { clientId: C7 } } }));
		await calendar.apply(booked({ minute: 3, key: 'k3', rest: { metadata: { clientId: C8 } } }));
		expect(await calendar.only('client_id, client_linked_by, by_hand')).toEqual({
			client_id: C7,
			client_linked_by: 'hand',
			by_hand: ['client_id'],
		});
	});

	test('a status set on the appointment is the booking’s too, and the other way round, and stays', async () => {
		await calendar.apply(booked());
		await calendar.query("UPDATE calcom.calendar_events SET status = 'completed'");
		expect((await db.tables()).bookings[0]).toMatchObject({ status: 'completed' });
		for (const event of rest) {
			await calendar.apply(event);
			expect(await calendar.only('status')).toEqual({ status: 'completed' });
		}
		expect((await db.tables()).bookings[0]).toMatchObject({
			status_from_calcom: 'cancelled',
			status_by_hand: true,
		});
		await calendar.query("UPDATE calcom.bookings SET status = 'no_show'");
		expect(await calendar.only('status')).toEqual({ status: 'no_show' });
	});

	test('is kept from both rows when two rows turn out to be one booking', async () => {
		await calendar.apply(booked());
		await calendar.apply(bookingEvent({ event: 'BOOKING_CANCELLED', uid: 'B', minute: 9 }));
		await calendar.query(
			"UPDATE calcom.calendar_events SET client_id = 'C-1', branch_id = 'west', internal_note = 'kept' WHERE booking_uid = 'A'",
		);
		await calendar.query(
			"UPDATE calcom.calendar_events SET client_id = 'C-2', price = 12.5, status = 'completed' WHERE booking_uid = 'B'",
		);
		// Lead capture alone finds out: the appointment follows.
		await db.apply({ ...moved, eventKey: 'lead' });
		expect(
			await calendar.only('booking_uid, uids, status, client_id, branch_id, price::float, internal_note'),
		).toEqual({
			booking_uid: 'B',
			uids: ['A', 'B'],
			status: 'completed',
			client_id: 'C-1',
			branch_id: 'west',
			price: 12.5,
			internal_note: 'kept',
		});
	});
});

describe('setting up', () => {
	test('again keeps every appointment and link', async () => {
		await calendar.apply(withMetadata({ clientId: C7 }));
		const before = await calendar.query('SELECT * FROM calcom.calendar_events');
		await db.setUp();
		expect(await calendar.query('SELECT * FROM calcom.calendar_events')).toEqual(before);
	});

	test('a row from before appointments knew their booking is taken over, with what a person wrote there', async () => {
		await calendar.query(
			"INSERT INTO calcom.calendar_events (booking_uid, client_id, internal_note) VALUES ('A', 'C-1', 'old')",
		);
		await calendar.apply(withMetadata({ clientId: C7 }));
		expect(await calendar.only('status, client_id, internal_note, title')).toMatchObject({
			status: 'scheduled',
			client_id: 'C-1',
			internal_note: 'old',
			title: expect.stringContaining('Level Check'),
		});
	});

	test('a time zone that does not exist is refused in words that help', async () => {
		await expect(calendar.apply(booked(), { timeZone: 'Europe/Amsterdm' })).rejects.toThrow(
			'There is no time zone "Europe/Amsterdm". Open the Settings node',
		);
		expect(await calendar.rows()).toEqual([]);
	});

	test('settings are kept once, and without any the usual ones hold', async () => {
		await calendar.query('SELECT * FROM calcom.apply_calendar_event($1::jsonb)', [
			JSON.stringify(withMetadata({ clientId: C7 })),
		]);
		expect(await calendar.only('client_id')).toEqual({ client_id: C7 });
		await calendar.apply(booked());
		expect(await calendar.query('SELECT template, value FROM calcom.settings')).toEqual([
			{ template: 'calendar-events', value: SETTINGS },
		]);
	});
});
