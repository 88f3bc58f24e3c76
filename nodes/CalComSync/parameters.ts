import type { IExecuteFunctions } from 'n8n-workflow';
import { z } from 'zod';
import { list, number, text, trimmed } from '../shared/values/readers';
import type { ConflictPolicy } from './merge/modes';
import { CONFLICT_POLICIES, MODES } from './merge/modes';
import { TRANSFORMS } from './merge/transforms';
import { invalid } from '../shared/panel/invalid';
import type { Columns } from './columns';
import { COLUMN_DEFAULTS, PROTECTED_DEFAULT } from './columns';
import { checkPairs } from './pairs';
import type { PairRow, Switch } from './resource';
import type { Entry, ResourceName } from './resources';
import { ENTRIES } from './resources';
import type { Pair, Settings } from './settings';

/** The panel is read once, for all records alike. */
const ITEM = 0;

/** One of the words that a table knows; n8n passes on what a workflow file says. */
function oneOf<T extends string>(table: Readonly<Record<T, unknown>>): z.ZodType<T, z.ZodTypeDef, unknown> {
	return z.custom<T>((value) => typeof value === 'string' && Object.hasOwn(table, value));
}

const name = z.string().trim();
/** A name that may be left empty: then it is as if it had not been given. */
const optionalName = z.string().trim().min(1).optional().catch(undefined);
const off = z.boolean().catch(false);

const row = z.object({
	recordField: z.coerce.string().trim().catch(''),
	calcomField: name,
	mode: oneOf(MODES),
	transform: oneOf(TRANSFORMS).default('none'),
	path: z.string().trim().optional(),
});
const linking = z.object({
	bySlug: z.boolean().catch(true),
	byTitle: z.boolean().catch(true),
	threshold: z.unknown().transform((value) => Math.min(100, Math.max(1, number(value) ?? 70))),
	slugColumn: optionalName,
	titleColumn: optionalName,
});
const columns = z.object({
	calcomId: optionalName,
	state: optionalName,
	status: optionalName,
	syncedAt: optionalName,
	error: optionalName,
	resolution: optionalName,
	updatedAt: optionalName,
});
const options = z.object({
	force: off,
	includeReport: off,
	protectedColumns: z.string().catch(PROTECTED_DEFAULT),
	columns: columns.catch({}),
});
const apply = z.enum(['dryRun', 'links', 'write', 'writeAndCreate']);
const policy: z.ZodType<ConflictPolicy, z.ZodTypeDef, unknown> = oneOf(CONFLICT_POLICIES);

function chosenEntry(ctx: IExecuteFunctions): [ResourceName, Entry] {
	const chosen = ctx.getNodeParameter('resource', ITEM);
	const found = ENTRIES.find(([value]) => value === chosen);
	if (found !== undefined) return [...found];
	throw invalid(
		ctx,
		ITEM,
		'CHOICE_UNKNOWN',
		`There is no resource "${String(chosen)}"`,
		'Choose Resource of this node again.',
	);
}

function readRows(ctx: IExecuteFunctions, { presets }: Entry): PairRow[] {
	const chosen = ctx.getNodeParameter('preset', ITEM, presets[0]?.value ?? '');
	const preset = presets.find(({ value }) => value === chosen);
	if (preset === undefined) {
		throw invalid(
			ctx,
			ITEM,
			'CHOICE_UNKNOWN',
			`There is no preset "${String(chosen)}"`,
			'Choose Preset of this node again.',
		);
	}
	return list(ctx.getNodeParameter(`${preset.table}.pairs`, ITEM, [])).map((given, index) => {
		const read = row.safeParse(given);
		if (read.success) return read.data;
		const wrong = read.error.issues.map(({ path }) => String(path[0] ?? '')).join(', ');
		throw invalid(
			ctx,
			ITEM,
			'FIELD_EMPTY',
			`Row ${index + 1} of Fields is not filled in: ${wrong}`,
			'Choose Cal.com Field, Owner and Transform in that row again.',
		);
	});
}

function columnsOf(given: Partial<Columns>, { idColumn }: Entry): Columns {
	const named = Object.fromEntries(Object.entries(given).filter(([, value]) => text(value) !== null));
	return { calcomId: idColumn, ...COLUMN_DEFAULTS, ...named };
}

/** How records are linked. The columns are those paired with slug and title, unless the user names others. */
function readLinking(ctx: IExecuteFunctions, pairs: readonly Pair[], isLinkedByWords: boolean): Settings['linking'] {
	const given = linking.catch(linking.parse({})).parse(ctx.getNodeParameter('linking', ITEM, {}));
	const paired = (field: string): string | undefined => pairs.find((pair) => pair.field.name === field)?.column;
	return {
		bySlug: isLinkedByWords && given.bySlug,
		byTitle: isLinkedByWords && given.byTitle,
		threshold: given.threshold,
		slugColumn: given.slugColumn ?? paired('slug') ?? 'slug',
		titleColumn: given.titleColumn ?? paired('title') ?? 'name',
	};
}

/**
 * What the panel says, checked before anything is asked.
 *
 * @throws NodeOperationError for what cannot be used
 */
export function readSettings(ctx: IExecuteFunctions): Settings {
	const [resourceName, entry] = chosenEntry(ctx);
	const given = options.parse(ctx.getNodeParameter('options', ITEM, {}));
	const recordKey = trimmed(ctx.getNodeParameter('recordKey', ITEM, 'id'));
	if (recordKey === null) {
		throw invalid(
			ctx,
			ITEM,
			'FIELD_EMPTY',
			'Record Key is empty',
			'Fill in the column that tells your records apart.',
		);
	}
	const allow = z
		.record(z.unknown())
		.catch({})
		.parse(ctx.getNodeParameter('allow', ITEM, {}));
	const ownColumns = columnsOf(given.columns, entry);
	const checked = checkPairs(readRows(ctx, entry), {
		entry,
		allowed: (what: Switch) => allow[what] === true,
		recordKey,
		columns: ownColumns,
		protectedColumns: given.protectedColumns.split(/[,\n]/).map((column) => column.trim()),
	});
	if (!checked.ok)
		throw invalid(ctx, ITEM, 'FIELD_PAIR_INVALID', checked.problem.message, checked.problem.description);
	const chosen = apply.catch('dryRun').parse(ctx.getNodeParameter('apply', ITEM, 'dryRun'));
	return {
		entry,
		pairs: checked.pairs,
		apply: chosen === 'writeAndCreate' && entry.resource.creates !== true ? 'write' : chosen,
		policy: policy.catch('flag').parse(ctx.getNodeParameter('conflictPolicy', ITEM, 'flag')),
		recordKey,
		linking: readLinking(ctx, checked.pairs, resourceName === 'eventType'),
		columns: ownColumns,
		force: given.force,
		includeReport: given.includeReport,
	};
}
