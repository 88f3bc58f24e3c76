import type { INodeExecutionData } from 'n8n-workflow';
import type { Json } from '../shared/values/json';
import { toJson } from '../shared/values/json';
import type { Fields } from '../shared/values/readers';
import { identifier, own, text } from '../shared/values/readers';
import { instant } from '../shared/values/time';
import type { SyncState } from './merge/base';
import { readState } from './merge/base';
import { plain } from './merge/recordForms';
import type { Resolution } from './merge/resolution';
import { readResolution } from './merge/resolution';
import type { Settings } from './settings';

/** A record of the user's, with what the sync keeps in it. */
export interface SyncRecord {
	/** The index of its input item. */
	item: number;
	json: Fields;
	/** The columns that any of the records has: some sources leave out what is empty. */
	columns: ReadonlySet<string>;
	/** What its patch is found by. */
	key: Json;
	/** Why nobody could tell which row a patch of it is for; null when it can be told. */
	keyProblem: string | null;
	/** The Cal.com id that it holds. */
	calcomId: string | null;
	slug: string | null;
	title: string | null;
	state: SyncState;
	resolution: Resolution;
	/** ISO 8601 in UTC; null when it does not say. */
	updatedAt: string | null;
}

type Read = Pick<Settings, 'recordKey' | 'columns' | 'linking'>;

function readRecord(json: Fields, item: number, settings: Read, all: ReadonlySet<string>): SyncRecord {
	const { recordKey, columns, linking } = settings;
	const key = toJson(plain(own(json, recordKey)));
	return {
		item,
		json,
		columns: all,
		key,
		keyProblem:
			identifier(key) === null
				? `The record has no "${recordKey}", so nobody could tell which record a patch of it is for. Set Record Key to the column that tells your records apart`
				: null,
		calcomId: identifier(own(json, columns.calcomId)),
		slug: text(own(json, linking.slugColumn)),
		title: text(own(json, linking.titleColumn)),
		state: readState(own(json, columns.state)),
		resolution: readResolution(own(json, columns.resolution)),
		updatedAt: instant(plain(own(json, columns.updatedAt))),
	};
}

/** Records with a key that another one has too: a patch would change both. */
function doubles(records: readonly SyncRecord[]): ReadonlySet<string> {
	const seen = new Set<string>();
	const twice = new Set<string>();
	for (const { key } of records) {
		const name = identifier(key);
		if (name === null) continue;
		if (seen.has(name)) twice.add(name);
		seen.add(name);
	}
	return twice;
}

/** The records among the input items. An empty item is none: n8n makes one when a node before found nothing. */
export function readRecords(items: readonly INodeExecutionData[], settings: Read): SyncRecord[] {
	const columns = new Set<string>();
	for (const { json } of items) for (const column of Object.keys(json)) columns.add(column);
	const records: SyncRecord[] = [];
	for (const [item, { json }] of items.entries()) {
		if (Object.keys(json).length > 0) records.push(readRecord(json, item, settings, columns));
	}
	const twice = doubles(records);
	for (const record of records) {
		const name = identifier(record.key);
		if (name === null || !twice.has(name)) continue;
		record.keyProblem = `Several records have "${name}" as their "${settings.recordKey}". Give each record once, and a key of its own`;
	}
	return records;
}
