import { DateTime, IANAZone } from 'luxon';

/** What came of reading a time that a person wrote. */
export type WallTime =
	{ ok: true; utc: string } | { ok: false; problem: 'notATime' | 'unknownZone' | 'skippedByClocks' };

/** A time of day or a year alone would be filled in with whatever day it is. */
const DATED = /^\d{4}-\d{2}-\d{2}/;
const WITH_OFFSET = /(Z|[+-]\d{2}(:?\d{2})?)$/i;
/** The time of day may look like an offset ("2026-11-24" ends in "-24"): only what follows it can be one. */
const TIME_PART = /[T ]\d{1,2}:?\d{2}.*$/is;

function parsed(written: string): DateTime {
	const iso = DateTime.fromISO(written, { zone: 'utc', setZone: false });
	return iso.isValid ? iso : DateTime.fromSQL(written, { zone: 'utc' });
}

function instantOf(value: unknown): DateTime | null {
	if (DateTime.isDateTime(value)) return value;
	if (value instanceof Date) return DateTime.fromJSDate(value);
	return null;
}

/**
 * A moment as Cal.com wants it (UTC, ISO 8601, milliseconds), from what a person or an expression gives.
 *
 * - With an offset ("…Z", "…+02:00"), or as a date object, it is an instant: the zone does not matter.
 * - Without one it is what the clock on the wall shows in the zone. Where the clocks go back it happens
 *   twice, and the first is meant, as in calendars (RFC 5545); write the offset to mean the second.
 * - Where the clocks go forward some times never come. They are a problem when `skipped` is `refuse`;
 *   with `moveOn` they move on by what was skipped (02:30 becomes 03:30).
 * - A date alone is the beginning of that day.
 *
 * @param zone an IANA zone: "Europe/Amsterdam"
 */
export function readWallTime(value: unknown, zone: string, skipped: 'refuse' | 'moveOn' = 'refuse'): WallTime {
	const instant = instantOf(value);
	if (instant !== null) return utcOf(instant);
	const written = typeof value === 'string' ? value.trim() : '';
	const time = TIME_PART.exec(written)?.[0] ?? '';
	const wanted = parsed(written);
	if (!DATED.test(written) || !wanted.isValid) return { ok: false, problem: 'notATime' };
	if (WITH_OFFSET.test(time)) return utcOf(wanted);
	if (!IANAZone.isValidZone(zone)) return { ok: false, problem: 'unknownZone' };
	const [local = wanted] = wanted.setZone(zone, { keepLocalTime: true }).getPossibleOffsets();
	const comes = local.toFormat(CLOCK) === wanted.toFormat(CLOCK);
	// A whole day whose midnight is skipped still begins: at the first time it has.
	if (!comes && skipped === 'refuse' && time !== '') return { ok: false, problem: 'skippedByClocks' };
	return utcOf(local);
}

const CLOCK = 'yyyy-MM-dd HH:mm:ss';

function utcOf(moment: DateTime): WallTime {
	const utc = moment.toUTC().toISO();
	return utc === null ? { ok: false, problem: 'notATime' } : { ok: true, utc };
}
