// Years of bookings, put into the stand-in of Cal.com at once: nobody is told of them, and no request is made.
import { draftBooking, newAttendee, newSeat } from './bookings/draft.mts';
import type { BookingInput } from './bookings/input.mts';
import { newCourier } from './deliver.mts';
import { newUid, newUuid } from './ids.mts';
import type { CalCom } from './index.mts';
import { Losses } from './losses.mts';
import { seededRandom } from '../random.mts';
import { findEventType, nextId } from './store.mts';
import { addMinutes } from './time.mts';
import type { Booking, EventType } from './types.mts';
import { newWorld } from './world.mts';
import type { World } from './world.mts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const PAST_DAYS = 4 * 365;
const FUTURE_DAYS = 60;
/** Whether a lesson is over must not change while somebody counts: none lies so near to now. */
const NEAR = 12 * 60 * MINUTE;
/** Bookings for each person, on average. */
const PER_PERSON = 3;
const PLAIN = [3, 4, 5, 6, 7, 9, 11, 16, 23];
const [TO_CONFIRM, SERIES, GROUP] = [12, 13, 14];
const REASONS = ['ill', "I can't make it", 'Ik ben ziek 🤒', 'another school; sorry'];

type Kind = 'plain' | 'cancelled' | 'moved' | 'pending' | 'rejected' | 'group' | 'series' | 'absent' | 'hostAbsent';
/** How many of a hundred are of a kind. */
const KINDS: readonly (readonly [Kind, number])[] = [
	['plain', 56],
	['cancelled', 12],
	['moved', 10],
	['group', 6],
	['series', 5],
	['pending', 4],
	['absent', 4],
	['rejected', 2],
	['hostAbsent', 1],
];

/** What is drawn from: the same for the same seed but for ids and the day it is made on. */
interface Draw {
	world: World;
	random(): number;
	below(most: number): number;
	of<T>(all: readonly T[]): T;
	/** How many people there are. */
	people: number;
}

/** Fills the stand-in with `count` bookings of every kind, over four years back and two months ahead. */
export function fillHistory({ state }: Pick<CalCom, 'state'>, count: number, seed: number): void {
	const now = () => new Date();
	const world = newWorld({ state, now, courier: newCourier(now, 0, new Losses()) });
	const random = seededRandom(seed);
	const below = (most: number) => Math.floor(random() * most);
	const draw: Draw = {
		world,
		random,
		below,
		of(all) {
			const found = all[below(all.length)];
			if (found === undefined) throw new Error('There is nothing to draw from.');
			return found;
		},
		people: Math.ceil(count / PER_PERSON),
	};
	const made: Booking[] = [];
	while (made.length < count) made.push(...MAKERS[kindOf(draw)](draw));
	// What comes of one wish may be several bookings: the last ones are left out, and whoever was moved on to them stays.
	for (const gone of made.splice(count)) {
		const before = made.find(({ uid }) => uid === gone.fromReschedule);
		if (before) Object.assign(before, { status: 'ACCEPTED', rescheduled: false, rescheduledBy: null });
	}
	// In the order of their start: the stand-in sorts them for every page.
	made.sort((a, b) => (a.start < b.start ? -1 : a.start > b.start ? 1 : a.id - b.id));
	state.bookings.push(...made);
}

function kindOf({ below }: Draw): Kind {
	let left = below(100);
	return KINDS.find(([, share]) => (left -= share) < 0)?.[0] ?? 'plain';
}

const MAKERS: Record<Kind, (draw: Draw) => Booking[]> = {
	plain: (draw) => [single(draw, draw.of(PLAIN))],
	cancelled: (draw) => [closed(draw, single(draw, draw.of(PLAIN)), 'CANCELLED')],
	rejected: (draw) => [closed(draw, single(draw, TO_CONFIRM), 'REJECTED')],
	pending: (draw) => [single(draw, TO_CONFIRM)],
	absent: (draw) => [absentee(single(draw, draw.of(PLAIN), { past: true }))],
	hostAbsent: (draw) => [{ ...single(draw, draw.of(PLAIN), { past: true }), noShowHost: true }],
	group(draw) {
		const booking = single(draw, GROUP);
		for (let seats = draw.below(3); seats > 0; seats -= 1) {
			const input = wish(draw, eventTypeOf(draw, GROUP), booking.start);
			if (booking.attendees.every(({ email }) => email !== input.attendee.email))
				booking.attendees.push(newAttendee(draw.world, input.attendee, newSeat(input)));
		}
		return [booking];
	},
	series(draw) {
		const first = single(draw, SERIES);
		const recurringEventId = newUuid();
		return [0, 7, 14, 21].map((days) => ({
			...structuredClone(first),
			...(days === 0 ? {} : { id: nextId(draw.world.state, 'booking'), uid: newUid() }),
			start: awayFromNow(addMinutes(first.start, days * 24 * 60)),
			end: addMinutes(awayFromNow(addMinutes(first.start, days * 24 * 60)), 30),
			recurringEventId,
		}));
	},
	moved(draw) {
		const chain = [single(draw, draw.of(PLAIN))];
		for (let moves = 1 + draw.below(3); moves > 0; moves -= 1) {
			const old = chain.at(-1);
			if (old) chain.push(movedOn(draw, old));
		}
		// Some of those that moved did not come about after all.
		const last = chain.at(-1);
		if (last && draw.below(8) === 0) chain.splice(-1, 1, closed(draw, last, 'CANCELLED'));
		return chain;
	},
};

function eventTypeOf({ world }: Draw, id: number): EventType {
	const found = findEventType(world.state, id);
	if (!found) throw new Error(`The stand-in has no event type ${String(id)}.`);
	return found;
}

/** Not near now, and at a quarter of an hour: so several lessons begin at the same time. */
function awayFromNow(start: string): string {
	const time = Date.parse(start);
	return Math.abs(time - Date.now()) < NEAR ? new Date(time - 3 * NEAR).toISOString() : start;
}

function somewhen({ random }: Draw, past: boolean): string {
	const days = random() * (PAST_DAYS + (past ? 0 : FUTURE_DAYS)) - PAST_DAYS;
	const quarter = 15 * MINUTE;
	return awayFromNow(new Date(Math.floor((Date.now() + days * DAY) / quarter) * quarter).toISOString());
}

function wish(draw: Draw, { id }: EventType, start: string): BookingInput {
	const number = draw.below(draw.people);
	const email = `student${String(number)}@student.example`;
	return {
		start,
		attendee: {
			name: number % 50 === 0 ? `Zoë O'Brien-${String(number)} 김` : `Student ${String(number)}`,
			// People write their address in their own way.
			email: draw.below(20) === 0 ? email.toUpperCase() : email,
			phoneNumber: number % 3 === 0 ? null : `+3161${String(number).padStart(7, '0')}`,
			timeZone: draw.of(['Europe/Amsterdam', 'Europe/London', 'America/New_York']),
			locale: draw.of(['en', 'nl']),
		},
		eventTypeId: id,
		eventTypeSlug: null,
		username: null,
		teamSlug: null,
		guests: draw.below(20) === 0 ? [`guest${String(draw.below(500))}@guest.example`] : [],
		answers: draw.below(2) === 0 ? { goals: 'Play Bach', notes: 'First door on the left' } : {},
		metadata: draw.below(4) === 0 ? { clientId: `C-${String(number)}`, campaign: 'spring' } : {},
		location: undefined,
		lengthInMinutes: null,
		recurrenceCount: null,
	};
}

/** One booking, as it was made: some days before its start, or today. */
function single(draw: Draw, eventTypeId: number, { past = false } = {}): Booking {
	const eventType = eventTypeOf(draw, eventTypeId);
	const start = somewhen(draw, past);
	const end = addMinutes(start, eventType.lengthInMinutes);
	const input = wish(draw, eventType, start);
	const booking = draftBooking(draw.world, { input, eventType, start, end, hostId: 1, recurringEventId: null });
	const at = Math.min(Date.parse(start) - (1 + draw.random() * 30) * DAY, Date.now() - draw.random() * DAY);
	const createdAt = new Date(at).toISOString();
	return { ...booking, createdAt, updatedAt: createdAt };
}

const later = (draw: Draw, { createdAt }: Booking) =>
	new Date(Date.parse(createdAt) + draw.random() * 0.5 * DAY).toISOString();

function closed(draw: Draw, booking: Booking, status: 'CANCELLED' | 'REJECTED'): Booking {
	const reason = draw.of(REASONS);
	const why =
		status === 'REJECTED'
			? { rejectionReason: reason }
			: { cancellationReason: reason, cancelledBy: booking.attendees[0]?.email ?? null };
	return { ...booking, ...why, status, updatedAt: later(draw, booking) };
}

function absentee(booking: Booking): Booking {
	return { ...booking, attendees: booking.attendees.map((attendee, at) => ({ ...attendee, noShow: at === 0 })) };
}

/** The booking that takes the place of another one, which it closes. */
function movedOn(draw: Draw, old: Booking): Booking {
	const at = later(draw, old);
	const start = somewhen(draw, false);
	const minutes = (Date.parse(old.end) - Date.parse(old.start)) / MINUTE;
	const next = {
		...structuredClone(old),
		id: nextId(draw.world.state, 'booking'),
		uid: newUid(),
		start,
		end: addMinutes(start, minutes),
		iCalSequence: old.iCalSequence + 1,
		createdAt: at,
		updatedAt: at,
		fromReschedule: old.uid,
	};
	Object.assign(old, {
		status: 'CANCELLED',
		rescheduled: true,
		rescheduledBy: next.attendees[0]?.email,
		updatedAt: at,
	});
	return next;
}
