// A few bookings as the Retool app shows them.
import type { TestDatabase } from '../database.mts';
import { bookingEvent, person } from '../event-builder.mts';

export const hours = (n: number) => new Date(Date.now() + n * 3_600_000).toISOString();
export const ANNA = {
	id: 5,
	name: 'Anna Bauer',
	email: 'anna@school.example',
	username: 'anna',
	timeZone: 'Europe/Amsterdam',
	locale: 'de',
};
export const GUEST = 'mother@student.example';

/** A level check to come, a group lesson to come, and a cancelled lesson in a series. */
export async function fill(db: TestDatabase): Promise<void> {
	await db.pool.query(
		`INSERT INTO calcom.services (name, slug, calcom_event_type_id, sync_status, sync_conflict, can_be_booked)
		VALUES ('Level check', 'level-check', 1, 'synced', NULL, true),
			('Piano', 'piano', 2, 'conflict', '[{"field": "title", "recordField": "name", "base": "P", "ours": "Piano", "theirs": "Piano class"}]', false)`,
	);
	const check = bookingEvent({
		event: 'BOOKING_CREATED',
		uid: 'CHECK',
		minute: 0,
		booking: { start: hours(48), end: hours(49) },
		rest: {
			hosts: [ANNA],
			guests: [GUEST],
			bookingType: 'Level Check',
			responses: { goals: 'Bach', level: null, days: ['Mon'] },
		},
	});
	const group = bookingEvent({
		event: 'BOOKING_CREATED',
		uid: 'GROUP',
		minute: 1,
		attendees: [person('Bob Noyce', 'bob@student.example'), person('Cleo', 'cleo@student.example')],
		booking: {
			start: hours(1),
			end: hours(2),
			seats: 4,
			title: 'Choir',
			location: { type: 'inPerson', label: 'Room 1', url: null, phone: null, address: 'Room 1' },
		},
		rest: {
			eventType: {
				id: 2,
				slug: 'choir',
				title: 'Choir',
				description: null,
				lengthMinutes: 60,
				schedulingType: null,
			},
		},
	});
	const cancelled = bookingEvent({
		event: 'BOOKING_CANCELLED',
		uid: 'SERIES',
		minute: 2,
		booking: { start: hours(72), isRecurring: true, cancellationReason: 'ill', title: 'Piano' },
		rest: {
			eventType: {
				id: 2,
				slug: 'piano',
				title: 'Piano',
				description: null,
				lengthMinutes: 60,
				schedulingType: null,
			},
		},
	});
	for (const event of [check, group, cancelled]) await db.apply(event);
	await db.pool.query("INSERT INTO calcom.staff (name, email) VALUES ('Anna', 'anna@school.example')");
}
