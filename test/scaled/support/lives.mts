// Lives of bookings at the stand-in of Cal.com, and every delivery that it sent of them: kept back on its way, so that
// a test sends them itself, in whatever order, as often and as fast as it likes.
import type { CalCom, Delivery } from 'stand-ins/calcom';
import { type Desk, openDesk } from '../../../playground/src/desk.mts';
import type { Person } from '../../../playground/src/people.mts';

export type Random = () => number;

interface At {
	cal: CalCom;
	desk: Desk;
	person: Person;
	/** Another free time at each call. */
	time: () => string;
}

type Life = (at: At) => Promise<unknown>;

const moved: (times: number) => (at: At) => Promise<string> = (times) => async (at) => {
	let { uid } = await at.desk.book(at.person, at.time());
	for (let n = 0; n < times; n += 1) ({ uid } = await at.desk.reschedule(uid, at.time()));
	return uid;
};

/** What becomes of a booking -> how many in a hundred, and how it is lived. */
const LIVES: Record<string, { share: number; live: Life }> = {
	booked: { share: 30, live: moved(0) },
	moved: { share: 15, live: moved(1) },
	'moved twice': { share: 12, live: moved(2) },
	cancelled: { share: 13, live: async (at) => at.desk.cancel(await moved(0)(at), 'ill') },
	'moved, then cancelled': { share: 10, live: async (at) => at.desk.cancel(await moved(1)(at), 'ill') },
	confirmed: {
		share: 10,
		live: async (at) => at.desk.confirm((await at.desk.request(at.person, at.time())).uid),
	},
	declined: {
		share: 10,
		live: async (at) => at.desk.decline((await at.desk.request(at.person, at.time())).uid, 'full'),
	},
};

function pick(random: Random): Life {
	let left = random() * 100;
	for (const { share, live } of Object.values(LIVES)) {
		left -= share;
		if (left < 0) return live;
	}
	return moved(0);
}

/** The same person comes back with the same words. */
const personOf = (number: number): Person => ({
	name: `Person ${String(number)}`,
	email: `person${String(number)}@student.example`,
	phoneNumber: `+316${String(10_000_000 + number)}`,
	timeZone: 'Europe/Amsterdam',
	language: 'en',
});

const HOUR = 60 * 60_000;
/** Far enough away that no reminder falls due while a test runs. */
const NOT_BEFORE = 72 * HOUR;

export interface Lives {
	/** Lives on until Cal.com has sent at least so many more deliveries. @returns these, in the order they were sent */
	live(deliveries: number): Promise<Delivery[]>;
}

/** Deliveries of this stand-in arrive nowhere from now on. */
export function openLives(cal: CalCom, random: Random): Lives {
	cal.loseDeliveries(1, 1);
	const desk = openDesk(cal);
	const free = cal.freeSlots('level-check', 6_000).filter((start) => Date.parse(start) > Date.now() + NOT_BEFORE);
	let people = 0;
	const time = () => {
		const start = free.shift();
		if (start === undefined) throw new Error('There is no free time left.');
		return start;
	};
	return {
		async live(deliveries) {
			const from = cal.deliveries.length;
			while (cal.deliveries.length - from < deliveries) {
				// One in three has booked before.
				const number = people > 0 && random() < 0.33 ? Math.floor(random() * people) : (people += 1);
				await pick(random)({ cal, desk, person: personOf(number), time });
			}
			return cal.deliveries.slice(from);
		},
	};
}
