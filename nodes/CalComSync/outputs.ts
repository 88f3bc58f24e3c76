import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import type { JsonObject } from '../shared/values/json';
import { toJson, toJsonObject } from '../shared/values/json';
import type { Fields } from '../shared/values/readers';
import { own } from '../shared/values/readers';
import { writeState } from './merge/base';
import { plain } from './merge/recordForms';
import { resolutionToFill } from './merge/resolution';
import { toRecordValue } from './merge/transforms';
import { theirsOf } from './decide';
import type { Verdict } from './judge';
import { hasChoices, judge } from './judge';
import type { OutputName } from './outputNames';
import type { SyncRecord } from './records';
import { conflictsOf, jsonText, reportOf } from './report';
import type { Settings } from './settings';
import { isDry } from './settings';
import type { Settled } from './settled';

/** A column that only the records of whoever wants it have: an item with it could not be written to any other table. */
const ERROR_CODE = 'sync_error_code';

export interface RecordOutput {
	output: OutputName;
	item: INodeExecutionData;
}

/** A value of a record as an item can carry it: dates as ISO text. */
const held = ({ json }: SyncRecord, column: string): IDataObject[string] => toJson(plain(own(json, column)));

/** The columns of the record that are to be written, with their values in the record's own form. */
function writes(settled: Settled): JsonObject {
	if (settled.kind !== 'merged') return {};
	const { json } = settled.record;
	return Object.fromEntries(
		settled.fields.flatMap(({ pair, outcome, value }) =>
			outcome === 'toRecord' && value !== null
				? [[pair.column, toRecordValue(value, pair.field.kind, pair.transform, own(json, pair.column))]]
				: [],
		),
	);
}

/** What is to be written to a record: nothing else, so that whatever people changed meanwhile stays. */
function patchOf(settled: Settled, verdict: Verdict, settings: Settings, at: string): IDataObject {
	const { columns, recordKey } = settings;
	const { record } = settled;
	const { state, status, error, output } = verdict;
	return {
		[recordKey]: record.key,
		...writes(settled),
		[columns.status]: status,
		[columns.syncedAt]: state === null ? (held(record, columns.syncedAt) ?? null) : at,
		[columns.error]: error,
		...(own(record.json, ERROR_CODE) === undefined ? {} : { [ERROR_CODE]: verdict.code ?? null }),
		[columns.calcomId]: state === null ? (held(record, columns.calcomId) ?? null) : idAsHeld(state.id),
		[columns.state]: state === null ? jsonText(record.json, columns.state) : writeState(state),
		...(hasChoices(record) && output !== 'failed' && state !== null ? { [columns.resolution]: null } : {}),
	};
}

/** A number where it is one, so that a column of numbers takes it. */
function idAsHeld(id: string | null): string | number | null {
	return id !== null && /^\d{1,15}$/.test(id) ? Number(id) : id;
}

/**
 * What a dry run gives out in place of a patch: the sync's columns as they are. Whoever writes it to the
 * record changes nothing.
 */
function asItIs({ record }: Settled, { columns, recordKey }: Settings): IDataObject {
	const own_ = [columns.status, columns.syncedAt, columns.error, ERROR_CODE, columns.calcomId, columns.state];
	const there = own_.filter((column) => own(record.json, column) !== undefined);
	const state = (column: string) => (column === columns.state ? jsonText(record.json, column) : held(record, column));
	return { [recordKey]: record.key, ...Object.fromEntries(there.map((column) => [column, state(column)])) };
}

function conflictParts(settled: Settled, patch: IDataObject, { columns }: Settings): IDataObject {
	if (settled.kind !== 'merged') return {};
	const conflicts = conflictsOf(settled.fields);
	if (conflicts.length === 0) return {};
	const open = settled.fields.filter(({ outcome }) => outcome === 'conflict');
	const whole = Object.fromEntries(
		Object.keys(settled.record.json).map((name) => [name, held(settled.record, name)]),
	);
	const resolution = resolutionToFill(
		open.map(({ pair, ours, theirs }) => ({ field: pair.field.name, ours, theirs })),
	);
	return { conflicts, resolution: { ...whole, ...patch, [columns.resolution]: resolution } };
}

/** The item of a record and where it comes out. */
export function outputOf(settled: Settled, settings: Settings, at: string): RecordOutput {
	const verdict = judge(settled, settings);
	const dry = isDry(settings);
	const patch = dry ? asItIs(settled, settings) : patchOf(settled, verdict, settings, at);
	const json: IDataObject = {
		...patch,
		...(settled.kind === 'orphan' && verdict.output === 'onlyInRecords' ? { orphan: settled.orphan } : {}),
		...conflictParts(settled, patch, settings),
		...(dry ? { dry_run: true } : {}),
		...(dry || settings.includeReport ? { sync_report: reportOf(settled, verdict, settings) } : {}),
	};
	return { output: verdict.output, item: { json, pairedItem: { item: settled.record.item } } };
}

/** A record for an object that no record stands for yet, ready to be imported. */
export function importOf(object: Fields, settings: Settings, at: string): RecordOutput {
	const { columns, entry, pairs } = settings;
	const { id } = entry.resource.identity(object);
	const values = pairs.map((pair) => ({ pair, theirs: theirsOf(pair, object, entry.resource) }));
	const json: IDataObject = {
		...Object.fromEntries(
			values
				.filter(({ pair }) => pair.recordWritable)
				.map(({ pair, theirs }) => [
					pair.column,
					toRecordValue(theirs, pair.field.kind, pair.transform, undefined),
				]),
		),
		[columns.status]: 'synced',
		[columns.syncedAt]: at,
		[columns.error]: null,
		[columns.calcomId]: idAsHeld(id),
		[columns.state]: writeState({
			id,
			base: Object.fromEntries(values.map(({ pair, theirs }) => [pair.field.name, theirs.canonical])),
		}),
		...(isDry(settings) ? { dry_run: true } : {}),
	};
	return { output: 'onlyInCalCom', item: { json: toJsonObject(json) } };
}
