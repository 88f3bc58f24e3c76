// Who takes a seat in a group changes neither its client nor its subject.
import { type TestDatabase, startDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';
import { type Calendar, openCalendar } from './calendar.mts';
import { S1 } from './one-booking.mts';

let db: TestDatabase;
let calendar: Calendar;
beforeAll(async () => {
	db = await startDatabase();
	calendar = openCalendar(db);
}, 60_000);
afterAll(() => db.stop());
beforeEach(() => db.empty());

const signed = async (id: string) =>
	String((await calendar.query('SELECT calcom.signed_id($1) AS id', [id]))[0]?.['id']);

test('a group’s subject is one that you signed, and nobody who takes a seat makes one up', async () => {
	const seat = (email: string, minute: number, metadata: Record<string, string>) =>
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'G',
			minute,
			key: email,
			attendees: [person(email, email)],
			booking: { seats: 5, seatUid: email },
			rest: { metadata },
		});
	await calendar.apply(seat('ada@student.example', 0, { subjectId: await signed('piano') }));
	expect(await calendar.only('subject_id')).toEqual({ subject_id: 'piano' });
	await calendar.apply(seat('mallory@evil.example', 5, { subjectId: S1 }));
	expect(await calendar.only('subject_id')).toEqual({ subject_id: null });
});

test('a seat in other letters of her email does not take over the group’s client', async () => {
	await calendar.addLead('ada@student.example');
	const seat = (email: string, name: string, minute: number) =>
		bookingEvent({
			event: 'BOOKING_CREATED',
			uid: 'G',
			minute,
			key: email,
			attendees: [person(name, email)],
			booking: { seats: 5, seatUid: email },
		});
	await calendar.apply(seat('ada@student.example', 'Ada Lovelace', 0));
	await calendar.apply(seat('ADA@student.example', 'Mallory', 5));
	expect(await calendar.query('SELECT client_name FROM calcom.client_visits ORDER BY 1')).toEqual([
		{ client_name: 'Ada Lovelace' },
		{ client_name: 'Mallory' },
	]);
});

test('the first of a group stays its booker when a later delivery is about her seat', async () => {
	await calendar.query("INSERT INTO calcom.leads (email) VALUES ('ada@student.example'), ('mallory@evil.example')");
	const seat = (event: string, email: string, minute: number) =>
		bookingEvent({
			event,
			uid: 'G',
			minute,
			key: `${event}${email}`,
			attendees: [person(email, email)],
			booking: { seats: 5, seatUid: email },
		});
	await calendar.apply(seat('BOOKING_CREATED', 'ada@student.example', 0));
	await calendar.apply(seat('BOOKING_CREATED', 'mallory@evil.example', 5));
	expect(await calendar.only('attendee_email')).toEqual({ attendee_email: 'ada@student.example' });
	await calendar.apply(seat('BOOKING_PAID', 'ada@student.example', 9));
	expect(await calendar.only('attendee_email')).toEqual({ attendee_email: 'ada@student.example' });
});
