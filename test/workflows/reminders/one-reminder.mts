// One reminder on its way: planned, due, claimed, handed to Twilio.
import { thin } from '../event-builder.mts';
import { type Desk, minutesAfter, utc } from './desk.mts';

/** When the appointment begins, and when its one reminder is due. */
export const START = utc('2026-12-01 12:00');
export const DUE = utc('2026-12-01 10:00');
export const after = (minutes: number) => minutesAfter(DUE, minutes);
export const SID = 'SM0123456789abcdef';

/** One reminder, planned, due and claimed. */
export async function claimed(on: Desk, run = 'run-1'): Promise<string> {
	await on.book({ booking: { start: START } });
	const times = on.with({ times: '2h' });
	await times.plan(utc('2026-11-24 12:00'));
	const [claim] = await times.claim(DUE, run);
	if (claim === undefined) throw new Error('nothing was due');
	return claim.id;
}

/** One reminder that was handed to Twilio. */
export async function begun(on: Desk): Promise<string> {
	const id = await claimed(on);
	expect((await on.maySend(id, DUE)).go).toBe(true);
	return id;
}

export async function reminderOf(on: Desk) {
	const [row] = await on.reminders();
	if (row === undefined) throw new Error('no reminder');
	return row;
}

export const cancel = (on: Desk) => on.book({ event: 'BOOKING_CANCELLED', minute: 1, booking: thin });
