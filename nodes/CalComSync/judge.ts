import type { ErrorCode } from '../shared/api/errorCodes';
import type { Json } from '../shared/values/json';
import { identifier, own, text } from '../shared/values/readers';
import { sameCanonical } from './merge/kinds';
import type { SyncState } from './merge/base';
import type { FieldDecision, FieldOutcome } from './decide';
import type { OutputName } from './outputNames';
import type { SyncRecord } from './records';
import type { Entry } from './resources';
import type { Settings } from './settings';
import type { OrphanReason, Settled } from './settled';

/** The words of the record's column for how it stands. */
export type Status = 'never' | 'pending' | 'synced' | 'conflict' | 'error';

export interface Verdict {
	output: OutputName;
	status: Status;
	/** Why it is not in step; null when it is. */
	error: string | null;
	/** The code of the error, of what comes out under Failed. */
	code?: ErrorCode;
	/** What the record is to remember; null: what it remembers stays as it is. */
	state: Pick<SyncState, 'id' | 'base'> | null;
}

const shown = (value: unknown): string => (value === null || value === undefined ? 'nothing' : JSON.stringify(value));

function conflictWords({ pair, ours, theirs, reason }: FieldDecision): string {
	const told = `changed on both sides: ${shown(ours?.canonical)} in the record, ${shown(theirs.canonical)} in Cal.com`;
	return `${pair.column}: ${reason === null ? told : `${told} (${reason})`}`;
}

function wordsOf(field: FieldDecision): string[] {
	if (field.outcome === 'conflict') return [conflictWords(field)];
	return field.reason === null ? [] : [`${field.pair.column}: ${field.reason}`];
}

function remembers({ state }: SyncRecord, { id, base }: Pick<SyncState, 'id' | 'base'>): boolean {
	return state.problem === null && state.id === id && sameCanonical({ ...state.base }, { ...base });
}

/** Whether the sync's own columns of a record would become other ones; the time of the sync does not count. */
function ownColumnsDiffer(record: SyncRecord, verdict: Verdict, { columns }: Settings): boolean {
	const { json } = record;
	const id = verdict.state?.id ?? null;
	if (verdict.state !== null && !remembers(record, verdict.state)) return true;
	if (identifier(own(json, columns.calcomId)) !== id) return true;
	if (hasChoices(record)) return true;
	// A record may do without these two columns: then there is nothing to bring up to date.
	const status = own(json, columns.status);
	const error = own(json, columns.error);
	return (
		(status !== undefined && status !== verdict.status) || (error !== undefined && text(error) !== verdict.error)
	);
}

/** Whether a record carries decisions of a person: once applied, or too old to be, they are to be taken away. */
export function hasChoices({ resolution }: SyncRecord): boolean {
	return resolution.choices.size > 0;
}

/** What both sides now agree on; a field that they never agreed on has no base. */
function baseOf(fields: readonly FieldDecision[]): Record<string, Json> {
	return Object.fromEntries(
		fields.flatMap(({ pair, base }) => (base === undefined ? [] : [[pair.field.name, base] as const])),
	);
}

type Merged = Extract<Settled, { kind: 'merged' }>;

/** The record's own change, waiting for a permission: nothing went wrong, and nothing is lost. */
const HELD_BACK: ReadonlySet<FieldOutcome> = new Set<FieldOutcome>(['notSettable']);

function statusOf(conflict: boolean, failed: boolean, heldBack: boolean): Status {
	if (conflict) return 'conflict';
	if (failed) return 'error';
	return heldBack ? 'pending' : 'synced';
}

/** The code for fields that did not come through although Cal.com answered without an error. */
const codeOfFields = (fields: readonly FieldDecision[]): ErrorCode =>
	fields.every(({ outcome }) => outcome === 'unreadable') ? 'COLUMN_UNREADABLE' : 'VALUE_NOT_TAKEN';

function judgeMerged(settled: Merged, settings: Settings): Verdict {
	const { record, object, fields, error, link } = settled;
	if (settings.apply === 'links') {
		const isNew = link.by === 'slug' || link.by === 'title';
		return { output: isNew ? 'changed' : 'unchanged', status: 'synced', error: null, state: null };
	}
	const told = fields.filter(({ outcome, reason }) => reason !== null && outcome !== 'conflict');
	const problems = told.filter(({ outcome }) => !HELD_BACK.has(outcome));
	const conflicts = fields.filter(({ outcome }) => outcome === 'conflict');
	const words = [
		...(error === null ? [] : [error]),
		...[...conflicts, ...told].flatMap(wordsOf),
		...record.resolution.problems,
		...(conflicts.length > 0 && record.state.problem !== null ? [record.state.problem] : []),
	];
	const failed = error !== null || problems.length > 0;
	const status = statusOf(conflicts.length > 0, failed, told.length > 0);
	const state = {
		id: settings.entry.resource.identity(object).id,
		base: baseOf(fields),
	};
	const verdict: Verdict = {
		output: 'unchanged',
		status,
		error: words.length === 0 ? null : words.map((one) => one.replace(/\.$/, '')).join('. '),
		state,
	};
	// A decision of a person comes first: what failed is told with it, and tried again at the next run.
	if (conflicts.length > 0) return { ...verdict, output: 'conflicts' };
	if (failed) return { ...verdict, output: 'failed', code: settled.code ?? codeOfFields(problems) };
	const writes = fields.some(({ outcome }) => outcome === 'toCalCom' || outcome === 'toRecord');
	const isChanged = writes || link.by === 'created' || ownColumnsDiffer(record, verdict, settings);
	return isChanged ? { ...verdict, output: 'changed' } : verdict;
}

/** Why a record stands alone, and what can be done about it. */
function aloneWords(orphan: OrphanReason, { noun, resource }: Entry): string {
	if (orphan === 'neverCreated') return `There is no ${noun.one} for it in Cal.com`;
	const gone = `Its ${noun.one} is not in Cal.com any more`;
	return resource.creates === true ? `${gone}. To make it anew, empty the column of the Cal.com ID` : gone;
}

/** Where a record comes out, how it stands and what it is to remember. Pure. */
export function judge(settled: Settled, settings: Settings): Verdict {
	if (settled.kind === 'merged') return judgeMerged(settled, settings);
	if (settled.kind === 'unclear')
		return { output: 'failed', status: 'error', error: settled.reason, code: 'LINK_UNCLEAR', state: null };
	const { orphan, error, code = 'UNEXPECTED' } = settled;
	if (error !== null) return { output: 'failed', status: 'error', error, code, state: null };
	return {
		output: 'onlyInRecords',
		status: orphan === 'neverCreated' ? 'never' : 'error',
		error: aloneWords(orphan, settings.entry),
		state: null,
	};
}
