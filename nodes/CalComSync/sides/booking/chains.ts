import { isSuperseded } from '../../../shared/events/fromApi';
import type { Fields } from '../../../shared/values/readers';
import { own, trimmed } from '../../../shared/values/readers';

/*
 * Each reschedule gives a booking a new uid and leaves the old one behind, cancelled. What belongs together is told by
 * the old one (`rescheduledToUid`), by the new one (`rescheduledFromUid`), or by both: those of series tell it less.
 */

export const uidOf = (booking: Fields): string => trimmed(own(booking, 'uid')) ?? '';
const statusOf = (booking: Fields): string => trimmed(own(booking, 'status')) ?? '';

/** Bookings by uid, with what links them. */
export interface Chains {
	add(booking: Fields): void;
	all(): Fields[];
	/** The booking that a uid stands for now, or the uid that would have to be read to know. */
	current(uid: string): { booking: Fields } | { read: string };
	/** The uids that a booking had before, the latest first. */
	formerUids(booking: Fields): string[];
	/** Whether it was moved on, so that it stands for nothing by itself. */
	isFormer(booking: Fields): boolean;
}

export function createChains(): Chains {
	const byUid = new Map<string, Fields>();
	/** Old uid -> new uid, as far as any booking says so. */
	const next = new Map<string, string>();
	const previous = new Map<string, string>();

	function link(from: string, to: string): void {
		if (from === to) return;
		next.set(from, to);
		previous.set(to, from);
	}

	/** A seat that moves on its own names the booking it left, which goes on for the others. */
	const isOver = (uid: string): boolean => {
		const booking = byUid.get(uid);
		return booking === undefined || isSuperseded(booking) || statusOf(booking) === 'cancelled';
	};

	return {
		add(booking) {
			const uid = uidOf(booking);
			byUid.set(uid, booking);
			const [to, from] = [trimmed(own(booking, 'rescheduledToUid')), trimmed(own(booking, 'rescheduledFromUid'))];
			if (to !== null) link(uid, to);
			// Where two say that they came of one, the one that it names itself is right.
			if (from !== null && !next.has(from)) link(from, uid);
		},
		all: () => [...byUid.values()],
		current(uid) {
			const seen = new Set<string>();
			let at = uid;
			for (let after = next.get(at); after !== undefined && isOver(at) && !seen.has(at); after = next.get(at)) {
				seen.add(at);
				at = after;
			}
			const booking = byUid.get(at);
			return booking === undefined ? { read: at } : { booking };
		},
		formerUids(booking) {
			const uids: string[] = [];
			let at = uidOf(booking);
			for (let uid = previous.get(at); uid !== undefined && next.get(uid) === at; uid = previous.get(at)) {
				if (!isOver(uid) || uids.includes(uid) || uid === uidOf(booking)) break;
				uids.push(uid);
				at = uid;
			}
			return uids;
		},
		isFormer(booking) {
			const uid = uidOf(booking);
			return isSuperseded(booking) || (next.has(uid) && isOver(uid));
		},
	};
}
