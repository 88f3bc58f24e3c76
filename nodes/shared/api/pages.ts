import type { IDataObject } from 'n8n-workflow';

export interface Page<T> {
	data: T[];
	nextCursor: string | null;
	/** Cal.com says that nothing follows, and is to be believed. */
	isLast: boolean;
}

/** Reads one page of a list. */
export type ReadPage<T> = (query: IDataObject) => Promise<Page<T>>;

/** The most that a page may hold; Cal.com answers 400 to more. */
export const PAGE_SIZE = { skip: 250, cursor: 100 } as const;

/** Filters with which the totals in `pagination` are wrong. Source: a running API v2, community edition 6.2. */
const WRONG_TOTALS = ['afterUpdatedAt', 'beforeUpdatedAt'];

/** Whether what a list says of its own end holds for this query. */
export function totalsHold(query: IDataObject = {}): boolean {
	return WRONG_TOTALS.every((filter) => query[filter] === undefined);
}

/** A bound that no account reaches, so that a Cal.com gone wrong cannot keep an execution for ever. */
const MAX_PAGES = 10_000;

const sizeOf = (page: number, limit: number | null, got: number): number =>
	limit === null ? page : Math.min(page, limit - got);

/**
 * A list that goes on by `take` and `skip`. A page that is shorter than asked for is the last one, and so is one of
 * which Cal.com says so, except where its totals are known to be wrong.
 *
 * @param limit how many in all; null for everything
 */
export async function* pagesBySkip<T>(read: ReadPage<T>, limit: number | null): AsyncGenerator<T[]> {
	let got = 0;
	let before = '';
	for (let page = 0; page < MAX_PAGES && (limit === null || got < limit); page++) {
		const take = sizeOf(PAGE_SIZE.skip, limit, got);
		const { data, isLast } = await read({ take, skip: got });
		// A list that knows no pages gives all of it, or the same again.
		const first = JSON.stringify(data[0] ?? null);
		if (data.length === 0 || (page > 0 && first === before)) return;
		before = first;
		yield limit === null ? data : data.slice(0, limit - got);
		got += data.length;
		if (isLast || data.length !== take) return;
	}
}

/**
 * A list that goes on by `limit` and `cursor`.
 *
 * @param limit how many in all; null for everything
 * @param onRepeat what to throw when Cal.com gives a cursor for the second time, which would never end
 */
export async function* pagesByCursor<T>(
	read: ReadPage<T>,
	limit: number | null,
	onRepeat: () => Error,
): AsyncGenerator<T[]> {
	const seen = new Set<string>();
	let got = 0;
	let cursor: string | null = null;
	while (seen.size < MAX_PAGES && (limit === null || got < limit)) {
		const size = sizeOf(PAGE_SIZE.cursor, limit, got);
		const { data, nextCursor } = await read({ limit: size, ...(cursor === null ? {} : { cursor }) });
		if (data.length > 0) yield limit === null ? data : data.slice(0, limit - got);
		got += data.length;
		if (nextCursor === null) return;
		if (seen.has(nextCursor)) throw onRepeat();
		seen.add(nextCursor);
		cursor = nextCursor;
	}
}
