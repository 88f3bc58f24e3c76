// The whole way once: book, move, cancel, and look whether the tables say what they should.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Desk } from './desk.mts';
import type { Person } from './people.mts';

const activitySchema = z.object({ type: z.string(), title: z.string(), details: z.string().nullable() });
const inboxSchema = z.object({ event: z.string(), status: z.string(), error: z.string().nullable() });
const bookingSchema = z.object({
	id: z.string(),
	uid: z.string(),
	uids: z.array(z.string()),
	status: z.string(),
	lifecycle: z.string().nullable(),
	start_time: z.date(),
	cancellation_reason: z.string().nullable(),
});
const leadSchema = z.object({
	id: z.string(),
	name: z.string().nullable(),
	email: z.string(),
	phone: z.string().nullable(),
});

/** What the tables hold about one person's one booking. */
export interface Found {
	leads: z.infer<typeof leadSchema>[];
	bookings: z.infer<typeof bookingSchema>[];
	activities: z.infer<typeof activitySchema>[];
	inbox: z.infer<typeof inboxSchema>[];
}

/** What was done at Cal.com. */
export interface Done {
	person: Person;
	/** uid before and after the move. */
	oldUid: string;
	newUid: string;
	/** Start after the move. */
	start: string;
	reason: string;
}

export const EVENTS = ['BOOKING_CREATED', 'BOOKING_RESCHEDULED', 'BOOKING_CANCELLED'];
const ACTIVITIES = ['booked', 'rescheduled', 'cancelled'];
const REASON = 'I have found another school';

/** Books, moves and cancels as one person, one step after the other. */
export async function liveOnce(desk: Desk, person: Person): Promise<Done> {
	const booked = await desk.book(person);
	const moved = await desk.reschedule(booked.uid);
	await desk.cancel(moved.uid, REASON);
	return { person, oldUid: booked.uid, newUid: moved.uid, start: moved.start, reason: REASON };
}

/** Waits until the inbox holds the three deliveries, each at an end, or time is up; then reads everything. */
export async function waitForRows(db: Pool, done: Done, timeoutMs = 30_000): Promise<Found> {
	for (const deadline = Date.now() + timeoutMs; ; await sleep(100)) {
		const found = await readFound(db, done);
		const ended = found.inbox.filter(({ status }) => status !== 'processing');
		if (ended.length >= EVENTS.length || Date.now() > deadline) return found;
	}
}

async function readFound(db: Pool, { person, oldUid, newUid }: Done): Promise<Found> {
	const uids = [oldUid, newUid];
	const leads = await db.query(
		'SELECT id::text, name, email, phone FROM calcom.leads WHERE lower(email) = lower($1)',
		[person.email],
	);
	const bookings = await db.query(
		`SELECT id::text, uid, uids, status, lifecycle, start_time, cancellation_reason FROM calcom.bookings WHERE uids && $1::text[]`,
		[uids],
	);
	const activities = await db.query(
		`SELECT type, title, details FROM calcom.lead_activities
		WHERE booking_id IN (SELECT id FROM calcom.bookings WHERE uids && $1::text[]) ORDER BY occurred_at, id`,
		[uids],
	);
	const inbox = await db.query(
		'SELECT event, status, error FROM calcom.webhook_events WHERE booking_uid = ANY($1) ORDER BY received_at',
		[uids],
	);
	return {
		leads: z.array(leadSchema).parse(leads.rows),
		bookings: z.array(bookingSchema).parse(bookings.rows),
		activities: z.array(activitySchema).parse(activities.rows),
		inbox: z.array(inboxSchema).parse(inbox.rows),
	};
}

/** What differs from what should be there, one sentence each; empty when all is well. */
export function differences(done: Done, found: Found): string[] {
	const wrong: string[] = [];
	const expect = (what: string, is: unknown, should: unknown) => {
		const [left, right] = [JSON.stringify(is), JSON.stringify(should)];
		if (left !== right) wrong.push(`${what} is ${left}, and should be ${right}.`);
	};

	expect('The number of leads of this email', found.leads.length, 1);
	expect("The lead's name", found.leads[0]?.name, done.person.name);

	expect('The number of booking rows', found.bookings.length, 1);
	const booking = found.bookings[0];
	expect("The booking's status", booking?.status, 'cancelled');
	expect("The booking's lifecycle", booking?.lifecycle, 'cancelled');
	expect("The booking's uid", booking?.uid, done.newUid);
	expect('Whether the booking remembers its first uid', booking?.uids.includes(done.oldUid), true);
	expect("The booking's start", booking?.start_time, new Date(done.start));
	expect('The reason', booking?.cancellation_reason, done.reason);

	expect('The list of activities', found.activities.map(({ type }) => type).sort(), [...ACTIVITIES].sort());
	expect('The list of deliveries in the inbox', found.inbox.map(({ event }) => event).sort(), [...EVENTS].sort());
	for (const { event, status, error } of found.inbox) {
		expect(`The inbox row of ${event}${error ? ` (${error})` : ''}`, status, 'processed');
	}
	return wrong;
}
