// Bookings that are about to begin, and what was told of them.
import { z } from 'zod';
import type { CalCom } from 'stand-ins/calcom';
import type { PollWorld } from './world.mts';

const MINUTE = 60_000;
const SECOND = 1_000;

/**
 * Puts a booking where its reminder of an hour before is due so many seconds from now; the desk books in office hours
 * only. @returns its start
 */
export function due(cal: CalCom, uid: string, seconds: number): string {
	const booking = cal.state.bookings.find((candidate) => candidate.uid === uid);
	if (!booking) throw new Error(`No booking has the uid ${uid}`);
	const start = new Date(Math.floor(Date.now() / SECOND) * SECOND + 60 * MINUTE + seconds * SECOND);
	Object.assign(booking, {
		start: start.toISOString(),
		end: new Date(start.getTime() + 30 * MINUTE).toISOString(),
		updatedAt: new Date().toISOString(),
	});
	return start.toISOString();
}

const bookingSchema = z.object({ uid: z.string(), start: z.string() });

export const toldStarts = async ({ events }: PollWorld) =>
	(await events()).map(({ event, booking }) => ({ event, ...bookingSchema.parse(booking) }));
