import { DateTime } from 'luxon';
import { z } from 'zod';
import { instant } from '../../../shared/values/time';

/** A time that can be booked. Instants are ISO 8601 in UTC with milliseconds. */
export interface Slot {
	start: string;
	/** Null when Cal.com was not asked for ranges. */
	end: string | null;
	/** What else Cal.com says of it: taken seats and the like. */
	more: Record<string, unknown>;
}

const written = z.union([
	z.string().transform((start) => ({ start })),
	z.object({ start: z.string(), end: z.string().nullish() }).passthrough(),
]);

/** `{"2026-11-23": [{start, end?}]}`; `{}` when nothing is free. An old shape (`{slots: …}`) does not pass. */
export const slotsAnswer = z.record(z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.array(written));

export type SlotsAnswer = z.infer<typeof slotsAnswer>;

/**
 * The slots of an answer in the order of time. Days are dropped: they depend on the zone that was
 * asked in, and are found again from the instant.
 */
export function slotsOf(answer: SlotsAnswer): Slot[] {
	const found = Object.values(answer).flatMap((day) =>
		day.flatMap((entry): Slot[] => {
			const { start: from, end: until, ...more } = { end: undefined, ...entry };
			const start = instant(from);
			return start === null ? [] : [{ start, end: instant(until), more }];
		}),
	);
	return found.sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
}

export interface LocalSlot extends Pick<Slot, 'start' | 'end'> {
	startLocal: string | null;
	endLocal: string | null;
	/** The day in the zone, `2026-11-23`. */
	date: string | null;
	/** In English, `Monday`. */
	weekday: string | null;
	timeZone: string;
}

/**
 * A slot as people read it: beside the instants the wall clock of a zone, with its offset. What else
 * Cal.com says of it is kept.
 *
 * @param zone an IANA name
 */
export function toLocal({ start, end, more }: Slot, zone: string): LocalSlot {
	const local = DateTime.fromISO(start, { zone });
	return {
		...more,
		start,
		end,
		startLocal: local.toISO(),
		endLocal: end === null ? null : DateTime.fromISO(end, { zone }).toISO(),
		date: local.toISODate(),
		weekday: local.setLocale('en').weekdayLong,
		timeZone: zone,
	};
}
