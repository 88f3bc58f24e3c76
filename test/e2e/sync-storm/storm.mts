// A storm of edits on both sides of template 05, and how it has ended once it is quiet.
import { setTimeout as sleep } from 'node:timers/promises';
import { seededRandom } from 'stand-ins/random';
import type { Ending, Typed } from '../../support/edit-history.mts';
import { judge } from '../../support/edit-history.mts';
import { FIELDS, type Field } from '../../support/sync-model.mts';
import { serviceOf } from '../sync/rows.mts';
import { type Log, openPeople } from './people.mts';
import { badWeather } from './weather.mts';
import { PREFIXES, type StormRow, type Which, type World, stormRows } from './world.mts';

/** Milliseconds that Cal.com's side may be old when it is written, and how long a request may take beside that. */
const UNPROMISED = 5_000 + 1_000;
/** Milliseconds between two runs that one person starts, at most. */
const PAUSE = 1_500;

export interface Storm {
	log: Log;
	/** How often a person has pressed "Sync Now", and why some of these runs failed. */
	runs: number;
	failures: string[];
}

/** People on both sides, two who press "Sync Now" again and again, and bad weather; until all are done. */
export async function rage(world: World): Promise<Storm> {
	const { options } = world;
	const people = openPeople(world);
	const random = seededRandom(options.seed + 2);
	const storm: Storm = { log: people.log, runs: 0, failures: [] };
	let left = options.edits;
	let wasStormy = false;
	let isOver = false;
	const editing = async (side: 'ours' | 'theirs') => {
		for (; left > 0 || !wasStormy; await sleep(random() * options.haste)) {
			if (world.isAway && random() < 0.9) continue;
			left -= 1;
			await people.act(side);
		}
	};
	const syncing = async (which: Which) => {
		for (; !isOver; await sleep(random() * PAUSE)) {
			if (world.isAway) continue;
			storm.runs += 1;
			await world.sync(which).catch((error: unknown) => storm.failures.push(String(error)));
		}
	};
	const runs = [syncing(0), syncing(1)];
	const weather = async () => {
		do {
			await badWeather(world);
			wasStormy = true;
		} while (left > 0);
	};
	await Promise.all([editing('ours'), editing('theirs'), weather()]).finally(() => (isOver = true));
	await Promise.all(runs);
	return storm;
}

const ONE = /\/event-types\/(\d+)$/;
const LIST = /\/event-types(\?|$)/;

interface Blink {
	/** The event type that was written. */
	id: string;
	/** When the run that wrote it had looked last, and when it wrote; milliseconds since 1970. */
	from: number;
	to: number;
}

/** For every write, the time between the last look of the same workflow and the write itself. */
function blinksOf({ cal }: World): Blink[] {
	return PREFIXES.flatMap((prefix) => {
		const listed = { at: 0 };
		const looked = new Map<string, number>();
		return cal.requests.entries.flatMap(({ method, path, status, at }) => {
			if (!path.startsWith(prefix)) return [];
			const id = ONE.exec(path)?.[1];
			const to = Date.parse(at);
			if (method === 'PATCH' && id !== undefined) {
				return [{ id, from: Math.max(listed.at, looked.get(id) ?? 0), to }];
			}
			if (method !== 'GET' || status !== 200) return [];
			if (id !== undefined) looked.set(id, to);
			else if (LIST.test(path)) listed.at = to;
			return [];
		});
	});
}

/** What the owner typed between the last look of a run and its write, as long as that is what the sync promises. */
function unpromisedOf(world: World, { edits }: Log): Set<Typed> {
	const blinks = blinksOf(world).filter(({ from, to }) => to - from <= UNPROMISED);
	const isUnseen = ({ of, at }: { of: string; at: number }) =>
		blinks.some(({ id, from, to }) => id === of && from <= at && at <= to);
	return new Set(edits.filter((edit) => edit.side === 'theirs' && isUnseen(edit)).map(({ to }) => to));
}

export interface Ended {
	endings: Record<Ending, number>;
	/** What is wrong, in words; empty when nothing is. */
	wrong: string[];
}

function ownerOf({ options }: World, { id }: StormRow, field: Field) {
	if (field === 'active') return Number(id) % 2 === 0 ? 'ours' : 'theirs';
	return options.owners[field] ?? null;
}

/** Both sides as they are now, by who typed what over what. */
export async function judged(world: World, { log }: Storm): Promise<Ended> {
	const ended: Ended = { endings: { agreed: 0, conflict: 0, asked: 0, excused: 0 }, wrong: [] };
	const rows = await stormRows(world);
	const unpromised = unpromisedOf(world, log);
	const { eventTypes } = world.cal.state;
	const slugs = new Set(eventTypes.map(({ slug }) => slug));
	if (slugs.size !== rows.length || eventTypes.length !== rows.length) {
		ended.wrong.push(`${String(rows.length)} services and ${String(eventTypes.length)} event types`);
	}
	for (const row of rows) {
		const id = row.calcom_event_type_id ?? '';
		const eventType = eventTypes.find((candidate) => String(candidate.id) === id);
		const first = log.first.get(id);
		if (!eventType || !first) {
			ended.wrong.push(`${row.name} (${row.id}) is nobody's: ${String(row.sync_error)}`);
			continue;
		}
		if (row.price !== (log.prices.get(row.id) ?? null))
			ended.wrong.push(`${row.name}: the price is ${String(row.price)}`);
		const theirs = serviceOf(eventType);
		for (const field of FIELDS) {
			const edits = log.edits.filter(
				(edit) => edit.field === field && edit.of === (edit.side === 'ours' ? row.id : id),
			);
			const flagged = row.sync_conflict.some(({ recordField }) => recordField === field);
			const verdict = judge(
				{ first: first[field], edits, owner: ownerOf(world, row, field), unpromised },
				{ ours: row[field], theirs: theirs[field], flagged },
			);
			if ('ending' in verdict) ended.endings[verdict.ending] += 1;
			else ended.wrong.push(`${row.id} ${field}: ${verdict.wrong}; ${JSON.stringify(edits)}`);
		}
	}
	return ended;
}

/** Runs until nothing changes any more, at most three times. @returns how many it took; null when it did not come to rest */
export async function untilQuiet(world: World): Promise<number | null> {
	const { cal } = world;
	for (let runs = 1; runs <= 3; runs += 1) {
		const [before, sent] = [await stormRows(world), cal.requests.entries.length];
		await world.sync();
		const writes = cal.requests.entries.slice(sent).filter(({ method }) => method !== 'GET');
		if (writes.length === 0 && JSON.stringify(await stormRows(world)) === JSON.stringify(before)) return runs;
	}
	return null;
}

/** Somebody decides every conflict. @returns what is not as it was decided afterwards, and how many there were */
export async function settle(world: World): Promise<{ count: number; wrong: string[] }> {
	const random = seededRandom(world.options.seed + 3);
	const rows = (await stormRows(world)).filter(({ sync_conflict }) => sync_conflict.length > 0);
	const decided = new Map<string, unknown>();
	for (const { id, sync_conflict } of rows) {
		const choices = sync_conflict.map(({ field, recordField, ours, theirs }) => {
			const choose = random() < 0.5 ? 'ours' : 'theirs';
			decided.set(`${id} ${recordField}`, choose === 'ours' ? ours : theirs);
			return [field, { choose, ours, theirs }] as const;
		});
		const resolution = JSON.stringify(Object.fromEntries(choices));
		await world.e2e.db.query('UPDATE calcom.services SET sync_resolution = $2 WHERE id = $1', [id, resolution]);
	}
	await world.sync();
	const wrong: string[] = [];
	for (const row of await stormRows(world)) {
		const eventType = world.cal.state.eventTypes.find(({ id }) => String(id) === row.calcom_event_type_id);
		for (const field of FIELDS) {
			const [ours, theirs] = [row[field], eventType && serviceOf(eventType)[field]];
			const wanted = decided.get(`${row.id} ${field}`) ?? ours;
			if (ours !== wanted || theirs !== wanted || row.sync_status !== 'synced') {
				wrong.push(`${row.id} ${field}: ${JSON.stringify({ ours, theirs, wanted, status: row.sync_status })}`);
			}
		}
	}
	return { count: decided.size, wrong };
}
