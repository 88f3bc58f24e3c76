import { DateTime } from 'luxon';
import type { IDataObject } from 'n8n-workflow';
import { CodedError } from '../shared/api/nodeErrors';

/** Where reading goes on in a list that is sorted by an instant. */
export interface Position {
	/** ISO 8601 in UTC: entries from this instant on, itself included. */
	at: string;
	/** How many of the list from there are passed over: more than 0 only among entries with this very instant. */
	skip: number;
	/** The entry that was read last, and stands first when the list did not move meanwhile. */
	uid: string | null;
}

/** Which instant a list of bookings is sorted by, in the query's words. */
export interface Order {
	after: 'afterUpdatedAt' | 'afterStart';
	sort: 'sortUpdatedAt' | 'sortStart';
}

export interface Row<T> {
	uid: string;
	/** The instant that the list is sorted by; null where Cal.com sent none. */
	at: string | null;
	value: T;
}

export interface ReadRow<T> extends Row<T> {
	/** Where to go on, now or another day, when this was the last row to be handled. */
	resume: Position;
}

/** The most that a page may hold: Cal.com answers 400 to more. */
export const PAGE = 250;
/** How often a group of equal instants is read anew because the list moved while it was read. */
const RESTARTS = 20;

export const startAt = (at: string): Position => ({ at, skip: 0, uid: null });

/** Cal.com does not say whether "after" takes in the moment itself: asking from a millisecond earlier does for both. */
function justBefore(at: string): string {
	return DateTime.fromISO(at, { zone: 'utc' }).minus({ milliseconds: 1 }).toISO() ?? at;
}

/** The same moment can be written in several ways. */
const millis = (at: string): number => Date.parse(at);

function isSorted<T>(rows: ReadonlyArray<Row<T>>): boolean {
	let before = -Infinity;
	return rows.every(({ at }) => {
		if (at === null) return true;
		const inOrder = millis(at) >= before;
		before = millis(at);
		return inOrder;
	});
}

/**
 * Reads a list on from a position, page by page, while it changes under the reader. A page starts at the
 * last instant of the page before, so entries that leave or join the list push none out of sight, as they
 * would with `skip`. Only when a whole page has one and the same instant `skip` goes on inside it: then
 * each page begins with the last row of the page before, and when it does not, the list has moved and the
 * group is read anew. Ends with a page that is shorter than asked for: the totals of the API are wrong with
 * `afterUpdatedAt`.
 *
 * @param read gives the rows for a query, in the order asked for
 * @param take rows of a page, at least 2
 * @throws Error when the list is not sorted, or moves faster than it can be read
 */
export async function* readOn<T>(
	read: (query: IDataObject) => Promise<Array<Row<T>>>,
	order: Order,
	from: Position,
	take = PAGE,
): AsyncGenerator<Array<ReadRow<T>>> {
	const seen = new Set<string>();
	let position = from;
	let restarts = 0;
	for (;;) {
		const { at, skip, uid } = position;
		const rows = await read({
			[order.after]: justBefore(at),
			[order.sort]: 'asc',
			take,
			...(skip === 0 ? {} : { skip }),
		});
		if (skip > 0 && rows[0]?.uid !== uid) {
			if (++restarts > RESTARTS)
				throw new CodedError('LIST_CHANGED', 'The list of bookings changes faster than it can be read');
			position = startAt(at);
			continue;
		}
		if (!isSorted(rows))
			throw new CodedError('LIST_CHANGED', 'Cal.com gave the list of bookings in another order than asked for');
		const fresh: Array<ReadRow<T>> = [];
		rows.forEach((row, index) => {
			const key = `${row.uid} ${row.at}`;
			if (seen.has(key)) return;
			seen.add(key);
			fresh.push({ ...row, resume: behind(position, row, index) });
		});
		if (fresh.length > 0) yield fresh;
		const last = rows.at(-1);
		if (last === undefined || rows.length < take) return;
		position = behind(position, last, rows.length - 1);
	}
}

/** Behind a row: at its own instant, or one further inside a group that begins where the page does. */
function behind<T>(position: Position, { uid, at }: Row<T>, index: number): Position {
	if (at !== null && millis(at) > millis(position.at)) return startAt(at);
	return { at: position.at, skip: position.skip + index, uid };
}
