import { DateTime } from 'luxon';
import { trimmed } from './readers';

/** The forms Cal.com uses most. For these the platform's own clock arithmetic is several times faster than luxon's. */
const UTC_TO_THE_SECOND = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3})?(Z|\+00:00)$/;
/** No form of a date is longer. */
const MAX_LENGTH = 64;
const SECONDS_LENGTH = 'yyyy-MM-ddTHH:mm:ss'.length;
/** A date without which luxon would fill in today's. */
const DATED = /^(\d{4}-\d{2}-\d{2}|\d{8}T)/;
const SQL_WITH_OFFSET = /^(\S+ \S+) ([+-]\d{2}:?\d{2})$/;
/** Epoch milliseconds of 1973: smaller numbers may be seconds, which is a guess nobody should make. */
const SMALLEST_EPOCH_MS = 1e11;

/**
 * An instant as ISO 8601 in UTC with milliseconds ("2026-11-24T08:00:00.000Z"), whatever form it came in
 * (`…00Z`, `…00.000Z`, `…00+00:00`, any other offset, epoch milliseconds); a time without an offset is
 * taken as UTC, as Cal.com means it. Null when it is no valid date.
 */
export function instant(value: unknown): string | null {
	if (typeof value === 'number') {
		return Number.isInteger(value) && value >= SMALLEST_EPOCH_MS ? utcIso(DateTime.fromMillis(value)) : null;
	}
	const written = trimmed(value);
	if (written === null || written.length > MAX_LENGTH) return null;
	return UTC_TO_THE_SECOND.test(written) ? (fastInstant(written) ?? slowInstant(written)) : slowInstant(written);
}

const DAY = 8;
const HOUR = 11;
/** Each month has these days. */
const LAST_SURE_DAY = '28';

/**
 * The platform reads 30 February as 2 March, and 24:00 as the next day. Only a time that reads back as it was written
 * counts, so that this never says anything luxon does not say; most times need not be written again for that.
 */
function fastInstant(written: string): string | null {
	const millis = Date.parse(written);
	if (Number.isNaN(millis)) return null;
	const seconds = written.slice(0, SECONDS_LENGTH);
	if (written.slice(DAY, DAY + 2) <= LAST_SURE_DAY && written.slice(HOUR, HOUR + 2) < '24') {
		return `${seconds}${written.charAt(SECONDS_LENGTH) === '.' ? written.slice(SECONDS_LENGTH, SECONDS_LENGTH + 4) : '.000'}Z`;
	}
	const iso = new Date(millis).toISOString();
	return iso.startsWith(seconds) ? iso : null;
}

function slowInstant(written: string): string | null {
	if (!DATED.test(written)) return utcIso(DateTime.fromRFC2822(written, { zone: 'utc' }));
	const iso = utcIso(DateTime.fromISO(written, { zone: 'utc' }));
	return iso ?? utcIso(DateTime.fromSQL(written.replace(SQL_WITH_OFFSET, '$1$2'), { zone: 'utc' }));
}

function utcIso(time: DateTime): string | null {
	return time.isValid ? time.toUTC().toISO() : null;
}

/** Whole minutes from one instant to a later one; null when one is missing or they are in the wrong order. */
export function minutesBetween(start: string | null, end: string | null): number | null {
	if (start === null || end === null) return null;
	const minutes = Math.floor((Date.parse(end) - Date.parse(start)) / 60_000);
	return minutes >= 0 ? minutes : null;
}

/** An instant cut to its minute: "2026-11-20T09:02Z". */
export function minuteOf(utc: string | null): string | null {
	return utc === null ? null : `${utc.slice(0, utc.lastIndexOf(':'))}Z`;
}
