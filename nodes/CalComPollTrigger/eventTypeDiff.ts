import type { Json, JsonObject } from '../shared/values/json';
import type { EventTypeChange } from './eventTypeChange';
import { hashOf, toJson } from '../shared/values/json';
import type { Fields } from '../shared/values/readers';
import { identifier } from '../shared/values/readers';

/** What is remembered of event types: by id, the fields that are watched and those that name it. */
export type Snapshot = ReadonlyMap<string, JsonObject>;

/** Remembered whatever is watched: a deleted event type must still have a name. */
const NAMING = ['title', 'slug', 'lengthInMinutes'];

/** What Cal.com does not send is the same as nothing. */
const valueOf = (eventType: Fields, field: string): Json => toJson(eventType[field]) ?? null;

function remembered(eventType: Fields, watched: readonly string[]): JsonObject {
	return Object.fromEntries([...NAMING, ...watched].map((field) => [field, valueOf(eventType, field)]));
}

/** Event types as they are remembered. */
export function snapshotOf(list: readonly Fields[], watched: readonly string[]): Map<string, JsonObject> {
	return new Map(
		list.flatMap((eventType): Array<[string, JsonObject]> => {
			const id = identifier(eventType.id);
			return id === null ? [] : [[id, remembered(eventType, watched)]];
		}),
	);
}

/** `{field: {old, new}}` of the watched fields; one that was not watched before has no old value, and is no change. */
export function fieldChanges(before: JsonObject, now: JsonObject, watched: readonly string[]): JsonObject {
	const changed = watched.filter((field) => field in before && hashOf(before[field]) !== hashOf(now[field]));
	return Object.fromEntries(changed.map((field) => [field, { old: before[field] ?? null, new: now[field] ?? null }]));
}

export interface Difference {
	/** Created and updated event types, in Cal.com's order. */
	changes: EventTypeChange[];
	/** Ids that are no longer listed: perhaps deleted, perhaps the list is broken. */
	vanished: string[];
}

/** What became of the event types since they were remembered. */
export function difference(before: Snapshot, list: readonly Fields[], watched: readonly string[]): Difference {
	const now = snapshotOf(list, watched);
	const changes = list.flatMap((eventType): EventTypeChange[] => {
		const id = identifier(eventType.id) ?? '';
		const old = before.get(id);
		const present = now.get(id) ?? {};
		if (old === undefined) return [{ event: 'EVENT_TYPE_CREATED', eventType, changes: null }];
		const found = fieldChanges(old, present, watched);
		return Object.keys(found).length === 0 ? [] : [{ event: 'EVENT_TYPE_UPDATED', eventType, changes: found }];
	});
	return { changes, vanished: [...before.keys()].filter((id) => !now.has(id)) };
}

/** The event for one that is gone, from what is remembered of it. */
export function deletion(id: string, before: JsonObject): EventTypeChange {
	return { event: 'EVENT_TYPE_DELETED', eventType: { ...before, id: Number(id) }, changes: null };
}
