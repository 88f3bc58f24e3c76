import type { IDataObject } from 'n8n-workflow';
import type { Json, JsonObject } from '../shared/values/json';
import { own } from '../shared/values/readers';
import type { FieldDecision } from './decide';
import type { Verdict } from './judge';
import type { Settings } from './settings';
import type { Settled } from './settled';

function fieldReport({ pair, outcome, ours, theirs, before, reason }: FieldDecision): JsonObject {
	return {
		outcome,
		recordField: pair.column,
		ours: ours?.canonical ?? null,
		theirs: theirs.canonical,
		base: before ?? null,
		...(reason === null ? {} : { reason }),
	};
}

interface Bookability {
	can_be_booked: boolean;
	can_be_booked_reason: string | null;
}

/** Whether people can book what a record stands for: it is there, in step, and Cal.com offers it. */
function bookability(settled: Settled, { status }: Verdict, { entry }: Settings): Bookability | Record<string, never> {
	const { bookable } = entry.resource;
	if (bookable === undefined) return {};
	const not = (why: string): Bookability => ({ can_be_booked: false, can_be_booked_reason: why });
	if (settled.kind === 'orphan') {
		return not(settled.orphan === 'neverCreated' ? 'It is not in Cal.com' : 'It was deleted in Cal.com');
	}
	if (settled.kind === 'unclear') return not(`It is not clear which ${entry.noun.one} it is`);
	const { can_be_booked, reason } = bookable(settled.object);
	if (!can_be_booked) return not(reason ?? 'Cal.com does not offer it');
	if (status !== 'synced') return not('It is not in step with Cal.com');
	return { can_be_booked: true, can_be_booked_reason: null };
}

function linkReport(settled: Settled, { entry }: Settings): IDataObject {
	if (settled.kind === 'orphan') return { link: { state: settled.orphan } };
	if (settled.kind === 'unclear')
		return { link: { state: 'unclear', candidates: settled.candidates.map((one) => ({ ...one })) } };
	const { id, slug, title } = entry.resource.identity(settled.object);
	return { link: { state: 'linked', ...settled.link, id, slug, title } };
}

/** What became of a record, field by field, and how it is linked. */
export function reportOf(settled: Settled, verdict: Verdict, settings: Settings): IDataObject {
	const code = verdict.code === undefined ? {} : { code: verdict.code };
	if (settings.apply === 'links') return { ...linkReport(settled, settings), ...code };
	const fields = settled.kind === 'merged' ? settled.fields : [];
	return {
		fields: Object.fromEntries(fields.map((field) => [field.pair.field.name, fieldReport(field)])),
		sent: settled.kind === 'merged' && settled.sent,
		status: verdict.status,
		...code,
		...linkReport(settled, settings),
		...bookability(settled, verdict, settings),
	};
}

/** The values of conflicts as a person compares them, in Cal.com's terms. */
export function conflictsOf(fields: readonly FieldDecision[]): IDataObject[] {
	return fields
		.filter(({ outcome }) => outcome === 'conflict')
		.map(({ pair, before, ours, theirs }) => ({
			field: pair.field.name,
			recordField: pair.column,
			base: before ?? null,
			ours: ours?.canonical ?? null,
			theirs: theirs.canonical,
		}));
}

/** The JSON text of a column that a database may give as text or as an object. */
export function jsonText(json: Readonly<Record<string, unknown>>, column: string): Json {
	const held = own(json, column);
	if (held === null || held === undefined) return null;
	return typeof held === 'string' ? held : JSON.stringify(held);
}
