import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';
import { instant } from '../../../shared/values/time';
import type { Window } from '../slot/windows';

/** When a calendar is taken; instants in UTC. */
export interface Busy extends Window {
	source: string | null;
}

export const busyAnswer = z
	.array(z.object({ start: z.string(), end: z.string(), source: z.string().nullish() }))
	.transform((times) =>
		times.flatMap(({ start, end, source }): Busy[] => {
			const from = instant(start);
			const until = instant(end);
			return from === null || until === null ? [] : [{ start: from, end: until, source: source ?? null }];
		}),
	);

/**
 * The gaps between busy times within a range, in the order of time. Busy times may overlap and reach
 * out of the range.
 */
export function freeTimes(busy: readonly Window[], range: Window): Window[] {
	const sorted = [...busy].sort((a, b) => Date.parse(a.start) - Date.parse(b.start));
	const free: Window[] = [];
	let at = range.start;
	for (const { start, end } of [...sorted, { start: range.end, end: range.end }]) {
		const until = Date.parse(start) < Date.parse(range.end) ? start : range.end;
		if (Date.parse(until) > Date.parse(at)) free.push({ start: at, end: until });
		if (Date.parse(end) > Date.parse(at)) at = end;
	}
	return free;
}

/** A stretch of time as it comes out, with the wall clock of a zone beside the instants. */
export function stretch({ start, end }: Window, zone: string, more: IDataObject): IDataObject {
	return {
		start,
		end,
		startLocal: DateTime.fromISO(start, { zone }).toISO(),
		endLocal: DateTime.fromISO(end, { zone }).toISO(),
		timeZone: zone,
		minutes: Math.round((Date.parse(end) - Date.parse(start)) / 60_000),
		...more,
	};
}
