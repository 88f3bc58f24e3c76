import type { Fields } from '../../../shared/values/readers';
import { fields, list, own, trimmed } from '../../../shared/values/readers';

/** What is known of a booking beside what Cal.com answered. */
export interface BookingContext {
	/** When Cal.com showed it so: ISO 8601 in UTC. Decides whether it has begun, so that no decision reads a clock. */
	at: string;
	/** The uids that it had before it was rescheduled, the latest first. */
	formerUids: readonly string[];
	/** Whether the user lets people be marked absent: a status is kept by more than one switch. */
	mayMarkAbsent: boolean;
}

/** Beside Cal.com's own keys, so that a copy of the booking keeps it. */
const SEEN = 'calComSync';

/** A booking of the API as the sync handles it. */
export function withSeen(booking: Fields, seen: BookingContext): Fields {
	return { ...booking, [SEEN]: { ...seen } };
}

/** What {@link withSeen} put there; of a booking that came another way, nothing is known. */
export function seenOf(booking: Fields): BookingContext {
	const seen = fields(own(booking, SEEN)) ?? {};
	return {
		at: trimmed(own(seen, 'at')) ?? '',
		formerUids: list(own(seen, 'formerUids')).flatMap((uid) => trimmed(uid) ?? []),
		mayMarkAbsent: own(seen, 'mayMarkAbsent') === true,
	};
}

/** The same reader, asking once for each booking: several columns come from one part of it. Bookings do not change. */
export function once<T>(read: (booking: Fields) => T): (booking: Fields) => T {
	const known = new WeakMap<Fields, { value: T }>();
	return (booking) => {
		const found = known.get(booking) ?? { value: read(booking) };
		known.set(booking, found);
		return found.value;
	};
}
