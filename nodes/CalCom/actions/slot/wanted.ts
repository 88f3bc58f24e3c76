import { DateTime } from 'luxon';
import type { Slot } from './slot';

/** Which slots suit: wall-clock hours on given weekdays, both in one zone. */
export interface Wanted {
	/** IANA name. */
	zone: string;
	/** ISO weekdays, 1 is Monday, 7 is Sunday; empty means every day. */
	weekdays: readonly number[];
	/** Minutes after midnight from which a slot may start. */
	from: number;
	/** Minutes after midnight by which a slot must be over; before `from`, the hours run past midnight. */
	until: number;
}

const DAY = 24 * 60;
const TIME = /^([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?$/;

/** Minutes after midnight of "9:00" or "17:30"; "24:00" is the end of the day. Null when it is no time. */
export function minutesOf(time: string): number | null {
	const parts = TIME.exec(time.trim());
	if (parts === null) return null;
	const minutes = Number(parts[1]) * 60 + Number(parts[2]);
	return minutes <= DAY ? minutes : null;
}

const minuteOfDay = (time: DateTime): number => time.hour * 60 + time.minute;

function daysBetween(earlier: DateTime, later: DateTime): number {
	const from = DateTime.utc(earlier.year, earlier.month, earlier.day);
	const to = DateTime.utc(later.year, later.month, later.day);
	return to.diff(from, 'days').days;
}

/**
 * Whether a slot lies within the wanted hours on a wanted weekday. By the wall clock, so "from 9:00"
 * stays 9:00 when the clocks change. Hours past midnight belong to the day on which they begin:
 * Friday 22:00 to 2:00 takes Saturday 1:00.
 */
export function suits({ start, end }: Slot, { zone, weekdays, from, until }: Wanted): boolean {
	const begins = DateTime.fromISO(start, { zone });
	const ends = end === null ? begins : DateTime.fromISO(end, { zone });
	const allowed = (day: DateTime): boolean => weekdays.length === 0 || weekdays.includes(day.weekday);
	const allDay = from === until || (from === 0 && until === DAY);
	if (allDay) return allowed(begins);
	const first = minuteOfDay(begins);
	const last = daysBetween(begins, ends) * DAY + minuteOfDay(ends);
	const overnight = until < from;
	const closes = overnight ? until + DAY : until;
	if (first >= from && last <= closes && allowed(begins)) return true;
	return overnight && first < until && last <= until && allowed(begins.minus({ days: 1 }));
}
