import { DateTime } from 'luxon';
import type { Slot } from './slot';
import type { Wanted } from './wanted';
import { suits } from './wanted';
import type { Window } from './windows';

/** A slot and what it is a slot of. */
export interface FoundSlot<Source> {
	slot: Slot;
	source: Source;
}

export interface Search<Source> {
	/** Event types or hosts to look at, in the order of preference for equal times. */
	sources: readonly Source[];
	windows: readonly Window[];
	wanted: Wanted;
	/** How many slots are enough. */
	count: number;
	/** At most so many on one day of the zone; null for no limit. */
	perDay: number | null;
	/** Asks Cal.com for the slots of a source within a window. */
	ask(source: Source, window: Window): Promise<Slot[]>;
}

export interface SearchResult<Source> {
	found: Array<FoundSlot<Source>>;
	/** Until when was looked: an instant in UTC; null when nothing was asked. */
	searchedUntil: string | null;
	/** Whether the whole horizon was looked at without finding enough. */
	exhausted: boolean;
}

interface Collection<Source> {
	found: Array<FoundSlot<Source>>;
	isFull: () => boolean;
	add: (candidate: FoundSlot<Source>) => void;
}

/** Takes candidates in order until there are enough, counting each day of the zone. */
function collection<Source>(search: Pick<Search<Source>, 'wanted' | 'count' | 'perDay'>): Collection<Source> {
	const { wanted, count, perDay } = search;
	const found: Array<FoundSlot<Source>> = [];
	const perDate = new Map<string, number>();
	const isFull = (): boolean => found.length >= count;
	return {
		found,
		isFull,
		add: (candidate) => {
			const date = DateTime.fromISO(candidate.slot.start, { zone: wanted.zone }).toISODate() ?? '';
			const taken = perDate.get(date) ?? 0;
			if (isFull() || (perDay !== null && taken >= perDay)) return;
			perDate.set(date, taken + 1);
			found.push(candidate);
		},
	};
}

function within({ start }: Slot, window: Window): boolean {
	const at = Date.parse(start);
	return at >= Date.parse(window.start) && at < Date.parse(window.end);
}

/**
 * The first suitable slots over several event types or hosts, in the order of time. Window by window,
 * each source asked once for each, and no further than needed: the windows touch, so once enough are
 * found in one, no later one can hold an earlier slot.
 */
export async function findSlots<Source>(search: Search<Source>): Promise<SearchResult<Source>> {
	const { found, isFull, add } = collection<Source>(search);
	let searchedUntil: string | null = null;
	for (const window of search.windows) {
		const candidates: Array<FoundSlot<Source>> = [];
		for (const source of search.sources) {
			const slots = await search.ask(source, window);
			// Cal.com answers whole days when the window begins or ends within one.
			const suitable = slots.filter((slot) => within(slot, window) && suits(slot, search.wanted));
			candidates.push(...suitable.map((slot) => ({ slot, source })));
		}
		// The sort keeps the order of sources for equal times.
		candidates.sort((a, b) => Date.parse(a.slot.start) - Date.parse(b.slot.start));
		candidates.forEach(add);
		searchedUntil = window.end;
		if (isFull()) return { found, searchedUntil, exhausted: false };
	}
	return { found, searchedUntil, exhausted: true };
}
