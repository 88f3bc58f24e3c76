import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { CodedError, codeOf } from '../shared/api/nodeErrors';
import { TooLate } from '../shared/api/pacing';
import type { Fields } from '../shared/values/readers';
import { contains } from '../shared/values/difference';
import { sameCanonical } from './merge/kinds';
import type { FieldDecision } from './decide';
import { changesToSend, decideFields, oursOf, theirsOf } from './decide';
import type { SyncRecord } from './records';
import type { SyncSide } from './resource';
import type { Settings } from './settings';
import { isDry } from './settings';
import type { LinkInfo, Settled } from './settled';

/** Milliseconds after which an object is read again before it is written: someone may have edited it. */
const FRESH = 5_000;
/** How often a write that has to wait for the rate limit is decided about anew, before it is left to the next run. */
const TRIES = 3;

/** What carrying out needs: Cal.com's side, the settings, and the time in milliseconds since 1970. */
export interface Carrying {
	side: SyncSide;
	settings: Settings;
	now: () => number;
}

/** An object and when it was read. */
export interface ReadObject {
	object: Fields;
	at: number;
}

/** What went wrong, in words for the person. */
function wordsOf(error: unknown): string {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) {
		const { message, description } = error;
		return typeof description === 'string' && description !== '' ? `${message}. ${description}` : message;
	}
	return error instanceof Error ? error.message : String(error);
}

/** Whether Cal.com shows what was sent. What an object holds beside that does not matter. */
function isTaken({ pair, value }: FieldDecision, after: Fields, { entry }: Settings): boolean {
	if (value === null) return true;
	const shown = theirsOf(pair, after, entry.resource).canonical;
	return sameCanonical(shown, value.canonical) || contains(shown, value.canonical);
}

const isSent = ({ outcome }: FieldDecision): boolean => outcome === 'toCalCom';

function refused(fields: readonly FieldDecision[], after: Fields, settings: Settings): FieldDecision[] {
	return fields.filter((field) => isSent(field) && !isTaken(field, after, settings));
}

/** The same decisions with fields that did not come through, whose base stays what it was. */
function without(
	fields: readonly FieldDecision[],
	lost: readonly FieldDecision[],
	outcome: 'notTaken' | 'failed',
	reason: string,
): FieldDecision[] {
	const gone = new Set(lost);
	return fields.map((field) =>
		gone.has(field) ? { ...field, outcome, value: null, base: field.before, reason } : field,
	);
}

const NOT_TAKEN = 'Cal.com answered without an error but shows another value';

/**
 * Brings a record and its object in step: decides, and unless nothing may be sent, writes what belongs
 * to Cal.com and compares the answer field by field. An object that was read a while ago, also because
 * the write had to wait, is read again first, and decided about anew. An error is this record's own.
 */
export async function bringInStep(
	record: SyncRecord,
	seen: ReadObject,
	link: LinkInfo,
	{ side, settings, now }: Carrying,
): Promise<Settled> {
	let { object, at } = seen;
	let fields = settings.apply === 'links' ? [] : decideFields(record, object, settings);
	const done = (sent: boolean, error?: unknown): Settled => ({
		kind: 'merged',
		record,
		object,
		link,
		fields,
		sent,
		error: error === undefined ? null : wordsOf(error),
		...(error === undefined ? {} : { code: codeOf(error) }),
	});
	const failed = (sent: boolean, error: unknown): Settled => {
		const reason = sent ? 'Cal.com did not accept it' : 'it was not sent';
		fields = without(fields, fields.filter(isSent), 'failed', reason);
		return done(sent, error);
	};
	if (isDry(settings) || !fields.some(isSent)) return done(false);
	for (let tries = 1; ; tries++) {
		if (now() - at > FRESH) {
			const asked = now();
			try {
				const fresh = await side.read(settings.entry.resource.identity(object).id);
				if (fresh === null) return { kind: 'orphan', record, orphan: 'deletedInCalCom', error: null };
				[object, at] = [fresh, asked];
			} catch (error) {
				return failed(false, error);
			}
			fields = decideFields(record, object, settings);
			if (!fields.some(isSent)) return done(false);
		}
		try {
			const { id } = settings.entry.resource.identity(object);
			object = await side.write(id, changesToSend(fields), object, at + FRESH);
			break;
		} catch (error) {
			const isLate = error instanceof TooLate;
			if (!isLate || tries === TRIES) return failed(!isLate, error);
		}
	}
	if (refused(fields, object, settings).length > 0) object = await readAgain(object, side, settings);
	fields = without(
		seenAgain(fields, object, record, settings),
		refused(fields, object, settings),
		'notTaken',
		NOT_TAKEN,
	);
	return done(true);
}

/** A change moves other fields along: a booking with another start has another end, too. Those follow the answer. */
function seenAgain(
	fields: readonly FieldDecision[],
	object: Fields,
	record: SyncRecord,
	settings: Settings,
): FieldDecision[] {
	const now = decideFields(record, object, settings);
	return fields.map((field, index) => {
		const again = now[index];
		return isSent(field) || again === undefined || isSent(again) ? field : again;
	});
}

/** Answers to a change can be shorter than what a read shows; when it cannot be read, the answer is all there is. */
async function readAgain(object: Fields, side: SyncSide, { entry }: Settings): Promise<Fields> {
	try {
		return (await side.read(entry.resource.identity(object).id)) ?? object;
	} catch {
		return object;
	}
}

/** What a new object is made with: everything that the record holds and Cal.com lets be set, whoever owns it. */
function valuesOf(record: SyncRecord, { pairs }: Settings): Fields {
	return Object.fromEntries(
		pairs
			.filter(({ calcomWritable }) => calcomWritable)
			.flatMap((pair) => {
				const read = oursOf(pair, record);
				if (!read.ok)
					throw new CodedError(
						'COLUMN_UNREADABLE',
						`The column "${pair.column}" cannot be read: ${read.reason}`,
					);
				return read.value === undefined || read.value.canonical === null
					? []
					: [[pair.field.name, read.value.raw]];
			}),
	);
}

/**
 * Makes an object for a record that has none, then brings them in step: Cal.com fills in what the record
 * did not say.
 *
 * @param known ids that are not to be linked to; the new one is added
 */
export async function createFor(
	record: SyncRecord,
	create: NonNullable<SyncSide['create']>,
	known: Set<string>,
	carrying: Carrying,
): Promise<Settled> {
	const { settings, now } = carrying;
	try {
		const object = await create(valuesOf(record, settings), known);
		known.add(settings.entry.resource.identity(object).id);
		const settled = await bringInStep(record, { object, at: now() }, { by: 'created', score: 100 }, carrying);
		return settled.kind === 'merged' ? { ...settled, sent: true } : settled;
	} catch (error) {
		return { kind: 'orphan', record, orphan: 'neverCreated', error: wordsOf(error), code: codeOf(error) };
	}
}
