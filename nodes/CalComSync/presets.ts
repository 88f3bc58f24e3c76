import type { PairRow } from './resource';

/** A table of fields to start with. */
export interface Preset {
	/** The value of the choice `preset`. */
	value: string;
	name: string;
	description: string;
	/**
	 * The parameter that holds the table. Each preset has one of its own: n8n keeps the rows of a table
	 * when a choice changes, so one table for all would never be filled in anew.
	 */
	table: string;
	rows: readonly PairRow[];
}

/** A row of a preset; Cal.com owns it unless told. */
export function row(
	recordField: string,
	calcomField: string,
	mode: PairRow['mode'] = 'calcom',
	transform: PairRow['transform'] = 'none',
): PairRow {
	return { recordField, calcomField, mode, transform };
}
