import type { Json, JsonObject } from '../../shared/values/json';
import { toJsonObject } from '../../shared/values/json';
import { openJson } from '../../shared/values/openJson';
import type { Fields } from '../../shared/values/readers';
import { identifier, isFields, own } from '../../shared/values/readers';

const VERSION = 1;

/** What a record's `sync_state` column holds. */
export interface SyncState {
	/** The id of the Cal.com object that the base was agreed with. */
	id: string | null;
	/** By Cal.com's name of the field: the canonical value last agreed. A field without one was never agreed. */
	base: Readonly<Record<string, Json>>;
	/** Why the column could not be read, as a text for the person; null when it could, or was blank. */
	problem: string | null;
}

const nothing = (problem: string | null): SyncState => ({ id: null, base: {}, problem });

const unreadable = (why: string): SyncState =>
	nothing(
		`sync_state ${why}, so nothing is known to have been agreed: fields that differ and belong to both sides come out as conflicts`,
	);

/** Only these fields; all of them when there is no such list. */
function pick(base: JsonObject, fields: readonly string[] | undefined): JsonObject {
	if (fields === undefined) return base;
	return Object.fromEntries(Object.entries(base).filter(([field]) => fields.includes(field)));
}

function readVersioned(state: Fields, fields: readonly string[] | undefined): SyncState {
	const version = own(state, 'v');
	if (version !== undefined && identifier(version) !== String(VERSION)) {
		return unreadable('is of a version that this node does not know');
	}
	const base = own(state, 'base') ?? {};
	if (!isFields(base)) return unreadable('has a "base" that is not an object');
	return { id: identifier(own(state, 'id')), base: pick(toJsonObject(base), fields), problem: null };
}

/** The form before there were versions: the agreed values themselves, with the id among them. */
function readUnversioned(state: Fields, fields: readonly string[] | undefined): SyncState {
	const { id, ...base } = toJsonObject(state);
	return { id: identifier(id), base: pick(base, fields), problem: null };
}

/**
 * Reads a record's `sync_state`: JSON text, also encoded twice, an object, or the form before there were versions.
 * Never throws; what cannot be read is an empty base with a problem to tell.
 *
 * @param fields the fields whose base is wanted; others are dropped
 */
export function readState(value: unknown, fields?: readonly string[]): SyncState {
	if (value === null || value === undefined) return nothing(null);
	if (typeof value === 'string' && ['', 'null', '""'].includes(value.trim())) return nothing(null);
	const state = openJson(value);
	if (!isFields(state)) return unreadable('is no JSON object');
	const isVersioned = Object.hasOwn(state, 'v') || Object.hasOwn(state, 'base');
	return isVersioned ? readVersioned(state, fields) : readUnversioned(state, fields);
}

/** The text of a record's `sync_state` column. The same state gives the same text, whatever the order of its fields. */
export function writeState({ id, base }: Pick<SyncState, 'id' | 'base'>): string {
	const sorted = Object.entries(base).sort(([a], [b]) => (a < b ? -1 : 1));
	return JSON.stringify({ v: VERSION, id, base: Object.fromEntries(sorted) });
}
