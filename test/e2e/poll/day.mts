// A day at Cal.com, what the tables should say of it, and what Cal.com told about it.
import { seededRandom } from 'stand-ins/random';
import type { CalCom } from 'stand-ins/calcom';
import { type DeskBooking, openDesk } from '../../../playground/src/desk.mts';
import { normalizeDelivery } from '../../../nodes/shared/events/normalize.ts';

const PERSON = { phoneNumber: '+31612345678', timeZone: 'Europe/Amsterdam', language: 'en' };

/** People who book, move, cancel, ask and are answered; the same for the same seed but for the times they choose. */
export async function livelyDay(cal: CalCom, seed: number, people: number): Promise<void> {
	const desk = openDesk(cal);
	const random = seededRandom(seed);
	const chance = (share: number) => random() < share;
	for (let at = 1; at <= people; at += 1) {
		const number = String(at).padStart(2, '0');
		const person = { ...PERSON, name: `Person ${number}`, email: `p${number}@student.example` };
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

/** What happens to a booking, which deliveries of it arrive, and what has become of it. */
export interface Life {
	name: string;
	steps: ('book' | 'move' | 'cancel')[];
	arrive: boolean[];
	status: string;
}

export const LIVES: Life[] = [
	{ name: 'cancelled', steps: ['book', 'cancel'], arrive: [true, false], status: 'cancelled' },
	{ name: 'moved', steps: ['book', 'move'], arrive: [true, false], status: 'scheduled' },
	{ name: 'moved twice', steps: ['book', 'move', 'move'], arrive: [true, false, false], status: 'scheduled' },
	{
		name: 'moved and cancelled, the move lost',
		steps: ['book', 'move', 'cancel'],
		arrive: [true, false, true],
		status: 'cancelled',
	},
	{
		name: 'moved and cancelled, both lost',
		steps: ['book', 'move', 'cancel'],
		arrive: [true, false, false],
		status: 'cancelled',
	},
	{
		name: 'all but the last lost',
		steps: ['book', 'move', 'move', 'cancel'],
		arrive: [false, false, false, true],
		status: 'cancelled',
	},
];

/** Lives through it. @returns uid of the booking that is left */
export async function live(cal: CalCom, { name, steps, arrive }: Life): Promise<string> {
	const desk = openDesk(cal);
	const email = `${name.replaceAll(/\W+/g, '-')}@student.example`;
	let uid = '';
	for (const [at, step] of steps.entries()) {
		cal.loseDeliveries(arrive[at] ? 0 : 1, 1);
		if (step === 'book') uid = (await desk.book({ ...PERSON, name, email })).uid;
		if (step === 'move') uid = (await desk.reschedule(uid)).uid;
		if (step === 'cancel') await desk.cancel(uid);
	}
	cal.loseDeliveries(0, 1);
	return uid;
}

const STATUS: Record<string, string> = {
	ACCEPTED: 'scheduled',
	PENDING: 'scheduled',
	CANCELLED: 'cancelled',
	REJECTED: 'cancelled',
};

/** Somebody may have several: a space comes before all that an address is made of. */
const orderOf = (row: { attendee_email: string; uid: string }) => `${row.attendee_email} ${row.uid}`;

/** The rows that Cal.com's bookings should have become: one for each, however often it was moved; by email and uid. */
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
		.sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
}

/** The key of each fact that Cal.com told somebody of, or tried to. */
export function toldKeys({ deliveries }: CalCom): Set<string> {
	const keys = deliveries.map(({ body }) => {
		const event = normalizeDelivery(JSON.parse(body), {
			source: 'webhook',
			verified: true,
			tag: null,
			instance: null,
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
