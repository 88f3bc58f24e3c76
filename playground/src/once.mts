// One booking's life through all templates: booked, confirmed and reminded by SMS, answered, moved, reminded again,
// cancelled by SMS.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { CalCom } from 'stand-ins/calcom';
import type { Desk } from './desk.mts';
import type { Done } from './expected.mts';
import type { Office } from './office.mts';
import type { Person } from './people.mts';
import { keepOpen, startIn } from './soon.mts';
import type { Twilio } from 'stand-ins/twilio';
import { untilRow } from './wait.mts';

/** Shows that a step has begun and ended. */
export type Step = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** Where a booking lives. */
export interface World {
	desk: Desk;
	office: Pick<Office, 'remind' | 'reply'>;
	calcom: Pick<CalCom, 'state'>;
	twilio: Pick<Twilio, 'settled'>;
	db: Pool;
}

/** Lives through it, one step after the other, each time waiting until the workflows are done. */
export async function liveOnce({ desk, office, calcom, twilio, db }: World, person: Person, step: Step): Promise<Done> {
	const uids: string[] = [];
	/** Everything that Cal.com has told about the booking so far has been applied. */
	const applied = (events: number) =>
		untilRow(
			db,
			`SELECT FROM calcom.webhook_events WHERE booking_uid = ANY ($1) AND status <> 'processing' HAVING count(*) >= $2`,
			[uids, events],
		);
	const reminded = async () => {
		await office.remind();
		await twilio.settled();
	};
	const answered = async (words: string, messages: number) => {
		await office.reply(person.phoneNumber, words);
		await untilRow(
			db,
			`SELECT FROM calcom.messages WHERE phone = $1 AND status <> 'received' HAVING count(*) >= $2`,
			[person.phoneNumber, messages],
		);
		await twilio.settled();
	};

	const oldStart = startIn(24, new Date());
	keepOpen(calcom, oldStart);
	const booked = await step('Book for this time tomorrow', () => desk.book(person, oldStart));
	uids.push(booked.uid);
	await applied(1);
	await step('Confirm and remind by SMS', reminded);
	await step('The attendee answers C', () => answered('C', 1));

	const newStart = startIn(2, new Date());
	keepOpen(calcom, newStart);
	const moved = await step('Move it to two hours from now', () => desk.reschedule(booked.uid, newStart));
	uids.push(moved.uid);
	await applied(2);
	await step('Confirm and remind again', reminded);
	await step('The attendee answers R', () => answered('R', 2));
	await step('The attendee answers X, and n8n cancels at Cal.com', () => answered('X', 3));
	await applied(3);
	// Twilio's last word on the last message is on its way to n8n.
	await sleep(500);
	return { person, oldUid: booked.uid, newUid: moved.uid, oldStart, newStart };
}

/** Somebody whom the tables do not know yet: an answer by SMS is about the sender's own next appointment. */
export async function newcomer(db: Pool): Promise<Person> {
	const { rows } = await db.query<{ n: number }>(
		`SELECT n FROM generate_series(200, 999) AS n
		WHERE NOT EXISTS (SELECT FROM calcom.bookings WHERE attendee_phone = '+442079460' || n) ORDER BY random() LIMIT 1`,
	);
	// Numbers of this range are never given to anybody.
	const number = String(rows[0]?.n ?? 999);
	return {
		name: 'Grace Hopper',
		email: `grace${number}@student.example`,
		phoneNumber: `+442079460${number}`,
		timeZone: 'Europe/London',
		language: 'en',
	};
}
