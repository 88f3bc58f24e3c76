// The table of services as template 05 keeps it: a row is written only when it still holds what the sync read.
import type { IDataObject } from 'n8n-workflow';
import { z } from 'zod';

const report = z.object({ fields: z.record(z.object({ recordField: z.string(), outcome: z.string() })) });
const state = z.object({ v: z.literal(1), id: z.string(), base: z.record(z.unknown()) });
const OWN = ['calcom_event_type_id', 'sync_state', 'sync_resolution'];
const SAVED = [...OWN, 'sync_status', 'sync_error'];

const stateOf = (text: unknown) => (typeof text === 'string' ? state.parse(JSON.parse(text)) : null);

/** The row after the item of the sync was saved. */
export function save(row: IDataObject, seen: IDataObject, patch: IDataObject): IDataObject {
	const { fields } = report.parse(patch['sync_report']);
	const columns = Object.values(fields).map(({ recordField }) => recordField);
	const isAsSeen = [...columns, ...OWN].every((name) => (row[name] ?? null) === (seen[name] ?? null));
	if (isAsSeen) {
		const written = [...columns, ...SAVED].filter((name) => name in patch);
		return {
			...row,
			...Object.fromEntries(written.map((name) => [name, patch[name]])),
			sync_conflict: patch['conflicts'] ?? null,
		};
	}
	const [held, told] = [stateOf(row['sync_state']), stateOf(patch['sync_state'])];
	if (told === null) return row;
	const sent = Object.keys(fields).filter((name) => fields[name]?.outcome === 'toCalCom');
	const base = { ...held?.base, ...Object.fromEntries(sent.map((name) => [name, told.base[name]])) };
	return { ...row, sync_state: JSON.stringify({ ...told, base }) };
}
