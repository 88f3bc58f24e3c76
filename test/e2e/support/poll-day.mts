// A day at Cal.com, what the tables should say of it, and what Cal.com told about it.
import { seededRandom } from 'stand-ins/random';
import type { CalCom } from 'stand-ins/calcom';
import { type DeskBooking, openDesk } from '../../../playground/src/desk.mts';
import { normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';

/** People who book, move, cancel, ask and are answered; the same for the same seed but for the times they choose. */
export async function livelyDay(cal: CalCom, seed: number, people: number): Promise<void> {
	const desk = openDesk(cal);
	const random = seededRandom(seed);
	const chance = (share: number) => random() < share;
	for (let at = 1; at <= people; at += 1) {
		const number = String(at).padStart(2, '0');
		const person = {
			name: `Person ${number}`,
			email: `p${number}@student.example`,
			phoneNumber: '+31612345678',
			timeZone: 'Europe/Amsterdam',
			language: 'en',
		};
		let booking: DeskBooking;
		if (chance(0.3)) {
			booking = await desk.request(person);
			if (chance(0.7)) booking = chance(0.5) ? await desk.confirm(booking.uid) : await desk.decline(booking.uid);
		} else {
			booking = await desk.book(person);
			while (chance(0.4)) booking = await desk.reschedule(booking.uid);
			if (chance(0.25)) await cal.requestReschedule(booking.uid, 'The teacher is ill');
			else if (chance(0.3)) await desk.cancel(booking.uid);
		}
	}
}

const STATUS: Record<string, string> = {
	ACCEPTED: 'scheduled',
	PENDING: 'scheduled',
	CANCELLED: 'cancelled',
	REJECTED: 'cancelled',
};

/** The rows that Cal.com's bookings should have become: one for each, however often it was moved; by email. */
export function rowsOf({ state: { bookings } }: CalCom) {
	const last = bookings.filter(({ uid }) => !bookings.some(({ fromReschedule }) => fromReschedule === uid));
	const chain = (uid: string | null): string[] => {
		const booking = bookings.find((candidate) => candidate.uid === uid);
		return booking ? [booking.uid, ...chain(booking.fromReschedule)] : [];
	};
	return last
		.map((booking) => ({
			uid: booking.uid,
			uids: chain(booking.uid).sort(),
			status: STATUS[booking.status],
			start_time: new Date(booking.start),
			attendee_email: booking.attendees[0]?.email ?? '',
		}))
		.sort((a, b) => a.attendee_email.localeCompare(b.attendee_email));
}

/** The key of each fact that Cal.com told somebody of, or tried to. */
export function toldKeys({ deliveries }: CalCom): Set<string> {
	const keys = deliveries.map(({ body }) => {
		const event = normalizeDelivery(JSON.parse(body), {
			source: 'webhook',
			verified: true,
			tag: null,
			receivedAt: new Date(0).toISOString(),
			includeSecrets: false,
			includeRaw: false,
			defaultCountry: null,
			bookingTypeRules: [],
			defaultBookingType: null,
		});
		return event.eventKey;
	});
	return new Set(keys);
}
