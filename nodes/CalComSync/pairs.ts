import { mayWriteToCalCom, MODES, ownerOf } from './merge/modes';
import { TRANSFORMS, transformFits } from './merge/transforms';
import type { Columns } from './columns';
import type { CalComField, PairRow, Switch } from './resource';
import { PATH } from './resource';
import type { Entry } from './resources';
import type { Pair } from './settings';

/** A setting that cannot be used, for the person at the panel. */
export interface Problem {
	message: string;
	description: string;
}

export type CheckedPairs = { ok: true; pairs: Pair[] } | { ok: false; problem: Problem };

/** What the rows are checked against. */
export interface PairContext {
	entry: Entry;
	/** What the user allows to be done to bookings. */
	allowed: (what: Switch) => boolean;
	recordKey: string;
	columns: Columns;
	/** Columns that are never written. */
	protectedColumns: readonly string[];
}

export const SWITCH_NAMES: Record<Switch, string> = {
	absent: 'Mark as Absent',
	cancel: 'Cancel',
	guests: 'Add Guests',
	location: 'Change the Location',
	reschedule: 'Reschedule',
};

function fieldOf(row: PairRow, { resource }: Entry): CalComField | undefined {
	if (row.calcomField !== PATH) return resource.fields.find(({ name }) => name === row.calcomField);
	const name = row.path?.trim() ?? '';
	return { name, label: name, kind: 'json', writable: false };
}

function toPair(row: PairRow, field: CalComField, context: PairContext): Pair {
	const { recordKey, protectedColumns, allowed } = context;
	const { writable } = field;
	const never = new Set([recordKey, 'id', ...protectedColumns]);
	return {
		column: row.recordField,
		field,
		path: row.calcomField === PATH ? field.name.split('.') : null,
		mode: row.mode,
		transform: row.transform,
		calcomWritable: typeof writable === 'boolean' ? writable : allowed(writable),
		recordWritable: !never.has(row.recordField),
	};
}

const owner = ({ mode }: Pair): string => `"${MODES[mode].label}"`;

type Check = (pair: Pair, context: PairContext) => Problem | null;

const CHECKS: readonly Check[] = [
	({ column }) =>
		column === ''
			? {
					message: 'A row of Fields has no record field',
					description: 'Fill in Record Field, or remove the row.',
				}
			: null,
	({ column, field, path }) =>
		path !== null && path.includes('')
			? {
					message: `The path for "${column}" is not one: "${field.name}"`,
					description: 'Write it with dots and without spaces, e.g. metadata.level.',
				}
			: null,
	({ column }, { columns, recordKey }) =>
		column !== recordKey && Object.values(columns).includes(column) && column !== columns.updatedAt
			? {
					message: `The column "${column}" is the sync's own and cannot be kept in step`,
					description: 'Remove the row, or give the column of the sync another name under Options > Columns.',
				}
			: null,
	(pair) => {
		const { column, field } = pair;
		if (field.writable !== false || !mayWriteToCalCom(pair.mode)) return null;
		return {
			message: `"${field.label}" of Cal.com cannot be set, so it cannot belong to the record: ${owner(pair)} for "${column}"`,
			description: `Choose another owner for it: Cal.com, or Ignore. ${field.why ?? ''}`.trim(),
		};
	},
	(pair) => {
		const { column, field } = pair;
		const { writable } = field;
		// Two-way is fine without: Cal.com's changes are followed, and the record's are told but not sent.
		if (typeof writable === 'boolean' || pair.calcomWritable || ownerOf(pair.mode) !== 'ours') return null;
		const name = SWITCH_NAMES[writable];
		return {
			message: `${owner(pair)} for "${column}" would change bookings, which is not allowed: "${field.label}"`,
			description: `Switch "${name}" on under Allow, or let Cal.com own the field.`,
		};
	},
	(pair) => {
		const { column, mode } = pair;
		if (pair.recordWritable || ownerOf(mode) === 'ours') return null;
		return {
			message: `The column "${column}" is never written, so Cal.com cannot own it: ${owner(pair)}`,
			description:
				'Give it to the record, remove the row, or take the column out of Options > Protected Columns.',
		};
	},
	({ column, field, transform }) =>
		transformFits(transform, field.kind)
			? null
			: {
					message: `The transform "${TRANSFORMS[transform].label}" does not fit "${field.label}" (row "${column}")`,
					description: `It is for values of another kind: ${TRANSFORMS[transform].description}. Choose None.`,
				},
];

/** The first name that comes twice. */
function double(names: readonly string[]): string | undefined {
	return names.find((name, index) => names.indexOf(name) !== index);
}

function doubles(pairs: readonly Pair[]): Problem | null {
	const column = double(pairs.map((pair) => pair.column));
	if (column !== undefined) {
		return {
			message: `The column "${column}" is in two rows of Fields`,
			description: 'One column goes with one field of Cal.com: remove one of the rows.',
		};
	}
	const name = double(pairs.map(({ field }) => field.name));
	if (name === undefined) return null;
	return {
		message: `The field "${name}" of Cal.com is in two rows of Fields`,
		description: 'One field of Cal.com goes with one column: remove one of the rows.',
	};
}

/** The rows of the fields table as they can be worked with, or what is wrong with the first that cannot. */
export function checkPairs(rows: readonly PairRow[], context: PairContext): CheckedPairs {
	const pairs: Pair[] = [];
	for (const row of rows.filter(({ mode }) => mode !== 'ignore')) {
		const field = fieldOf(row, context.entry);
		if (field === undefined) {
			const message = `Cal.com's ${context.entry.noun.many} have no field "${row.calcomField}"`;
			return { ok: false, problem: { message, description: 'Choose Cal.com Field again in that row.' } };
		}
		const pair = toPair(row, field, context);
		for (const check of CHECKS) {
			const problem = check(pair, context);
			if (problem !== null) return { ok: false, problem };
		}
		pairs.push(pair);
	}
	const problem = doubles(pairs);
	if (problem !== null) return { ok: false, problem };
	if (pairs.length > 0) return { ok: true, pairs };
	return {
		ok: false,
		problem: {
			message: 'No fields are kept in step',
			description: 'Add at least one pair under Fields, or choose a preset that has some.',
		},
	};
}
