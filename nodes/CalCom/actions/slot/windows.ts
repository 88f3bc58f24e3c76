import { DateTime } from 'luxon';

/** A stretch of time to ask for, instants in UTC. */
export interface Window {
	start: string;
	end: string;
}

/**
 * Days of the first question, and the most of any. Free times are usually near, and Cal.com computes
 * every day that it is asked for: so start with a week, double, and stop at about a month.
 */
const FIRST_DAYS = 7;
const MOST_DAYS = 31;
/** The furthest that a search may look ahead: a year. */
export const MAX_HORIZON_DAYS = 366;

/**
 * Cuts the time to search into few windows that touch without overlapping: 7, 14, 28, 31, 31 … days.
 * They are cut at midnights of the zone, so that no day is asked for twice and a day of 23 or 25 hours
 * stays whole.
 *
 * @param start an instant; the search begins there
 * @param days how many days to look ahead, capped at a year
 * @param zone an IANA name
 */
export function windows(start: string, days: number, zone: string): Window[] {
	const from = DateTime.fromISO(start, { zone });
	const horizon = Math.min(Math.max(Math.ceil(days), 1), MAX_HORIZON_DAYS);
	const last = from.plus({ days: horizon });
	const found: Window[] = [];
	let at = from;
	for (let size = FIRST_DAYS; at < last; size = Math.min(size * 2, MOST_DAYS)) {
		const midnight = at.startOf('day').plus({ days: size });
		// The rest of a day is not worth a question of its own.
		const next = last.diff(midnight, 'days').days < 1 ? last : midnight;
		found.push({ start: utc(at), end: utc(next) });
		at = next;
	}
	return found;
}

function utc(time: DateTime): string {
	return time.toUTC().toISO() ?? '';
}
