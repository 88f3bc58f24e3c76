import { DateTime, IANAZone } from 'luxon';
import { trimmed } from './readers';

const ZONE_NAME = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/;
/** Names for which luxon takes no zone's data and writes the offset as "Z". */
const UNIVERSAL = /^(utc|gmt)$/i;
const MAX_NAME = 64;
const MAX_ZONES = 500;
const MAX_DAYS_PER_ZONE = 1000;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** From here on offsets are whole minutes, and no zone changes its clocks twice in a day. */
const FIRST_EVEN_DAY = Date.UTC(1980, 0, 1);
const LAST_EVEN_DAY = Date.UTC(9000, 0, 1);

interface Offset {
	/** East of UTC. */
	minutes: number;
	/** "+01:00" */
	written: string;
}

interface KnownZone {
	zone: IANAZone;
	/** Day since 1970 (UTC) -> the offset all through it; null on a day with a change of the clocks. */
	offsets: Map<number, Offset | null>;
}

/**
 * Asking the platform's time-zone data is the dearest thing in reading a delivery. The zones of a calendar, and the
 * days that people book, are few: they are kept, within bounds.
 */
const zones = new Map<string, KnownZone | null>();

/** The name of an IANA zone ("Europe/Amsterdam") as sent; null when there is no such zone. */
export function zoneName(value: unknown): string | null {
	const name = trimmed(value);
	return name !== null && knownZone(name) !== null ? name : null;
}

/**
 * An instant in a zone, with that zone's offset, as luxon writes it: "2026-11-24T09:00:00.000+01:00".
 * Null when either is missing or invalid.
 *
 * @param utc ISO 8601 in UTC with milliseconds.
 */
export function localTime(utc: string | null, name: string | null): string | null {
	if (utc === null || name === null) return null;
	if (UNIVERSAL.test(name)) return utc;
	const known = knownZone(name);
	const millis = Date.parse(utc);
	if (known === null || Number.isNaN(millis)) return null;
	const offset = offsetAllDay(known, Math.floor(millis / DAY));
	if (offset === null) return DateTime.fromMillis(millis, { zone: known.zone }).toISO();
	return new Date(millis + offset.minutes * MINUTE).toISOString().slice(0, -1) + offset.written;
}

function written(offset: number): string {
	const minutes = Math.abs(offset);
	const clock = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
	return `${offset < 0 ? '-' : '+'}${clock}`;
}

/** Where a day begins and ends with one offset, it has that offset throughout. */
function offsetAllDay({ zone, offsets }: KnownZone, day: number): Offset | null {
	const start = day * DAY;
	if (start < FIRST_EVEN_DAY || start > LAST_EVEN_DAY) return null;
	const known = offsets.get(day);
	if (known !== undefined) return known;
	const first = zone.offset(start);
	const offset = first === zone.offset(start + DAY) ? { minutes: first, written: written(first) } : null;
	if (offsets.size >= MAX_DAYS_PER_ZONE) offsets.clear();
	offsets.set(day, offset);
	return offset;
}

function knownZone(name: string): KnownZone | null {
	if (name.length > MAX_NAME) return null;
	const known = zones.get(name);
	if (known !== undefined) return known;
	const zone = ZONE_NAME.test(name) ? new IANAZone(name) : null;
	const made = zone?.isValid ? { zone, offsets: new Map<number, Offset | null>() } : null;
	if (zones.size >= MAX_ZONES) zones.clear();
	zones.set(name, made);
	return made;
}
