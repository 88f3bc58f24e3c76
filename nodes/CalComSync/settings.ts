import type { LinkOptions } from './link/linking';
import type { ConflictPolicy, Mode } from './merge/modes';
import type { TransformName } from './merge/transforms';
import type { Columns } from './columns';
import type { CalComField } from './resource';
import type { Entry } from './resources';

/** What is done in Cal.com. */
export type Apply = 'dryRun' | 'links' | 'write' | 'writeAndCreate';

/** A row of the fields table, checked. Rows with the mode `ignore` are none. */
export interface Pair {
	/** The record's column. */
	column: string;
	/** Its `name` is the key in the base; for a path it is the path. */
	field: CalComField;
	/** Where the value is in what Cal.com gives; null for a field that the resource knows. */
	path: readonly string[] | null;
	mode: Mode;
	transform: TransformName;
	/** Whether Cal.com lets it be set, and the user allows it. */
	calcomWritable: boolean;
	/** Whether the column may be written. */
	recordWritable: boolean;
}

/** What the panel says, for all records alike. */
export interface Settings {
	entry: Entry;
	pairs: readonly Pair[];
	apply: Apply;
	policy: ConflictPolicy;
	/** The column that tells records apart. */
	recordKey: string;
	linking: LinkOptions & { slugColumn: string; titleColumn: string };
	columns: Columns;
	force: boolean;
	includeReport: boolean;
}

/** Whether nothing is sent to Cal.com. */
export function isDry({ apply }: Pick<Settings, 'apply'>): boolean {
	return apply === 'dryRun' || apply === 'links';
}
