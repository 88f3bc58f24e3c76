const MINUTE = 60_000;

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatterOf(timeZone: string): Intl.DateTimeFormat {
	const known = formatters.get(timeZone);
	if (known) return known;
	const made = new Intl.DateTimeFormat('en-US', {
		timeZone,
		hourCycle: 'h23',
		year: 'numeric',
		month: '2-digit',
		day: '2-digit',
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		weekday: 'long',
	});
	formatters.set(timeZone, made);
	return made;
}

export interface LocalTime {
	/** yyyy-mm-dd */
	date: string;
	/** Minutes since local midnight. */
	minutes: number;
	weekday: string;
}

export function isTimeZone(timeZone: unknown): timeZone is string {
	if (typeof timeZone !== 'string' || timeZone === '') return false;
	try {
		formatterOf(timeZone);
		return true;
	} catch (error) {
		if (error instanceof RangeError) return false;
		throw error;
	}
}

/** The wall clock of a zone at an instant. */
export function localTime(instant: Date, timeZone: string): LocalTime {
	const parts: Record<string, string> = {};
	for (const part of formatterOf(timeZone).formatToParts(instant)) parts[part.type] = part.value;
	return {
		date: `${parts['year']}-${parts['month']}-${parts['day']}`,
		minutes: Number(parts['hour']) * 60 + Number(parts['minute']),
		weekday: parts['weekday'] ?? '',
	};
}

/** Minutes east of UTC, e.g. 60 for Amsterdam in winter. */
export function utcOffset(instant: Date, timeZone: string): number {
	const local = localTime(instant, timeZone);
	const asUtc = Date.parse(`${local.date}T00:00:00Z`) + local.minutes * MINUTE;
	return Math.round((asUtc - Math.floor(instant.getTime() / MINUTE) * MINUTE) / MINUTE);
}

/** The instant at which a zone's wall clock shows this date and minute of the day. */
export function instantOf(date: string, minutes: number, timeZone: string): Date {
	const guess = new Date(Date.parse(`${date}T00:00:00Z`) + minutes * MINUTE);
	const first = new Date(guess.getTime() - utcOffset(guess, timeZone) * MINUTE);
	return new Date(guess.getTime() - utcOffset(first, timeZone) * MINUTE);
}

export function addDays(date: string, days: number): string {
	return new Date(Date.parse(`${date}T00:00:00Z`) + days * 24 * 60 * MINUTE).toISOString().slice(0, 10);
}

export function addMinutes(iso: string, minutes: number): string {
	return new Date(Date.parse(iso) + minutes * MINUTE).toISOString();
}

export function minutesBetween(startIso: string, endIso: string): number {
	return Math.round((Date.parse(endIso) - Date.parse(startIso)) / MINUTE);
}

/** `2026-11-24T08:00:00Z`, as CREATED and RESCHEDULED deliveries say it. */
export function isoSeconds(iso: string): string {
	return `${iso.slice(0, 19)}Z`;
}

/** `2026-11-24T08:00:00+00:00`, as CANCELLED deliveries say it. */
export function isoOffset(iso: string): string {
	return `${iso.slice(0, 19)}+00:00`;
}

/** True for what class-validator's ISO 8601 check lets through and JavaScript can read. */
export function isIsoDate(value: unknown): value is string {
	return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) && !Number.isNaN(Date.parse(value));
}
