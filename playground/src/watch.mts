// Reports rows as they change.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { type Change, changesBetween, readRows } from './rows.mts';

/** Calls `report` for each new or changed row until stopped; what is there already is not reported. */
export async function watchRows(
	db: Pool,
	report: (change: Change) => void,
	everyMs = 500,
): Promise<() => Promise<void>> {
	const stopping = new AbortController();
	let before = await readRows(db);
	const look = async () => {
		const after = await readRows(db);
		changesBetween(before, after).forEach(report);
		before = after;
	};
	const watching = (async () => {
		while (!stopping.signal.aborted) {
			await sleep(everyMs, undefined, { signal: stopping.signal }).catch(() => undefined);
			await look();
		}
	})();
	// A failing look must not end the program from the side: it comes up when the watcher is stopped.
	watching.catch(() => undefined);
	return async () => {
		stopping.abort();
		await watching;
	};
}
