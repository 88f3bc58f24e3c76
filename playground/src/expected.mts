// What the tables hold after one booking's life, row by row, and in what they differ from it.
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Person } from './people.mts';
import type { Row } from './rows.mts';
import type { Sms } from './views.mts';

/** What was done at Cal.com. */
export interface Done {
	person: Person;
	/** uid before and after the move. */
	oldUid: string;
	newUid: string;
	/** Start before and after the move, ISO 8601 in UTC. */
	oldStart: string;
	newStart: string;
}

/** Title -> rows. */
export type Found = Record<string, Row[]>;

interface Look {
	title: string;
	/** Rows of this booking alone: $1 its uids, $2 the booker's email, $3 the phone number. */
	sql: string;
	expected: (done: Done) => Row[];
}

const UTC = (column: string) => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS ${column}`;
const MOVED = 'the booking was moved';
const EVENTS = ['BOOKING_CANCELLED', 'BOOKING_CREATED', 'BOOKING_RESCHEDULED'];
const CONSUMERS = ['calendar-events', 'lead-capture'];

const reminder = (start_time: string, kind: string, status: string, reason: string | null = null): Row => ({
	start_time,
	kind,
	status,
	reason,
});
const message = (body: string, meaning: string, status: string): Row => ({ body, meaning, status, error: null });

/** One entry per table. */
export const LOOKS: Look[] = [
	{
		title: 'leads',
		sql: 'SELECT name, email, phone, status FROM calcom.leads WHERE lower(email) = lower($2)',
		expected: ({ person }) => [
			{ name: person.name, email: person.email, phone: person.phoneNumber, status: 'new' },
		],
	},
	{
		title: 'bookings',
		sql: `SELECT uid, ARRAY(SELECT unnest(uids) ORDER BY 1) AS uids, status, lifecycle, ${UTC('start_time')}, reschedule_count, cancellation_reason
			FROM calcom.bookings WHERE uids && $1::text[]`,
		expected: ({ oldUid, newUid, newStart }) => [
			{
				uid: newUid,
				uids: [oldUid, newUid].sort(),
				status: 'cancelled',
				lifecycle: 'cancelled',
				start_time: newStart,
				reschedule_count: 1,
				cancellation_reason: 'Cancelled by the attendee, by SMS',
			},
		],
	},
	{
		title: 'calendar_events',
		sql: `SELECT booking_uid, status, ${UTC('start_time')}, client_linked_by, attendee_email
			FROM calcom.calendar_events WHERE uids && $1::text[]`,
		expected: ({ newUid, newStart, person }) => [
			{
				booking_uid: newUid,
				status: 'cancelled',
				start_time: newStart,
				client_linked_by: 'email',
				attendee_email: person.email,
			},
		],
	},
	{
		title: 'reminders',
		sql: `SELECT ${UTC('start_time')}, kind, status, reason FROM calcom.reminders r
			WHERE booking_uid = ANY ($1) AND recipient = $3 ORDER BY r.start_time DESC, kind`,
		expected: ({ oldStart, newStart }) => [
			reminder(oldStart, '24h', 'delivered'),
			reminder(oldStart, '2h', 'silenced', MOVED),
			reminder(oldStart, 'confirmation', 'delivered'),
			reminder(newStart, '24h', 'skipped', 'booked after its time'),
			reminder(newStart, '2h', 'delivered'),
			reminder(newStart, 'confirmation', 'delivered'),
		],
	},
	{
		title: 'messages',
		sql: 'SELECT body, meaning, status, error FROM calcom.messages WHERE booking_uid = ANY ($1) AND phone = $3 ORDER BY id',
		expected: () => [
			message('C', 'confirm', 'answered'),
			message('R', 'reschedule', 'answered'),
			message('X', 'cancel', 'answered'),
		],
	},
	{
		title: 'lead_activities',
		sql: `SELECT type, title FROM calcom.lead_activities
			WHERE booking_id IN (SELECT id FROM calcom.bookings WHERE uids && $1::text[]) ORDER BY type`,
		expected: () => [
			{ type: 'booked', title: 'Level Check Booked' },
			{ type: 'cancelled', title: 'Level Check Cancelled' },
			{ type: 'rescheduled', title: 'Level Check Rescheduled' },
			{ type: 'sms_cancelled', title: 'Level Check Cancelled by SMS' },
			{ type: 'sms_confirmed', title: 'Level Check Confirmed by SMS' },
		],
	},
	{
		title: 'webhook_events',
		sql: 'SELECT event, status, error FROM calcom.webhook_events WHERE booking_uid = ANY ($1) ORDER BY event',
		expected: () => EVENTS.map((event) => ({ event, status: 'processed', error: null })),
	},
	{
		title: 'event_claims',
		sql: `SELECT inbox.event, claim.consumer, claim.status, claim.error
			FROM calcom.event_claims claim JOIN calcom.webhook_events inbox USING (event_key)
			WHERE inbox.booking_uid = ANY ($1) ORDER BY 1, 2`,
		expected: () =>
			EVENTS.flatMap((event) =>
				CONSUMERS.map((consumer) => ({ event, consumer, status: 'processed', error: null })),
			),
	},
];

/** How each SMS begins, the oldest first; of two that go out in one run, the one that was due earlier. */
export const OUTBOX = [
	'a reminder of your Level Check',
	'your Level Check is booked',
	'Thank you',
	'a reminder of your Level Check',
	'your Level Check is booked',
	'Choose a new time for your Level Check',
	'is cancelled',
];

/** Reads what there is about this booking. */
export async function readFound(db: Pool, { person, oldUid, newUid }: Done): Promise<Found> {
	const found: Found = {};
	for (const { title, sql } of LOOKS) {
		const needed = [[oldUid, newUid], person.email, person.phoneNumber];
		// PostgreSQL wants each parameter to be used.
		const used = `WITH asked AS (SELECT $1::text[], $2::text, $3::text) ${sql}`;
		found[title] = z.array(z.record(z.unknown())).parse((await db.query(used, needed)).rows);
	}
	return found;
}

/** What differs from what should be there, one sentence each; empty when all is well. */
export function differences(done: Done, found: Found, sms: Sms[]): string[] {
	const tables = LOOKS.flatMap(({ title, expected }) => {
		const [is, should] = [found[title] ?? [], expected(done)];
		if (is.length !== should.length)
			return [
				`${title} has ${String(is.length)} rows of this booking, and should have ${String(should.length)}.`,
			];
		return should.flatMap((row, index) =>
			Object.entries(row).flatMap(([column, value]) => {
				const [left, right] = [JSON.stringify(is[index]?.[column]), JSON.stringify(value)];
				return left === right
					? []
					: [`${title}, row ${String(index + 1)}: ${column} is ${left}, and should be ${right}.`];
			}),
		);
	});
	const sent = sms.filter(({ inbound, phone }) => !inbound && phone === done.person.phoneNumber).reverse();
	if (sent.length !== OUTBOX.length)
		return [...tables, `${String(sent.length)} SMS were sent, and should have been ${String(OUTBOX.length)}.`];
	const wrong = OUTBOX.flatMap((words, index) => {
		const { text = '', status = '' } = sent[index] ?? {};
		if (!text.includes(words)) return [`SMS ${String(index + 1)} is "${text}", and should say "${words}".`];
		return status === 'delivered' ? [] : [`SMS ${String(index + 1)} is ${status}, and should be delivered.`];
	});
	return [...tables, ...wrong];
}
